// The store on the disk that a browser gives a person: WebKit keeps a driven page's databases in memory, by other code. WARBLER_NIGHTLY takes all three.
import { deepEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { bundlePage } from '../bench/kit/bundle-page.ts';
import { startControlServer } from '../bench/kit/control-server.ts';
import { openAnyBrowser, type BrowserName } from '../kit/open-any-browser.ts';
import type { StoresTold } from './in-browser/stores-page.ts';

const BROWSERS: readonly BrowserName[] = process.env['WARBLER_NIGHTLY'] === undefined ? ['webkit'] : ['webkit', 'chromium', 'firefox'];

describe('the store on a person’s disk', { timeout: 170_000 }, () => {
  for (const browser of BROWSERS)
    it(`keeps what it promises in ${browser}`, async () => {
      const server = await startControlServer();
      server.page('/stores', await bundlePage(join(import.meta.dirname, 'in-browser/stores-page.ts')));
      const opened = await openAnyBrowser(browser, `${server.url}/stores`);
      try {
        const { passed, faults } = await server.told<StoresTold>('stores', 120_000);
        deepEqual(faults, []);
        ok(passed > 30, `only ${passed} were tried`);
      } finally {
        await opened.close();
        await server.close();
      }
    });
});
