// A returning visitor's thread from disk: in the first tab, in a second one, and without any engine.
import type { ControlServer } from '../kit/control-server.ts';
import { chatPage } from '../kit/chat-page.ts';
import { newProfile } from '../kit/plain-browser.ts';
import { ratioRow } from '../kit/ratio-row.ts';
import type { Measured } from '../kit/report.ts';
import { interleave, ratios, type Spread } from '../kit/stats.ts';
import { openWindows } from '../kit/windows.ts';
import { bubblesPage, storedPage } from './pages.ts';

type Page = (key: string) => string;

let visits = 0;

/** A browser that was just started is busy with itself, and a first tab that was just opened with signing in. */
const REST_MS = { browser: 600, tab: 1200 };

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A browser that has rested a moment opens the page in one window, and if asked for in a second beside it, once the first has come to rest. */
async function visit(server: ControlServer, profile: string, page: Page, seconds?: number[]): Promise<number> {
  const windows = await openWindows(server, profile);
  const open = async (): Promise<number> => {
    const key = `visit-${++visits}`;
    server.page(`/${key}`, page(key));
    windows.open(`/${key}`);
    const { ms } = await server.told<{ ms: number }>(visitKey(key, page(key)));
    return ms;
  };
  await rest(REST_MS.browser);
  const first = await open();
  if (seconds) {
    await rest(REST_MS.tab);
    seconds.push(await open());
  }
  await windows.close();
  return first;
}

/** Chat pages tell more than one thing. */
const visitKey = (key: string, page: string): string => (page.includes('<warbler-chat') ? `${key}:thread` : key);

export async function measureWarm(server: ControlServer, service: string, profile: string, rounds: number): Promise<Measured> {
  const plain = newProfile();
  await visit(server, plain, storedPage);
  const seconds: Record<'floor' | 'ours', number[]> = { floor: [], ours: [] };
  const times = await interleave(
    {
      floor: () => visit(server, plain, bubblesPage, seconds.floor),
      control: () => visit(server, plain, bubblesPage),
      stored: () => visit(server, plain, storedPage),
      ours: () => visit(server, profile, (key) => chatPage(key, { service }), seconds.ours),
    },
    rounds,
  );
  return {
    control: ratios(times.control, times.floor),
    rows: [
      ratioRow('6 warm thread, first tab', times.ours, times.floor, { most: 1.8 }),
      ratioRow('7 warm thread, second tab', seconds.ours, seconds.floor, { most: 1.7 }),
    ],
    notes: [
      `a page that reads IndexedDB itself: ${say(ratios(times.stored, times.floor))} F; ours over that: ${say(ratios(times.ours, times.stored))}`,
    ],
  };
}

/** The engine is gone; what the disk has is shown all the same. */
export async function measureOffline(server: ControlServer, service: string, profile: string, rounds: number): Promise<Measured> {
  const plain = newProfile();
  const times = await interleave(
    {
      floor: () => visit(server, plain, bubblesPage),
      ours: () => visit(server, profile, (key) => chatPage(key, { service })),
    },
    rounds,
  );
  return { rows: [ratioRow('7 warm thread, engine gone', times.ours, times.floor, { most: 1.7 })] };
}

const say = ({ median }: Spread): string => median.toFixed(2);
