// Storage buckets over fake databases.
import 'fake-indexeddb/auto';
import { describe, test } from 'node:test';
import { bucketSuite } from '../../../storage/bucket-suite.ts';
import { fakeBuckets } from './fake-buckets.ts';

const buckets = fakeBuckets();

void describe('storage buckets', () =>
  bucketSuite(
    (title, work) => void test(title, work),
    () => indexedDB,
    () => buckets,
  ));
