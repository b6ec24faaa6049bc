// What befalls a leading tab: each of these ends its core, and the others have to agree on the next one.
import { commonChannelName } from '../../../src/contracts/election.ts';
import { digestName } from '../../../src/base/digest.ts';
import { eventually } from './expect.ts';
import type { Tab } from './tabs.ts';

export const leads = ({ window }: Tab): boolean => window.hooks.workers.size > 0;

const hide = ({ window }: Tab): unknown => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
const show = ({ window }: Tab): unknown => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

/** Tabs come and go here; the rest of the suite looks at who is left. */
export interface Crowd {
  readonly organisation: string;
  readonly digest: string;
  readonly tabs: Set<Tab>;
  /** One more tab of the same profile. */
  open(): Promise<Tab>;
  joined(tab: Tab): void;
  left(tab: Tab): void;
}

/** Answers with what is to be undone once the others have a core again. */
export type Turmoil = (leader: Tab, crowd: Crowd) => Promise<() => unknown>;

const nothing = (): void => {};

async function replace(leader: Tab, crowd: Crowd, how?: 'silently'): Promise<() => unknown> {
  crowd.left(leader);
  leader.close(how);
  return async () => crowd.joined(await crowd.open());
}

/** Into the back-forward cache, and out of it again. */
async function sleep(leader: Tab, { tabs }: Crowd): Promise<() => unknown> {
  hide(leader);
  tabs.delete(leader);
  return () => {
    show(leader);
    tabs.add(leader);
  };
}

/** Whoever comes to lead next goes too, before its core has answered anybody. */
async function interruptHandOver(leader: Tab, crowd: Crowd): Promise<() => unknown> {
  const wakeLeader = await sleep(leader, crowd);
  await eventually('a successor', () => [...crowd.tabs].some(leads));
  const successor = [...crowd.tabs].find(leads);
  const wakeSuccessor = successor && (await sleep(successor, crowd));
  return () => (wakeLeader(), wakeSuccessor?.());
}

async function leaveAndReturnAtOnce(leader: Tab): Promise<() => unknown> {
  hide(leader);
  show(leader);
  return nothing;
}

async function dieInWorker({ window }: Tab): Promise<() => unknown> {
  for (const worker of [...window.hooks.workers]) worker.terminate();
  return nothing;
}

async function stealLead(_leader: Tab, { digest }: Crowd): Promise<() => unknown> {
  await navigator.locks.request(`warbler:leader:${digest}`, { steal: true }, nothing);
  return nothing;
}

/** Only a newcomer notices within seconds that nobody answers; those who wait for an answer do so when its deadline has passed. */
async function hang(leader: Tab, crowd: Crowd): Promise<() => unknown> {
  void leader.client.dismissNotice('freeze');
  crowd.joined(await crowd.open());
  return () => {
    crowd.left(leader);
    leader.close();
  };
}

export const TURMOILS: Readonly<Record<string, Turmoil>> = {
  'closes with a goodbye': (leader, crowd) => replace(leader, crowd),
  'closes silently': (leader, crowd) => replace(leader, crowd, 'silently'),
  'sleeps in the cache': sleep,
  'leaves and returns at once': leaveAndReturnAtOnce,
  'leaves, and so does its successor': interruptHandOver,
  'loses its worker': dieInWorker,
  'is robbed of the lead': stealLead,
};
/** Costs seconds each time. */
export const HANG = { name: 'hangs', turmoil: hang } as const;

export const digestOf = (organisation: string): string => digestName(organisation, '');

/** Says everything again that was ever said on the common channel, as a channel does that is late. */
export class Echo {
  readonly #channel: BroadcastChannel;
  readonly #heard: unknown[] = [];

  constructor(digest: string) {
    this.#channel = new BroadcastChannel(commonChannelName(digest));
    this.#channel.addEventListener('message', ({ data }) => void this.#heard.push(data));
  }

  repeat(most: number): void {
    for (const word of this.#heard.slice(-most)) this.#channel.postMessage(word);
  }

  close(): void {
    this.#channel.close();
  }
}
