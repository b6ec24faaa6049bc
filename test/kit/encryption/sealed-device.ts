// One device of somebody from its messages down to the real encryption, on a line of the model engine and its key server.
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { createEncryption } from '../../../src/core/encryption/create-encryption.ts';
import type { Connection, Encryption, StoredMessage } from '../../../src/core/ports.ts';
import { openMemoryStore } from '../../../src/core/storage/memory-store.ts';
import { ConversationBook } from '../../../src/core/sync/book.ts';
import { Journal } from '../../../src/core/sync/journal.ts';
import { MessageSync } from '../../../src/core/sync/message-sync.ts';
import { NS_PUBSUB, NS_PUBSUB_OWNER } from '../../../src/xmpp/namespaces.ts';
import { child, type Element } from '../../../src/xmpp/xml.ts';
import type { FakeClock } from '../fake-clock.ts';
import { companyOf } from '../message-device.ts';
import type { ModelEngine, ModelLine } from '../model-engine.ts';
import { isWorking, watchedSubtle } from './encryption-device.ts';
import type { KeyServer } from './key-server.ts';
import { settled } from '../scripted-connection.ts';

export interface SealedDevice {
  readonly line: ModelLine;
  readonly encryption: Encryption;
  readonly sync: MessageSync;
  readonly book: ConversationBook;
  readonly errors: string[];
  /** What changed in keys. */
  readonly news: string[];
  /** What own other devices told of keys, as a person would hear it. */
  readonly told: { people: number; from?: string }[];
  open(): void;
  write(to: ConversationId, id: string, text: string): Promise<void>;
  thread(conversation: ConversationId): Promise<readonly StoredMessage[]>;
}

export async function sealedDevice(engine: ModelEngine, keys: KeyServer, clock: FakeClock, full: string): Promise<SealedDevice> {
  const line = engine.connect(full);
  const self = line.bare;
  const store = openMemoryStore();
  const errors: string[] = [];
  const news: string[] = [];
  const told: SealedDevice['told'] = [];
  const log = { error: (what: string) => void errors.push(what), info: () => undefined, debug: () => undefined };
  const changes = { tell: () => undefined };
  let ids = 0;
  const mintId = (): string => `${full}-${clock.now()}-${++ids}`;
  const book = new ConversationBook(() => journal.touch());
  const journal: Journal = new Journal({ store, book, clock, changes, log, outcome: () => undefined });
  const connection: Pick<Connection, 'send' | 'ask' | 'state'> = {
    state: () => line.state(),
    ask: (iq) => (isAboutKeys(iq) && line.isUp ? keys.ask(self, iq) : line.ask(iq)),
    send: (stanza, fate) => line.send(stanza, fate),
  };
  const encryption = await createEncryption({
    self,
    world: { clock, random: (count) => crypto.getRandomValues(new Uint8Array(count)), subtle: watchedSubtle, log },
    connection,
    store,
    now: () => clock.now(),
    keep: (changed) => journal.keep(changed),
    commit: () => journal.commitStrict([]),
    mintId,
    mayAnswer: () => true,
    label: 'Warbler',
    tookOver: (what) => void told.push(what),
  });
  const sync = new MessageSync({
    company: companyOf(self),
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
    busy: (isBusy) => encryption.setCatchingUp(isBusy),
    encryption: () => Promise.resolve(encryption),
    heardDevices(person, items) {
      encryption.hearDevices(person, items);
    },
  });
  encryption.trust.onChange((heard) => {
    news.push(`${heard.person} ${heard.what}`);
    void sync.keyChanges.heard(heard, encryption);
  });
  keys.onPublished((owner, _node, items) => void (line.isUp && encryption.hearDevices(owner, items)));
  await sync.load();
  line.hear = (stanza) => void (stanza.name === 'message' && sync.handle(stanza));
  return {
    line,
    encryption,
    sync,
    book,
    errors,
    news,
    told,
    open() {
      line.isUp = true;
      sync.onOpening();
      sync.onOnline('fresh');
      encryption.onOnline('fresh');
    },
    async write(to, id, text) {
      const record = book.get(to) ?? book.change(to, { kind: 'direct', standing: 'contact' });
      await sync.outbox.write(record, { id: id as MessageId, text });
    },
    thread: (conversation) => store.readBelow(conversation, Infinity, 1e5),
  };
}

const isAboutKeys = (iq: Element): boolean =>
  child(iq, 'pubsub', NS_PUBSUB) !== undefined || child(iq, 'pubsub', NS_PUBSUB_OWNER) !== undefined;

/** Lets time play until nothing is under way on any line, in any thread of the cryptography. */
export async function rest(clock: FakeClock, devices: readonly SealedDevice[]): Promise<void> {
  for (let quiet = 0; quiet < 6;) {
    for (const { line } of devices) {
      line.take();
      line.pass();
      line.acknowledge();
    }
    if (!isWorking()) clock.advance(100);
    await settled();
    quiet = !isWorking() && devices.every(({ line }) => line.isQuiet()) ? quiet + 1 : 0;
  }
}
