// A session carried over from one stream to the next: nothing is lost, nothing is said twice.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NS_CLIENT, NS_ROSTER, NS_SM } from '../../../../src/xmpp/namespaces.ts';
import { element } from '../../../../src/xmpp/xml.ts';
import { fc } from '../../../kit/properties.ts';
import { bodyOf, guestOf, message, SERVICE, type Guest } from '../../../kit/scripted-guest.ts';
import { ScriptedServer, type ServerScript } from '../../../kit/scripted-server.ts';

async function online(script: Partial<ServerScript> = {}, secret?: Parameters<Guest['start']>[0]): Promise<[Guest, ScriptedServer]> {
  const server = new ScriptedServer(script);
  const guest = guestOf(server);
  guest.start(secret);
  await guest.untilStage('online');
  await guest.settle();
  return [guest, server];
}

const back = async (guest: Guest, times: number): Promise<void> => {
  await waitOver(guest);
  await guest.until(() => guest.online.length === times);
  await guest.settle();
};

/** Winds the clock to the moment of the next attempt. */
async function waitOver(guest: Guest): Promise<void> {
  await guest.untilStage('waiting');
  const state = guest.connection.state();
  if (state.stage === 'waiting') guest.clock.advance(state.retryAt - guest.clock.now());
}

const bodies = (server: ScriptedServer): string[] =>
  [...server.sessions.values()].flatMap(({ received }) => received.map(bodyOf)).filter(Boolean);

describe('sending', () => {
  it('tells that the engine has taken it', async () => {
    const [guest, server] = await online();
    const fates: string[] = [];
    guest.connection.send(message('one'), (fate) => fates.push(fate));
    guest.connection.send(message('two'), (fate) => fates.push(fate));
    await guest.until(() => fates.length === 2);
    assert.deepEqual(fates, ['taken', 'taken']);
    assert.equal(server.heard.filter(({ name, namespace }) => name === 'r' && namespace === NS_SM).length, 1);
  });

  it('is lost at once without a stream', async () => {
    const guest = guestOf(new ScriptedServer());
    const fates: string[] = [];
    guest.connection.send(message('one'), (fate) => fates.push(fate));
    assert.deepEqual(fates, ['lost']);
    assert.deepEqual(await guest.connection.ask(element('iq', NS_CLIENT, { type: 'get' })), { ok: false, failure: { kind: 'offline' } });
  });

  for (const management of ['counted', 'none'] as const) {
    it(`tells the fate where streams are ${management === 'none' ? 'not managed' : 'not resumable'}`, async () => {
      const [guest, server] = await online({ management });
      const fates: string[] = [];
      guest.connection.send(message('one'), (fate) => fates.push(fate));
      await guest.until(() => fates.length === 1);
      server.isFlowing = false;
      guest.connection.send(message('two'), (fate) => fates.push(fate));
      server.wire.cut();
      assert.deepEqual(fates, ['taken', 'lost']);
    });
  }
});

describe('a cut', () => {
  it('is resumed in the old order, and questions are still answered', async () => {
    const [guest, server] = await online();
    const fates: string[] = [];
    server.isFlowing = false;
    for (const text of ['one', 'two', 'three']) guest.connection.send(message(text), (fate) => fates.push(fate));
    const asked = guest.connection.ask(element('iq', NS_CLIENT, { type: 'get' }, [element('query', NS_ROSTER)]));
    server.wire.deliverUp(1);
    server.wire.cut();
    server.session.send(message('meanwhile'));
    server.isFlowing = true;
    await back(guest, 2);
    assert.deepEqual(guest.online, ['fresh', 'resumed']);
    assert.deepEqual(bodies(server), ['one', 'two', 'three']);
    assert.deepEqual(guest.stanzas.map(bodyOf), ['meanwhile']);
    assert.deepEqual(fates, ['taken', 'taken', 'taken']);
    assert.equal((await asked).ok, true);
  });

  it('is resumed at another service', async () => {
    const server = new ScriptedServer();
    const guest = guestOf(server);
    guest.start(undefined, [SERVICE, 'wss://other.willow.test/ws']);
    await guest.untilStage('online');
    server.script.refusing = new Set([SERVICE]);
    server.wire.cut();
    await back(guest, 2);
    assert.deepEqual(guest.online, ['fresh', 'resumed']);
    assert.deepEqual(
      server.wires.map(({ url }) => url),
      [SERVICE, SERVICE, 'wss://other.willow.test/ws'],
    );
  });

  it('is resumed by one request', async () => {
    const [first, server] = await online({ sasl2: true, fast: true });
    server.wire.cut();
    await back(first, 2);
    server.wire.cut();
    server.session.send(message('meanwhile'));
    await back(first, 3);
    assert.deepEqual(first.online, ['fresh', 'resumed', 'resumed']);
    assert.deepEqual(first.stanzas.map(bodyOf), ['meanwhile']);
    assert.equal(server.heard.filter(({ name }) => name === 'authenticate').length, 2);
  });

  it('ends in a fresh session where the engine forgot, and each stanza learns its fate', async () => {
    const openings: string[] = [];
    const server = new ScriptedServer();
    const guest = guestOf(server, { opening: () => void openings.push('opening') });
    guest.start();
    await guest.untilStage('online');
    server.isFlowing = false;
    const fates: string[] = [];
    guest.connection.send(message('one'), (fate) => fates.push(`one ${fate}`));
    guest.connection.send(message('two'), (fate) => fates.push(`two ${fate}`));
    server.wire.cut();
    server.script.before = (frame, stream) => {
      if (frame.name !== 'resume') return;
      stream.say(element('failed', NS_SM, { h: '1' }));
      return true;
    };
    server.isFlowing = true;
    await back(guest, 2);
    assert.deepEqual(guest.online, ['fresh', 'fresh']);
    assert.deepEqual(fates, ['one taken', 'two lost']);
    assert.deepEqual(openings, ['opening', 'opening']);
  });

  for (const sasl2 of [false, true])
    it(`is begun anew within a second where the engine does not answer${sasl2 ? ' the one request' : ''}, and each stanza learns its fate`, async () => {
      const [guest, server] = await online({ sasl2, fast: sasl2 });
      server.isFlowing = false;
      const fates: string[] = [];
      guest.connection.send(message('one'), (fate) => fates.push(fate));
      server.wire.cut();
      let asked = 0;
      server.script.before = (frame) => frame.name === (sasl2 ? 'response' : 'resume') && (asked += 1) === 1;
      server.isFlowing = true;
      await waitOver(guest);
      await guest.until(() => asked === 1);
      await guest.settle();
      guest.clock.advance(999);
      await guest.settle();
      assert.deepEqual([guest.online, fates], [['fresh'], []]);
      guest.clock.advance(1);
      await guest.until(() => guest.online.length === 2);
      // By one request the fresh session has a proof of its own.
      assert.deepEqual([guest.online, fates, asked], [['fresh', 'fresh'], ['lost'], sasl2 ? 2 : 1]);
    });

  it('is not resumed once the engine has said how long it waits', async () => {
    const [guest, server] = await online();
    server.script.refusing = new Set([SERVICE]);
    server.wire.cut();
    const cutAt = guest.clock.now();
    while (guest.clock.now() - cutAt <= 300_000) await waitOver(guest);
    server.script.refusing = new Set();
    await guest.until(() => guest.online.length === 2);
    assert.deepEqual(guest.online, ['fresh', 'fresh']);
    assert.equal(
      server.heard.some(({ name }) => name === 'resume'),
      false,
    );
  });
});

describe('an engine that counts more than was sent', () => {
  it('loses the session', async () => {
    const [guest, server] = await online();
    const fates: string[] = [];
    server.isFlowing = false;
    guest.connection.send(message('one'), (fate) => fates.push(fate));
    server.wire.say('<a xmlns="urn:xmpp:sm:3" h="4294967295"/>');
    server.wire.deliverDown();
    assert.deepEqual(fates, ['lost']);
    assert.equal(guest.connection.state().stage === 'online', false);
    server.isFlowing = true;
  });

  it('is not believed on resumption either', async () => {
    const [guest, server] = await online();
    server.wire.cut();
    server.session.handled = 77;
    await waitOver(guest);
    await guest.until(() => server.heard.some(({ name }) => name === 'resume'));
    await guest.untilStage('waiting');
    assert.deepEqual(guest.online, ['fresh']);
  });
});

it('drops a session whose next frame cannot be read, or it would come again and again', async () => {
  const [guest, server] = await online();
  server.wire.say('<message xmlns="jabber:client"><body>&nbsp;</body></message>');
  await back(guest, 2);
  assert.deepEqual(guest.online, ['fresh', 'fresh']);
});

it('loses and doubles nothing over any sequence of cuts', async () => {
  const first = await online();
  const kept = first[0].kept[0]!;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const [guest, server] = await online({}, { kept });
      const [sent, told, taken]: string[][] = [[], [], []];
      for (const one of steps) {
        if (one.what === 'send') {
          const text = `up ${sent!.length}`;
          sent!.push(text);
          guest.connection.send(message(text), (fate) => taken!.push(`${text} ${fate}`));
        } else if (one.what === 'tell') {
          told!.push(`down ${told!.length}`);
          server.session.send(message(told!.at(-1)!));
        } else if (one.what === 'deliver') {
          server.wire.deliverUp(one.up);
          server.wire.deliverDown(one.down);
        } else {
          server.wire.cut();
          server.isFlowing = true;
          await back(guest, guest.online.length + 1);
        }
        server.isFlowing = false;
        await Promise.resolve();
      }
      server.isFlowing = true;
      guest.connection.send(message('last'));
      await guest.settle();
      assert.deepEqual(
        guest.online.slice(1).filter((how) => how === 'fresh'),
        [],
      );
      assert.deepEqual(bodies(server), [...sent!, 'last']);
      assert.deepEqual(guest.stanzas.map(bodyOf), told);
      assert.deepEqual(
        taken,
        sent!.map((text) => `${text} taken`),
      );
    }),
    { numRuns: 150 },
  );
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ what: 'send' as const }) },
  { weight: 4, arbitrary: fc.constant({ what: 'tell' as const }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('deliver' as const), up: fc.nat(3), down: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ what: 'cut' as const }) },
);
