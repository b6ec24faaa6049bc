// A device with the real encryption, on an engine reduced to keys and a line that carries messages. Its journal is a list of batches.
import type { Address } from '../../../src/model/account.ts';
import { failed, type Answer } from '../../../src/model/failure.ts';
import { createEncryption } from '../../../src/core/encryption/create-encryption.ts';
import type { Encryption, EncryptionNeeds, KeptKeys, OpenedStore, SealedArrival, SealedWords, Unsealed } from '../../../src/core/ports.ts';
import type { OwnKeys } from '../../../src/core/encryption/exchange/own-keys.ts';
import { openMemoryStore } from '../../../src/core/storage/memory-store.ts';
import { writeMessage } from '../../../src/xmpp/codecs/message.ts';
import { readBundle } from '../../../src/xmpp/codecs/omemo-bundle.ts';
import { readDevices } from '../../../src/xmpp/codecs/omemo-devices.ts';
import { bareOf } from '../../../src/xmpp/jid.ts';
import { NS_CLIENT, NS_DEVICE_STREAMS, NS_OMEMO, NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import { child, element, parseFrame, textOf, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import type { FakeClock } from '../fake-clock.ts';
import { settled } from '../scripted-connection.ts';
import type { KeyServer } from './key-server.ts';
import { Listening } from './listening.ts';

export interface EncryptionDevice {
  readonly address: Address;
  readonly encryption: Encryption;
  readonly store: OpenedStore;
  /** What it sent by itself: empty messages. */
  readonly sent: Element[];
  /** What its listeners heard. */
  readonly news: { person: Address; device?: number; what: string; method?: string }[];
  readonly errors: string[];
  isDown: boolean;
  /** A node that its program knows nothing of. */
  lacks?: string;
  /** The disk takes nothing. */
  isFull: boolean;
  /** Number of strict commits. */
  commits: number;
  online(): Promise<void>;
  id(): Promise<number>;
  seal(text: string, to: Address, room?: readonly Address[], mayBeLegacy?: boolean): Promise<Answer<SealedWords>>;
  /** As it goes over the line. Fails the test where it cannot be sealed. */
  write(text: string, to: Address, room?: readonly Address[], mayBeLegacy?: boolean): Promise<Element>;
  open(message: Element, more?: Partial<SealedArrival>): Promise<Unsealed>;
  /** The words, or why there are none. */
  read(message: Element, more?: Partial<SealedArrival>): Promise<string>;
  /** What its journal was handed and the disk does not have yet. */
  waiting(): readonly string[];
  /** What its journal holds reaches the disk. */
  commit(): Promise<unknown>;
  /** The disk as it is now, somewhere else: the profile was copied. */
  copyDisk(): Promise<OpenedStore>;
  /** The core dies: what was committed is all that is left. */
  restart(): Promise<EncryptionDevice>;
}

export interface DeviceWish {
  store?: OpenedStore;
  mayAnswer?: (person: Address) => boolean;
  label?: string;
  lacks?: string;
  /** Of the rows that its disk holds. */
  names?: Iterable<string>;
}

const body = (text: string): Element => element('body', NS_CLIENT, {}, [text]);

export async function encryptionDevice(
  server: KeyServer,
  clock: FakeClock,
  address: string,
  wish: DeviceWish = {},
): Promise<EncryptionDevice> {
  const self = address as Address;
  const store = wish.store ?? openMemoryStore();
  const pending = new Map<string, KeptKeys>();
  const names = new Set<string>(wish.names);
  const note = (what: string, facts?: object): void => void device.errors.push(`${what} ${JSON.stringify(facts ?? {})}`);
  const listening = new Listening();
  let ids = 0;
  let isDead = false;
  const needs: EncryptionNeeds = {
    self,
    world: {
      clock,
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      subtle: watchedSubtle,
      log: { error: note, info: () => undefined, debug: () => undefined },
    },
    connection: {
      state: () => (device.isDown ? { stage: 'connecting', attempt: 1 } : { stage: 'online', slow: false }),
      ask: async (iq) => {
        if (device.isDown) return failed({ kind: 'offline' });
        return isAbout(device.lacks, iq) ? failed({ kind: 'not-found' }) : server.ask(self, overTheLine(iq));
      },
      send: (stanza, fate) => {
        if (device.isDown) return fate?.('lost');
        listening.sent(stanza);
        if (stanza.name === 'message') device.sent.push(overTheLine(stanza));
      },
    },
    store,
    now: () => clock.now(),
    keep: (changed) => changed.forEach((one) => pending.set(one.name, one)),
    async commit() {
      if (isDead) return failed({ kind: 'not-signed-in' });
      if (device.isFull) return failed({ kind: 'storage-full' });
      const keys = [...pending.values()];
      pending.clear();
      for (const { name } of keys) names.add(name);
      device.commits += 1;
      return store.commit({ keys }, 'strict');
    },
    mintId: () => `${address}-${++ids}`,
    mayAnswer: wish.mayAnswer ?? (() => true),
    label: wish.label ?? 'Warbler',
  };
  /** Nobody takes a prekey that was used: two tests in a hundred would. Not for ever, because an engine may refuse it or be silent. */
  const republished = async (): Promise<void> => {
    for (let turn = 0; turn < 3_000 && !(await isPublished()); turn++) await settled();
  };
  const isPublished = async (): Promise<boolean> => {
    const kept = pending.get('own')?.value as { keys?: OwnKeys } | undefined;
    const row = kept ?? (await store.keys<{ keys?: OwnKeys }>('own'));
    const bundles = server.items(self, NS_OMEMO_BUNDLES).flatMap((item) => readBundle(item) ?? []);
    const bundle = bundles.find((one) => one.device === row?.keys?.deviceId);
    return !bundle || bundle.preKeys.every(({ id }) => row?.keys?.preKeys.some((one) => one.id === id));
  };
  const device: EncryptionDevice = {
    address: self,
    encryption: undefined as unknown as Encryption,
    store,
    sent: [],
    news: [],
    errors: [],
    isDown: false,
    ...(wish.lacks !== undefined && { lacks: wish.lacks }),
    isFull: false,
    commits: 0,
    async online() {
      device.encryption.onOnline('fresh');
      // It may turn out to be a copy, and become another.
      await device.encryption.prepare([]);
      const own = await device.id();
      await until(() => isListed(server, self, own));
    },
    async id() {
      const keys = await device.encryption.trust.read(self);
      return keys.ok ? (keys.value.devices.find((one) => one.isThisDevice)?.id ?? 0) : 0;
    },
    async seal(text, to, room, mayBeLegacy = false) {
      await device.encryption.prepare(room ?? [to]);
      return device.encryption.turn(async (ratchets) => {
        const sealed = await ratchets.seal({ to, isRoom: room !== undefined, members: room ?? [], content: [body(text)], mayBeLegacy });
        needs.keep(ratchets.takeChanged());
        return sealed;
      });
    },
    async write(text, to, room, mayBeLegacy) {
      const sealed = await device.seal(text, to, room, mayBeLegacy);
      if (!sealed.ok) throw new Error(`not sealed: ${JSON.stringify(sealed.failure)}`);
      await needs.commit();
      const type = room ? 'groupchat' : 'chat';
      return overTheLine(writeMessage({ type, from: `${self}/x`, to, id: needs.mintId() }, undefined, sealed.value.elements));
    },
    async open(message, more) {
      const unsealed = await device.encryption.turn(async (ratchets) => {
        const opened = await ratchets.open({ ...arrivalOf(message, clock.now()), ...more });
        needs.keep(ratchets.takeChanged());
        return opened;
      });
      if (writeElement(message).includes('kex=')) await republished();
      return unsealed;
    },
    async read(message, more) {
      const unsealed = await device.open(message, more);
      if (unsealed.outcome === 'unreadable') return unsealed.why;
      return unsealed.outcome === 'silent' ? 'silent' : wordsOf(unsealed.content);
    },
    waiting: () => [...pending.keys()],
    commit: () => needs.commit(),
    async copyDisk() {
      const copy = openMemoryStore();
      const keys = await Promise.all([...names].map(async (name) => ({ name, value: await store.keys(name) })));
      await copy.commit({ keys });
      return copy;
    },
    async restart() {
      isDead = true;
      device.encryption.stop();
      return encryptionDevice(server, clock, address, { ...wish, store, names });
    },
  };
  Object.assign(device, { encryption: await createEncryption(needs) });
  device.encryption.trust.onChange((news) => device.news.push(news));
  server.onPublished((owner, node, items) => {
    if (isDead || device.isDown || node === device.lacks) return;
    if (listening.isTo(node) || (node === NS_DEVICE_STREAMS && owner === self)) device.encryption.hearDevices(owner, items);
  });
  return device;
}

/** Real cryptography takes some turns of the loop, but no time of the clock. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let idle = 0; idle < 20_000 && !isSo(); idle = underWay === 0 ? idle + 1 : 0) await settled();
  if (!isSo()) throw new Error('it never came to that');
}

const isAbout = (node: string | undefined, iq: Element): boolean => node !== undefined && writeElement(iq).includes(`node="${node}"`);

const isListed = (server: KeyServer, owner: Address, id: number): boolean =>
  server.items(owner, NS_OMEMO_DEVICES).some((item) => readDevices(item)?.some((one) => one.id === id));

/** Cryptography works in threads of its own: how much of it is under way. */
let underWay = 0;

export const watchedSubtle: SubtleCrypto = new Proxy(crypto.subtle, {
  get(subtle, name: keyof SubtleCrypto) {
    const work = subtle[name] as unknown as (...args: unknown[]) => Promise<unknown>;
    return (...args: unknown[]) => {
      underWay += 1;
      return work.apply(subtle, args).finally(() => (underWay -= 1));
    };
  },
});

export const isWorking = (): boolean => underWay > 0;

/** Lets everything that needs no time come to its end, however slow the machine is. */
export async function quiet(): Promise<void> {
  for (let calm = 0; calm < 60; calm = underWay === 0 ? calm + 1 : 0) await settled();
}

const overTheLine = (stanza: Element): Element => {
  const frame = parseFrame(writeElement(stanza));
  if (!frame.ok) throw new Error(frame.error);
  return frame.element;
};

export function arrivalOf(message: Element, now: number): SealedArrival {
  const { from = '', to = '', type } = message.attributes;
  return { message, sender: bareOf(from), recipient: bareOf(to), isRoom: type === 'groupchat', sentAt: now, fromArchive: false };
}

const wordsOf = (content: readonly Element[]): string => content.map((one) => textOf(one) ?? '').join('');

export const encryptedIn = (message: Element): Element | undefined => child(message, 'encrypted', NS_OMEMO);
