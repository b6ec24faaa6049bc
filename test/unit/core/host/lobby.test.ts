import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTRACT_VERSION } from '../../../../src/contracts/session.ts';
import type { FirstPage, Hello } from '../../../../src/contracts/port.ts';
import type { CoreHost } from '../../../../src/core/host.ts';
import { openLobby, type Lobby } from '../../../../src/core/host/lobby.ts';
import type { Port, Visitor } from '../../../../src/core/host/visitor.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';

const identity = { organisation: 'garden', profile: '' };
const hello = (change: Partial<Hello> = {}): Hello => ({
  warbler: 'hello',
  contract: CONTRACT_VERSION,
  build: 'b',
  identity,
  tab: 'tab-1',
  ...change,
});

interface TestPort extends Port {
  say(data: unknown): void;
  posted: { warbler?: string; why?: string }[];
  isClosed: boolean;
}

function openPort(): TestPort {
  const listeners: ((event: MessageEvent) => void)[] = [];
  const port: TestPort = {
    posted: [],
    isClosed: false,
    postMessage: (message) => void port.posted.push(message as { warbler?: string }),
    addEventListener: (_type, listener) => void listeners.push(listener),
    close: () => void (port.isClosed = true),
    say: (data) => listeners.forEach((listener) => listener({ data, ports: [] } as unknown as MessageEvent)),
  };
  return port;
}

interface TestLobby {
  lobby: Lobby;
  clock: FakeClock;
  accepted: Visitor[];
  opened: number;
  retired: number;
  /** What the core has in memory. */
  remembered: FirstPage | undefined;
  waiting(): void;
  finish(): Promise<void>;
}

function openTestLobby(readFirstPage: () => Promise<FirstPage | undefined> = async () => undefined): TestLobby {
  let finishOpening: (host: CoreHost) => void = () => {};
  const host: CoreHost = {
    readFirstPage: async () => test.remembered,
    accept: (visitor) => void test.accepted.push(visitor),
    isEmpty: () => test.accepted.length === 0,
    close: async () => {},
  };
  const clock = fakeClock();
  const test: TestLobby = {
    clock,
    accepted: [],
    opened: 0,
    retired: 0,
    remembered: undefined,
    waiting: () => {},
    finish: async () => {
      await settle();
      finishOpening(host);
      await settle();
    },
    lobby: openLobby({
      clock,
      readFirstPage,
      openHost(_identity, waiting) {
        test.opened += 1;
        test.waiting = waiting;
        return new Promise((resolve) => (finishOpening = resolve));
      },
      retire: () => void (test.retired += 1),
    }),
  };
  return test;
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('tabs that come while the core is loaded share it, and what they said meanwhile is heard in order', async () => {
  const one = openTestLobby();
  const ports = [openPort(), openPort()];
  for (const port of ports) {
    one.lobby.enter(port);
    port.say(hello());
    port.say('first');
    port.say('second');
  }
  await one.finish();
  assert.equal(one.opened, 1);
  assert.equal(one.accepted.length, 2);
  const heard: unknown[] = [];
  one.accepted[0]?.follow(({ data }) => heard.push(data));
  ports[0]?.say('third');
  assert.deepEqual(heard, ['first', 'second', 'third']);
});

test('the first page comes before anything else is opened; a disk that is silent does not hold the core up', async () => {
  const one = openTestLobby(() => new Promise(() => {}));
  const port = openPort();
  one.lobby.enter(port);
  port.say(hello({ first: { count: 50 } }));
  await settle();
  assert.equal(one.opened, 0);
  one.clock.advance(300);
  await settle();
  assert.equal(one.opened, 1);
});

const PAGE: FirstPage = { warbler: 'first-page', conversations: [] };

test('what the disk has is painted before anything else is opened, and only then the tab is let in', async () => {
  const one = openTestLobby(async () => PAGE);
  const port = openPort();
  one.lobby.enter(port);
  port.say(hello({ first: { count: 50 } }));
  await settle();
  assert.deepEqual(port.posted, [PAGE]);
  assert.equal(one.opened, 0);
  port.say({ warbler: 'painted' });
  await one.finish();
  assert.equal(one.accepted.length, 1);
});

test('a tab with nothing to paint does not hold the core up, but is let in only when it says that it holds its lock', async () => {
  const one = openTestLobby();
  const port = openPort();
  one.lobby.enter(port);
  port.say(hello({ first: { count: 50 } }));
  await one.finish();
  assert.equal(one.opened, 1);
  assert.equal(one.accepted.length, 0);
  port.say({ warbler: 'painted' });
  await settle();
  assert.equal(one.accepted.length, 1);
});

test('a tab that paints for ever does not keep the others waiting', async () => {
  const one = openTestLobby(async () => PAGE);
  const [slow, quick] = [openPort(), openPort()];
  for (const port of [slow, quick]) {
    one.lobby.enter(port);
    port.say(hello({ first: { count: 50 } }));
  }
  quick.say({ warbler: 'painted' });
  await one.finish();
  assert.equal(one.accepted.length, 1);
});

test('a core that runs answers from memory; what it has not read yet comes from the disk', async () => {
  let reads = 0;
  const one = openTestLobby(async () => (reads++, PAGE));
  const enter = async (): Promise<TestPort> => {
    const port = openPort();
    one.lobby.enter(port);
    port.say(hello({ first: { count: 50 } }));
    port.say({ warbler: 'painted' });
    await one.finish();
    return port;
  };
  await enter();
  const late = await enter();
  assert.deepEqual(late.posted, [PAGE]);
  assert.equal(reads, 2);
  one.remembered = { ...PAGE, account: { address: 'mia@garden.example', name: 'Mia', services: [] } as never };
  assert.deepEqual((await enter()).posted, [one.remembered]);
  assert.equal(reads, 2);
});

test('an older tab is refused in words and the core goes on', async () => {
  const one = openTestLobby();
  const port = openPort();
  one.lobby.enter(port);
  port.say(hello({ contract: CONTRACT_VERSION - 1 }));
  assert.equal(port.posted[0]?.why, 'older-tab');
  assert.equal(port.isClosed, true);
  assert.equal(one.retired, 0);
});

test('a newer tab is refused; without another tab the old core makes room', async () => {
  const one = openTestLobby();
  const port = openPort();
  one.lobby.enter(port);
  port.say(hello({ contract: CONTRACT_VERSION + 1 }));
  await settle();
  assert.equal(port.posted[0]?.why, 'older-core');
  assert.equal(one.retired, 1);
});

test('a newer tab does not end a core that others use', async () => {
  const one = openTestLobby();
  const [mine, newer] = [openPort(), openPort()];
  one.lobby.enter(mine);
  mine.say(hello());
  await one.finish();
  one.lobby.enter(newer);
  newer.say(hello({ contract: CONTRACT_VERSION + 1 }));
  await settle();
  assert.equal(newer.posted[0]?.why, 'older-core');
  assert.equal(one.retired, 0);
});

test('while another core holds the seat tabs are told, and welcomed once it is free', async () => {
  const one = openTestLobby();
  const port = openPort();
  one.lobby.enter(port);
  port.say(hello());
  await settle();
  one.waiting();
  assert.equal(port.posted[0]?.why, 'older-core');
  assert.equal(port.isClosed, false);
  await one.finish();
  assert.equal(one.accepted.length, 1);
});

test('whoever does not greet, or says too much before the core is there, is shut out', async () => {
  const one = openTestLobby();
  const strays = [
    null,
    5,
    'hello',
    {},
    { warbler: 'goodbye' },
    hello({ tab: '' }),
    hello({ identity: null as never }),
    hello({ first: { count: 1e9 } }),
  ];
  for (const stray of strays) {
    const port = openPort();
    one.lobby.enter(port);
    port.say(stray);
    assert.equal(port.isClosed, true, JSON.stringify(stray));
  }
  const chatty = openPort();
  one.lobby.enter(chatty);
  chatty.say(hello());
  for (let count = 0; count < 300; count += 1) chatty.say(count);
  assert.equal(chatty.isClosed, true);
});

test('another identity is turned away', async () => {
  const one = openTestLobby();
  const [mine, other] = [openPort(), openPort()];
  one.lobby.enter(mine);
  mine.say(hello());
  one.lobby.enter(other);
  other.say(hello({ identity: { organisation: 'forest', profile: '' } }));
  assert.equal(other.posted[0]?.why, 'other-identity');
});
