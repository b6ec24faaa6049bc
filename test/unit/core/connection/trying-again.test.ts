// When a connection that failed is tried again: at random, never so often that a bad network is beaten to death, at once where there is news.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guestOf, online, SERVICE, waitOver, type Guest } from '../../../kit/scripted-guest.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';

function waitMsOf(guest: Guest): number {
  const state = guest.connection.state();
  assert.ok(state.stage === 'waiting');
  return state.retryAt - guest.clock.now();
}

/** Ten seconds or more. */
async function untilWaitsLong(guest: Guest): Promise<void> {
  for (;;) {
    await guest.untilStage('waiting');
    if (waitMsOf(guest) >= 10_000) return;
    await waitOver(guest);
  }
}

/** Cut off from a service that refuses, waiting long, and an hour asleep. Answers with how often it has dialled. */
async function sleepWaiting(guest: Guest, server: ScriptedServer): Promise<number> {
  server.script.refusing = new Set([SERVICE]);
  server.wire.cut();
  for (let times = 1; times <= 12; times++) await waitOver(guest);
  await untilWaitsLong(guest);
  guest.clock.sleep(3_600_000);
  return server.wires.length;
}

describe('trying again', () => {
  it('dials at most thirty times in ten minutes, and never twice a second', async () => {
    const server = new ScriptedServer({ refusing: new Set([SERVICE]) });
    const guest = guestOf(server);
    guest.start();
    const dialledAt: number[] = [];
    const startedAt = guest.clock.now();
    while (guest.clock.now() - startedAt < 1_800_000) {
      dialledAt.push(guest.clock.now());
      await waitOver(guest);
    }
    for (const [i, at] of dialledAt.entries()) {
      if (i > 0) assert.ok(at - dialledAt[i - 1]! >= 1_000);
      assert.ok(dialledAt.filter((other) => other >= at && other < at + 600_000).length <= 30);
    }
    assert.ok(dialledAt.length > 30);
  });

  it('also when a flapping network keeps saying that it is back', async () => {
    const server = new ScriptedServer({ refusing: new Set([SERVICE]) });
    const guest = guestOf(server);
    guest.start();
    for (let second = 0; second < 600; second++) {
      await guest.untilStage('waiting');
      guest.network.comeBack();
      guest.clock.advance(1_000);
    }
    assert.ok(server.wires.length <= 31, String(server.wires.length));
  });

  it('happens at once when the network is back', async () => {
    const [guest, server] = await online();
    guest.clock.advance(120_000);
    server.script.refusing = new Set([SERVICE]);
    guest.network.isOnline = false;
    server.wire.cut();
    for (let i = 0; i < 6; i++) await waitOver(guest);
    await guest.untilStage('waiting');
    const state = guest.connection.state();
    assert.deepEqual('failure' in state && state.failure, { kind: 'offline' });
    server.script.refusing = new Set();
    guest.network.comeBack();
    guest.clock.advance(1_000);
    await guest.untilStage('online');
  });

  it('happens at once when somebody looks again', async () => {
    const [guest, server] = await online();
    guest.clock.advance(120_000);
    guest.connection.setActive(false);
    server.script.refusing = new Set([SERVICE]);
    server.wire.cut();
    for (let i = 0; i < 6; i++) await waitOver(guest);
    await guest.untilStage('waiting');
    server.script.refusing = new Set();
    guest.connection.setActive(true);
    guest.clock.advance(1_000);
    await guest.untilStage('online');
  });

  it('happens within a second or two of the look that found the line dead, however often it broke before', async () => {
    const [guest, server] = await online();
    for (let times = 1; times <= 12; times++) {
      guest.connection.setActive(false);
      guest.connection.setActive(true);
      server.wire.cut();
      await guest.untilStage('waiting');
      guest.clock.advance(2_000);
      await guest.until(() => guest.online.length === times + 1);
    }
  });

  it('happens within a second where each stream had lived for twenty, for as long as that goes on', async () => {
    const [guest, server] = await online();
    for (let times = 1; times <= 100; times++) {
      guest.clock.advance(20_000);
      server.wire.cut();
      await guest.untilStage('waiting');
      assert.ok(waitMsOf(guest) <= 1_000, `cut ${times}: ${waitMsOf(guest)} ms`);
      await waitOver(guest);
      await guest.until(() => guest.online.length === times + 1);
    }
  });

  it('takes its time where the engine lets everybody in and throws them out at once', async () => {
    const [guest, server] = await online();
    const waits: number[] = [];
    for (let times = 1; times <= 60; times++) {
      guest.clock.advance(1_000);
      server.wire.cut();
      await guest.untilStage('waiting');
      waits.push(waitMsOf(guest));
      await waitOver(guest);
      await guest.until(() => guest.online.length === times + 1);
    }
    const meanMs = waits.slice(10).reduce((sum, wait) => sum + wait, 0) / 50;
    assert.ok(meanMs > 15_000, `${meanMs} ms`);
  });

  for (const [what, news] of [
    ['the news of a network', (guest) => guest.network.comeBack()],
    ['a wish', (guest) => guest.connection.retryNow()],
  ] as readonly [string, (guest: Guest) => void][]) {
    it(`happens soon after ${what} that came a little too early`, async () => {
      const [guest, server] = await online();
      server.script.refusing = new Set([SERVICE]);
      server.wire.cut();
      for (let times = 1; times <= 12; times++) await waitOver(guest);
      await guest.untilStage('waiting');
      for (let times = 1; times <= 10; times++) {
        guest.clock.advance(600_000);
        await guest.untilStage('waiting');
        const dialled = server.wires.length;
        news(guest);
        await guest.until(() => server.wires.length > dialled || (guest.clock.advance(1_000), false));
        await guest.untilStage('waiting');
        assert.ok(waitMsOf(guest) <= 1_000, `time ${times}: ${waitMsOf(guest)} ms`);
      }
    });
  }

  it('happens within seconds of the waking of a machine that slept, where no event tells of it', async () => {
    const [guest, server] = await online({}, (one) => one.connection.setActive(true));
    const dialled = await sleepWaiting(guest, server);
    guest.clock.advance(4_000);
    assert.equal(server.wires.length, dialled + 1);
    await guest.untilStage('waiting');
    assert.ok(waitMsOf(guest) <= 1_000, `${waitMsOf(guest)} ms`);
  });

  it('sets no timer but its own while nobody looks', async () => {
    const [guest, server] = await online({}, (one) => one.connection.setActive(false));
    const dialled = await sleepWaiting(guest, server);
    guest.clock.advance(4_000);
    assert.equal(server.wires.length, dialled);
  });

  it('does not wait until a clock that was set back is as far again', async () => {
    const [guest, server] = await online();
    guest.clock.sleep(-3 * 86_400_000);
    server.wire.cut();
    await guest.untilStage('waiting');
    assert.ok(waitMsOf(guest) <= 1_000, `${waitMsOf(guest)} ms`);
    await waitOver(guest);
    await guest.until(() => guest.online.length === 2);
  });

  it('is not beaten out of it by somebody who keeps looking', async () => {
    const server = new ScriptedServer({ refusing: new Set([SERVICE]) });
    const guest = guestOf(server);
    guest.start();
    for (let second = 0; second < 600; second++) {
      await guest.untilStage('waiting');
      guest.connection.setActive(false);
      guest.connection.setActive(true);
      guest.clock.advance(1_000);
    }
    assert.ok(server.wires.length <= 31, String(server.wires.length));
  });

  it('happens at once on wish', async () => {
    const [guest, server] = await online();
    server.wire.cut();
    await guest.untilStage('waiting');
    guest.connection.retryNow();
    await guest.untilStage('online');
    assert.deepEqual(guest.online, ['fresh', 'resumed']);
  });

  it('ends with stop, whatever was under way', async () => {
    const server = new ScriptedServer();
    const guest = guestOf(server);
    guest.start();
    await guest.until(() => server.heard.length > 0);
    await guest.connection.stop();
    await guest.settle();
    assert.equal(guest.connection.state().stage, 'idle');
    assert.equal(server.wire.isClosed, true);
    assert.equal(guest.clock.pending(), 0);
    assert.deepEqual(guest.online, []);
  });

  it('says goodbye on stop, and does not wait for ever for an answer', async () => {
    const [guest, server] = await online();
    server.isFlowing = false;
    const stopping = guest.connection.stop();
    guest.clock.advance(1_000);
    await stopping;
    assert.equal(server.wire.isClosed, true);
    assert.equal(guest.clock.pending(), 0);
  });

  it('ends when another device took this place', async () => {
    const [guest, server] = await online();
    server.wire.say('<error xmlns="http://etherx.jabber.org/streams"><conflict xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></error>');
    await guest.untilStage('stopped');
    assert.deepEqual(guest.connection.state(), { stage: 'stopped', failure: { kind: 'signed-in-elsewhere' } });
    assert.equal(guest.clock.pending(), 0);
  });

  it('takes its place back when the person asks for it', async () => {
    const [guest, server] = await online();
    server.wire.say('<error xmlns="http://etherx.jabber.org/streams"><conflict xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></error>');
    await guest.untilStage('stopped');
    guest.connection.retryNow();
    await guest.until(() => guest.online.length === 2);
    assert.deepEqual(guest.connection.state(), { stage: 'online', slow: false });
  });

  it('goes on after the engine closed the stream', async () => {
    const [guest, server] = await online();
    server.wire.say('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>');
    await waitOver(guest);
    await guest.until(() => guest.online.length === 2);
  });
});
