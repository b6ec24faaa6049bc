// The lock over fake databases, with and without buckets.
import 'fake-indexeddb/auto';
import { describe, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { lockSuite } from '../../../storage/lock-suite.ts';
import { makeWorld } from '../../../storage/world.ts';
import { fakeBuckets } from './fake-buckets.ts';

void describe('the lock of a store', () =>
  lockSuite(
    (title, work) => void test(title, work),
    () => makeWorld(new IDBFactory()),
  ));

void describe('the lock of a store in buckets', () =>
  lockSuite(
    (title, work) => void test(title, work),
    () => ({ ...makeWorld(new IDBFactory()), buckets: fakeBuckets() }),
  ));
