// One election after another: what befalls a leader, taken at random, and how long it is until all tabs are served again.
import type { Chance } from '../../kit/random.ts';
import { equal, eventually } from './expect.ts';
import type { Tab } from './tabs.ts';
import { digestOf, Echo, leads, type Crowd, type Turmoil } from './turmoil.ts';

/** Tabs that ask their core for something without a pause. */
export interface Callers {
  /** It calls until it is let go. */
  watch(tab: Tab): void;
  letGo(tab: Tab): void;
  /** Until each of these was served with what it asked for since. */
  settled(tabs: readonly Tab[], since: number, what: string): Promise<number>;
}

/** These tabs call from now on. */
export function gather(organisation: string, opened: readonly Tab[], open: () => Promise<Tab>, callers: Callers): Crowd {
  const tabs = new Set<Tab>();
  const joined = (tab: Tab): void => {
    tabs.add(tab);
    callers.watch(tab);
  };
  const left = (tab: Tab): void => {
    tabs.delete(tab);
    callers.letGo(tab);
  };
  for (const tab of opened) joined(tab);
  return { organisation, digest: digestOf(organisation), tabs, open, joined, left };
}

export interface ElectionsWish {
  crowd: Crowd;
  callers: Callers;
  count: number;
  luck: Chance;
  /** What befalls the leader before this election. */
  next(election: number): readonly [string, Turmoil];
}

/** Answers how long each kind of them took. */
export async function holdElections({ crowd, callers, count, luck, next }: ElectionsWish): Promise<ReadonlyMap<string, readonly number[]>> {
  const echo = new Echo(crowd.digest);
  const waits = new Map<string, number[]>();
  for (let election = 1; election <= count; election += 1) {
    const [how, turmoil] = next(election);
    await eventually('a leader', () => [...crowd.tabs].some(leads));
    const undo = await turmoil([...crowd.tabs].find(leads) as Tab, crowd);
    echo.repeat(luck.below(20));
    waits.set(how, [...(waits.get(how) ?? []), await callers.settled([...crowd.tabs], performance.now(), how)]);
    await undo();
    equal(await countHolders('leader', crowd.digest), 1, `leaders after one ${how}`);
  }
  echo.close();
  return waits;
}

/** How many hold a lock of this kind. */
export async function countHolders(kind: 'leader' | 'seat', digest: string): Promise<number> {
  const name = `warbler:${kind}:${digest}`;
  const { held = [] } = await navigator.locks.query();
  return held.filter((lock) => lock.name === name).length;
}

export function describeWaits(what: string, waits: ReadonlyMap<string, readonly number[]>): string {
  const lines = [...waits].map(([how, some]) => {
    const sorted = some.toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
    return `after one ${how}: ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms (${some.length})`;
  });
  return [what, ...lines].join('\n  ');
}
