// The store contract over memory and over fake databases.
import 'fake-indexeddb/auto';
import { describe, test } from 'node:test';
import { openMemoryStore } from '../../../../src/core/storage/memory-store.ts';
import { storeContract } from '../../../storage/store-contract.ts';
import type { Test } from '../../../storage/store-contract.ts';
import { onDisk } from '../../../storage/world.ts';

const node: Test = (title, work) => void test(title, work);

void describe('the store in memory', () => {
  storeContract(node, () => ({ open: () => Promise.resolve(openMemoryStore()), reopen: (store) => Promise.resolve(store) }), 60);
});

void describe('the sealed store', () => {
  storeContract(node, () => onDisk(indexedDB), 40);
});
