// Whoever listens may not be ready when the stream comes to life: what the engine says is kept for them, in its order, and not acknowledged.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Login } from '../../../../src/core/ports.ts';
import { NS_SM } from '../../../../src/xmpp/namespaces.ts';
import { bodyOf, guestOf, message, SERVICE, type Guest } from '../../../kit/scripted-guest.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';

interface Later {
  guest: Guest;
  server: ScriptedServer;
  /** What the listener was told, in order. */
  told: string[];
  ready(isReady: boolean): void;
}

async function signedInEarly(): Promise<Later> {
  const server = new ScriptedServer();
  const told: string[] = [];
  const guest = guestOf(server, { online: (how) => void told.push(how), stanza: (stanza) => void told.push(bodyOf(stanza)) });
  let ready = (_isReady: boolean): void => undefined;
  guest.connection.start(loginOf(server), new Promise<boolean>((resolve) => (ready = resolve)));
  await guest.untilStage('online');
  return { guest, server, told, ready: (isReady) => ready(isReady) };
}

const loginOf = ({ script }: ServerOf): Login => ({
  services: [SERVICE],
  address: `${script.user}@${script.domain}` as Login['address'],
  secret: { password: script.password },
});
type ServerOf = Pick<ScriptedServer, 'script'>;

const acknowledged = (server: ScriptedServer): (string | undefined)[] =>
  server.heard.filter(({ name, namespace }) => name === 'a' && namespace === NS_SM).map(({ attributes }) => attributes['h']);

describe('a listener that is not ready yet', () => {
  it('is told everything in its order once it is, and only then the engine hears that it was taken', async () => {
    const { guest, server, told, ready } = await signedInEarly();
    for (const text of ['one', 'two', 'three']) server.session.send(message(text));
    server.session.requestAcknowledgement();
    await guest.settle();
    assert.deepEqual([told, acknowledged(server)], [[], []]);
    ready(true);
    await guest.until(() => acknowledged(server).length > 0);
    server.session.send(message('four'));
    await guest.settle();
    assert.deepEqual(told, ['fresh', 'one', 'two', 'three', 'four']);
    assert.equal(acknowledged(server)[0], '3');
  });

  it('is told what came before the stream broke, and the engine is asked for the rest', async () => {
    const { guest, server, told, ready } = await signedInEarly();
    server.session.send(message('one'));
    await guest.settle();
    server.wire.cut();
    server.session.send(message('two'));
    await guest.settle();
    assert.equal(guest.connection.state().stage, 'online', 'nobody was told yet');
    ready(true);
    await guest.untilStage('waiting');
    const state = guest.connection.state();
    if (state.stage === 'waiting') guest.clock.advance(state.retryAt - guest.clock.now());
    await guest.until(() => told.includes('two'));
    assert.deepEqual(told, ['fresh', 'one', 'resumed', 'two']);
  });

  it('that never will be is told nothing', async () => {
    const { guest, server, told, ready } = await signedInEarly();
    server.session.send(message('one'));
    ready(false);
    await guest.settle();
    assert.deepEqual(told, []);
  });

  it('that stopped meanwhile is told nothing, and begins anew with the next start', async () => {
    const { guest, server, told, ready } = await signedInEarly();
    server.session.send(message('one'));
    await guest.settle();
    const stopping = guest.connection.stop();
    ready(true);
    await guest.settle();
    guest.clock.advance(1_000);
    await stopping;
    assert.deepEqual(told, []);
    guest.connection.start(loginOf(server));
    await guest.until(() => told.length > 0);
    assert.deepEqual(told, ['fresh']);
  });
});
