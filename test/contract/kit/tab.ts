// What runs in a tab of the suites: a client, handed to the test that opened the frame.
import { attach } from '../../../src/client/attach.ts';
import { loadSmallCore } from './in-page.ts';

/** A tab that dies without a word: nobody after this listener hears of its leaving. */
function dieSilently(): void {
  addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true });
}

const hooks = { attach, loadSmallCore, dieSilently };
export type TabHooks = typeof hooks;
Object.assign(globalThis, { hooks });
parent.dispatchEvent(new CustomEvent('tab-ready', { detail: globalThis }));
