// Goals 20 and 21: bytes a message, transactions for live messages, and how long one waits for the disk. In Chromium, on its own disk.
import { join } from 'node:path';
import type { StoreFacts, StoreWish } from './in-browser/store.ts';
import { bundlePage } from './kit/bundle-page.ts';
import { startControlServer } from './kit/control-server.ts';
import { openBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { quantile, ratios, spread } from './kit/stats.ts';

const FRESH = 220;
const FOLDED = 120;
const LONGEST_WAIT_MS = 50;
const LARGEST_GROUP = 50;
const SPARE = 3;

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const facts = await run(quick ? { messages: 2_000, rounds: 40, live: 600 } : { messages: 10_000, rounds: 200, live: 3_000 });
  const { alone, aloneFloor, control, strict, strictFloor, grouped, live } = facts;
  return {
    rows: [
      ...sizeRows(facts),
      transactionRow(live),
      waitRow(live),
      timeRow('21 one message alone, relaxed', alone, aloneFloor),
      timeRow('21 outbox, strict', strict, strictFloor),
      ...openingRows(facts.opening),
      {
        id: '21 one message in a group of 50',
        unit: 'ms',
        ours: spread(grouped).median / LARGEST_GROUP,
        goal: '<= 0.4',
        pass: spread(grouped).median / LARGEST_GROUP <= 0.4,
      },
    ],
    control: ratios(control, aloneFloor),
  };
}

async function run(wish: StoreWish): Promise<StoreFacts> {
  const server = await startControlServer();
  server.page('/store', await bundlePage(join(import.meta.dirname, 'in-browser/store.ts')));
  server.answer('wish', wish);
  const browser = openBrowser(`${server.url}/store`);
  try {
    const facts = await server.told<StoreFacts & { defect?: string }>('facts', 300_000);
    if (facts.defect) throw new Error(facts.defect);
    return facts;
  } finally {
    await browser.close();
    await server.close();
  }
}

function sizeRows({ fresh, folded, readBack }: StoreFacts): Row[] {
  return [
    { id: '20 stored bytes a message, fresh', unit: 'bytes', ours: fresh, goal: `<= ${FRESH}`, pass: fresh <= FRESH },
    {
      id: '20 stored bytes a message, folded',
      unit: 'bytes',
      ours: folded,
      goal: `<= ${FOLDED}, and all read back`,
      pass: folded <= FOLDED && readBack,
    },
  ];
}

/** One for each 50 ms that passed or each 50 messages that came, and the few that need not wait after a quiet moment. */
function transactionRow({ messages, transactions, tookMs }: StoreFacts['live']): Row {
  const most = Math.ceil(tookMs / LONGEST_WAIT_MS) + Math.ceil(messages / LARGEST_GROUP) + SPARE;
  return {
    id: `21 transactions for ${messages} live messages`,
    unit: 'transactions',
    ours: transactions,
    goal: `<= ${most}`,
    pass: transactions <= most,
  };
}

function waitRow({ waits }: StoreFacts['live']): Row {
  const median = quantile(waits, 0.5);
  const goal = LONGEST_WAIT_MS + 20;
  return {
    id: '21 a live message until it is on disk',
    unit: 'ms',
    ours: median,
    goal: `<= ${goal} (grouped for 50)`,
    pass: median <= goal,
  };
}

/** The floor is the same store without a lock: what remains of it once it is open is a key that was unwrapped. */
function openingRows({ bare, locked, again, unlock, moveMs }: StoreFacts['opening']): Row[] {
  const ratio = ratios(locked, bare);
  const longest = Math.max(...unlock);
  return [
    {
      id: '5.5 opening a locked store, once its root is there',
      unit: 'ms',
      floor: spread(bare).median,
      ours: spread(locked).median,
      ratio,
      goal: `<= 1.1 (the same twice: ${ratios(again, bare).median.toFixed(2)})`,
      pass: ratio.median <= 1.1,
    },
    {
      id: '5.5 unlocking by passphrase',
      unit: 'ms',
      ours: spread(unlock).median,
      goal: '250 to 1,500',
      pass: longest <= 1_500 && Math.min(...unlock) >= 250,
    },
    { id: '5.5 sealing all of it anew', unit: 'ms', ours: moveMs, goal: '<= 10,000', pass: moveMs <= 10_000 },
  ];
}

/** The floor is one row of the same size in a transaction of raw IndexedDB. Sealing, planning and the index are ours. */
function timeRow(id: string, ours: readonly number[], floor: readonly number[]): Row {
  const ratio = ratios(ours, floor);
  return {
    id,
    unit: 'ms',
    floor: spread(floor).median,
    ours: spread(ours).median,
    ratio,
    goal: '<= 4.5 ms',
    pass: spread(ours).median <= 4.5,
  };
}
