// Storage buckets, where this browser has them.
import { findBuckets } from '../../src/core/browser-storage.ts';
import { ok } from './assert.ts';
import { bucketSuite } from './bucket-suite.ts';

describe('storage buckets', () => {
  const found = findBuckets();
  if (found) {
    bucketSuite(
      (title, work) => void it(title, work),
      () => indexedDB,
      () => found,
    );
  } else {
    it('are not here, and not asked for', () => ok(!('storageBuckets' in navigator), 'there are none'));
  }
});
