// Unlike builds meet, two hosts want one identity, messages get lost: what tabs are told, and that there is never a second core.
import { CONTRACT_VERSION } from '../../src/contracts/session.ts';
import type { Hello, ToTab } from '../../src/contracts/port.ts';
import { digestName } from '../../src/base/digest.ts';
import { equal, eventually, ok } from './kit/expect.ts';
import { closeAllTabs, factsOf, newOrganisation, openTab, WORKER_URL } from './kit/tabs.ts';

afterEach(closeAllTabs);

interface RawTab {
  port: MessagePort;
  heard: ToTab[];
  say(data: unknown): void;
  greet(change?: Partial<Hello>): void;
}

function listenTo(port: MessagePort, listener: (data: { warbler?: string }) => void): void {
  port.addEventListener('message', ({ data }) => listener(data));
  port.start();
}

/** A page that speaks for itself on a port to the same worker. */
async function openRawTab(organisation: string): Promise<RawTab> {
  const digest = digestName(organisation, '');
  const options = { type: 'module', name: `warbler-${digest}`, extendedLifetime: true } as const;
  const { port } = new SharedWorker(WORKER_URL, options);
  const heard: ToTab[] = [];
  listenTo(port, (data) => heard.push(data as ToTab));
  const tab = crypto.randomUUID();
  return {
    port,
    heard,
    say: (data) => port.postMessage(data),
    greet(change = {}) {
      const hello: Hello = {
        warbler: 'hello',
        contract: CONTRACT_VERSION,
        build: 'raw',
        identity: { organisation, profile: '' },
        tab,
        ...change,
      };
      void navigator.locks.request(`warbler:tab:${tab}`, () => (port.postMessage(hello), new Promise(() => {})));
    },
  };
}

describe('unlike builds', () => {
  it('an older tab is refused in words, the others go on', async () => {
    const organisation = newOrganisation();
    const tab = await openTab('shared', organisation);
    await factsOf(tab);
    const older = await openRawTab(organisation);
    older.greet({ contract: CONTRACT_VERSION - 1 });
    await eventually('a refusal', () => older.heard.length > 0);
    equal(
      older.heard.map((said) => said.warbler === 'refused' && said.why),
      ['older-tab'],
    );
    ok((await factsOf(tab)).core, 'the core goes on');
  });

  it('a newer tab is refused while the older core is in use', async () => {
    const organisation = newOrganisation();
    const tab = await openTab('shared', organisation);
    const { core } = await factsOf(tab);
    const newer = await openRawTab(organisation);
    newer.greet({ contract: CONTRACT_VERSION + 1 });
    await eventually('a refusal', () => newer.heard.length > 0);
    equal(
      newer.heard.map((said) => said.warbler === 'refused' && said.why),
      ['older-core'],
    );
    equal((await factsOf(tab)).core, core);
  });

  it('a client told that it is older says so, and answers every call with it', async () => {
    const tab = await openTab('in-page', newOrganisation(), { loadCore: refusing('older-tab') });
    const call = tab.client.readSituation();
    equal(await call, { ok: false, failure: { kind: 'reload-needed', older: 'tab' } });
    equal(tab.client.state, 'refused');
    equal(await tab.client.readSituation(), { ok: false, failure: { kind: 'reload-needed', older: 'tab' } });
  });

  it('a client told that the core is older asks again, then says so', async () => {
    const tab = await openTab('in-page', newOrganisation(), { loadCore: refusing('older-core') });
    await eventually('refused', () => tab.client.state === 'refused');
    equal(tab.client.failure, { kind: 'reload-needed', older: 'core' });
  });
});

const refusing = (why: 'older-tab' | 'older-core') => async () => (port: MessagePort) => {
  listenTo(port, ({ warbler }) => warbler === 'hello' && port.postMessage({ warbler: 'refused', why, contract: 0, build: '' }));
};

describe('one seat', () => {
  it('a second host for the same identity gets no core while the first has one, and then takes over', async () => {
    const organisation = newOrganisation();
    const shared = await openTab('shared', organisation);
    const { core } = await factsOf(shared);
    const elected = await openTab('elected', organisation);
    await eventually('a refusal', () => elected.client.state === 'refused');
    equal(elected.client.failure, { kind: 'reload-needed', older: 'core' });
    void shared.client.dismissNotice('die');
    shared.close();
    await eventually('welcomed after all', () => elected.client.state === 'attached');
    ok((await factsOf(elected)).core !== core, 'a core of its own');
  });
});

describe('what a tab misses', () => {
  it('a number left out makes it look at everything', async () => {
    let core: MessagePort | undefined;
    const tab = await openTab('in-page', newOrganisation(), {
      loadCore: async () => (port) => {
        core = port;
        const welcome = { warbler: 'welcome', contract: CONTRACT_VERSION, build: '', coreLock: '', revision: 7 };
        listenTo(port, ({ warbler }) => warbler === 'hello' && port.postMessage(welcome));
      },
    });
    const looks: unknown[] = [];
    tab.client.onChanged((seen) => looks.push(seen));
    await eventually('attached', () => tab.client.state === 'attached');
    core?.postMessage({ warbler: 'changed', revision: 8, topics: [{ about: 'situation' }] });
    await eventually('a look', () => looks.length === 1);
    core?.postMessage({ warbler: 'changed', revision: 10, topics: [{ about: 'situation' }] });
    await eventually('another', () => looks.length === 2);
    equal(looks, [[{ about: 'situation' }], [{ about: 'everything' }]]);
  });

  it('a listener that fails keeps nobody else waiting', async () => {
    const tab = await openTab('in-page', newOrganisation());
    let reported = 0;
    tab.window.addEventListener('error', (event) => {
      event.preventDefault();
      reported += 1;
    });
    let looks = 0;
    tab.client.onChanged(() => {
      throw new Error('mine');
    });
    tab.client.onChanged(() => (looks += 1));
    await tab.client.dismissNotice('burst 2');
    await eventually('two looks', () => looks === 2);
    equal(reported, 2);
  });
});

describe('a hostile port', () => {
  it('gets nothing for 100,000 messages, is shut, and stops nobody else', async function () {
    this.timeout(60_000);
    const organisation = newOrganisation();
    const tab = await openTab('shared', organisation);
    const { calls } = await factsOf(tab);
    const evil = await openRawTab(organisation);
    evil.greet();
    await eventually('welcomed', () => evil.heard.length > 0);
    for (let round = 0; round < 100; round += 1) {
      for (let count = 0; count < 1_000; count += 1) evil.say(EVIL[count % EVIL.length]);
      ok((await tab.client.readSituation()).ok, 'others are served');
    }
    evil.say({
      id: 'x',
      type: 'APPLY',
      path: ['dismissNotice'],
      argumentList: [
        { type: 'RAW', value: 'id' },
        { type: 'RAW', value: 'any' },
      ],
    });
    const facts = await factsOf(tab);
    equal(facts.calls, calls, 'calls that got through');
    equal(facts.gone, 1, 'ports shut');
    equal(evil.heard.length, 1, 'answers to the hostile port');
  });
});

const raw = (value: unknown): unknown => ({ type: 'RAW', value });
const apply = (path: unknown, ...args: unknown[]): unknown => ({ id: 'x', type: 'APPLY', path, argumentList: args });
const EVIL: readonly unknown[] = [
  apply(['constructor', 'constructor'], raw('return globalThis'), raw('x')),
  apply(['dismissNotice', 'constructor'], raw('return 1')),
  apply(['__proto__', 'dismissNotice'], raw('id'), raw('burst 5')),
  apply(['then']),
  { id: 'x', type: 'CONSTRUCT', path: ['dismissNotice'], argumentList: [] },
  { id: 'x', type: 'SET', path: ['dismissNotice'], value: raw('gone') },
  { id: 'x', type: 'GET', path: ['dismissNotice', 'constructor'] },
  { id: 'x', type: 'ENDPOINT' },
  { id: 'x', type: 'RELEASE' },
  apply(['dismissNotice'], { type: 'HANDLER', name: 'throw', value: {} }, raw('burst 5')),
  apply(['dismissNotice'], raw('id'), raw(new Map())),
  apply(['dismissNotice'], raw('id')),
  apply(['sendMessage'], raw('id'), raw('to'), raw({ text: new Uint8Array(1_000) })),
  apply(['listConversations'], raw('id'), raw(JSON.parse('{"__proto__":{"from":1}}'))),
  { warbler: 'seen', revision: 1e9 },
  { warbler: 'hello' },
  null,
  'goodbye',
];
