// Storage buckets over fake databases.
import 'fake-indexeddb/auto';
import { describe, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import type { StorageBuckets } from '../../../../src/core/ports.ts';
import { bucketSuite } from '../../../storage/bucket-suite.ts';

const kept = new Map<string, IDBFactory>();
const buckets: StorageBuckets = {
  keys: async () => [...kept.keys()],
  open: async (name) => {
    const indexedDB = kept.get(name) ?? new IDBFactory();
    kept.set(name, indexedDB);
    return { indexedDB };
  },
  delete: async (name) => void kept.delete(name),
};

void describe('storage buckets', () =>
  bucketSuite(
    (title, work) => void test(title, work),
    () => indexedDB,
    () => buckets,
  ));
