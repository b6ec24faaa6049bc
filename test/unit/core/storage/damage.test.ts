// Damaged profiles over fake databases, many of each kind.
import 'fake-indexeddb/auto';
import { describe, test } from 'node:test';
import { damageSuite } from '../../../storage/damage-suite.ts';

void describe('a damaged profile', () =>
  damageSuite(
    (title, work) => void test(title, work),
    () => indexedDB,
    process.env['WARBLER_NIGHTLY'] ? 100 : 4,
  ));
