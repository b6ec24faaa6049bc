// A device with the real encryption on a real connection, and nothing else of the core: what it hears is opened at once.
import type { Address } from '../../../src/model/account.ts';
import { createEncryption } from '../../../src/core/encryption/create-encryption.ts';
import type { Encryption, KeptKeys, OpenedStore } from '../../../src/core/ports.ts';
import { openMemoryStore } from '../../../src/core/storage/memory-store.ts';
import { unwrapCarbon } from '../../../src/core/sync/authority/carbon.ts';
import { acceptDevicesEvent } from '../../../src/core/sync/authority/devices-event.ts';
import { acceptPrivateEvent } from '../../../src/core/sync/authority/private-event.ts';
import { answerInfoRequest } from '../../../src/core/sync/people/own-info.ts';
import { writeCaps } from '../../../src/xmpp/codecs/caps.ts';
import { writeHint } from '../../../src/xmpp/codecs/hints.ts';
import { writeMessage } from '../../../src/xmpp/codecs/message.ts';
import type { Item } from '../../../src/xmpp/codecs/pubsub.ts';
import { writePresence } from '../../../src/xmpp/codecs/presence.ts';
import { bareOf } from '../../../src/xmpp/jid.ts';
import { NS_CARBONS, NS_CLIENT, NS_OMEMO } from '../../../src/xmpp/namespaces.ts';
import { child, element, textOf, type Element } from '../../../src/xmpp/xml.ts';
import { systemClock } from '../../../src/core/system-clock.ts';
import { liveGuest, type LiveGuest } from './live-guest.ts';

export interface LiveDevice {
  readonly guest: LiveGuest;
  readonly encryption: Encryption;
  /** What was read, as words; `silent` and reasons among them. */
  readonly heard: string[];
  /** Accounts whose devices were told to us. */
  readonly told: Address[];
  /** Events of own private nodes. */
  readonly streams: Item[];
  readonly errors: string[];
  write(text: string, to: Address): Promise<void>;
  ownId(): Promise<number>;
}

export async function liveDevice(ws: string, self: Address, password: string, label: string): Promise<LiveDevice> {
  const store: OpenedStore = openMemoryStore();
  const pending = new Map<string, KeptKeys>();
  const [heard, told, errors]: [string[], Address[], string[]] = [[], [], []];
  const streams: Item[] = [];
  const guest: LiveGuest = liveGuest(self, {
    opening: () => {
      guest.connection.send(writePresence('available', [writeCaps()]));
      void guest.connection.ask(element('iq', NS_CLIENT, { type: 'set' }, [element('enable', NS_CARBONS)]));
    },
    answerIq: (iq) => answerInfoRequest(iq, self, () => true),
    stanza: (stanza) => {
      guest.stanzas.push(stanza);
      hear(stanza);
    },
  });
  guest.start([ws], { password });
  await guest.until(() => guest.online.length === 1, 'signed in');
  const note = (what: string, facts?: object): void => void errors.push(`${what} ${JSON.stringify(facts ?? {})}`);
  const keep = (changed: readonly KeptKeys[]): void => changed.forEach((one) => pending.set(one.name, one));
  const commit = (): ReturnType<OpenedStore['commit']> => {
    const keys = [...pending.values()];
    pending.clear();
    return store.commit({ keys }, 'strict');
  };
  const encryption = await createEncryption({
    self,
    world: {
      clock: systemClock,
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      subtle: crypto.subtle,
      log: { error: note, info: () => undefined, debug: () => undefined },
    },
    connection: guest.connection,
    store,
    now: () => Date.now(),
    keep,
    commit,
    mintId: () => crypto.randomUUID(),
    mayAnswer: () => true,
    label,
  });
  const open = async (message: Element): Promise<void> => {
    const [sender, recipient] = [bareOf(message.attributes['from'] ?? ''), bareOf(message.attributes['to'] ?? '')];
    const unsealed = await encryption.turn((ratchets) =>
      ratchets.open({ message, sender, recipient, isRoom: false, sentAt: Date.now(), fromArchive: false }),
    );
    heard.push(
      unsealed.outcome === 'opened' ? unsealed.content.map(textOf).join('') : unsealed.outcome === 'silent' ? 'silent' : unsealed.why,
    );
  };
  const hear = (stanza: Element): void => {
    const event = acceptDevicesEvent(stanza);
    if (event && event !== 'forged' && encryption.hearDevices(event.person, event.items)) told.push(event.person);
    const own = acceptPrivateEvent(stanza, self);
    if (own && own !== 'forged' && encryption.hearDevices(self, own.items)) streams.push(...own.items);
    const carbon = unwrapCarbon(stanza, self);
    const message = carbon && carbon !== 'forged' ? carbon.message : stanza;
    if (stanza.name === 'message' && child(message, 'encrypted', NS_OMEMO)) void open(message);
  };
  encryption.onOnline('fresh');
  return {
    guest,
    encryption,
    heard,
    told,
    streams,
    errors,
    async write(text, to) {
      const content = [element('body', NS_CLIENT, {}, [text])];
      await encryption.prepare([to]);
      const sealed = await encryption.turn((ratchets) => ratchets.seal({ to, isRoom: false, members: [], content }));
      if (!sealed.ok) throw new Error(JSON.stringify(sealed.failure));
      const kept = await commit();
      if (!kept.ok) throw new Error(JSON.stringify(kept.failure));
      const head = { type: 'chat', id: crypto.randomUUID(), to } as const;
      guest.connection.send(writeMessage(head, undefined, [...sealed.value.elements, writeHint('store')]));
    },
    async ownId() {
      const keys = await encryption.trust.read(self);
      return keys.ok ? (keys.value.devices.find((one) => one.isThisDevice)?.id ?? 0) : 0;
    },
  };
}
