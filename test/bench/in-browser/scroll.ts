// In the page: a thread of generated messages, and what is seen of it while somebody else scrolls.
import { Thread } from '../../../src/elements/thread/thread.ts';
import type { Message } from '../../../src/model/message.ts';
import { loadTexts } from '../../../src/texts/catalogue.ts';
import { LI, messageAt, ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { control } from './control.ts';

export interface Seen {
  /** Milliseconds between frames. */
  frames: number[];
  /** Of each frame with a move: from the scroll event until script, style, layout and paint are done. */
  work: number[];
  /** Share of the view without a row, for each frame: as it stood when the scroll arrived, and after the page answered. */
  blankBefore: number[];
  blankAfter: number[];
  /** Nodes in the whole thread at most, and in one message. */
  nodes: number;
  nodesPerBubble: number;
  travelled: number;
}

export interface ScrollBench {
  idle(frames: number): Promise<number[]>;
  watch(): void;
  seen(): Seen;
  /** So far upwards in each frame, until the frames are over. */
  climb(step: number, frames: number): Promise<void>;
  toEnd(): Promise<void>;
  /** From asking for the conversation until what is new there, so far down in it, is painted. A date far up is reached the same way. */
  reach(share: number): Promise<number>;
}

/** `[text, time, own]`, written by whoever serves this page. */
export type Told = readonly [string, number, boolean];

const count = Number(new URLSearchParams(location.search).get('count'));

async function readMessages(): Promise<Message[]> {
  const told = (await (await fetch(`/messages-${count}`)).json()) as Told[];
  return told.map(([text, sentAt, own], order) => messageAt(order, { text, sentAt, own }));
}

const session = new ScriptedSession();

function showThread(): Thread {
  const thread = new Thread();
  Object.assign(thread, { session, conversation: LI });
  thread.style.cssText = 'display:flex;block-size:100vh';
  document.body.prepend(thread);
  return thread;
}

async function openThread(): Promise<{ scroller: HTMLElement; root: ShadowRoot }> {
  await loadTexts('en');
  customElements.define('warbler-thread', Thread);
  session.add({ id: LI, title: '李雯' }, await readMessages(), { readUpTo: Infinity });
  document.body.style.margin = '0';
  const thread = showThread();
  for (;;) {
    await control.frame();
    const scroller = thread.shadowRoot?.querySelector<HTMLElement>('.scroller');
    if (scroller && thread.shadowRoot?.querySelector('[part~="bubble"]')) return { scroller, root: thread.shadowRoot };
  }
}

async function reach(share: number): Promise<number> {
  const readUpTo = Math.floor(count * share);
  session.thread().marks = { ...session.thread().marks, readUpTo };
  const before = document.querySelector('warbler-thread');
  const began = performance.now();
  const thread = showThread();
  for (;;) {
    await control.frame();
    const news = [...(thread.shadowRoot?.querySelectorAll<HTMLElement>('.other[data-id]') ?? [])];
    const first = news.find((bubble) => Number(bubble.dataset['id']?.slice(1)) > readUpTo);
    const top = first?.getBoundingClientRect().top ?? Infinity;
    if (top > 0 && top < innerHeight) break;
  }
  await control.frame();
  const took = performance.now() - began;
  thread.remove();
  before?.scrollIntoView();
  return took;
}

function blankShare(scroller: HTMLElement): number {
  const view = scroller.getBoundingClientRect();
  const rows = [...scroller.querySelectorAll('.drawn .row')];
  const first = rows[0]?.getBoundingClientRect();
  const last = rows.at(-1)?.getBoundingClientRect();
  if (!first || !last) return 1;
  // Above the first message of all and below the last there is nothing to show.
  const atStart = scroller.scrollTop < view.height && rows.length < 3;
  const above = atStart ? 0 : Math.max(0, first.top - view.top - LARGEST_MARGIN);
  const below = Math.max(0, view.bottom - last.bottom - LARGEST_MARGIN);
  return Math.min(1, (above + below) / view.height);
}
/** Between the edge of the content and its first or last row. */
const LARGEST_MARGIN = 60;

function countNodes(root: Node): number {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  let nodes = 0;
  while (walker.nextNode()) nodes++;
  return nodes;
}

function benchOf({ scroller, root }: { scroller: HTMLElement; root: ShadowRoot }): ScrollBench {
  let seen = nothingSeen();
  let watching = false;
  let began = 0;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    seen.work.push(performance.now() - began);
    began = 0;
    // Every so often is enough, and never while the work is timed: counting is work too.
    if (seen.work.length % 10 === 0) lookAtNodes();
  };
  let lastTop = scroller.scrollTop;
  // Captured above the list's own listener: what stood there when the scroll arrived.
  root.addEventListener(
    'scroll',
    () => {
      if (!watching) return;
      seen.travelled += Math.abs(scroller.scrollTop - lastTop);
      lastTop = scroller.scrollTop;
      seen.blankBefore.push(blankShare(scroller));
      began = performance.now();
    },
    { capture: true },
  );
  let last = 0;
  const tick = (now: number): void => {
    if (!watching) return;
    if (last > 0) seen.frames.push(now - last);
    last = now;
    if (began > 0) channel.port2.postMessage(0);
    requestAnimationFrame(tick);
    queueMicrotask(() => seen.blankAfter.push(blankShare(scroller)));
  };
  const lookAtNodes = (): void => {
    const bubbles = root.querySelectorAll('[part~="bubble"]').length;
    seen.nodes = Math.max(seen.nodes, countNodes(root));
    const drawn = root.querySelector('.drawn');
    if (drawn && bubbles > 0) seen.nodesPerBubble = Math.max(seen.nodesPerBubble, countNodes(drawn) / bubbles);
  };
  return {
    async idle(frames) {
      const gaps: number[] = [];
      let before = await control.frame();
      for (let frame = 0; frame < frames; frame++) {
        const now = await control.frame();
        gaps.push(now - before);
        before = now;
      }
      return gaps;
    },
    watch() {
      seen = nothingSeen();
      watching = true;
      last = 0;
      lastTop = scroller.scrollTop;
      requestAnimationFrame(tick);
    },
    seen() {
      watching = false;
      lookAtNodes();
      return seen;
    },
    async climb(step, frames) {
      for (let frame = 0; frame < frames; frame++) {
        scroller.scrollTop -= step;
        await control.frame();
      }
    },
    async toEnd() {
      for (let frame = 0; frame < 30; frame++) {
        scroller.scrollTop = scroller.scrollHeight;
        await control.frame();
      }
    },
    reach,
  };
}

const nothingSeen = (): Seen => ({ frames: [], work: [], blankBefore: [], blankAfter: [], nodes: 0, nodesPerBubble: 0, travelled: 0 });

Object.assign(globalThis, { bench: benchOf(await openThread()) });
