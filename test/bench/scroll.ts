// Scrolling through long threads: frames, work in each, what is blank, and how many nodes live. No socket is open here, so DevTools
// may make the gestures. The session in the page answers as the core does, from generated messages.
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import type { ScrollBench, Seen, Told } from './in-browser/scroll.ts';
import { longHistory } from '../../src/engine/seed/population.ts';
import { bundlePage } from './kit/bundle-page.ts';
import { startControlServer } from './kit/control-server.ts';
import type { Measured, Row } from './kit/report.ts';
import { quantile, ratios } from './kit/stats.ts';
import { LATE, OTHER, PERSON } from './kit/warm-profile.ts';

const STEP = 400;
const FASTEST = 20_000;
const GESTURE_PX = 40_000;
const WORK_MS = 8;
const NODES = 1600;
const NODES_PER_BUBBLE = 26;
const REACH_MS = 300;
/** Where in the conversation somebody wants to be. */
const PLACES = [0.02, 0.25, 0.5, 0.75, 0.97];

interface Length {
  count: number;
  idle: number[];
  again: number[];
  climb: Seen;
  fast: Seen;
  /** Until each of the places was painted. */
  reached: number[];
}

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const server = await startControlServer();
  server.page('/thread', await bundlePage(join(import.meta.dirname, 'in-browser/scroll.ts')));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  try {
    const lengths: Length[] = [];
    for (const count of quick ? [1000, 100_000] : [1000, 10_000, 100_000]) {
      server.page(`/messages-${count}`, JSON.stringify(toldMessages(count)));
      lengths.push(await measureLength(browser, `${server.url}/thread?count=${count}`, count, quick ? 150 : 600));
    }
    const [first] = lengths;
    if (!first) throw new Error('nothing was measured');
    return { rows: lengths.flatMap(rowsOf), control: ratios([p99(first.again)], [p99(first.idle)]), notes: lengths.map(describe) };
  } finally {
    await browser.close();
    await server.close();
  }
}

function toldMessages(count: number): Told[] {
  const history = [...longHistory([PERSON.name, OTHER.name], count, LATE)];
  return history.map((past) => ['text' in past ? past.text : '', past.sentAt, past.from === PERSON.name]);
}

async function measureLength(browser: Browser, url: string, count: number, frames: number): Promise<Length> {
  const page = await browser.newPage({ viewport: { width: 400, height: 700 } });
  await page.goto(url);
  await page.waitForFunction('globalThis.bench !== undefined', undefined, { timeout: 60_000 });
  const idle = await inPage(page, (bench, wish) => bench.idle(wish), frames / 2);
  const climb = await watching(page, () => inPage(page, (bench, wish) => bench.climb(wish.step, wish.frames), { step: STEP, frames }));
  const again = await inPage(page, (bench, wish) => bench.idle(wish), frames / 2);
  await inPage(page, (bench) => bench.toEnd(), undefined);
  const fast = await watching(page, () => fling(page, frames > 200 ? 4 : 1));
  const reached: number[] = [];
  for (const share of PLACES) reached.push(await inPage(page, (bench, wish) => bench.reach(wish), share));
  await page.close();
  return { count, idle, again, climb, fast, reached };
}

function inPage<Wish, Result>(page: Page, work: (bench: ScrollBench, wish: Wish) => Result, wish: Wish): Promise<Awaited<Result>> {
  return page.evaluate<Awaited<Result>>(`(${work.toString()})(globalThis.bench, ${JSON.stringify(wish)})`);
}

async function watching(page: Page, move: () => Promise<void>): Promise<Seen> {
  await inPage(page, (bench) => bench.watch(), undefined);
  await move();
  return inPage(page, (bench) => bench.seen(), undefined);
}

/** As a person's hand: the compositor scrolls, the page is told. Upwards, down, upwards. */
async function fling(page: Page, times: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  for (let turn = 0; turn < times; turn++) {
    const yDistance = turn % 2 === 0 ? GESTURE_PX : -GESTURE_PX / 2;
    await devtools.send('Input.synthesizeScrollGesture', { x: 200, y: 350, yDistance, speed: FASTEST, gestureSourceType: 'mouse' });
  }
}

const p99 = (values: readonly number[]): number => quantile(values, 0.99);

function rowsOf({ count, idle, climb, fast, reached }: Length): Row[] {
  const frame = p99(climb.frames);
  const ratio = { median: frame / p99(idle), p25: NaN, p75: NaN, n: climb.frames.length };
  const work = p99(climb.work);
  const blank = Math.max(...fast.blankAfter, ...climb.blankAfter) * 100;
  const longest = Math.max(...reached);
  const nodes = Math.max(climb.nodes, fast.nodes);
  const perBubble = Math.max(climb.nodesPerBubble, fast.nodesPerBubble);
  const of = `of ${count.toLocaleString('en')}`;
  return [
    {
      id: `15 frame p99, ${of}`,
      unit: 'ms',
      floor: p99(idle),
      ours: frame,
      ratio: { ...ratio, p25: ratio.median, p75: ratio.median },
      goal: '≤ 1.5 idle',
      pass: ratio.median <= 1.5,
    },
    {
      id: `15 script, layout and paint p99 at ${STEP} px a frame, ${of}`,
      unit: 'ms',
      ours: work,
      goal: `≤ ${WORK_MS}`,
      pass: work <= WORK_MS,
    },
    { id: `15 blank at most, to ${FASTEST.toLocaleString('en')} px/s, ${of}`, unit: '%', ours: blank, goal: '0', pass: blank === 0 },
    {
      id: `15 anywhere in it, painted, the longest of ${PLACES.length}, ${of}`,
      unit: 'ms',
      ours: longest,
      goal: `≤ ${REACH_MS}`,
      pass: longest <= REACH_MS,
    },
    { id: `16 live nodes, ${of}`, unit: 'nodes', ours: nodes, goal: `≤ ${NODES}`, pass: nodes <= NODES },
    {
      id: `16 live nodes a bubble, ${of}`,
      unit: 'nodes',
      ours: perBubble,
      goal: `≤ ${NODES_PER_BUBBLE}`,
      pass: perBubble <= NODES_PER_BUBBLE,
    },
  ];
}

function describe({ count, climb, fast }: Length): string {
  const before = (100 * Math.max(...fast.blankBefore)).toFixed(0);
  const some = ((100 * fast.blankBefore.filter((share) => share > 0).length) / fast.blankBefore.length).toFixed(1);
  const far = Math.round(fast.travelled).toLocaleString('en');
  return `${count}: climbed ${Math.round(climb.travelled).toLocaleString('en')} px; flung ${far} px, of the view blank as the scroll arrived at most ${before} %, in ${some} % of frames; work p50 ${quantile(climb.work, 0.5).toFixed(1)} ms`;
}
