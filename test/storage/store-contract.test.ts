// The store contract in this browser: in memory and on its disk.
import { openMemoryStore } from '../../src/core/storage/memory-store.ts';
import { storeContract } from './store-contract.ts';
import type { Test } from './store-contract.ts';
import { freshNames, makeWorld, openFor } from './world.ts';

const mocha: Test = (title, work) => void it(title, work);

describe('the store in memory', () => {
  storeContract(mocha, () => ({ open: () => Promise.resolve(openMemoryStore()), reopen: (store) => Promise.resolve(store) }), 10);
});

describe('the sealed store', () => {
  storeContract(
    mocha,
    () => {
      const world = makeWorld(indexedDB);
      const names = freshNames();
      return {
        open: () => openFor(world, names),
        reopen: async (store) => {
          await store.close();
          return openFor(world, names);
        },
      };
    },
    12,
  );
});
