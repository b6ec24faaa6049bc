// The lock of a store on this browser's disk, with buckets where it has them and without.
import { findBuckets } from '../../src/core/browser-storage.ts';
import { lockSuite } from './lock-suite.ts';
import { makeWorld } from './world.ts';

describe('the lock of a store', () =>
  lockSuite(
    (title, work) => void it(title, work),
    () => makeWorld(indexedDB),
  ));

describe('the lock of a store in buckets', () => {
  const buckets = findBuckets();
  if (buckets)
    lockSuite(
      (title, work) => void it(title, work),
      () => ({ ...makeWorld(indexedDB), buckets }),
    );
});
