// A page whose person sends and fetches large files at the control server's word, by the same buttons as everybody, and tells how long each step
// took and how long its longest task was. What a file holds is a function of its size, so that the other side can compare every byte.
import { chatPage } from './chat-page.ts';
import type { Place } from './latency-pages.ts';
import { PROBES } from './probes.ts';

export type FileOrder =
  | { do: 'say'; text: string }
  /** Onto the page's own disk, as a file that somebody chose would lie on one. */
  | { do: 'make'; bytes: number }
  | { do: 'stage'; name: string }
  | { do: 'send'; name: string }
  | { do: 'fetch'; name: string }
  /** Until some of it has gone; not all of it. */
  | { do: 'reach'; name: string }
  | { do: 'stop'; name: string }
  /** Until it is sent, or here. */
  | { do: 'settle'; name: string }
  /** Of the file as it is handed to the downloads, every byte. */
  | { do: 'compare'; name: string; bytes: number }
  /** How many rows of files the disk holds. */
  | { do: 'count' };

export interface FileStep {
  ms: number;
  /** Of the page, in what browsers call long tasks; where they tell none, the longest time a timer came late. */
  longestTaskMs: number;
  /** Until its bubble stood in the thread. */
  shownMs?: number;
  isSame?: boolean;
  rows?: number;
  /** Of one, so much has gone. */
  share?: number;
}

/** Four megabytes at a time: numbers of a small generator, begun anew with each. */
export const CONTENT = `
function piece(at, length) {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (at * 2654435761 + 1) >>> 0;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}
const PIECE = 4 * 1024 * 1024;
async function makeFile(bytes) {
  const pieces = function* () { for (let at = 0; at < bytes; at += PIECE) yield piece(at / PIECE, Math.min(PIECE, bytes - at)); };
  try {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('large', { create: true });
    const writing = await handle.createWritable();
    for (const one of pieces()) await writing.write(one);
    await writing.close();
    return handle.getFile();
  } catch {
    return new Blob([...pieces()].map((one) => new Blob([one])));
  }
}
async function isSame(body, bytes) {
  if (body?.size !== bytes) return false;
  for (let at = 0; at < bytes; at += PIECE) {
    const [came, sent] = [new Uint8Array(await body.slice(at, at + PIECE).arrayBuffer()), piece(at / PIECE, Math.min(PIECE, bytes - at))];
    for (let i = 0; i < sent.length; i++) if (came[i] !== sent[i]) return false;
    await pause(0);
  }
  return true;
}
`;

/** Asks `NAME` what to do, and tells `NAME:done`. */
export const filePage = (place: Place, name: string, other: string): string =>
  chatPage(
    name,
    {
      service: place.service,
      credentials: { address: `${name}@${place.domain}`, password: name },
      conversation: `${other}@${place.domain}`,
    },
    `${PROBES}${CONTENT}${DEEDS}
for (let order; (order = await ask('${name}')); ) {
  const watch = watchTasks();
  const began = performance.now();
  try {
    const more = await deeds[order.do](order);
    await tell('${name}:done', { ms: performance.now() - began, longestTaskMs: await watch.end(), ...more });
  } catch (error) {
    await tell('${name}:done', { defect: String(error?.stack ?? error) });
  }
}`,
  );

const DEEDS = `
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const one = (selector) => deep(chat.shadowRoot, selector)[0];
const seek = async (look) => { for (;;) { const it = look(); if (it) return it; await pause(25); } };
function watchTasks() {
  let longest = 0;
  const knows = PerformanceObserver.supportedEntryTypes.includes('longtask');
  const observer = knows ? new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); }) : undefined;
  observer?.observe({ type: 'longtask' });
  let before = performance.now();
  const beat = knows ? undefined : setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - before - 10); before = now; }, 10);
  return { async end() { await pause(60); observer?.disconnect(); clearInterval(beat); return Math.round(longest); } };
}
let file, saved;
URL.createObjectURL = (body) => { saved = body; return 'about:blank'; };
HTMLAnchorElement.prototype.click = () => {};
const enter = (area) => area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true }));
const met = new Map();
const isOf = (name) => (bubble) => bubble?.isConnected && bubble.message?.file?.name === name;
/** Remembered: who goes through all of the page many times a second is what is measured then. */
function bubble(name) {
  if (!isOf(name)(met.get(name))) met.set(name, deep(chat.shadowRoot, 'warbler-file-bubble').find(isOf(name)));
  return met.get(name);
}
const main = (name) => bubble(name)?.shadowRoot?.querySelector('.main');
const share = (name) => Number(bubble(name)?.shadowRoot?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? -1) / 100;
const isOver = (name) => { const { message } = bubble(name) ?? {}; return message && (message.own ? !message.outbox : main(name)?.classList.contains('here')); };
const staged = (name) => deep(chat.shadowRoot, '[part~="staged"] li').find((row) => row.textContent.includes(name));
async function countRows() {
  let sum = 0;
  const places = [indexedDB, ...(navigator.storageBuckets ? await Promise.all((await navigator.storageBuckets.keys()).map(async (key) => (await navigator.storageBuckets.open(key)).indexedDB)) : [])];
  for (const place of places) for (const { name } of await place.databases()) {
    const database = await settled(place.open(name));
    if (database.objectStoreNames.contains('files')) sum += await settled(database.transaction('files').objectStore('files').count());
    database.close();
  }
  return sum;
}
const deeds = {
  async say({ text }) {
    const area = await seek(() => one('textarea'));
    area.value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    enter(area);
    await seek(() => bubblesOf(chat).some((it) => it.textContent.includes(text)));
  },
  async make({ bytes }) { file = await makeFile(bytes); },
  async stage({ name }) {
    const input = await seek(() => one('input[type=file]'));
    const carried = new DataTransfer();
    carried.items.add(new File([file], name, { type: 'application/x-large' }));
    input.files = carried.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await seek(() => staged(name)?.querySelector('.facts')?.textContent.includes('MB'));
  },
  async send({ name }) {
    const began = performance.now();
    enter(one('textarea'));
    await seek(() => bubble(name));
    return { shownMs: performance.now() - began };
  },
  async fetch({ name }) {
    saved = undefined;
    (await seek(() => { const it = main(name); return it?.getAttribute('aria-disabled') === 'false' && it; })).click();
  },
  async reach({ name }) {
    const gone = await seek(() => { if (isOver(name)) throw new Error('it was over before'); return share(name) > 0 && share(name); });
    return { share: gone };
  },
  async stop({ name }) {
    (await seek(() => bubble(name)?.shadowRoot?.querySelector('.stop'))).click();
    await seek(() => { const it = main(name); return !it || it.classList.contains('away'); });
  },
  async settle({ name }) { await seek(() => isOver(name)); },
  async compare({ name, bytes }) {
    if (!saved) main(name).click();
    await seek(() => saved);
    return { isSame: await isSame(saved, bytes) };
  },
  async count() { return { rows: await countRows() }; },
};
`;
