// What runs in a tab of the suites: a client, handed to the test that opened the frame.
import { attach } from '../../../src/client/attach.ts';
import { leaving } from '../../../src/client/leaving.ts';
import type { LoadCore } from '../../../src/client/session-client.ts';
import { loadSmallCore } from './in-page.ts';

/** A tab that dies without a word: nobody after this listener hears of its leaving. */
function dieSilently(): void {
  addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true });
}

/** Loaded here, so that page and core share one realm, as they do on a site. */
const loadRealCore: LoadCore = async () => (await import('../../../src/core/second-stage.ts')).openInPage();

/** The workers this tab runs: it leads as long as there is one. */
const workers = new Set<Worker>();
globalThis.Worker = class extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    workers.add(this);
  }
  override terminate(): void {
    workers.delete(this);
    super.terminate();
  }
};

const hooks = { loadRealCore, attach, leaving, loadSmallCore, dieSilently, workers };
export type TabHooks = typeof hooks;
Object.assign(globalThis, { hooks });
parent.dispatchEvent(new CustomEvent('tab-ready', { detail: globalThis }));
