// A page that types into one conversation and sends now and then: what each key costs the page, whatever the core does meanwhile.
import { chatPage } from './chat-page.ts';
import { PROBES } from './probes.ts';
import type { Place } from './latency-pages.ts';

export interface Typed {
  /** What a key takes of the page: until it is handled, and the frame that draws it. */
  keys: number[];
  /** The same in a bare text field of the same page. */
  bare: number[];
  /** Tasks above 50 ms. */
  longTasks: number[];
  /** From the key that sends until the message was taken over by the engine. */
  sentMs: number[];
  badge: string;
}

/** `turnsOn`: by the sheet, as a person does; otherwise the first words decide. */
export const typingPage = (
  place: Place,
  name: string,
  conversation: string,
  { turnsOn, sends }: { turnsOn: boolean; sends: number },
): string =>
  chatPage(
    name,
    { service: place.service, credentials: { address: `${name}@${place.domain}`, password: name }, conversation },
    `${PROBES}
const one = (selector) => deep(chat.shadowRoot, selector)[0];
const seek = async (selector, isIt = () => true) => { for (;;) { const it = one(selector); if (it && isIt(it)) return it; await frame(); } };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const task = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
async function press(area) {
  const at = performance.now();
  area.value = area.value + 'k';
  area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: 'k', inputType: 'insertText' }));
  await task();
  const handled = performance.now() - at;
  const drawn = await new Promise((resolve) => requestAnimationFrame(async () => { const begun = performance.now(); await task(); resolve(performance.now() - begun); }));
  return handled + drawn;
}
const enter = (area) => area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true }));
await seek('textarea');
await pause(${turnsOn ? 6000 : 3000});
if (${turnsOn}) {
  (await seek('.readability')).click();
  const button = await seek('[role="switch"]');
  for (let tries = 0; button.getAttribute('aria-checked') !== 'true' && tries < 40; tries++) {
    if (button.getAttribute('aria-busy') !== 'true') button.click();
    await pause(500);
  }
  deep(chat.shadowRoot, 'button').find((each) => (each.ariaLabel ?? each.title ?? each.textContent).trim() === 'Close')?.click();
  await pause(500);
}
const area = () => one('textarea');
area().value = 'first';
area().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
enter(area());
await seek('[part~="bubble"]');
await pause(4000);
const longTasks = watchLongTasks();
const [keys, bare, sentMs] = [[], [], []];
const field = document.body.appendChild(document.createElement('textarea'));
for (let sent = 0; sent < ${sends}; sent++) {
  for (let at = 0; at < 8; at++) { await pause(15 + Math.random() * 30); bare.push(await press(field)); }
  for (let at = 0; at < 12; at++) { await pause(15 + Math.random() * 30); keys.push(await press(area())); }
  const before = bubblesOf(chat).length;
  const began = performance.now();
  enter(area());
  for (let at = 0; at < 12; at++) { await pause(5 + Math.random() * 20); keys.push(await press(area())); }
  while (bubblesOf(chat).length <= before) await frame();
  sentMs.push(performance.now() - began);
  area().value = '';
  area().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
await tell('${name}:typed', { keys, bare, longTasks, sentMs, badge: (one('.readability')?.textContent ?? '').trim() });`,
  );
