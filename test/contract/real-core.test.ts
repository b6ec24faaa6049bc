// The worker of the product in its two stages, as a site would run it: before anybody is signed in.
import type { Situation } from '../../src/model/situation.ts';
import { equal, eventually, ok } from './kit/expect.ts';
import { closeAllTabs, newOrganisation, openTab, REAL_WORKER_URL } from './kit/tabs.ts';

afterEach(closeAllTabs);

for (const host of ['shared', 'elected', 'in-page'] as const) {
  describe(`the real core: ${host}`, () => {
    const options = { workerUrl: REAL_WORKER_URL, first: { count: 50 } };

    it('attaches, has nobody signed in, and says so', async () => {
      const tab = await openTab(host, newOrganisation(), options);
      equal(await tab.client.firstPage, undefined);
      const read = async (): Promise<Situation> => {
        const answer = await tab.client.readSituation();
        ok(answer.ok, 'a situation');
        return answer.value;
      };
      await eventually('the disk looked at', async () => (await read()).sign !== 'restoring');
      const { sign, storage } = await read();
      equal({ sign, storage }, { sign: 'signed-out', storage: host === 'in-page' ? 'memory' : 'durable' });
      equal(tab.client.host, host);
    });

    it('answers what needs an account with words', async () => {
      const tab = await openTab(host, newOrganisation(), options);
      equal(await tab.client.addContact('ying@garden.example'), { ok: false, failure: { kind: 'not-signed-in' } });
    });

    it('tells an unreachable service apart from a wrong password', async () => {
      const tab = await openTab(host, newOrganisation(), options);
      const looked = { at: 0 };
      tab.client.onChanged(() => (looked.at += 1));
      const answer = await tab.client.signIn({ services: ['ws://127.0.0.1:9/ws'], address: 'ying@garden.example', password: 'p' });
      ok(!answer.ok, 'no session');
      equal(answer.failure.kind, 'service-unreachable');
      await eventually('the situation was told', () => looked.at > 0);
    });
  });
}
