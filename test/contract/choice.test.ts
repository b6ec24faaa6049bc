// Which host a page gets: the best that works there, found out by trying; and what it costs while nothing happens.
import { equal, eventually, ok } from './kit/expect.ts';
import { closeAllTabs, factsOf, newOrganisation, openTab, WORKER_URL, type Tab } from './kit/tabs.ts';

afterEach(closeAllTabs);

const ALL = { hosts: ['shared', 'elected', 'in-page'] as const };

describe('the choice of a host', () => {
  it('shared, where it works', async () => {
    const tab = await openTab('shared', newOrganisation(), ALL);
    await factsOf(tab);
    equal(tab.client.host, 'shared');
  });

  it('shared under a strict policy with Trusted Types, without a single violation', async () => {
    const tab = await openTab('shared', newOrganisation(), ALL, './tab-strict.html');
    let violations = 0;
    tab.window.document.addEventListener('securitypolicyviolation', () => (violations += 1));
    await factsOf(tab);
    equal(tab.client.host, 'shared');
    equal(violations, 0);
  });

  it('in the page, where workers are forbidden', async () => {
    const tab = await openTab('shared', newOrganisation(), ALL, './tab-without-workers.html');
    await factsOf(tab);
    equal(tab.client.host, 'in-page');
  });

  it('in the page, where the worker file is missing', async () => {
    const tab = await openTab('shared', newOrganisation(), { ...ALL, workerUrl: '/test/contract/kit/nowhere.js' });
    await factsOf(tab);
    equal(tab.client.host, 'in-page');
  });

  it('elected, where the worker file lies on another origin, and all tabs agree', async () => {
    const workerUrl = WORKER_URL.replace('127.0.0.1', 'localhost');
    const organisation = newOrganisation();
    const tabs = await Promise.all([1, 2, 3].map(() => openTab('shared', organisation, { ...ALL, workerUrl })));
    const facts = await Promise.all(tabs.map(factsOf));
    equal(
      tabs.map(({ client }) => client.host),
      ['elected', 'elected', 'elected'],
    );
    equal(new Set(facts.map(({ core }) => core)).size, 1);
  });

  it('none: calls say so', async () => {
    const tab = await openTab('shared', newOrganisation(), { hosts: [] });
    equal(await tab.client.readSituation(), { ok: false, failure: { kind: 'core-gone' } });
    equal(tab.client.state, 'lost');
    equal(await tab.client.firstPage, undefined);
  });
});

/** Counts timers that were set and neither ran nor were cleared. */
function watchTimers({ window }: Tab): Set<number> {
  const live = new Set<number>();
  const page = window as unknown as typeof globalThis;
  const { setTimeout: set, clearTimeout: clear } = page;
  page.setTimeout = ((work: () => void, ms: number) => {
    const timer = set(() => (live.delete(timer), work()), ms) as unknown as number;
    live.add(timer);
    return timer;
  }) as typeof page.setTimeout;
  page.clearTimeout = (timer) => {
    live.delete(timer as number);
    clear(timer);
  };
  page.setInterval = (() => ok(false, 'no interval, ever')) as never;
  return live;
}

describe('an idle tab', () => {
  for (const host of ['shared', 'elected', 'in-page'] as const) {
    it(`has no timer: ${host}`, async () => {
      const tab = await openTab(host, newOrganisation());
      const live = watchTimers(tab);
      await factsOf(tab);
      await tab.client.dismissNotice('burst 3');
      await eventually('every timer gone', () => live.size === 0);
      void tab.client.dismissNotice('hang');
      equal(live.size, 1, 'timers of one open call');
    });
  }
});
