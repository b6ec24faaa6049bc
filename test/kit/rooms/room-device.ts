// One device of somebody in rooms, with the real encryption, down to a store in memory.
import type { Address } from '../../../src/model/account.ts';
import { failed, succeeded, type Failure } from '../../../src/model/failure.ts';
import type { AuthorId, MessageId } from '../../../src/model/message.ts';
import { createEncryption } from '../../../src/core/encryption/create-encryption.ts';
import type { Connection, ConversationRecord, Encryption, OpenedStore, StoredMessage } from '../../../src/core/ports.ts';
import { openMemoryStore } from '../../../src/core/storage/memory-store.ts';
import { ConversationBook } from '../../../src/core/sync/book.ts';
import { Journal } from '../../../src/core/sync/journal.ts';
import { MessageSync } from '../../../src/core/sync/message-sync.ts';
import { companyOfRooms } from '../../../src/core/sync/rooms/room-company.ts';
import { RoomSync } from '../../../src/core/sync/rooms/room-sync.ts';
import { bareOf } from '../../../src/xmpp/jid.ts';
import { NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import { parseFrame, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { watchedSubtle } from '../encryption/encryption-device.ts';
import { Listening } from '../encryption/listening.ts';
import { settled } from '../scripted-connection.ts';
import { ROOM, type RoomWorld } from './room-world.ts';

export interface RoomDevice {
  readonly self: Address;
  readonly full: string;
  readonly book: ConversationBook;
  readonly rooms: RoomSync;
  readonly sync: MessageSync;
  readonly encryption: Encryption;
  readonly errors: string[];
  /** Everything that left it, as text. */
  readonly said: string[];
  online(): Promise<void>;
  offline(): void;
  say(text: string): Promise<void>;
  thread(): Promise<readonly StoredMessage[]>;
  record(): ConversationRecord;
  /** Why each own message waits. */
  failures(): (Failure | undefined)[];
  restart(): Promise<RoomDevice>;
}

export async function roomDevice(world: RoomWorld, full: string, store: OpenedStore = openMemoryStore()): Promise<RoomDevice> {
  const { clock, keys } = world;
  const self = bareOf(full);
  const errors: string[] = [];
  const said: string[] = [];
  const note = (what: string, facts?: object): void => void errors.push(`${what} ${JSON.stringify(facts ?? {})}`);
  const log = { error: note, info: () => undefined, debug: () => undefined };
  const changes = { tell: () => undefined };
  const listening = new Listening();
  let [isUp, isDead, ids] = [false, false, 0];
  const mintId = (): string => `${full}-${clock.now()}-${++ids}`;
  const book = new ConversationBook(() => journal.touch());
  book.load(await store.conversations());
  const journal: Journal = new Journal({ store, book, clock, changes, log, outcome: () => undefined });
  const connection: Pick<Connection, 'send' | 'ask' | 'state' | 'fullAddress'> = {
    state: () => (isUp ? { stage: 'online', slow: false } : { stage: 'connecting', attempt: 1 }),
    fullAddress: () => full,
    async ask(iq) {
      if (!isUp) return failed({ kind: 'offline' });
      if (world.older.has(self) && writeElement(iq).includes(`"${NS_OMEMO_DEVICES}"`)) return failed({ kind: 'not-found' });
      const answer = await world.ask(full, overTheLine(iq));
      return answer.attributes['type'] === 'error' ? failed({ kind: 'refused', reason: 'forbidden' }) : succeeded(answer);
    },
    send(stanza, fate) {
      if (!isUp) return fate?.('lost');
      said.push(writeElement(stanza));
      listening.sent(stanza);
      world.carry(full, overTheLine({ ...stanza, attributes: { ...stanza.attributes, from: full } }));
      setImmediate(() => fate?.('taken'));
    },
  };
  const facts = { fact: <T>() => Promise.resolve<T | undefined>(undefined), setFact: () => undefined };
  const rooms: RoomSync = new RoomSync({
    self,
    connection,
    book,
    facts,
    changes,
    clock,
    log,
    ownName: () => full.replace('@app1.test/', '-'),
    joined: (room, { archive }) => sync.onJoined(room, archive),
    membersChanged: (room, before) => sync.readership.heard(room, before),
  });
  const encryption = await createEncryption({
    self,
    world: { clock, random: (count) => crypto.getRandomValues(new Uint8Array(count)), subtle: watchedSubtle, log },
    connection,
    store,
    now: () => clock.now(),
    keep: (changed) => journal.keep(changed),
    commit: () => journal.commitStrict([]),
    mintId,
    mayAnswer: () => false,
    label: full,
  });
  const sync: MessageSync = new MessageSync({
    company: {
      self,
      ownName: () => self,
      nameOf: (one) => one,
      ...companyOfRooms(rooms),
      ownAuthor: (conversation) => ({ id: `${conversation}/${rooms.nickOf(conversation)}` as AuthorId, name: self }),
    },
    store,
    book,
    journal,
    connection,
    clock,
    changes,
    log,
    mintId,
    now: () => clock.now(),
    failureOf: () => ({ kind: 'refused', reason: 'other' }),
    busy: () => undefined,
    encryption: () => Promise.resolve(encryption),
  });
  encryption.trust.onChange((news) => void sync.keyChanges.heard(news, encryption));
  await Promise.all([sync.load(), rooms.load()]);
  keys.onPublished((owner, node, items) => {
    const isKnown = node !== NS_OMEMO_DEVICES || !world.older.has(self);
    if (isUp && !isDead && isKnown && listening.isTo(node)) encryption.hearDevices(owner, items);
  });
  const device: RoomDevice = {
    self,
    full,
    book,
    rooms,
    sync,
    encryption,
    errors,
    said,
    async online() {
      isUp = true;
      world.add(full, (stanza) => {
        if (!isDead && !rooms.handle(stanza) && stanza.name === 'message') sync.handle(stanza);
      });
      rooms.onOpening();
      sync.onOpening();
      rooms.onOnline('fresh');
      sync.onOnline('fresh');
      encryption.onOnline('fresh');
      await world.rest();
      if (!rooms.isRoom(ROOM)) void rooms.joinRoom(ROOM);
      await world.rest();
    },
    offline() {
      isUp = false;
      world.remove(full);
      rooms.onOffline();
      sync.onOffline();
      encryption.onOffline();
    },
    async say(text) {
      const kind = book.get(ROOM)?.kind ?? 'room';
      const written = await sync.outbox.write({ id: ROOM, kind }, { id: mintId() as MessageId, text });
      if (!written.ok) throw new Error(JSON.stringify(written.failure));
      await world.rest();
    },
    thread: () => store.readBelow(ROOM, Infinity, 1e5),
    record() {
      const record = book.get(ROOM);
      if (!record) throw new Error('not in the room');
      return record;
    },
    failures: () => [...sync.outbox.all()].map(({ failure }) => failure),
    async restart() {
      device.offline();
      await journal.flush();
      isDead = true;
      sync.stop();
      encryption.stop();
      journal.close();
      await settled();
      return roomDevice(world, full, store);
    },
  };
  return device;
}

const overTheLine = (stanza: Element): Element => {
  const frame = parseFrame(writeElement(stanza));
  if (!frame.ok) throw new Error(frame.error);
  return frame.element;
};
