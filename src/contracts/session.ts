// The whole talk between a tab and the core. Read aloud, this file tells the product.
// Plain data only: it must survive a structured clone, a BroadcastChannel and a reload.
import type { Account, Address, Credentials } from '../model/account.ts';
import type { Conversation, ConversationId } from '../model/conversation.ts';
import type { Answer } from '../model/failure.ts';
import type { Draft, Message, MessageId, ReadMarks } from '../model/message.ts';
import type { EncryptionWish } from '../model/protection.ts';
import type { Situation } from '../model/situation.ts';
import type { FileDraft, FileOrder, FilePlace, Transfer, UploadLimit } from './files.ts';
import type { AutoLock } from '../model/lock.ts';
import type { BackupPiece, BackupPlace, BackupWish, RestorePiece, RestoreStep, RestoreWish } from './backup.ts';
import type { StagedDraft, StagedOrder } from './staged.ts';
import type { DeviceDecision, KeysOf } from './keys.ts';
import type { ReadersDecision, RoomReaders } from './readers.ts';
import type { LockSecret, LockState, LockWish } from './lock.ts';

/** Raised when a call, a change or a failure changes its shape. Tab and core greet each other with it. */
export const CONTRACT_VERSION = 1;

/** Every call carries an id minted by the tab and may be repeated with it: the second time it answers, it does not act. */
export interface Session {
  signIn(call: CallId, credentials: Credentials): Promise<Answer<Account>>;
  /** Ends the session and destroys the key, so that nothing of this account is readable here any more. */
  signOut(call: CallId): Promise<Answer<void>>;
  readSituation(call: CallId): Promise<Answer<Situation>>;
  dismissNotice(call: CallId, kind: string): Promise<Answer<void>>;
  /** "Try now": skips the wait before the next attempt to connect. */
  reconnect(call: CallId): Promise<Answer<void>>;
  /** What this tab shows: the core is inactive when no tab is visible, and reads nothing for a hidden one. */
  reportTab(call: CallId, tab: TabReport): Promise<Answer<void>>;

  listConversations(call: CallId, query: ListQuery): Promise<Answer<ConversationList>>;
  readConversation(call: CallId, conversation: ConversationId): Promise<Answer<Conversation>>;
  addContact(call: CallId, address: string): Promise<Answer<ConversationId>>;
  answerContact(call: CallId, conversation: ConversationId, answer: 'accept' | 'decline'): Promise<Answer<void>>;
  joinRoom(call: CallId, address: string): Promise<Answer<ConversationId>>;
  leaveRoom(call: CallId, conversation: ConversationId): Promise<Answer<void>>;
  /** Answers once the other service has it; whether the guest comes is another matter. */
  inviteToRoom(call: CallId, conversation: ConversationId, guest: string): Promise<Answer<void>>;
  changeConversation(call: CallId, conversation: ConversationId, change: ConversationChange): Promise<Answer<void>>;

  /** The messages around an anchor, from disk; the archive is asked for what is missing, and gaps are told. */
  readThread(call: CallId, window: ThreadWindow): Promise<Answer<ThreadPage>>;
  /** Fetch what lies in a gap, or above the oldest known message. */
  fillGap(call: CallId, conversation: ConversationId, gap: GapId): Promise<Answer<void>>;
  /** One step of a search through what is stored, from the newest down. Whoever wants to know no more asks for no next step. */
  findInThread(call: CallId, search: ThreadSearch): Promise<Answer<ThreadFindings>>;
  sendMessage(call: CallId, to: ConversationId, draft: Draft): Promise<Answer<Message>>;
  retryMessage(call: CallId, message: MessageId): Promise<Answer<Message>>;
  discardMessage(call: CallId, message: MessageId): Promise<Answer<void>>;
  /** All own messages that wait or failed, wherever they belong, in the order they were written. */
  readOutbox(call: CallId): Promise<Answer<readonly OutboxEntry[]>>;
  saveDraft(call: CallId, conversation: ConversationId, text: string): Promise<Answer<void>>;
  tellWriting(call: CallId, conversation: ConversationId, writing: boolean): Promise<Answer<void>>;
  markRead(call: CallId, conversation: ConversationId, upTo: number): Promise<Answer<void>>;

  /** Devices and keys of a person, or of this account by its own address. */
  readKeys(call: CallId, person: Address): Promise<Answer<KeysOf>>;
  decideOnDevice(call: CallId, person: Address, decision: DeviceDecision): Promise<Answer<void>>;
  /** What a picture or a pasted text says of a person's keys. */
  compareKeys(call: CallId, person: Address, text: string): Promise<Answer<'same' | 'different' | 'not-a-key'>>;
  /** The person read the digits aloud with the other, and they are the same. */
  confirmSafetyNumber(call: CallId, person: Address, number: string): Promise<Answer<'same' | 'different'>>;
  /** From now on what is written there goes encrypted, or by the older method, or in clear: the last two only after a person has said so. */
  changeEncryption(call: CallId, conversation: ConversationId, to: EncryptionWish): Promise<Answer<void>>;
  /** Whether this account speaks the older method as well. */
  changeLegacy(call: CallId, to: 'on' | 'off'): Promise<Answer<void>>;
  /** Who can read in a room, or why it cannot be encrypted. */
  readReaders(call: CallId, room: ConversationId): Promise<Answer<RoomReaders>>;
  /** These may read, as they were shown: what waited for that goes. */
  confirmReaders(call: CallId, room: ConversationId, decision: ReadersDecision): Promise<Answer<void>>;
  renewSessions(call: CallId, person: Address): Promise<Answer<void>>;
  removeOwnDevice(call: CallId, device: number): Promise<Answer<void>>;

  /** How large a file may be there. Nothing: the service takes no files. */
  readUploadLimit(call: CallId, conversation: ConversationId): Promise<Answer<UploadLimit | undefined>>;
  /** Answers once the file is on the disk, with its message as it waits in the outbox. It goes on by itself, after a reload too. */
  sendFile(call: CallId, to: ConversationId, draft: FileDraft): Promise<Answer<Message>>;
  /** A file that was chosen and not sent yet is not lost with a reload, as a draft is not. */
  keepStaged(call: CallId, conversation: ConversationId, draft: StagedDraft): Promise<Answer<void>>;
  arrangeStaged(call: CallId, conversation: ConversationId, order: StagedOrder): Promise<Answer<void>>;
  readStaged(call: CallId, conversation: ConversationId): Promise<Answer<readonly StagedDraft[]>>;
  /** Begins to fetch; `readTransfers` tells how far it is. */
  fetchFile(call: CallId, file: FileOrder): Promise<Answer<void>>;
  /** On its way up, its message leaves the outbox; on its way down, what was fetched is given up. */
  cancelTransfer(call: CallId, file: FilePlace): Promise<Answer<void>>;
  /** Whole and checked, from the disk; `not-fetched` where it is not here. Its type says nothing: who shows it decides what it may be. */
  readFile(call: CallId, file: FilePlace): Promise<Answer<Blob>>;
  /** What travels or failed, and which files of this conversation are here. */
  readTransfers(call: CallId, conversation: ConversationId): Promise<Answer<readonly Transfer[]>>;

  readLock(call: CallId): Promise<Answer<LockState>>;
  /** All that is stored moves under a fresh key; what the old one opened is gone when it answers. */
  setLock(call: CallId, wish: LockWish): Promise<Answer<void>>;
  setAutoLock(call: CallId, auto: AutoLock): Promise<Answer<void>>;
  unlock(call: CallId, secret: LockSecret): Promise<Answer<void>>;
  /** In every tab; the core ends, and what it knew with it. */
  lockNow(call: CallId): Promise<Answer<void>>;
  /** Somebody is at this tab. Told now and then, and only where being idle locks. */
  tellPresent(call: CallId): Promise<Answer<void>>;
  /** What this tab showed when it was locked, or else what was open last in this profile. */
  readLastOpen(call: CallId): Promise<Answer<ConversationId | undefined>>;
  /** Begins to write all that is kept of this account into one sealed file, and answers its name; `readBackup` gives it piece by piece. */
  beginBackup(call: CallId, wish: BackupWish): Promise<Answer<string>>;
  readBackup(call: CallId, place: BackupPlace): Promise<Answer<BackupPiece>>;
  /** Begins to bring a backup back; each step says which bytes of the file it wants next. */
  beginRestore(call: CallId, wish: RestoreWish): Promise<Answer<RestoreStep>>;
  /** Without bytes: what is wanted? */
  giveToRestore(call: CallId, piece: RestorePiece): Promise<Answer<RestoreStep>>;
  /** Gives up a backup or a restore. What was brought back stays. */
  endBackup(call: CallId, id: string): Promise<Answer<void>>;
}

/** The calls a port admits: exactly these, one segment each. */
export const SESSION_CALLS: readonly (keyof Session)[] = [
  'signIn',
  'signOut',
  'readSituation',
  'dismissNotice',
  'reconnect',
  'reportTab',
  'listConversations',
  'readConversation',
  'addContact',
  'answerContact',
  'joinRoom',
  'leaveRoom',
  'inviteToRoom',
  'changeConversation',
  'readThread',
  'fillGap',
  'findInThread',
  'sendMessage',
  'retryMessage',
  'discardMessage',
  'readOutbox',
  'saveDraft',
  'tellWriting',
  'markRead',
  'readKeys',
  'decideOnDevice',
  'compareKeys',
  'confirmSafetyNumber',
  'changeEncryption',
  'readReaders',
  'confirmReaders',
  'changeLegacy',
  'renewSessions',
  'removeOwnDevice',
  'readUploadLimit',
  'sendFile',
  'keepStaged',
  'arrangeStaged',
  'readStaged',
  'fetchFile',
  'cancelTransfer',
  'readFile',
  'readTransfers',
  'readLock',
  'setLock',
  'setAutoLock',
  'unlock',
  'lockNow',
  'tellPresent',
  'readLastOpen',
  'beginBackup',
  'readBackup',
  'beginRestore',
  'giveToRestore',
  'endBackup',
];

/**
 * The only thing the core says unasked, at most once a tick: what is no longer as the tab last saw it.
 * The tab fetches what it shows: at once, or in a burst at its next frame. A revision that skips a number means: look at everything again.
 */
export interface Changed {
  revision: number;
  topics: readonly Topic[];
}

export type Topic =
  | { about: 'situation' }
  | { about: 'conversations' }
  /** Devices of a person, or what is thought of them; of a room, who can read there. */
  | { about: 'keys'; person: Address }
  /** Files on their way, at most four times a second. */
  | { about: 'transfers'; conversation: ConversationId }
  /**
   * `from` is the lowest place that changed; without it the newest end, the outbox or the marks did. `to` is the highest: what lies above
   * it, these included, is as it was.
   */
  | { about: 'thread'; conversation: ConversationId; from?: number; to?: number };

export type CallId = string & { readonly callId: unique symbol };

export interface TabReport {
  visible: boolean;
  /** The conversation this tab shows, if any. */
  conversation?: ConversationId;
}

export interface ListQuery {
  from: number;
  count: number;
  /** Only conversations whose title or address contains this. */
  matching?: string;
  only?: 'unread' | 'mentioned' | 'rooms' | 'contacts';
}

export interface ConversationList {
  rows: readonly Conversation[];
  /** Of those that match. */
  total: number;
  /** False while the first list of a fresh device is still on its way. */
  complete: boolean;
}

export interface ConversationChange {
  muted?: boolean;
  pinned?: boolean;
}

export interface ThreadWindow {
  conversation: ConversationId;
  /** A place in the thread; `unread` is the first unread message, a time the first message that was sent then or later. */
  around: 'newest' | 'unread' | number | { sentAt: number };
  before: number;
  after: number;
}

export interface ThreadPage {
  /** Ascending by `order`. With a numeric anchor, `before` counts places below it and `after` those above; the anchor itself is not repeated. */
  messages: readonly Message[];
  /** Every own message that still waits, in the order it was written. Complete in every page. */
  outbox: readonly Message[];
  gaps: readonly Gap[];
  marks: ReadMarks;
  /** The first message of the conversation is on this page. */
  atStart: boolean;
  /** The newest message is on this page. */
  atEnd: boolean;
}

export interface ThreadSearch {
  conversation: ConversationId;
  words: string;
  /** Only what stands between these places, both excluded. */
  above: number;
  below: number;
}

export interface ThreadFindings {
  /** Newest first. */
  found: readonly FoundMessage[];
  /** The search goes on below this place. */
  next?: number;
  /** At the end of the search: where messages are missing in all of the conversation, newest first. Nobody has looked there. */
  gaps: readonly Gap[];
}

export interface FoundMessage {
  id: MessageId;
  order: number;
}

export interface OutboxEntry {
  message: Message;
  /** What the conversation is called. */
  title: string;
}

/** A hole in what this device knows, just above (older than) the message at `below`. */
export interface Gap {
  id: GapId;
  below: number;
  /** `filling` while the archive is being asked; `failed` after it did not answer. */
  state: 'open' | 'filling' | 'failed';
}

export type GapId = string & { readonly gapId: unique symbol };
