// One device of somebody in rooms, with the real encryption, down to a store in memory; and the world of several of them.
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
import { NS_CLIENT, NS_MAM, NS_OMEMO_DEVICES, NS_PAGING } from '../../../src/xmpp/namespaces.ts';
import { child, element, parseFrame, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { isWorking, watchedSubtle } from '../encryption/encryption-device.ts';
import { KeyServer } from '../encryption/key-server.ts';
import { Listening } from '../encryption/listening.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { settled } from '../scripted-connection.ts';
import { ModelRoom } from './model-room.ts';

export const ROOM = 'team@rooms.app1.test' as Address;
export const person = (name: string): Address => `${name}@app1.test` as Address;

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

/** One room, the keys of everybody, and a clock. */
export class RoomWorld {
  readonly clock: FakeClock = fakeClock();
  readonly keys: KeyServer = new KeyServer();
  readonly room: ModelRoom;
  /** Programs of these people neither have nor see anything newer than legacy OMEMO. */
  readonly older: Set<Address> = new Set();
  readonly #devices = new Map<string, { hear(stanza: Element): void }>();
  #underWay = 0;

  constructor(...names: readonly string[]) {
    const [owner = 'ann', ...others] = names;
    const members = Object.fromEntries(others.map((name) => [person(name), 'member' as const]));
    this.room = new ModelRoom(ROOM, () => this.clock.now(), { [person(owner)]: 'owner', ...members });
  }

  /** Somebody more is let in. */
  with(name: string): this {
    this.room.setAffiliation(person(name), 'member');
    return this;
  }

  add(full: string, hear: (stanza: Element) => void): void {
    this.#devices.set(full, { hear });
  }

  remove(full: string): void {
    this.#devices.delete(full);
    this.room.leave(full);
  }

  /** Over the line, in its order. */
  carry(full: string, stanza: Element): void {
    const to = bareOf(stanza.attributes['to'] ?? '');
    const back = (heard: Element): void => this.#later(() => this.#devices.get(full)?.hear(heard));
    if (to === ROOM) this.#later(() => this.room.hear(full, stanza, back));
    else for (const [other, { hear }] of this.#devices) if (bareOf(other) === to && other !== full) this.#later(() => hear(stanza));
  }

  ask(full: string, iq: Element): Promise<Element> {
    const back = (heard: Element): void => this.#later(() => this.#devices.get(full)?.hear(heard));
    // Behind everything that its answer brought along.
    const asked = (resolve: (answer: Element) => void): void => {
      const answer = this.#answer(full, iq, back);
      this.#later(() => resolve(answer));
    };
    return new Promise((resolve) => this.#later(() => asked(resolve)));
  }

  /** Until nothing moves. */
  async rest(): Promise<void> {
    for (let calm = 0; calm < 30; calm = this.#underWay === 0 && !isWorking() ? calm + 1 : 0) {
      // Cryptography takes no time of the clock.
      if (calm > 0) this.clock.advance(10);
      await settled();
    }
  }

  #answer(full: string, iq: Element, back: (stanza: Element) => void): Element {
    if (iq.attributes['to'] === ROOM) return this.room.answer(full, iq, back);
    if (child(iq, 'query', NS_MAM)) return element('iq', NS_CLIENT, { type: 'result' }, [NOTHING_ARCHIVED]);
    return this.keys.answer(bareOf(full), iq);
  }

  #later(work: () => void): void {
    this.#underWay += 1;
    setImmediate(() => {
      this.#underWay -= 1;
      work();
    });
  }
}

const NOTHING_ARCHIVED = element('fin', NS_MAM, { complete: 'true' }, [element('set', NS_PAGING)]);

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

/** `name/resource` each, online and inside. */
export async function enterAll(world: RoomWorld, ...names: readonly string[]): Promise<RoomDevice[]> {
  const devices: RoomDevice[] = [];
  for (const name of names) {
    const [who = '', resource] = name.split('/');
    const device = await roomDevice(world, `${person(who)}/${resource}`);
    await device.online();
    devices.push(device);
  }
  return devices;
}

export async function turnOn(world: RoomWorld, device: RoomDevice): Promise<void> {
  await device.rooms.learnMembers(ROOM);
  device.sync.keyChanges.switch(ROOM, 'on');
  await world.rest();
}

/** As a person does who has answered the question for it. */
export async function chooseOlder(world: RoomWorld, ...devices: readonly RoomDevice[]): Promise<void> {
  for (const { encryption } of devices) await encryption.legacy.switch('on');
  await world.rest();
  for (const { rooms, sync } of devices) {
    await rooms.learnMembers(ROOM);
    sync.keyChanges.switch(ROOM, 'legacy');
  }
  await world.rest();
}

/** What was said, or why it cannot be read. */
export const wordsOf = (rows: readonly StoredMessage[]): string[] =>
  rows.flatMap(({ content, text, unreadable }) => (content === 'keys-changed' ? [] : [unreadable ?? text]));

/** What was told of keys and members, with names. */
export const linesOf = (rows: readonly StoredMessage[]): string[] =>
  rows.flatMap(({ keyChange }) => (keyChange ? [`${keyChange.what} ${keyChange.person?.split('@')[0] ?? ''}`.trim()] : []));

/** Which of these words the engine ever had. */
export function clearWords(world: RoomWorld, devices: readonly RoomDevice[], words: readonly string[]): string[] {
  const held = JSON.stringify(world.room.archive) + devices.flatMap(({ said }) => said).join('\n');
  return words.filter((one) => held.includes(one));
}
