// Damaged profiles on this browser's disk: at night every kind, else those in which browsers differ.
import { sizeOf } from '../contract/kit/sizes.ts';
import { damageSuite } from './damage-suite.ts';
import { DAMAGES } from './damages.ts';

const DIFFERENT = [
  'bits are turned round',
  'a table is missing',
  'every table is missing',
  'it was half made',
  'the registry lacks a table',
];
const isAll = sizeOf('WARBLER_DAMAGES', 1, 0) === 1;

describe('a damaged profile', () =>
  damageSuite(
    (title, work) => void it(title, work),
    () => indexedDB,
    isAll ? 20 : 1,
    isAll ? Object.keys(DAMAGES) : DIFFERENT,
  ));
