// Signing in against a scripted server: every way in, in as few round trips as the engine bears, and every way to be refused.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NS_CLIENT, NS_ROSTER, NS_SASL, NS_SASL2 } from '../../../../src/xmpp/namespaces.ts';
import { child, element, textOf, type Element } from '../../../../src/xmpp/xml.ts';
import { guestOf, SERVICE, type Guest } from '../../../kit/scripted-guest.ts';
import { ScriptedServer, type ServerScript } from '../../../kit/scripted-server.ts';

const roster = element('iq', NS_CLIENT, { type: 'get' }, [element('query', NS_ROSTER)]);

async function signIn(server: ScriptedServer, prepare: (guest: Guest) => void = (guest) => guest.start()): Promise<Guest> {
  const guest = guestOf(server);
  prepare(guest);
  await guest.until(() => ['online', 'stopped', 'waiting'].includes(guest.connection.state().stage));
  return guest;
}

const failureOf = (guest: Guest): unknown => {
  const state = guest.connection.state();
  return 'failure' in state ? state.failure : state;
};

const mechanismsUsed = (server: ScriptedServer): (string | undefined)[] =>
  server.heard.filter(({ name }) => name === 'auth' || name === 'authenticate').map(({ attributes }) => attributes['mechanism']);

const proofsSent = (server: ScriptedServer): number => server.heard.filter(({ name }) => name === 'response').length;

describe('signing in', () => {
  for (const mechanism of ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512']) {
    it(`proves the password by ${mechanism} and binds`, async () => {
      const guest = await signIn(new ScriptedServer({ mechanisms: ['PLAIN', mechanism] }));
      assert.deepEqual(guest.connection.state(), { stage: 'online', slow: false });
      assert.match(guest.connection.fullAddress() ?? '', /^ann@willow\.test\/warbler\.[0-9a-f]{8}$/);
      assert.deepEqual(guest.online, ['fresh']);
    });
  }

  it('uses the strongest of what is offered, and sends no proof for a weaker guess', async () => {
    const server = new ScriptedServer({ mechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] });
    const guest = await signIn(server);
    assert.equal(guest.connection.state().stage, 'online');
    assert.deepEqual(mechanismsUsed(server), ['SCRAM-SHA-256', 'SCRAM-SHA-512']);
    assert.equal(proofsSent(server), 1);
  });

  it('tells the password only where nothing better is offered', async () => {
    const server = new ScriptedServer({ mechanisms: ['PLAIN'] });
    const guest = await signIn(server);
    assert.equal(guest.connection.state().stage, 'online');
    const auth = server.heard.findLast(({ name }) => name === 'auth') as Element;
    assert.equal(Buffer.from(textOf(auth) ?? '', 'base64').toString(), '\0ann\0pencil');
    assert.deepEqual(guest.kept, []);
  });

  for (const mechanisms of [['PLAIN', 'SCRAM-SHA-256-PLUS'], ['EXTERNAL', 'DIGEST-MD5'], []]) {
    it(`refuses a service that offers ${mechanisms.join(' and ') || 'nothing'}`, async () => {
      const server = new ScriptedServer({ mechanisms });
      const guest = await signIn(server);
      assert.deepEqual(failureOf(guest), { kind: 'service-unsuitable', service: SERVICE, why: 'no-safe-sign-in' });
      assert.equal(guest.connection.state().stage, 'stopped');
      assert.deepEqual(mechanismsUsed(server), ['SCRAM-SHA-256']);
    });
  }

  for (const service of [
    'ws://chat.willow.test/ws',
    'http://127.0.0.1/ws',
    'ws://127.0.0.1.willow.test/ws',
    'nonsense',
    'wss://ann:pencil@willow.test/ws',
  ]) {
    it(`never dials ${service}`, async () => {
      const server = new ScriptedServer();
      const guest = await signIn(server, (one) => one.start(undefined, [service]));
      assert.deepEqual(guest.connection.state(), { stage: 'stopped', failure: { kind: 'service-not-secure', service } });
      assert.equal(server.wires.length, 0);
    });
  }

  for (const service of ['ws://127.0.0.1:5280/ws', 'ws://localhost/ws', 'ws://[::1]:80/ws', 'ws://127.8.9.1/ws', 'wss://willow.test/ws']) {
    it(`dials ${service}`, async () => {
      const guest = await signIn(new ScriptedServer(), (one) => one.start(undefined, [service]));
      assert.equal(guest.connection.state().stage, 'online');
    });
  }
});

describe('being refused', () => {
  const cases: [string, Partial<ServerScript>, unknown][] = [
    ['account-disabled', {}, { kind: 'account-disabled' }],
    ['not-authorized', {}, { kind: 'wrong-credentials' }],
    ['credentials-expired', {}, { kind: 'wrong-credentials' }],
  ];
  for (const [condition, script, failure] of cases) {
    it(`stops for good after ${condition}`, async () => {
      const server = new ScriptedServer({ ...script, before: refuseResponse(condition) });
      const guest = await signIn(server);
      assert.deepEqual(guest.connection.state(), { stage: 'stopped', failure });
      guest.clock.advance(3_600_000);
      await guest.settle();
      assert.equal(server.wires.length, 1);
      assert.equal(guest.clock.pending(), 0);
    });
  }

  it('tries again after a temporary failure', async () => {
    const server = new ScriptedServer({ before: refuseResponse('temporary-auth-failure') });
    const guest = await signIn(server);
    assert.equal(guest.connection.state().stage, 'waiting');
    delete server.script.before;
    guest.clock.advance(2_000);
    await guest.untilStage('online');
  });

  it('says that a wrong password is wrong', async () => {
    const guest = await signIn(new ScriptedServer(), (one) => one.start({ password: 'pen' }));
    assert.deepEqual(failureOf(guest), { kind: 'wrong-credentials' });
  });

  const cheats: [string, Partial<ServerScript>][] = [
    ['signs wrongly', { flaws: { signature: `v=${Buffer.alloc(32).toString('base64')}` } }],
    ['says e= and success', { flaws: { signature: 'e=other-error' } }],
    ['signs nothing', { flaws: { signature: '' } }],
    ['makes up a nonce', { flaws: { nonce: 'somebody-elses' } }],
    ['wants too little work', { iterations: 1024 }],
    ['wants absurd work', { iterations: 20_000_000, before: challengeWith(',s=QSXCR+Q6sek8bf92,i=20000000') }],
    ['adds what must be understood', { before: challengeWith(',m=x,s=QSXCR+Q6sek8bf92,i=4096') }],
  ];
  for (const [what, script] of cheats) {
    it(`leaves an engine that ${what}`, async () => {
      const guest = await signIn(new ScriptedServer(script));
      assert.deepEqual(failureOf(guest), { kind: 'service-unsuitable', service: SERVICE, why: 'not-proven' });
      assert.deepEqual(guest.online, []);
      assert.deepEqual(guest.kept, []);
    });
  }

  it('leaves an engine that says yes before anything was proven', async () => {
    const server = new ScriptedServer({
      before: (frame, stream) => frame.name === 'auth' && (stream.say(element('success', NS_SASL)), true),
    });
    const guest = await signIn(server);
    assert.deepEqual(failureOf(guest), { kind: 'service-unsuitable', service: SERVICE, why: 'not-proven' });
  });

  it('leaves what speaks no XML', async () => {
    const server = new ScriptedServer({ before: (_, stream) => (stream.say('{"hello": 1}'), true) });
    const guest = await signIn(server);
    assert.deepEqual(failureOf(guest), { kind: 'service-unsuitable', service: SERVICE, why: 'not-xmpp' });
  });

  it('says that the address is not at home there', async () => {
    const server = new ScriptedServer({ before: (_, stream) => (stream.fail('host-unknown'), true) });
    const guest = await signIn(server);
    assert.deepEqual(failureOf(guest), { kind: 'address-invalid', address: 'ann@willow.test' });
  });

  it('gives each step fifteen seconds', async () => {
    const server = new ScriptedServer({ before: (frame) => frame.name === 'response' });
    const guest = guestOf(server);
    guest.start();
    await guest.until(() => proofsSent(server) === 1);
    guest.clock.advance(14_999);
    assert.equal(guest.connection.state().stage, 'connecting');
    guest.clock.advance(1);
    await guest.untilStage('waiting');
    assert.deepEqual(failureOf(guest), { kind: 'service-unreachable', service: SERVICE });
  });
});

describe('a kept login', () => {
  it('signs in again without the password', async () => {
    const server = new ScriptedServer();
    const first = await signIn(server);
    const kept = first.kept[0];
    assert.ok(kept?.scram);
    assert.doesNotMatch(JSON.stringify(kept), /pencil/);
    await stopped(first);
    const second = await signIn(server, (one) => one.start({ kept }));
    assert.equal(second.connection.state().stage, 'online');
    assert.equal(second.connection.fullAddress(), first.connection.fullAddress());
  });

  it('asks for the password when the engine has new salt', async () => {
    const server = new ScriptedServer();
    const first = await signIn(server);
    const kept = first.kept[0];
    assert.ok(kept);
    await stopped(first);
    server.script.salt = 'QSXCR+Q6sek8bf92AAAAAA==';
    const second = await signIn(server, (one) => one.start({ kept }));
    assert.deepEqual(second.connection.state(), { stage: 'stopped', failure: { kind: 'wrong-credentials' } });
  });

  const weaker: [string, readonly string[]][] = [
    ['a weaker hash', ['SCRAM-SHA-1']],
    ['the bare password', ['PLAIN']],
  ];
  for (const [what, mechanisms] of weaker) {
    it(`does not go down to ${what}`, async () => {
      const server = new ScriptedServer();
      const first = await signIn(server);
      const kept = first.kept[0];
      assert.ok(kept);
      await stopped(first);
      server.script.mechanisms = mechanisms;
      const second = await signIn(server, (one) => one.start({ kept }));
      assert.deepEqual(failureOf(second), { kind: 'service-unsuitable', service: SERVICE, why: 'no-safe-sign-in' });
    });
  }

  it('reconnects by password where the engine mixes new salt each time, and only within the session', async () => {
    const server = new ScriptedServer();
    const guest = await signIn(server);
    server.script.salt = 'QSXCR+Q6sek8bf92AAAAAA==';
    server.sessions.clear();
    server.wire.cut();
    guest.clock.advance(1_000);
    await guest.until(() => guest.online.length === 2);
    assert.deepEqual(guest.online, ['fresh', 'fresh']);
  });
});

describe('round trips until the first answer', () => {
  const countTrips = async (server: ScriptedServer, secret?: Parameters<Guest['start']>[0]): Promise<{ trips: number; guest: Guest }> => {
    let [trips, isAnswered] = [0, false];
    server.script.before = (frame) => {
      if (child(frame, 'query', NS_ROSTER)) trips = server.wire.flights + 1;
    };
    const guest: Guest = guestOf(server, { opening: () => void guest.connection.ask(roster).then(({ ok }) => (isAnswered = ok)) });
    guest.start(secret);
    await guest.until(() => isAnswered);
    return { trips, guest };
  };

  it('are three with SCRAM, the very first time too', async () => {
    const server = new ScriptedServer();
    const { trips, guest } = await countTrips(server);
    assert.equal(trips, 3);
    await stopped(guest);
    assert.equal((await countTrips(server, { kept: guest.kept[0]! })).trips, 3);
  });

  it('are four where a wrong guess must be taken back, and three the next time', async () => {
    const server = new ScriptedServer({ mechanisms: ['SCRAM-SHA-1'] });
    const { trips, guest } = await countTrips(server);
    assert.equal(trips, 4);
    await stopped(guest);
    assert.equal((await countTrips(server, { kept: guest.kept[0]! })).trips, 3);
  });

  it('are four with a Prosody that does not bear the flight', async () => {
    const { trips } = await countTrips(new ScriptedServer({ pipelining: false, streamId: '3c7bf6a8-026a-44d9-a369-c4b1621bf190' }));
    assert.equal(trips, 4);
  });

  it('are three by one request, and two by token', async () => {
    const server = new ScriptedServer({ sasl2: true, fast: true });
    const first = await countTrips(server);
    await stopped(first.guest);
    const second = await countTrips(server, { kept: first.guest.kept.at(-1)! });
    assert.equal(second.trips, 3);
    await stopped(second.guest);
    const third = await countTrips(server, { kept: second.guest.kept.at(-1)! });
    assert.equal(third.trips, 2);
    assert.deepEqual(mechanismsUsed(server), ['SCRAM-SHA-256', 'SCRAM-SHA-256', 'HT-SHA-256-NONE']);
  });
});

describe('falling back', () => {
  it('tells things one by one to an engine that complains about the flight', async () => {
    const server = new ScriptedServer({
      before: (frame, stream) => isBehindProof(frame, server) && (stream.fail('not-well-formed'), true),
    });
    const guest = await signIn(server);
    assert.equal(guest.connection.state().stage, 'online');
    assert.equal(server.wires.length, 2);
    assert.equal(guest.kept[0]?.knowledge?.[0]?.pace, 'pause');
  });

  it('learns from a complaint that comes once the session lives', async () => {
    const server = new ScriptedServer();
    const guest = await signIn(server);
    server.wire.say(
      '<stream:error xmlns:stream="http://etherx.jabber.org/streams"><not-well-formed xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error>',
    );
    await guest.untilStage('waiting');
    guest.clock.advance(1_000);
    await guest.untilStage('online');
    assert.equal(guest.kept.at(-1)?.knowledge?.[0]?.pace, 'pause');
  });

  it('does without stream management where there is none', async () => {
    const server = new ScriptedServer({ management: 'none' });
    const guest = await signIn(server);
    assert.equal(guest.connection.state().stage, 'online');
    assert.equal(guest.kept.at(-1)?.knowledge?.[0]?.streamManagement, false);
  });

  it('goes on with the kept keys when a token is refused', async () => {
    const server = new ScriptedServer({ sasl2: true, fast: true });
    const guest = await signedInByRequest(server);
    server.script.token = 'another';
    const again = await signIn(server, (one) => one.start({ kept: guest.kept.at(-1)! }));
    assert.equal(again.connection.state().stage, 'online');
    assert.deepEqual(mechanismsUsed(server).slice(-2), ['HT-SHA-256-NONE', 'SCRAM-SHA-256']);
  });

  it('leaves an engine that does not know the token it takes', async () => {
    const server = new ScriptedServer({ sasl2: true, fast: true });
    const guest = await signedInByRequest(server);
    server.script.flaws = { signature: 'x'.repeat(32) };
    const again = await signIn(server, (one) => one.start({ kept: guest.kept.at(-1)! }));
    assert.deepEqual(failureOf(again), { kind: 'service-unsuitable', service: SERVICE, why: 'not-proven' });
  });

  it('signs in step by step where one request is no longer offered', async () => {
    const server = new ScriptedServer({ sasl2: true });
    const guest = await signedInByRequest(server);
    server.script.sasl2 = false;
    const again = await signIn(server, (one) => one.start({ kept: guest.kept.at(-1)! }));
    assert.equal(again.connection.state().stage, 'online');
  });
});

async function stopped(guest: Guest): Promise<void> {
  const stopping = guest.connection.stop();
  await guest.settle();
  await stopping;
}

async function signedInByRequest(server: ScriptedServer): Promise<Guest> {
  const first = await signIn(server);
  await stopped(first);
  const second = await signIn(server, (one) => one.start({ kept: first.kept.at(-1)! }));
  assert.equal(server.heard.at(-1)?.namespace === NS_SASL2 || server.heard.some(({ name }) => name === 'authenticate'), true);
  await stopped(second);
  return second;
}

function refuseResponse(condition: string): NonNullable<ServerScript['before']> {
  return (frame, stream) => frame.name === 'response' && (stream.say(element('failure', NS_SASL, {}, [element(condition, NS_SASL)])), true);
}

/** The client's own nonce with something behind it. */
function challengeWith(rest: string): NonNullable<ServerScript['before']> {
  return (frame, stream) => {
    if (frame.name !== 'auth') return false;
    const nonce = /r=(.*)/.exec(Buffer.from(textOf(frame) ?? '', 'base64').toString())?.[1];
    const text = rest.startsWith(',m=') ? `m=x,r=${nonce}more${rest.slice(4)}` : `r=${nonce}more${rest}`;
    stream.say(
      element('open', 'urn:ietf:params:xml:ns:xmpp-framing', {}),
      element('challenge', NS_SASL, {}, [Buffer.from(text).toString('base64')]),
    );
    return true;
  };
}

/** An open that came before the success of the sign-in was heard. */
function isBehindProof(frame: Element, server: ScriptedServer): boolean {
  const previous = server.heard.at(-2);
  return (
    frame.name === 'open' &&
    previous?.name === 'response' &&
    previous.namespace === NS_SASL &&
    !server.wire.isClosed &&
    server.wires.length === 1
  );
}
