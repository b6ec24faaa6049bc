// An account with many devices, each with keys of its own, published by whoever is signed in there.
import { OwnNode } from '../../../src/core/own-node.ts';
import { bundleOf } from '../../../src/core/encryption/exchange/bundle.ts';
import { mintOwnKeys } from '../../../src/core/encryption/exchange/own-keys.ts';
import { openCurves } from '../../../src/core/encryption/primitives/choose-curves.ts';
import type { Connection } from '../../../src/core/ports.ts';
import { writeBundle } from '../../../src/xmpp/codecs/omemo-bundle.ts';
import { writeDevices } from '../../../src/xmpp/codecs/omemo-devices.ts';
import { OPEN_NODE } from '../../../src/xmpp/codecs/pubsub.ts';
import { writePresence } from '../../../src/xmpp/codecs/presence.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import { liveGuest, type LiveGuest } from '../../kit/engines/live-guest.ts';
import type { TestEngine } from '../../kit/engines/start-engine.ts';

/** Enough to begin a session with, and quickly made. */
const PREKEYS = 5;

export async function createConnectionFor(engine: TestEngine, name: string): Promise<LiveGuest> {
  const guest = liveGuest(`${name}@${engine.domain}`);
  guest.start([engine.ws], { password: name });
  await guest.until(() => guest.online.length === 1, `${name} signed in`);
  guest.connection.send(writePresence('available'));
  return guest;
}

export async function publishDevices(connection: Connection, count: number): Promise<void> {
  const kit = {
    curves: await openCurves(crypto.subtle),
    subtle: crypto.subtle,
    random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
  };
  const bundles = new OwnNode(connection, NS_OMEMO_BUNDLES, OPEN_NODE);
  for (let device = 1; device <= count; device++) {
    const bundle = bundleOf(await mintOwnKeys(kit, Date.now()));
    taken(await bundles.publish(writeBundle({ device, ...bundle, preKeys: bundle.preKeys.slice(0, PREKEYS) })));
  }
  const ids = Array.from({ length: count }, (_, at) => ({ id: at + 1 }));
  taken(await new OwnNode(connection, NS_OMEMO_DEVICES, OPEN_NODE).publish(writeDevices(ids)));
}

function taken(answer: Awaited<ReturnType<OwnNode['publish']>>): void {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
}
