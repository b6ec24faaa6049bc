// A session that follows a script: conversations and messages as plain data, answers as slow or as failing as a test wants.
// It keeps the contract's promises (pages, outbox, marks, changes), so an element cannot tell it from the core.
import type { ClientState, HostKind, Look, SessionClient } from '../../src/client/session-client.ts';
import type { BackupPiece, RestoreStep } from '../../src/contracts/backup.ts';
import type { FirstPage } from '../../src/contracts/port.ts';
import type { KeysOf } from '../../src/contracts/keys.ts';
import type { LockSecret, LockState, LockWish } from '../../src/contracts/lock.ts';
import type { AutoLock } from '../../src/model/lock.ts';
import type {
  ConversationList,
  GapId,
  ListQuery,
  OutboxEntry,
  ThreadFindings,
  ThreadPage,
  ThreadSearch,
  ThreadWindow,
} from '../../src/contracts/session.ts';
import type { Account, Address } from '../../src/model/account.ts';
import { compareConversations, type Conversation, type ConversationId } from '../../src/model/conversation.ts';
import { failed, type Answer, type Failure } from '../../src/model/failure.ts';
import type { SharedFile } from '../../src/model/file.ts';
import { NO_MARKS, type AuthorId, type Draft, type Message, type MessageId, type ReadMarks } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/situation.ts';
import { ScriptedBackups } from './scripted-backups.ts';
import { ScriptedCalls } from './scripted-calls.ts';
import { fileOf, ScriptedFiles } from './scripted-files.ts';
import { ScriptedKeys } from './scripted-keys.ts';
import { flat, sayLocked, ScriptedLock } from './scripted-lock.ts';
import { matches, plainConversation } from './scripted-list.ts';
import { plainSituation } from './scripted-situation.ts';
import { plainMessage } from './scripted-message.ts';
import { pageOf, searchOf, type ScriptedThread } from './scripted-thread.ts';

export const ME = 'mia@warbler.example' as Address;
export const LI = 'li@warbler.example' as ConversationId;

export class ScriptedSession extends ScriptedCalls implements SessionClient {
  state: ClientState = 'attached';
  host: HostKind | undefined = 'in-page';
  failure: Failure | undefined;
  firstPage: Promise<FirstPage | undefined> = Promise.resolve(undefined);

  readonly conversations = new Map<ConversationId, Conversation>();
  readonly threads = new Map<ConversationId, ScriptedThread>();
  readonly keys: ScriptedKeys = new ScriptedKeys();
  readonly files: ScriptedFiles = new ScriptedFiles();
  readonly lock: ScriptedLock = new ScriptedLock();
  /** What was open last. */
  lastOpen: ConversationId | undefined;
  readonly backups: ScriptedBackups = new ScriptedBackups();
  situation: Situation = plainSituation;
  complete = true;
  #listeners = new Set<(looks: readonly Look[]) => void>();
  #stateListeners = new Set<(state: ClientState) => void>();

  // ---- the script ----

  add(
    conversation: Partial<Conversation> & { id: ConversationId },
    messages: readonly Message[] = [],
    marks: Partial<ReadMarks> = {},
  ): this {
    const last = messages.at(-1);
    this.conversations.set(conversation.id, {
      ...plainConversation,
      title: conversation.id,
      lastActivityAt: last?.sentAt ?? 0,
      ...conversation,
    });
    this.threads.set(conversation.id, { messages: [...messages], outbox: [], gaps: [], marks: { ...NO_MARKS, ...marks } });
    return this;
  }

  thread(id: ConversationId = LI): ScriptedThread {
    const thread = this.threads.get(id);
    if (!thread) throw new Error(`no thread for ${id}`);
    return thread;
  }

  /** New messages at the end, and the word of it. */
  receive(id: ConversationId, ...messages: readonly Message[]): void {
    this.thread(id).messages.push(...messages);
    this.tell({ about: 'thread', conversation: id });
  }

  /** The outbox entry becomes a message with a place. */
  settle(id: ConversationId, message: MessageId): void {
    const thread = this.thread(id);
    const entry = thread.outbox.find((one) => one.id === message);
    if (!entry) throw new Error(`${message} is not in the outbox`);
    const { outbox: _, ...rest } = entry;
    thread.outbox = thread.outbox.filter((one) => one !== entry);
    thread.messages.push({ ...rest, order: (thread.messages.at(-1)?.order ?? 0) + 1 });
    this.tell({ about: 'thread', conversation: id });
  }

  failMessage(id: ConversationId, message: MessageId, failure: Failure): void {
    const thread = this.thread(id);
    thread.outbox = thread.outbox.map((one) => (one.id === message ? { ...one, outbox: { stage: 'failed', failure } } : one));
    this.tell({ about: 'thread', conversation: id });
  }

  change(id: ConversationId, change: Partial<Conversation>): void {
    const known = this.conversations.get(id);
    if (!known) throw new Error(`no conversation ${id}`);
    this.conversations.set(id, { ...known, ...change });
    this.tell({ about: 'conversations' });
  }

  changeSituation(change: Partial<Situation>): void {
    this.situation = { ...this.situation, ...change };
    this.tell({ about: 'situation' });
  }

  tell(...looks: readonly Look[]): void {
    for (const listener of this.#listeners) listener(looks);
  }

  become(state: ClientState, failure?: Failure): void {
    this.state = state;
    this.failure = failure;
    for (const listener of this.#stateListeners) listener(state);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  // ---- the calls ----

  onChanged(listener: (looks: readonly Look[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onState(listener: (state: ClientState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#stateListeners.clear();
  }

  signIn(...args: Parameters<SessionClient['signIn']>): Promise<Answer<Account>> {
    return this.answer('signIn', args, () => {
      const account: Account = {
        address: args[0].address as Address,
        name: args[0].address.split('@')[0] ?? '',
        services: args[0].services,
      };
      this.changeSituation({ sign: 'signed-in', account });
      return account;
    });
  }

  signOut(): Promise<Answer<void>> {
    return this.answer('signOut', [], () => this.changeSituation({ sign: 'signed-out' }));
  }

  readSituation(): Promise<Answer<Situation>> {
    return this.answer('readSituation', [], () => this.situation);
  }

  dismissNotice(...args: Parameters<SessionClient['dismissNotice']>): Promise<Answer<void>> {
    return this.answer('dismissNotice', args, () =>
      this.changeSituation({ notices: this.situation.notices.filter((notice) => notice.kind !== args[0]) }),
    );
  }

  reconnect(): Promise<Answer<void>> {
    return this.answer('reconnect', [], () => undefined);
  }

  reportTab(...args: Parameters<SessionClient['reportTab']>): Promise<Answer<void>> {
    return this.answer('reportTab', args, () => undefined);
  }

  listConversations(query: ListQuery): Promise<Answer<ConversationList>> {
    return this.answer('listConversations', [query], () => {
      const rows = [...this.conversations.values()].filter((one) => matches(one, query)).toSorted(compareConversations);
      return { rows: rows.slice(query.from, query.from + query.count), total: rows.length, complete: this.complete };
    });
  }

  readConversation(id: ConversationId): Promise<Answer<Conversation>> {
    const known = this.conversations.get(id);
    if (!known) return Promise.resolve(failed({ kind: 'not-found' }));
    return this.answer('readConversation', [id], () => this.conversations.get(id) ?? known);
  }

  addContact(address: string): Promise<Answer<ConversationId>> {
    return this.answer('addContact', [address], () => this.#begin(address, 'direct'));
  }

  joinRoom(address: string): Promise<Answer<ConversationId>> {
    return this.answer('joinRoom', [address], () => this.#begin(address, 'room'));
  }

  answerContact(...args: Parameters<SessionClient['answerContact']>): Promise<Answer<void>> {
    return this.answer('answerContact', args, () => this.change(args[0], { standing: args[1] === 'accept' ? 'contact' : 'stranger' }));
  }

  leaveRoom(id: ConversationId): Promise<Answer<void>> {
    return this.answer('leaveRoom', [id], () => {
      this.conversations.delete(id);
      this.tell({ about: 'conversations' });
    });
  }

  inviteToRoom(...args: Parameters<SessionClient['inviteToRoom']>): Promise<Answer<void>> {
    return this.answer('inviteToRoom', args, () => undefined);
  }

  changeConversation(...args: Parameters<SessionClient['changeConversation']>): Promise<Answer<void>> {
    return this.answer('changeConversation', args, () => this.change(args[0], args[1]));
  }

  readThread(window: ThreadWindow): Promise<Answer<ThreadPage>> {
    return this.answer('readThread', [window], () => pageOf(this.thread(window.conversation), window));
  }

  fillGap(id: ConversationId, gap: GapId): Promise<Answer<void>> {
    return this.answer('fillGap', [id, gap], () => undefined);
  }

  findInThread(search: ThreadSearch): Promise<Answer<ThreadFindings>> {
    return this.answer('findInThread', [search], () => searchOf(this.thread(search.conversation), search));
  }

  sendMessage(to: ConversationId, draft: Draft): Promise<Answer<Message>> {
    return this.answer('sendMessage', [to, draft], () => this.#write(to, draft));
  }

  retryMessage(id: MessageId): Promise<Answer<Message>> {
    return this.answer('retryMessage', [id], () => {
      for (const [conversation, thread] of this.threads) {
        const entry = thread.outbox.find((one) => one.id === id);
        if (!entry) continue;
        const retried: Message = { ...entry, outbox: { stage: 'sending' } };
        thread.outbox = thread.outbox.map((one) => (one === entry ? retried : one));
        this.tell({ about: 'thread', conversation });
        return retried;
      }
      throw new Error(`${id} is not in an outbox`);
    });
  }

  discardMessage(id: MessageId): Promise<Answer<void>> {
    return this.answer('discardMessage', [id], () => {
      for (const [conversation, thread] of this.threads) {
        thread.outbox = thread.outbox.filter((one) => one.id !== id);
        this.tell({ about: 'thread', conversation });
      }
    });
  }

  readOutbox(): Promise<Answer<readonly OutboxEntry[]>> {
    return this.answer('readOutbox', [], () =>
      [...this.threads].flatMap(([id, { outbox }]) =>
        outbox.map((message) => ({ message: structuredClone(message), title: this.conversations.get(id)?.title ?? id })),
      ),
    );
  }

  saveDraft(id: ConversationId, text: string): Promise<Answer<void>> {
    return this.answer('saveDraft', [id, text], () => this.change(id, { draft: text }));
  }

  tellWriting(...args: Parameters<SessionClient['tellWriting']>): Promise<Answer<void>> {
    return this.answer('tellWriting', args, () => undefined);
  }

  markRead(id: ConversationId, upTo: number): Promise<Answer<void>> {
    return this.answer('markRead', [id, upTo], () => {
      const thread = this.thread(id);
      thread.marks = { ...thread.marks, readUpTo: Math.max(thread.marks.readUpTo, upTo) };
      this.tell({ about: 'thread', conversation: id }, { about: 'conversations' });
    });
  }

  readKeys(person: Address): Promise<Answer<KeysOf>> {
    return this.answer('readKeys', [person], () => this.keys.of(person));
  }

  decideOnDevice(...args: Parameters<SessionClient['decideOnDevice']>): Promise<Answer<void>> {
    return this.answer('decideOnDevice', args, () => this.#keysOf(args[0], () => this.keys.decide(...args)));
  }

  compareKeys(...args: Parameters<SessionClient['compareKeys']>): Promise<Answer<'same' | 'different' | 'not-a-key'>> {
    return this.answer('compareKeys', args, () => this.#keysOf(args[0], () => this.keys.compare(...args)));
  }

  confirmSafetyNumber(...args: Parameters<SessionClient['confirmSafetyNumber']>): Promise<Answer<'same' | 'different'>> {
    return this.answer('confirmSafetyNumber', args, () => this.#keysOf(args[0], () => this.keys.confirm(...args)));
  }

  renewSessions(...args: [Address]): Promise<Answer<void>> {
    return this.answer('renewSessions', args, () => undefined);
  }

  removeOwnDevice(device: number): Promise<Answer<void>> {
    return this.answer('removeOwnDevice', [device], () => this.#keysOf(ME, () => this.keys.remove(ME, device)));
  }

  beginBackup(...args: Parameters<SessionClient['beginBackup']>): Promise<Answer<string>> {
    return this.answer('beginBackup', args, () => 'backup');
  }

  readBackup(...args: Parameters<SessionClient['readBackup']>): Promise<Answer<BackupPiece>> {
    return this.answer('readBackup', args, () => this.backups.piece(...args));
  }

  beginRestore(...args: Parameters<SessionClient['beginRestore']>): Promise<Answer<RestoreStep>> {
    return this.answer('beginRestore', args, () => this.backups.step());
  }

  giveToRestore(...args: Parameters<SessionClient['giveToRestore']>): Promise<Answer<RestoreStep>> {
    return this.answer('giveToRestore', args, () => this.backups.step());
  }

  endBackup(id: string): Promise<Answer<void>> {
    return this.answer('endBackup', [id], () => undefined);
  }

  readonly readUploadLimit: SessionClient['readUploadLimit'] = (id) => this.answer('readUploadLimit', [id], () => this.files.limit);
  readonly keepStaged: SessionClient['keepStaged'] = (id, draft) =>
    this.answer('keepStaged', [id, draft], () => void this.files.staged.set(id, [...(this.files.staged.get(id) ?? []), draft]));
  readonly arrangeStaged: SessionClient['arrangeStaged'] = (id, order) =>
    this.answer('arrangeStaged', [id, order], () => this.files.arrange(id, order));
  readonly readStaged: SessionClient['readStaged'] = (id) => this.answer('readStaged', [id], () => this.files.staged.get(id) ?? []);
  readonly sendFile: SessionClient['sendFile'] = (to, draft) =>
    this.answer('sendFile', [to, draft], () => this.#write(to, draft, fileOf(draft)));
  readonly fetchFile: SessionClient['fetchFile'] = (place) => this.answer('fetchFile', [place], () => undefined);
  readonly cancelTransfer: SessionClient['cancelTransfer'] = (place) =>
    this.answer('cancelTransfer', [place], () => this.files.drop(place));
  readonly readTransfers: SessionClient['readTransfers'] = (id) => this.answer('readTransfers', [id], () => this.files.of(id));
  readonly readFile: SessionClient['readFile'] = async (place) => {
    const body = this.files.body(place);
    return body ? this.answer('readFile', [place], () => body) : failed({ kind: 'not-fetched' });
  };
  readonly changeEncryption: SessionClient['changeEncryption'] = (...[id, to]) =>
    this.answer('changeEncryption', [id, to], () => {
      this.change(id, { encrypted: to !== 'off', legacy: to === 'legacy' });
      if (to === 'legacy') this.#keysOf(id, () => this.keys.speakOlder(id, true));
    });
  readonly changeLegacy: SessionClient['changeLegacy'] = (to) =>
    this.answer('changeLegacy', [to], () => this.#keysOf(ME, () => this.keys.speakOlder(ME, to === 'on')));
  readonly readReaders: SessionClient['readReaders'] = (room) => this.answer('readReaders', [room], () => this.keys.readersOf(room));
  readonly confirmReaders: SessionClient['confirmReaders'] = (...args) =>
    this.answer('confirmReaders', args, () => this.#keysOf(args[0], () => this.keys.confirmReaders(...args)));
  readonly readLock = (): Promise<Answer<LockState>> => this.answer('readLock', [], () => this.lock.state);
  readonly setLock = (wish: LockWish): Promise<Answer<void>> => flat(this.answer('setLock', [wish.mode], () => this.lock.set(wish)));
  readonly setAutoLock = (auto: AutoLock): Promise<Answer<void>> => this.answer('setAutoLock', [auto], () => this.lock.setAuto(auto));
  readonly unlock = (secret: LockSecret): Promise<Answer<void>> =>
    flat(this.answer('unlock', [secret.by], () => this.lock.opens(secret, () => this.changeSituation({ sign: 'signed-in' }))));
  readonly lockNow = (): Promise<Answer<void>> => this.answer('lockNow', [], () => sayLocked(this));
  readonly readLastOpen = (): Promise<Answer<ConversationId | undefined>> => this.answer('readLastOpen', [], () => this.lastOpen);
  readonly tellPresent = (): Promise<Answer<void>> => this.answer('tellPresent', [], () => undefined);

  #keysOf<T>(person: Address, work: () => T): T {
    const result = work();
    this.tell({ about: 'keys', person });
    return result;
  }

  #write(to: ConversationId, { id, text }: Draft, file?: SharedFile): Message {
    const author = { author: ME as string as AuthorId, authorName: 'Mia', own: true };
    const written: Message = { ...plainMessage, ...author, id, conversation: to, text, order: undefined, sentAt: Date.now() };
    const entry: Message = { ...written, ...(file && { file }), outbox: { stage: 'sending' } };
    this.thread(to).outbox.push(entry);
    this.tell({ about: 'thread', conversation: to });
    return entry;
  }

  #begin(address: string, kind: Conversation['kind']): ConversationId {
    const id = address as ConversationId;
    if (!this.conversations.has(id))
      this.add({ id, kind, title: address.split('@')[0] ?? address, standing: kind === 'room' ? 'member' : 'asked-by-us' });
    this.tell({ about: 'conversations' });
    return id;
  }
}

/** Message number `order` of a conversation, with whatever a test wants different. */
export function messageAt(order: number, parts: Partial<Message> = {}): Message {
  const own = parts.own ?? false;
  const base: Message = {
    ...plainMessage,
    id: `m${order}` as MessageId,
    order,
    text: `message ${order}`,
    sentAt: 1_753_000_000_000 + order * 60_000,
  };
  return { ...base, ...(own ? { author: ME as string as AuthorId, authorName: 'Mia' } : {}), ...parts };
}
