// What the world must hand in to the core, and what its own parts ask of each other.
// `worker.ts` builds the real ones; tests hand in small real things from `test/kit`.
import type { Clock } from '../base/clock.ts';
import type { Address } from '../model/account.ts';
import type { Conversation, ConversationId } from '../model/conversation.ts';
import type { Answer, Failure } from '../model/failure.ts';
import type { SharedFile } from '../model/file.ts';
import type { Message, MessageId, ReadMarks } from '../model/message.ts';
import type { Badge, Protection, UnreadableWhy } from '../model/protection.ts';
import type { StoredReaders } from '../model/readers.ts';
import type { ConnectionState, Notice, StorageState } from '../model/situation.ts';
import type { LegacySwitch, Trusting } from './key-ports.ts';
import type { Topic } from '../contracts/session.ts';
import type { Item } from '../xmpp/codecs/pubsub.ts';
import type { Element } from '../xmpp/xml.ts';
import type { FileShelf, FileSource, Http } from './file-ports.ts';
import type { Online, OpenSocket } from './line-ports.ts';

// ---- the world ----

export interface World {
  clock: Clock;
  /** Cryptographically strong. */
  random(byteCount: number): Uint8Array<ArrayBuffer>;
  subtle: SubtleCrypto;
  openSocket: OpenSocket;
  online: Online;
  /** Undefined where the browser forbids storage: the core then keeps everything in memory and says so. */
  databases: IDBFactory | undefined;
  /** The origin private file system, where there is one: a second place that remembers how far the store had come. */
  files?: (() => Promise<FileSystemDirectoryHandle>) | undefined;
  /** `navigator.storageBuckets`, where there is one: what is wiped there leaves the disk at once. */
  buckets?: StorageBuckets | undefined;
  /** Undefined where nothing is fetched or uploaded. */
  http?: Http | undefined;
  /** `navigator.userAgent`: own devices are told apart by their browser. */
  userAgent?: string;
  log: Log;
}

export interface StorageBuckets {
  keys(): Promise<string[]>;
  open(name: string): Promise<{ readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

/** Logs carry ids, never text, keys or codes. */
export interface Log {
  error(what: string, facts?: LogFacts): void;
  info(what: string, facts?: LogFacts): void;
  debug(what: string, facts?: LogFacts): void;
}
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

// ---- the connection, as sync and session see it ----

export interface Connection {
  state(): ConnectionState;
  /** Bound address, once there has been one. */
  fullAddress(): string | undefined;
  /**
   * Starts and goes on trying until `stop`, or until trying again cannot help. What the engine says on a stream that lives is told, and
   * acknowledged, only once `ready` says so.
   */
  start(login: Login, ready?: Promise<boolean>): void;
  stop(): Promise<void>;
  retryNow(): void;
  /** The session that was resumed turned out to be a shell: gives it up, and begins a fresh one. */
  beginAnew(): void;
  /** Client state indication: false when no tab is visible. */
  setActive(active: boolean): void;
  /**
   * Written at once where a stream lives; `fate` tells when the engine has taken it over, or that the stream ended without a word.
   * Without a live stream the fate is `lost` at once. What a resumed stream carries over is not lost.
   */
  send(stanza: Element, fate?: (fate: 'taken' | 'lost') => void): void;
  /** An iq and its answer. Only the entity that was asked may answer. Failures are values. */
  ask(iq: Element, deadlineMs?: number): Promise<Answer<Element>>;
}

export interface Login {
  services: readonly string[];
  address: Address;
  /** A password the person just typed, or what an earlier sign-in left. */
  secret: { password: string } | { kept: KeptLogin };
}

/** What lets a person stay signed in without the password. Sealed in the store. */
export interface KeptLogin {
  /** SCRAM: salted password material by mechanism, salt and iteration count, never the password. */
  scram?: readonly { mechanism: string; salt: string; iterations: number; clientKey: Uint8Array; serverKey: Uint8Array }[];
  fast?: { mechanism: string; token: string; expiresAt: number; counter: number };
  /** The SASL2 user agent id of this device. */
  device: string;
  services: readonly string[];
  /** What the last sign-ins taught about each service, so that the next is one flight. */
  knowledge?: readonly ServiceKnowledge[];
}

export interface ServiceKnowledge {
  service: string;
  /**
   * How much it bears being told at once: everything; everything but what stands behind a sign-in that has not succeeded yet; one thing
   * after the other.
   */
  pace: 'flight' | 'pause' | 'steps';
  mechanism?: string;
  streamManagement?: boolean;
  /** It also signs in by one request (XEP-0388). */
  sasl2?: { mechanisms: readonly string[]; fast: readonly string[]; bind: boolean; enable: boolean; resume: boolean };
}

/** Whom the connection tells. `session/` satisfies it by wiring sync to it. */
export interface ConnectionListener {
  /**
   * A fresh stream (not a resumed one) is being bound. What is sent or asked from here travels behind the bind in the same flight.
   */
  opening(): void;
  /** The stream lives. After `fresh` everything the engine keeps per session must be set up again. */
  online(how: 'fresh' | 'resumed'): void;
  stanza(stanza: Element): void;
  /**
   * An iq of type get or set that came in; `stanza` hears of it too. An element is sent back as it is, `later` means that the listener answers
   * by itself. Otherwise the connection does: pings and roster pushes with a result, the rest with `service-unavailable`.
   */
  answerIq?(iq: Element): Element | 'later' | undefined;
  stateChanged(state: ConnectionState): void;
  /** To be sealed into the store. */
  loginKept(kept: KeptLogin): void;
}

// ---- the store ----

/**
 * The sealed history of one account. The core is its only writer, so what sync holds in memory is true.
 * Sealing happens before the database transaction opens: a commit is one batch of plain data.
 */
export interface Store {
  state(): StorageState;
  conversations(): Promise<readonly ConversationRecord[]>;
  /** Up to `count` messages with places below `below`, ascending. */
  readBelow(conversation: ConversationId, below: number, count: number): Promise<readonly StoredMessage[]>;
  /** Up to `count` messages with places above `above`, ascending. */
  readAbove(conversation: ConversationId, above: number, count: number): Promise<readonly StoredMessage[]>;
  outbox(): Promise<readonly OutboxRecord[]>;
  fact<T>(name: FactName): Promise<T | undefined>;
  /** Keys, sessions and trust: each sealed by itself, under a name that tells nothing on the disk. */
  keys<T>(name: string): Promise<T | undefined>;
  readonly files: FileShelf;
  /** All of it or nothing. `strict` waits for the disk: for the outbox, and later for ratchets. */
  commit(batch: Batch, durability?: 'strict' | 'relaxed'): Promise<Answer<void>>;
  /** Called when nothing else is to do: folds small blocks into full, deflated ones. Returns whether there is more. */
  compact(): Promise<boolean>;
  close(): Promise<void>;
}

/** What opening a store answers: the store, and what it found. */
export interface OpenedStore extends Store {
  /** The disk gave back less than it had taken: fetch the history again, and tell the person. */
  readonly rolledBack: Rollback | undefined;
  /** What had to be given up since the store was opened. Conversation records stand corrected already: read them again. */
  losses(): readonly StoredLoss[];
}

/** `older-copy`: an earlier state came back. `history-lost`: nothing did. `key-lost`: nothing of it can be opened. */
export type Rollback = 'older-copy' | 'history-lost' | 'key-lost';

/** `unreadable`: damaged or tampered with, never shown. `trimmed`: the oldest made room on a full disk. */
export type StoredLoss =
  | { what: 'messages'; why: 'unreadable' | 'trimmed'; conversation: ConversationId | undefined }
  | { what: 'conversation' | 'outbox' | 'fact' | 'keys' | 'everything'; why: 'unreadable' };

export interface Batch {
  /** New messages. They may stand anywhere, but never between two messages of one stored block: at the end, or inside a gap. */
  messages?: readonly StoredMessage[];
  /** Known messages with changed content, found by conversation and place. */
  changed?: readonly StoredMessage[];
  conversations?: readonly ConversationRecord[];
  outbox?: readonly OutboxRecord[];
  /** Ids that leave the outbox. */
  settled?: readonly MessageId[];
  facts?: Partial<Record<FactName, unknown>>;
  keys?: readonly KeptKeys[];
}

/** What changed in keys, to be written in the same commit as what was said with them. Without a value it goes. */
export interface KeptKeys {
  readonly name: string;
  readonly value: unknown;
}

/** Small named things that survive a restart, each sealed. */
export type FactName =
  | 'account'
  | 'kept-login'
  | 'roster'
  | 'archive-position'
  | 'open-conversation'
  | 'left-open'
  | 'bookmarks'
  | 'epoch'
  | 'settings';

export interface StoredMessage extends Omit<Message, 'outbox'> {
  order: number;
  /** Of a message with a file. No tab is told. */
  fileSource?: FileSource;
  /** The id the archive gave it, from a sender whom we may believe. */
  archiveId?: string;
  /** The sender's id for it: what receipts, markers and duplicates refer to. Other people may choose it freely. */
  originId?: string;
  /** It keeps its place, and nobody is shown it: an own message that was refused late and given up, or what turned out to hold no words. */
  withdrawn?: true;
}

/** What is stored of a conversation: the facts, not what is derived from presence or the connection. */
export interface ConversationRecord {
  id: ConversationId;
  kind: Conversation['kind'];
  title: string;
  standing: Conversation['standing'];
  unread: number;
  mentioned: boolean;
  muted: boolean;
  pinned: boolean;
  lastActivityAt: number;
  preview?: Conversation['preview'];
  /** Where that stands: the newest that is shown. Absent in what was written before this was kept. */
  previewAt?: number;
  draft?: string;
  /** So many files were chosen and not sent yet. */
  staged?: number;
  marks: ReadMarks;
  /** The highest place given so far. */
  top: number;
  gaps: readonly StoredGap[];
  /** For good, until a person says otherwise. Absent: nobody has said, and nothing has decided it yet. */
  encryption?: 'on' | 'off';
  /** Since which place: what came in clear before it is as it always was. */
  encryptedFrom?: number;
  /** Chosen by a person: legacy OMEMO, until the other side, or everybody in the room, has something newer. */
  legacy?: true;
  /** What its messages bear, as far as they were seen. */
  badge?: Badge;
  /** Of an encrypted room: who may read there. */
  readers?: StoredReaders;
  /** The beginning of the conversation is stored. */
  complete: boolean;
  room?: { nick: string; autojoin: boolean; subject?: string; invitedBy?: string };
}

export interface StoredGap {
  id: string;
  /** The place of the message just below (newer than) the hole. */
  below: number;
  /** The archive's id of that message: the archive is asked for what came before it. */
  beforeArchiveId?: string;
  /** The archive's id of the newest message above (older than) the hole: once it is met the hole is closed. */
  afterArchiveId?: string;
}

export interface OutboxRecord {
  id: MessageId;
  conversation: ConversationId;
  text: string;
  writtenAt: number;
  /** Ascending in the order of writing. */
  turn: number;
  /** The bytes on the wire, the same at every attempt. Empty while it still has to be sealed. */
  stanza: string;
  /** It waits until its file has an address. */
  file?: SharedFile;
  fileSource?: FileSource;
  /** Written for an encrypted conversation: it goes sealed, whatever is said of the conversation later. */
  mustSeal?: true;
  protection?: Protection;
  /** The archive's id of something that was known when it was written: whatever becomes of it stands behind that. */
  after?: string;
  stage: 'queued' | 'failed';
  failure?: Failure;
}

// ---- encryption, as sync and session see it ----

/** What `createEncryption` needs of the account. */
export interface EncryptionNeeds {
  /** The own bare address. */
  self: Address;
  world: Pick<World, 'clock' | 'random' | 'subtle' | 'log'>;
  connection: Pick<Connection, 'ask' | 'send' | 'state'>;
  store: Pick<Store, 'keys'>;
  /** By the clock that the engine's agrees with. */
  now(): number;
  /** To be written with the next commit, in the order of all writes; the last value of a name counts. */
  keep(changed: readonly KeptKeys[]): void;
  /** Answers when everything kept so far is on the disk, strictly, or was refused. */
  commit(): Promise<Answer<void>>;
  mintId(): string;
  /** Whether a person may learn that this device is there: answers that nobody writes go only to them. */
  mayAnswer(person: Address): boolean;
  /** What others call this device. */
  label: string;
  /** Another own device has told of people's keys: on how many people its word was taken by now, and what it calls itself. */
  tookOver?: ((told: { people: number; from?: string }) => void) | undefined;
}

/** Found in the keyring after a rollback, written in the same commit that notices it. Keys from before must never be used again. */
export const ROLLED_BACK = 'rolled-back';

export interface Encryption {
  /**
   * Ratchets step one after the other. Inside a turn messages are opened or sealed; what that changed (`takeChanged`) is handed to the
   * journal in the same step as the words, before the turn ends: one commit holds both.
   */
  turn<T>(work: (ratchets: Ratchets) => Promise<T>): Promise<T>;
  /**
   * Whether the other side can read encrypted messages: as known, else asked. Fails where it cannot be known now. Whoever was seen to have a
   * device can: hiding their list must not make first words go in clear.
   */
  canEncryptFor(person: Address): Promise<Answer<boolean>>;
  /**
   * Has everything at hand that a message to these people needs, so that no turn waits for the network. What cannot be had shows when
   * sealing. `mayBeLegacy`: in a room where a person has chosen the older method.
   */
  prepare(people: readonly Address[], mayBeLegacy?: boolean): Promise<void>;
  /** Nobody has to be asked for anything before something is sealed for this person. */
  isAtHand(person: Address): boolean;
  /** A fresh or resumed stream. Publishes what has to be published. */
  onOnline(how: 'fresh' | 'resumed'): void;
  onOffline(): void;
  /** The archive is being fetched: nothing is published and no answer is sent until it is done. */
  setCatchingUp(isCatchingUp: boolean): void;
  /** An event of somebody's published devices, or of how often own ones have begun; returns whether it was one. The sender was judged by whoever asks. */
  hearDevices(person: Address, items: readonly Item[]): void;
  /** What a person can see and decide. */
  readonly trust: Trusting;
  readonly legacy: LegacySwitch;
  /** This device is given up: it is taken off the list, as far as that can be said now. */
  leave(): Promise<void>;
  stop(): void;
}

export interface Ratchets {
  /** Opens a message that bears `encrypted`. Nothing is thrown and nothing is lost: what cannot be opened says why. */
  open(arrival: SealedArrival): Promise<Unsealed>;
  /**
   * Asks for keys that are missing, so it may need the network. Fails with `keys-undecided`, `keys-missing`, or as the network does; then
   * nothing has stepped.
   */
  seal(wish: SealWish): Promise<Answer<SealedWords>>;
  takeChanged(): readonly KeptKeys[];
}

export interface SealedArrival {
  /** The message that bears `encrypted`; its sender was judged. */
  message: Element;
  /** Without resources. */
  sender: Address;
  recipient: Address;
  isRoom: boolean;
  /** Who reads in the room, this account left out, as far as that is known. */
  readers?: readonly Address[];
  sentAt: number;
  fromArchive: boolean;
}

export type Unsealed =
  /** `content` stands in for what was sealed. `timeCertain`: the time inside is days from the one outside. */
  | { outcome: 'opened'; content: readonly Element[]; protection: Protection; timeCertain?: false }
  /** A repeat, or a message that only moves the ratchet on: nobody is shown anything. */
  | { outcome: 'silent' }
  | { outcome: 'unreadable'; why: UnreadableWhy };

export interface SealWish {
  /** The person, or the room and its members. */
  to: Address;
  isRoom: boolean;
  members: readonly Address[];
  /** Those of them who may be written past where they have no device. */
  without?: readonly Address[];
  content: readonly Element[];
  /** A person has chosen legacy OMEMO here, for as long as the other side, or somebody in the room, has nothing newer. */
  mayBeLegacy?: boolean;
}

export interface SealedWords {
  /** `encrypted`, and the hint which method it is. */
  elements: readonly Element[];
  protection: Protection;
}

// ---- what the session tells the tabs ----

export interface Changes {
  tell(topic: Topic): void;
}

export interface Notices {
  add(notice: Notice): void;
}
