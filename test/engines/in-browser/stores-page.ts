// In a browser that nobody drives: what every store promises, on the disk that a person's browser has. Where one is driven, WebKit and Chromium keep
// databases in memory, by other code.
import { lockSuite } from '../../storage/lock-suite.ts';
import { sealedSuite } from '../../storage/sealed-suite.ts';
import { storeContract, type Test } from '../../storage/store-contract.ts';
import { makeWorld, onDisk } from '../../storage/world.ts';
import { control } from '../../bench/in-browser/control.ts';

export interface StoresTold {
  passed: number;
  faults: readonly string[];
}

const RUNS = 3;
const found: { title: string; work: () => Promise<void> }[] = [];
const test: Test = (title, work) => void found.push({ title, work });

storeContract(test, () => onDisk(indexedDB), RUNS);
sealedSuite(test, () => indexedDB);
lockSuite(test, () => makeWorld(indexedDB));

const faults: string[] = [];
for (const { title, work } of found) {
  try {
    await work();
  } catch (fault) {
    faults.push(`${title}: ${String(fault).slice(0, 400)}`);
  }
}
await control.tell('stores', { passed: found.length - faults.length, faults } satisfies StoresTold);
