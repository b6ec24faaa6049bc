// Storage buckets over fake databases.
import { IDBFactory } from 'fake-indexeddb';
import type { StorageBuckets } from '../../../../src/core/ports.ts';

export function fakeBuckets(): StorageBuckets {
  const kept = new Map<string, IDBFactory>();
  return {
    keys: async () => [...kept.keys()],
    open: async (name) => {
      const indexedDB = kept.get(name) ?? new IDBFactory();
      kept.set(name, indexedDB);
      return { indexedDB };
    },
    delete: async (name) => void kept.delete(name),
  };
}
