// Bad networks: when to try again, when to believe that the line is dead, and how little is done while nobody looks.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NS_CLIENT, NS_CSI, NS_PING, NS_ROSTER, NS_SM } from '../../../../src/xmpp/namespaces.ts';
import { child, element, type Element } from '../../../../src/xmpp/xml.ts';
import { guestOf, message, online, SERVICE, waitOver, type Guest } from '../../../kit/scripted-guest.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';

const OTHER = 'wss://other.willow.test/ws';

const heard = (server: ScriptedServer, name: string, namespace: string): Element[] =>
  server.heard.filter((frame) => frame.name === name && frame.namespace === namespace);

describe('several services', () => {
  it('are tried one after the other at once, and waited for only when all failed', async () => {
    const server = new ScriptedServer({ refusing: new Set([SERVICE, OTHER]) });
    const guest = guestOf(server);
    guest.start(undefined, [SERVICE, OTHER]);
    await guest.untilStage('waiting');
    assert.deepEqual(
      server.wires.map(({ url }) => url),
      [SERVICE, OTHER],
    );
    assert.deepEqual(
      guest.states.map(({ stage }) => stage),
      ['connecting', 'waiting'],
    );
    server.script.refusing = new Set([SERVICE]);
    await waitOver(guest);
    await guest.untilStage('online');
    assert.deepEqual(
      server.wires.map(({ url }) => url),
      [SERVICE, OTHER, SERVICE, OTHER],
    );
  });

  it('begin with the one that worked last', async () => {
    const server = new ScriptedServer({ refusing: new Set([SERVICE]) });
    const guest = guestOf(server);
    guest.start(undefined, [SERVICE, OTHER]);
    await guest.untilStage('online');
    server.wire.cut();
    await waitOver(guest);
    await guest.until(() => guest.online.length === 2);
    assert.deepEqual(
      server.wires.map(({ url }) => url),
      [SERVICE, OTHER, OTHER],
    );
  });

  it('are not asked again whether the password is wrong', async () => {
    const server = new ScriptedServer();
    const guest = guestOf(server);
    guest.start({ password: 'wrong' }, [SERVICE, OTHER]);
    await guest.untilStage('stopped');
    assert.equal(server.wires.length, 1);
  });
});

describe('a line that says nothing', () => {
  for (const management of ['resumable', 'none'] as const) {
    it(`is slow after five seconds and cut after thirteen (${management})`, async () => {
      const [guest, server] = await online({ management });
      server.isFlowing = false;
      guest.connection.send(message('one'));
      await Promise.resolve();
      guest.clock.advance(4_999);
      assert.deepEqual(guest.connection.state(), { stage: 'online', slow: false });
      guest.clock.advance(1);
      assert.deepEqual(guest.connection.state(), { stage: 'online', slow: true });
      guest.clock.advance(7_999);
      assert.equal(guest.connection.state().stage, 'online');
      guest.clock.advance(1);
      assert.equal(guest.connection.state().stage, 'waiting');
      server.isFlowing = true;
    });
  }

  for (const [what, wake] of [
    ['the machine slept for an hour', (guest) => guest.connection.retryNow()],
    ['nobody looked for an hour', (guest) => (guest.connection.setActive(false), guest.connection.setActive(true))],
  ] as readonly [string, (guest: Guest) => void][]) {
    it(`is cut after two and a half where ${what}, and taken up again within five`, async () => {
      const [guest, server] = await online();
      server.isFlowing = false;
      guest.clock.sleep(3_600_000);
      wake(guest);
      await Promise.resolve();
      guest.clock.advance(2_499);
      assert.equal(guest.connection.state().stage, 'online');
      guest.clock.advance(1);
      assert.equal(guest.connection.state().stage, 'waiting');
      server.isFlowing = true;
      const state = guest.connection.state();
      assert.ok(state.stage === 'waiting' && state.retryAt - guest.clock.now() <= 1_500, JSON.stringify(state));
      await waitOver(guest);
      await guest.until(() => guest.online.length === 2);
    });
  }

  it('is found dead also where the clock was set back by days', async () => {
    const [guest, server] = await online();
    server.isFlowing = false;
    guest.clock.sleep(-3 * 86_400_000);
    guest.connection.send(message('one'));
    await Promise.resolve();
    guest.clock.advance(13_000);
    assert.equal(guest.connection.state().stage, 'waiting');
    server.isFlowing = true;
  });

  it('is asked within two minutes also where the clock was set back by days', async () => {
    const [guest, server] = await online();
    guest.clock.sleep(-3 * 86_400_000);
    const before = heard(server, 'r', NS_SM).length;
    guest.clock.advance(120_000);
    await guest.settle();
    assert.ok(heard(server, 'r', NS_SM).length > before);
  });

  it('has its thirteen seconds again once it said a word', async () => {
    const [guest, server] = await online();
    server.isFlowing = false;
    guest.clock.sleep(3_600_000);
    guest.connection.retryNow();
    await Promise.resolve();
    guest.clock.advance(1_000);
    server.session.send(message('still here'));
    server.wire.deliverDown();
    guest.clock.advance(3_999);
    assert.deepEqual(guest.connection.state(), { stage: 'online', slow: false });
    guest.clock.advance(1);
    assert.deepEqual(guest.connection.state(), { stage: 'online', slow: true });
    guest.clock.advance(8_999);
    assert.equal(guest.connection.state().stage, 'online');
    guest.clock.advance(1);
    assert.equal(guest.connection.state().stage, 'waiting');
    server.isFlowing = true;
  });

  it('is quick again once the answer came', async () => {
    const [guest, server] = await online();
    server.isFlowing = false;
    guest.connection.send(message('one'));
    await Promise.resolve();
    guest.clock.advance(6_000);
    server.isFlowing = true;
    server.wire.deliverUp();
    await guest.settle();
    assert.deepEqual(guest.connection.state(), { stage: 'online', slow: false });
  });

  it('is not cut while words keep coming', async () => {
    const [guest, server] = await online();
    server.isFlowing = false;
    guest.connection.send(message('one'));
    await Promise.resolve();
    for (let i = 0; i < 10; i++) {
      guest.clock.advance(6_000);
      server.session.send(message('more'));
      server.wire.deliverDown();
    }
    assert.deepEqual(guest.connection.state(), { stage: 'online', slow: true });
    server.isFlowing = true;
  });

  it('is asked once a minute while somebody looks, by two wake-ups', async () => {
    const [guest, server] = await online();
    const before = heard(server, 'r', NS_SM).length;
    for (let second = 0; second < 600; second++) {
      guest.clock.advance(1_000);
      if (server.wire.isBusy) await guest.settle();
    }
    assert.equal(heard(server, 'r', NS_SM).length - before, 10);
    assert.equal(guest.clock.pending(), 1);
  });

  it('is left alone while nobody looks, and asked at once when somebody does', async () => {
    const [guest, server] = await online();
    guest.connection.setActive(false);
    await guest.settle();
    assert.equal(guest.clock.pending(), 0);
    guest.clock.advance(3_600_000);
    const before = heard(server, 'r', NS_SM).length;
    guest.connection.setActive(true);
    await guest.settle();
    assert.equal(heard(server, 'r', NS_SM).length - before, 1);
  });
});

describe('client state', () => {
  const told = (server: ScriptedServer): string[] => server.heard.filter(({ namespace }) => namespace === NS_CSI).map(({ name }) => name);

  it('is told when it changes', async () => {
    const [guest, server] = await online();
    for (const active of [true, false, false, true]) guest.connection.setActive(active);
    await guest.settle();
    assert.deepEqual(told(server), ['inactive', 'active']);
  });

  it('is told again on a new stream, and not where nobody listens', async () => {
    const [guest, server] = await online({}, (one) => one.connection.setActive(false));
    server.wire.cut();
    await waitOver(guest);
    await guest.until(() => guest.online.length === 2);
    await guest.settle();
    assert.deepEqual(told(server), ['inactive', 'inactive']);
    const [, deaf] = await online({ clientState: false }, (one) => one.connection.setActive(false));
    assert.deepEqual(told(deaf), []);
  });
});

describe('being asked', () => {
  const ask = async (request: Element, listener: Parameters<typeof guestOf>[1] = {}): Promise<[Element | undefined, Guest]> => {
    const server = new ScriptedServer();
    const guest = guestOf(server, listener);
    guest.start();
    await guest.untilStage('online');
    server.session.send(request);
    await guest.settle();
    return [server.session.received.find(({ attributes }) => attributes['id'] === 'q'), guest];
  };
  const request = (type: string, what: string, namespace: string, from?: string): Element =>
    element('iq', NS_CLIENT, { type, id: 'q', from }, [element(what, namespace)]);

  it('answers a ping', async () => {
    const [answer] = await ask(request('get', 'ping', NS_PING, 'bob@willow.test/phone'));
    assert.deepEqual({ ...answer?.attributes }, { type: 'result', id: 'q', to: 'bob@willow.test/phone' });
  });

  it('answers the pushes of its own account, and passes them on', async () => {
    const [answer, guest] = await ask(request('set', 'query', NS_ROSTER));
    assert.equal(answer?.attributes['type'], 'result');
    assert.equal(guest.stanzas.length, 1);
  });

  it('refuses the pushes of anybody else', async () => {
    const [answer] = await ask(request('set', 'query', NS_ROSTER, 'eve@willow.test'));
    assert.equal(answer?.attributes['type'], 'error');
  });

  it('says that it does not know what it does not know', async () => {
    const [answer] = await ask(request('get', 'query', 'jabber:iq:last', 'bob@willow.test/phone'));
    assert.ok(child(child(answer, 'error', NS_CLIENT), 'service-unavailable', 'urn:ietf:params:xml:ns:xmpp-stanzas'));
  });

  it('lets the listener answer', async () => {
    const [answer] = await ask(request('get', 'query', 'jabber:iq:version'), {
      answerIq: () => element('iq', NS_CLIENT, { type: 'result', id: 'q', to: 'x@willow.test' }),
    });
    assert.equal(answer?.attributes['to'], 'x@willow.test');
    const [none] = await ask(request('get', 'query', 'jabber:iq:version'), { answerIq: () => 'later' });
    assert.equal(none, undefined);
  });

  it('survives a listener that throws', async () => {
    const server = new ScriptedServer();
    const guest = guestOf(server, {
      stanza: () => {
        throw new Error('defect');
      },
    });
    guest.start();
    await guest.untilStage('online');
    server.session.send(message('one'));
    await guest.settle();
    assert.equal(guest.connection.state().stage, 'online');
    assert.ok(guest.logged.includes('listener threw'));
  });
});
