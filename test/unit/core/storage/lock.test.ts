// The lock over fake databases, with and without buckets.
import 'fake-indexeddb/auto';
import { after, before, describe, test } from 'node:test';
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

void describe('the lock of a store in a worker that clones no keys', () => {
  const clone = globalThis.structuredClone;
  before(() => void (globalThis.structuredClone = keyless(clone)));
  after(() => void (globalThis.structuredClone = clone));
  lockSuite(
    (title, work) => void test(title, work),
    () => makeWorld(new IDBFactory()),
  );
});

/** As shared workers of WebKitGTK do. */
function keyless(clone: typeof structuredClone): typeof structuredClone {
  return (value, options) => {
    const parts: unknown[] = typeof value === 'object' && value !== null ? [value, ...Object.values(value)] : [];
    if (parts.some((part) => part instanceof CryptoKey)) throw new DOMException('The object can not be cloned.', 'DataCloneError');
    return clone(value, options);
  };
}
