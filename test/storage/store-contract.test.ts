// The store contract in this browser: in memory and on its disk.
import { openMemoryStore } from '../../src/core/storage/memory-store.ts';
import { storeContract } from './store-contract.ts';
import type { Test } from './store-contract.ts';
import { onDisk } from './world.ts';

const mocha: Test = (title, work) => void it(title, work);

describe('the store in memory', () => {
  storeContract(mocha, () => ({ open: () => Promise.resolve(openMemoryStore()), reopen: (store) => Promise.resolve(store) }), 10);
});

describe('the sealed store', () => {
  storeContract(mocha, () => onDisk(indexedDB), 12);
});
