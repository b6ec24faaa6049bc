// One device of somebody, from its messages down to a store in memory, on a line of the model engine.
import type { Topic } from '../../src/contracts/session.ts';
import type { Address } from '../../src/model/account.ts';
import { failed } from '../../src/model/failure.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { AuthorId, MessageId } from '../../src/model/message.ts';
import type { Connection, OpenedStore, OutboxRecord, StoredMessage } from '../../src/core/ports.ts';
import { openMemoryStore } from '../../src/core/storage/memory-store.ts';
import { looksOtherwise } from '../../src/core/session/looks-otherwise.ts';
import { ConversationBook } from '../../src/core/sync/book.ts';
import { Journal } from '../../src/core/sync/journal.ts';
import type { Company } from '../../src/core/sync/company.ts';
import { MessageSync } from '../../src/core/sync/message-sync.ts';
import { companyOfRooms } from '../../src/core/sync/rooms/room-company.ts';
import { RoomSync } from '../../src/core/sync/rooms/room-sync.ts';
import { bareOf } from '../../src/xmpp/jid.ts';
import type { FakeClock } from './fake-clock.ts';
import type { ModelEngine, ModelLine } from './model-engine.ts';
import { sealingCore, stepNames, watchStore, type SealingWorld } from './sealing-world.ts';
import { settled } from './scripted-connection.ts';

export interface MessageDevice {
  line: ModelLine;
  /** Its core died with a commit. */
  died: Promise<void>;
  sync: MessageSync;
  rooms: RoomSync;
  book: ConversationBook;
  store: OpenedStore;
  journal: Journal;
  errors: string[];
  /** What its outbox has uploaded; by default nothing ever is. */
  files: { upload(record: OutboxRecord): void };
  /** What the tabs were told. */
  told: Topic[];
  /** A fresh stream is being bound, and then is there. */
  begin(): void;
  arrive(): void;
  open(): void;
  /** It breaks, and takes with it what was on the way. */
  lose(): void;
  write(to: ConversationId, id: string, text: string): Promise<boolean>;
  thread(conversation: ConversationId): Promise<readonly StoredMessage[]>;
  /** The core dies: what the store has committed is all that is left. */
  restart(): Promise<MessageDevice>;
}

export async function messageDevice(
  engine: ModelEngine,
  clock: FakeClock,
  full: string,
  disk: OpenedStore = openMemoryStore(),
  world?: SealingWorld,
): Promise<MessageDevice> {
  const line = engine.connect(full);
  const isInRooms = engine.rooms.size > 0;
  const watched = world && (await watchStore(disk, world, stepNames(world)));
  const store = watched?.store ?? disk;
  const errors: string[] = [];
  const note = (what: string): void => void errors.push(what);
  const log = { error: note, info: () => undefined, debug: () => undefined };
  const files: MessageDevice['files'] = { upload: () => undefined };
  const told: Topic[] = [];
  const changes = { tell: (topic: Topic): void => void told.push(topic) };
  let ids = 0;
  const mintId = (): string => `${full}-${clock.now()}-${++ids}`;
  const book = new ConversationBook((changed, before) => {
    if (looksOtherwise(changed, before)) journal.tell({ about: 'conversations' });
    else journal.touch();
  });
  book.load(await store.conversations());
  const journal: Journal = new Journal({ store, book, clock, changes, log, outcome: () => undefined });
  const encryption = world && sealingCore(world, full, store);
  const connection: Pick<Connection, 'send' | 'ask' | 'state' | 'fullAddress'> = {
    fullAddress: () => full,
    state: () => line.state(),
    ask: (iq) => line.ask(iq),
    send(stanza, fate) {
      if (line.isUp && watched) world?.leaves(stanza, watched.onDisk);
      line.send(stanza, fate);
    },
  };
  const rooms = new RoomSync({
    self: line.bare,
    connection,
    book,
    facts: { fact: () => Promise.resolve(undefined), setFact: () => undefined },
    changes,
    clock,
    log,
    ownName: () => bareOf(full).split('@')[0] ?? '',
    joined: (room, { archive }) => sync.onJoined(room, archive),
    membersChanged: (room, before) => sync.readership.heard(room, before),
  });
  const sync: MessageSync = new MessageSync({
    company: { ...companyOf(line.bare), ...(isInRooms && companyInRooms(rooms)) },
    store,
    book,
    journal,
    connection,
    clock,
    changes,
    log,
    mintId,
    now: () => clock.now(),
    failureOf: () => ({
      kind: 'refused',
      reason: 'other',
    }),
    busy: () => undefined,
    upload: (record) => files.upload(record),
    ...(encryption && { encryption: () => Promise.resolve(encryption) }),
  });
  encryption?.trust.onChange((news) => void sync.keyChanges.heard(news, encryption));
  await Promise.all([sync.load(), rooms.load()]);
  const begin = (): void => {
    line.isUp = true;
    line.isOpening = true;
    line.takeOver();
    if (isInRooms) rooms.onOpening();
    sync.onOpening();
    line.giveUpLost();
  };
  const arrive = (): void => {
    line.isOpening = false;
    rooms.onOnline('fresh');
    sync.onOnline('fresh');
  };
  line.hear = (stanza) => {
    if (isInRooms && rooms.handle(stanza)) return;
    if (stanza.name === 'message') sync.handle(stanza);
  };
  return {
    line,
    died: watched?.died ?? new Promise(() => undefined),
    sync,
    rooms,
    book,
    store,
    journal,
    errors,
    files,
    told,
    begin,
    arrive,
    open() {
      begin();
      arrive();
    },
    lose() {
      line.lose();
      rooms.onOffline();
      sync.onOffline();
    },
    async write(to, id, text) {
      const record =
        book.get(to) ??
        book.change(to, {
          kind: 'direct',
          standing: 'contact',
        });
      return (
        await sync.outbox.write(record, {
          id: id as MessageId,
          text,
        })
      ).ok;
    },
    thread: (conversation) => store.readBelow(conversation, Infinity, 1e5),
    async restart() {
      line.lose();
      sync.stop();
      journal.close();
      await settled();
      return messageDevice(engine, clock, full, disk, world);
    },
  };
}

const companyInRooms = (rooms: RoomSync): Omit<Company, 'self' | 'ownName' | 'nameOf'> => ({
  ...companyOfRooms(rooms),
  ownAuthor: (conversation) => ({
    id: `${conversation}/${rooms.nickOf(conversation)}` as AuthorId,
    name: rooms.nickOf(conversation) ?? '',
  }),
});

export const companyOf = (self: Address): ConstructorParameters<typeof MessageSync>[0]['company'] => ({
  self,
  ownName: () => self,
  nameOf: (person) => person,
  isRoom: () => false,
  occupantOf: () => undefined,
  ownNick: () => undefined,
  isJoined: () => false,
  isEntering: () => false,
  hasArchive: () => false,
  membersOf: () => failed({ kind: 'offline' }),
  learnMembers: () => Promise.resolve(),
  isPrivate: () => false,
  ownAuthor: () => ({ id: self as string as AuthorId, name: self }),
});
