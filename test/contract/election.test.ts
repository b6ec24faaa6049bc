// Five tabs race for the lead, again and again, leaving loudly and silently: never two leaders, never none for long.
import { commonChannelName, type Knock, type Up } from '../../src/contracts/election.ts';
import { digestName } from '../../src/base/digest.ts';
import { chance } from '../kit/random.ts';
import { equal, eventually, ok } from './kit/expect.ts';
import { Reigns } from './kit/reigns.ts';
import { seed, sizeOf } from './kit/sizes.ts';
import { closeAllTabs, factsOf, newOrganisation, openTab, openTabsTogether, type Tab } from './kit/tabs.ts';
import { digestOf, Echo, HANG, leads, TURMOILS, type Crowd } from './kit/turmoil.ts';

/** R8 of the reliability table: a thousand at night. */
const ELECTIONS = sizeOf('WARBLER_ELECTIONS', 1_000, 21);
/** A core that hangs is noticed after seconds, so that not every election can be of that kind. */
const ONE_HANGS_IN = 100;

afterEach(closeAllTabs);

/** How many hold a lock of this kind for this organisation. */
async function countHolders(kind: 'leader' | 'seat', organisation: string): Promise<number> {
  const name = `warbler:${kind}:${digestName(organisation, '')}`;
  const { held = [] } = await navigator.locks.query();
  return held.filter((lock) => lock.name === name).length;
}

describe('elections', () => {
  it('five tabs agree on a leader each time one goes', async function () {
    this.timeout(60_000);
    const organisation = newOrganisation();
    let tabs: Tab[] = await openTabsTogether(5, 'elected', organisation);
    const cores = new Set<string>();
    let slowest = 0;
    for (let round = 0; tabs.length > 1; round += 1) {
      const facts = await Promise.all(tabs.map(factsOf));
      equal(new Set(facts.map(({ core }) => core)).size, 1, 'cores at once');
      equal(await countHolders('leader', organisation), 1, 'leaders');
      equal(await countHolders('seat', organisation), 1, 'seats');
      cores.add(facts[0]?.core ?? '');
      // Whoever leads is unknown from outside: closing all but the last one meets it sooner or later.
      tabs[0]?.close(round % 2 ? 'silently' : undefined);
      tabs = tabs.slice(1);
      slowest = Math.max(slowest, await eventually('a core', async () => tabs.every(({ client }) => client.state === 'attached')));
    }
    ok(cores.size >= 1, 'cores');
    ok((await factsOf(tabs[0] as Tab)).core, 'the last one still has a core');
    ok(slowest < 5_000, `hand-over took ${Math.round(slowest)} ms`);
  });

  it('a leader that answers nobody loses the lead, and learns of it', async function () {
    this.timeout(40_000);
    const organisation = newOrganisation();
    const leader = await openTab('elected', organisation);
    const { core } = await factsOf(leader);
    // Its worker is kept busy for ever, as one in a frozen page would be silent for ever.
    void leader.client.dismissNotice('freeze');
    const follower = await openTab('elected', organisation);
    await eventually('a new core', async () => follower.client.state === 'attached', 20_000);
    const facts = await factsOf(follower);
    ok(facts.core !== core, 'a core of the follower');
    equal(await countHolders('leader', organisation), 1, 'leaders');
    equal((await factsOf(leader)).core, facts.core, 'the old leader follows');
  });

  it('a core that dies between its first page and its welcome is not waited for', async () => {
    const organisation = newOrganisation();
    const digest = digestOf(organisation);
    const knocked: string[] = [];
    const common = new BroadcastChannel(commonChannelName(digest));
    let resign = (): void => {};
    const firstKnock = new Promise<void>((resolve) =>
      common.addEventListener('message', ({ data }: MessageEvent<Knock | Up>) => {
        if (data.warbler === 'knock') knocked.push(data.channel);
        if (knocked.length === 1) resolve();
      }),
    );
    // The test leads, and its core comes no further than the disk.
    await new Promise<void>((leading) => {
      void navigator.locks.request(`warbler:leader:${digest}`, () => (leading(), new Promise<void>((letGo) => (resign = letGo))));
    });
    const tab = await openTab('elected', organisation, { first: { count: 1 } });
    await firstKnock;
    new BroadcastChannel(knocked[0] ?? '').postMessage({ warbler: 'first-page', conversations: [] });
    await tab.client.firstPage;
    resign();
    ok((await factsOf(tab)).core, 'a core of its own');
    common.close();
    equal(new Set(knocked).size, 1, 'attempts it took');
  });

  it(`R8: ${ELECTIONS} elections while five tabs call without a pause`, async function () {
    this.timeout(60_000 + ELECTIONS * 1_000);
    const organisation = newOrganisation();
    const reigns = new Reigns();
    const crowd = await gather(organisation, reigns);
    const echo = new Echo(crowd.digest);
    const luck = chance(seed);
    const waits = new Map<string, number[]>();
    for (let election = 1; election <= ELECTIONS; election += 1) {
      const [how, turmoil] = election % ONE_HANGS_IN === 0 ? [HANG.name, HANG.turmoil] : luck.oneOf(Object.entries(TURMOILS));
      await eventually('a leader', () => [...crowd.tabs].some(leads));
      const undo = await turmoil([...crowd.tabs].find(leads) as Tab, crowd);
      echo.repeat(luck.below(20));
      waits.set(how, [...(waits.get(how) ?? []), await reigns.settled([...crowd.tabs], performance.now(), how)]);
      await undo();
      equal(await countHolders('leader', organisation), 1, `leaders after one ${how}`);
    }
    echo.close();
    equal(reigns.overlaps(), [], 'cores at the same time');
    equal(reigns.lost, [], 'calls');
    ok(reigns.count() >= ELECTIONS / 2, `${reigns.count()} cores`);
    tell(`${ELECTIONS} elections, ${reigns.count()} cores, ${reigns.answered} calls answered`, waits);
  });
});

/** Five tabs that call from now on. */
async function gather(organisation: string, reigns: Reigns): Promise<Crowd> {
  const tabs = new Set<Tab>();
  const joined = (tab: Tab): void => {
    tabs.add(tab);
    reigns.watch(tab);
  };
  const left = (tab: Tab): void => {
    tabs.delete(tab);
    reigns.letGo(tab);
  };
  for (const tab of await openTabsTogether(5, 'elected', organisation)) joined(tab);
  return { organisation, digest: digestOf(organisation), tabs, joined, left };
}

function tell(what: string, waits: ReadonlyMap<string, readonly number[]>): void {
  const lines = [...waits].map(([how, some]) => {
    const sorted = some.toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
    return `after one ${how}: ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms (${some.length})`;
  });
  console.log([what, ...lines].join('\n  '));
}
