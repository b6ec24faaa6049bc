// The sealed store's own promises on this browser's disk.
import { sealedSuite } from './sealed-suite.ts';

describe('what lies on the disk', () =>
  sealedSuite(
    (title, work) => void it(title, work),
    () => indexedDB,
  ));
