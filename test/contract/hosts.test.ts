// One contract, whatever hosts the core: how tabs find it, share it, lose it and find it again.
import type { HostKind } from '../../src/client/session-client.ts';
import { equal, eventually, ok } from './kit/expect.ts';
import { closeAllTabs, factsOf, newOrganisation, openTab, openTabsTogether, send, textsOf, type Tab } from './kit/tabs.ts';

const EVERY: readonly HostKind[] = ['shared', 'elected', 'in-page'];
const BETWEEN_TABS: readonly HostKind[] = ['shared', 'elected'];

afterEach(closeAllTabs);

for (const host of EVERY) {
  describe(`a tab with a core: ${host}`, () => {
    it('lets a tab in only when it has painted what the disk had', async () => {
      let paint = (): void => {};
      const isPainted = new Promise<void>((resolve) => (paint = resolve));
      const asked: unknown[] = [];
      const whenPainted = (page: unknown): Promise<void> => (asked.push(page), isPainted);
      const tab = await openTab(host, newOrganisation(), { first: { count: 50 }, whenPainted });
      const page = await tab.client.firstPage;
      const call = tab.client.readSituation();
      equal(tab.client.state, 'attaching');
      paint();
      ok((await call).ok, 'served');
      equal(asked, [page]);
    });

    it('attaches, answers from disk first, and calls', async () => {
      const tab = await openTab(host, newOrganisation(), { first: { count: 50 } });
      equal((await tab.client.firstPage)?.account?.name, 'ying');
      ok((await factsOf(tab)).core, 'the core has a name');
      equal(tab.client.state, 'attached');
      equal(tab.client.host, host);
    });

    it('answers a failure as a value, and a defect as one too, without its words', async () => {
      const tab = await openTab(host, newOrganisation());
      equal(await tab.client.addContact('nobody'), { ok: false, failure: { kind: 'not-found' } });
      equal(await tab.client.dismissNotice('defect'), { ok: false, failure: { kind: 'refused', reason: 'other' } });
    });

    it('tells a burst of changes in a few looks', async () => {
      const tab = await openTab(host, newOrganisation());
      let looks = 0;
      tab.client.onChanged(() => (looks += 1));
      await tab.client.dismissNotice('burst 5000');
      await eventually('a look', () => looks > 0);
      await factsOf(tab);
      ok(looks <= 5, `${looks} looks for 5,000 changes`);
    });

    it('answers open calls when disposed', async () => {
      const tab = await openTab(host, newOrganisation());
      await factsOf(tab);
      const hanging = tab.client.dismissNotice('hang');
      tab.client.dispose();
      equal(await hanging, { ok: false, failure: { kind: 'core-gone' } });
      equal(await tab.client.readSituation(), { ok: false, failure: { kind: 'core-gone' } });
    });

    it('leaves with pagehide and comes back with pageshow', async () => {
      const tab = await openTab(host, newOrganisation());
      await factsOf(tab);
      tab.window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      const asleep = send(tab, 'written while away');
      tab.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      ok((await asleep).ok, 'the call goes out after the return');
      equal(await textsOf(tab), ['written while away']);
    });
  });
}

// An elected tab that is frozen goes, as its core would freeze with it.
for (const host of ['shared', 'in-page'] as const) {
  describe(`a tab that is frozen: ${host}`, () => {
    it('stays, and says that nobody looks meanwhile', async () => {
      const tab = await openTab(host, newOrganisation());
      const isSeen = async (): Promise<boolean> => (await factsOf(tab)).seen === 1;
      await eventually('the tab is seen', isSeen);
      tab.window.document.dispatchEvent(new Event('freeze'));
      await eventually('nobody looks', async () => !(await isSeen()));
      tab.window.document.dispatchEvent(new Event('resume'));
      await eventually('the tab is seen again', isSeen);
    });
  });
}

for (const host of BETWEEN_TABS) {
  describe(`tabs with one core: ${host}`, () => {
    it('share it when they start at the same instant', async () => {
      const tabs = await openTabsTogether(5, host, newOrganisation());
      const facts = await Promise.all(tabs.map(factsOf));
      equal(new Set(facts.map(({ core }) => core)).size, 1);
    });

    it('a second one joins, and sees what the first one did', async () => {
      const organisation = newOrganisation();
      const first = await openTab(host, organisation);
      await send(first, 'hello');
      const second = await openTab(host, organisation);
      equal(await textsOf(second), ['hello']);
      const told = new Promise((resolve) => second.client.onChanged(resolve));
      await send(first, 'again');
      equal(await told, [{ about: 'thread', conversation: 'anybody@garden.example' }]);
    });

    for (const how of ['with a goodbye', 'silently'] as const) {
      it(`the core lives on when the first one goes ${how}`, async () => {
        const organisation = newOrganisation();
        const first = await openTab(host, organisation);
        await send(first, 'hello');
        const second = await openTab(host, organisation);
        const before = await factsOf(second);
        equal(before.tabs, 2);
        first.close(how === 'silently' ? how : undefined);
        if (host === 'elected') {
          // The leader took its core along: the other tab leads now.
          await eventually('a new core', async () => (await factsOf(second)).core !== before.core);
          return;
        }
        await eventually('the core misses it', async () => (await factsOf(second)).gone === 1);
        equal((await factsOf(second)).core, before.core);
      });
    }

    it('leave nothing unsaid: what a tab says while it goes is heard, once, also where the core goes with it', async () => {
      const organisation = newOrganisation();
      const first = await openTab(host, organisation);
      const { core } = await factsOf(first);
      const others = [await openTab(host, organisation), await openTab(host, organisation)];
      await Promise.all(others.map(factsOf));
      const text = 'said while it goes';
      first.window.hooks.leaving.addEventListener('leave', () => void send(first, text));
      first.close();
      const [second, third] = others as [Tab, Tab];
      await eventually('the words', async () => (await textsOf(second)).length > 0);
      const facts = await factsOf(third);
      equal(facts.core === core, host === 'shared');
      equal(await textsOf(third), [text]);
      // What was taken on is not said again by whoever leads next.
      second.close();
      await eventually('the third has a core', async () => (await factsOf(third)).tabs === 1);
      equal(await textsOf(third), host === 'shared' ? [text] : []);
    });

    it('hear at once that everything is locked away, and find a core that knows nothing of it', async () => {
      const tabs = await openTabsTogether(4, host, newOrganisation());
      const [first] = tabs as [Tab, ...Tab[]];
      await send(first, 'hello');
      const before = await Promise.all(tabs.map(factsOf));
      const told = tabs.map(({ client }) => new Promise<void>((heard) => client.onState((state) => state === 'locked' && heard())));
      const hanging = tabs[2]?.client.dismissNotice('hang');
      void first.client.lockNow();
      await Promise.all(told);
      equal(await hanging, { ok: false, failure: { kind: 'locked' } });
      const after = await Promise.all(tabs.map(factsOf));
      equal(new Set(after.map(({ core }) => core)).size, 1, 'one core again');
      ok(after[0]?.core !== before[0]?.core, 'another one');
      equal(await textsOf(first), [], 'what the first one knew is gone with it');
    });

    it('notice its death, find a new one, and repeat what was unanswered exactly once', async () => {
      const organisation = newOrganisation();
      const [first, second] = await openTabsTogether(2, host, organisation);
      ok(first && second, 'two tabs');
      const { core } = await factsOf(first);
      await factsOf(second);
      const hanging = send(second, 'hang: never answered by the first core');
      const looked = new Promise((resolve) =>
        second.client.onChanged((looks) => looks.some(({ about }) => about === 'everything') && resolve(looks)),
      );
      void first.client.dismissNotice('die');
      await eventually('a new core', async () => (await factsOf(second)).core !== core);
      await looked;
      await eventually('the call repeated', async () => (await textsOf(second)).length > 0);
      equal(await textsOf(first), ['hang: never answered by the first core']);
      second.client.dispose();
      await hanging;
    });

    it('give up a call that kills every core it meets, and go on', async () => {
      const tab = await openTab(host, newOrganisation());
      equal(await tab.client.dismissNotice('poison'), { ok: false, failure: { kind: 'core-gone' } });
      ok((await factsOf(tab)).core, 'the next core answers');
    });
  });
}
