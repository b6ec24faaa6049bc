// The sealed store's own promises over fake databases.
import 'fake-indexeddb/auto';
import { describe, test } from 'node:test';
import { sealedSuite } from '../../../storage/sealed-suite.ts';

void describe('what lies on the disk', () =>
  sealedSuite(
    (title, work) => void test(title, work),
    () => indexedDB,
  ));
