// Five tabs race for the lead, again and again, leaving loudly and silently: never two leaders, never none for long.
import { commonChannelName, type Knock, type Up } from '../../src/contracts/election.ts';
import { chance } from '../kit/random.ts';
import { countHolders, describeWaits, gather, holdElections } from './kit/elections.ts';
import { equal, eventually, ok } from './kit/expect.ts';
import { Reigns } from './kit/reigns.ts';
import { seed, sizeOf } from './kit/sizes.ts';
import { closeAllTabs, factsOf, newOrganisation, openTab, openTabsTogether, type Tab } from './kit/tabs.ts';
import { digestOf, HANG, TURMOILS } from './kit/turmoil.ts';

/** R8 of the reliability table: a thousand at night. */
const ELECTIONS = sizeOf('WARBLER_ELECTIONS', 1_000, 21);
/** A core that hangs is noticed after seconds, so that not every election can be of that kind. */
const ONE_HANGS_IN = 100;

afterEach(closeAllTabs);

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
      equal(await countHolders('leader', digestOf(organisation)), 1, 'leaders');
      equal(await countHolders('seat', digestOf(organisation)), 1, 'seats');
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
    equal(await countHolders('leader', digestOf(organisation)), 1, 'leaders');
    equal((await factsOf(leader)).core, facts.core, 'the old leader follows');
  });

  it('a leader that is frozen gives the lead away, and follows when it is thawed', async () => {
    const organisation = newOrganisation();
    const leader = await openTab('elected', organisation);
    const { core } = await factsOf(leader);
    const follower = await openTab('elected', organisation);
    equal((await factsOf(follower)).core, core);
    leader.window.document.dispatchEvent(new Event('freeze'));
    const asleep = factsOf(leader);
    await eventually('a core of the follower', async () => (await factsOf(follower)).core !== core);
    const facts = await factsOf(follower);
    equal(facts.tabs, 1, 'tabs that are not frozen');
    leader.window.document.dispatchEvent(new Event('resume'));
    equal((await asleep).core, facts.core, 'the old leader follows');
    equal((await factsOf(leader)).seen, 2);
    equal(await countHolders('leader', digestOf(organisation)), 1, 'leaders');
  });

  it('out of the back-forward cache a tab is thawed and shown, and comes back once', async () => {
    const tab = await openTab('elected', newOrganisation());
    const { core } = await factsOf(tab);
    const states: string[] = [];
    tab.client.onState((state) => states.push(state));
    tab.window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    for (const name of ['freeze', 'resume']) tab.window.document.dispatchEvent(new Event(name));
    tab.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    ok((await factsOf(tab)).core !== core, 'a core of its own again');
    equal(states, ['attaching', 'attached']);
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
    const opened = await openTabsTogether(5, 'elected', organisation);
    const crowd = gather(organisation, opened, () => openTab('elected', organisation), reigns);
    const luck = chance(seed);
    const hang = [HANG.name, HANG.turmoil] as const;
    const next = (election: number) => (election % ONE_HANGS_IN === 0 ? hang : luck.oneOf(Object.entries(TURMOILS)));
    const waits = await holdElections({ crowd, callers: reigns, count: ELECTIONS, luck, next });
    equal(reigns.overlaps(), [], 'cores at the same time');
    equal(reigns.lost, [], 'calls');
    ok(reigns.count() >= ELECTIONS / 2, `${reigns.count()} cores`);
    console.log(describeWaits(`${ELECTIONS} elections, ${reigns.count()} cores, ${reigns.answered} calls answered`, waits));
  });
});
