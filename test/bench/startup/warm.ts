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

/** A browser that has rested a moment opens the page in one window, then in a second beside it. */
async function visitTwice(server: ControlServer, profile: string, page: Page): Promise<{ first: number; second: number }> {
  const windows = await openWindows(server, profile);
  const open = async (): Promise<number> => {
    const key = `visit-${++visits}`;
    server.page(`/${key}`, page(key));
    windows.open(`/${key}`);
    const { ms } = await server.told<{ ms: number }>(visitKey(key, page(key)));
    return ms;
  };
  const first = await open();
  const second = await open();
  await windows.close();
  return { first, second };
}

/** Chat pages tell more than one thing. */
const visitKey = (key: string, page: string): string => (page.includes('<warbler-chat') ? `${key}:thread` : key);

export async function measureWarm(server: ControlServer, service: string, profile: string, rounds: number): Promise<Measured> {
  const plain = newProfile();
  await visitTwice(server, plain, storedPage);
  const seconds: Record<'floor' | 'ours', number[]> = { floor: [], ours: [] };
  const times = await interleave(
    {
      floor: () => visitTwice(server, plain, bubblesPage).then(({ first, second }) => (seconds.floor.push(second), first)),
      control: () => visitTwice(server, plain, bubblesPage).then(({ first }) => first),
      stored: () => visitTwice(server, plain, storedPage).then(({ first }) => first),
      ours: () =>
        visitTwice(server, profile, (key) => chatPage(key, { service })).then(({ first, second }) => (seconds.ours.push(second), first)),
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
      floor: () => visitTwice(server, plain, bubblesPage).then(({ first }) => first),
      ours: () => visitTwice(server, profile, (key) => chatPage(key, { service })).then(({ first }) => first),
    },
    rounds,
  );
  return { rows: [ratioRow('7 warm thread, engine gone', times.ours, times.floor, { most: 1.7 })] };
}

const say = ({ median }: Spread): string => median.toFixed(2);
