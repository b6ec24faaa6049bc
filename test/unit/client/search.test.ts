import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Refused, ToTab } from '../../../src/contracts/port.ts';
import type { Hear, Host, Link } from '../../../src/client/link.ts';
import { Search } from '../../../src/client/search.ts';

interface TestHost extends Host {
  links: (Link & { isClosed: boolean; hear: (data: Partial<ToTab>) => void })[];
  unavailable: () => void;
  left: number;
}

function createHost(kind: Host['kind'] = 'shared'): TestHost {
  const host: TestHost = {
    kind,
    links: [],
    left: 0,
    unavailable: () => {},
    open(_hello, hear: Hear, unavailable) {
      host.unavailable = unavailable;
      const link = {
        carrier: {} as MessagePort,
        post() {},
        isClosed: false,
        close: () => void (link.isClosed = true),
        hear: (data: object) => hear(link, data),
      };
      host.links.push(link);
      return link;
    },
    leave: () => void (host.left += 1),
  };
  return host;
}

function start(context: TestContext, ...hosts: Host[]): { search: Search; told: string[] } {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const told: string[] = [];
  const search = new Search(
    hosts.map((host) => async () => host),
    () => ({}) as never,
    {
      welcomed: (_link, _welcome, host) => told.push(`welcomed by ${host.kind}`),
      refused: ({ why }) => told.push(why),
      lost: () => told.push('lost'),
      heard: () => {},
    },
  );
  return { search, told };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const welcome = { warbler: 'welcome' } as const;
const refusal = (why: Refused['why']): Partial<Refused> => ({ warbler: 'refused', why });

test('a host that is not available gives way to the next at once', async (context) => {
  const [shared, elected] = [createHost(), createHost('elected')];
  const { search, told } = start(context, shared, elected);
  await search.begin();
  shared.unavailable();
  await settle();
  elected.links[0]?.hear(welcome);
  assert.deepEqual(told, ['welcomed by elected']);
  assert.equal(shared.links[0]?.isClosed, true);
  assert.equal(shared.left, 1);
});

test('a silent host gives way after its time; one that answered from disk gets it once more', async (context) => {
  const [shared, page] = [createHost(), createHost('in-page')];
  const { search } = start(context, shared, page);
  await search.begin();
  shared.links[0]?.hear({ warbler: 'first-page' });
  context.mock.timers.tick(10_000);
  await settle();
  assert.equal(page.links.length, 0);
  context.mock.timers.tick(10_000);
  await settle();
  assert.equal(page.links.length, 1);
});

test('after a death attempts are made beside each other, the first welcome wins, and the others are shut', async (context) => {
  const shared = createHost();
  const { search, told } = start(context, shared);
  await search.begin();
  shared.links[0]?.hear(welcome);
  search.beginAfterDeath();
  await Promise.resolve();
  context.mock.timers.tick(400);
  context.mock.timers.tick(400);
  assert.equal(shared.links.length, 4);
  shared.links[2]?.hear(welcome);
  shared.links[1]?.hear(welcome);
  assert.deepEqual(told, ['welcomed by shared', 'welcomed by shared']);
  assert.deepEqual(
    shared.links.slice(1).map(({ isClosed }) => isClosed),
    [true, false, true],
  );
});

test('fifteen seconds without a core, and it is lost; the next search starts over', async (context) => {
  const shared = createHost();
  const { search, told } = start(context, shared);
  await search.begin();
  shared.links[0]?.hear(welcome);
  await search.begin();
  for (const ms of [400, 400, 800, 1_600, 3_200, 8_600]) context.mock.timers.tick(ms);
  assert.deepEqual(told, ['welcomed by shared', 'lost']);
  await search.begin();
  shared.links.at(-1)?.hear(welcome);
  assert.equal(told.at(-1), 'welcomed by shared');
});

test('an older tab is refused at once, an older core gets moments to retire', async (context) => {
  const shared = createHost();
  const { search, told } = start(context, shared);
  await search.begin();
  shared.links[0]?.hear(refusal('older-core'));
  context.mock.timers.tick(400);
  shared.links[1]?.hear(refusal('older-core'));
  context.mock.timers.tick(400);
  assert.deepEqual(told, []);
  shared.links[2]?.hear(refusal('older-tab'));
  assert.deepEqual(told, ['older-tab']);
});

test('a core that could not be had at first may welcome the tab yet', async (context) => {
  const shared = createHost();
  const { search, told } = start(context, shared);
  await search.begin();
  for (let count = 0; count < 4; count += 1) {
    shared.links[count]?.hear(refusal('older-core'));
    context.mock.timers.tick(400);
  }
  assert.deepEqual(told, ['older-core']);
  shared.links[0]?.hear(welcome);
  assert.deepEqual(told, ['older-core', 'welcomed by shared']);
});

test('no host at all, and the core is lost', async (context) => {
  const { search, told } = start(context);
  await search.begin();
  assert.deepEqual(told, ['lost']);
});
