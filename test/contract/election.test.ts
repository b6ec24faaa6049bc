// Five tabs race for the lead, again and again, leaving loudly and silently: never two leaders, never none for long.
import { digestName } from '../../src/base/digest.ts';
import { equal, eventually, ok } from './kit/expect.ts';
import { closeAllTabs, factsOf, newOrganisation, openTab, openTabsTogether, type Tab } from './kit/tabs.ts';

afterEach(closeAllTabs);

/** How many hold a lock of this kind for this organisation. */
async function countHolders(kind: 'leader' | 'seat', organisation: string): Promise<number> {
  const name = `warbler:${kind}:${await digestName(crypto.subtle, organisation, '')}`;
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
});
