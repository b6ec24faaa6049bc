// The contract, as one tab calls it. Each call finds the account, or says that nobody is signed in.
import type {
  CallId,
  ConversationChange,
  ConversationList,
  GapId,
  ListQuery,
  OutboxEntry,
  Session,
  TabReport,
  ThreadFindings,
  ThreadPage,
  ThreadSearch,
  ThreadWindow,
} from '../../contracts/session.ts';
import type { BackupPiece, BackupPlace, BackupWish, RestorePiece, RestoreStep, RestoreWish } from '../../contracts/backup.ts';
import type { FileDraft, FileOrder, FilePlace, Transfer, UploadLimit } from '../../contracts/files.ts';
import type { DeviceDecision, KeysOf } from '../../contracts/keys.ts';
import type { ReadersDecision, RoomReaders } from '../../contracts/readers.ts';
import type { StagedDraft, StagedOrder } from '../../contracts/staged.ts';
import type { LockSecret, LockState, LockWish } from '../../contracts/lock.ts';
import type { AutoLock } from '../../model/lock.ts';
import type { Account, Address, Credentials } from '../../model/account.ts';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { LONGEST_TEXT, type Draft, type Message, type MessageId } from '../../model/message.ts';
import type { EncryptionWish } from '../../model/protection.ts';
import type { Situation } from '../../model/situation.ts';
import type { AccountSession } from './account-session.ts';
import { lastWaiting, viewConversation } from './conversation-view.ts';
import { cancelTransfer, fetchFile, readFile, readTransfers, readUploadLimit, sendFile } from './file-calls.ts';
import { findInThread } from './find-in-thread.ts';
import {
  changeEncryption,
  changeLegacy,
  compareKeys,
  confirmSafetyNumber,
  decideOnDevice,
  readKeys,
  removeOwnDevice,
  renewSessions,
} from './keys-calls.ts';
import { readLastOpen } from './last-open.ts';
import { listConversations } from './list.ts';
import type { Noted } from './noted.ts';
import { confirmReaders, readReaders } from './readers-calls.ts';
import type { SessionLife } from './session-life.ts';
import { arrangeStaged, keepStaged, readStaged } from './staged-calls.ts';
import { viewOutbox } from './outbox-view.ts';
import { viewSituation } from './situation-view.ts';
import type { Tabs } from './tabs.ts';
import { discardMessage, fillGap, markRead, readThread, retryMessage, sendMessage } from './thread-calls.ts';

export interface TabSessionNeeds {
  life: SessionLife;
  notices: Noted;
  tabs: Tabs;
}

export class TabSession implements Session {
  readonly #needs: TabSessionNeeds;
  readonly #tab: string;

  constructor(tab: string, needs: TabSessionNeeds) {
    this.#needs = needs;
    this.#tab = tab;
  }

  signIn(_call: CallId, credentials: Credentials): Promise<Answer<Account>> {
    return this.#needs.life.signIn(credentials);
  }

  signOut(_call: CallId): Promise<Answer<void>> {
    return this.#needs.life.signOut();
  }

  async readSituation(_call: CallId): Promise<Answer<Situation>> {
    return succeeded(viewSituation(this.#needs.life, this.#needs.notices));
  }

  async dismissNotice(_call: CallId, kind: string): Promise<Answer<void>> {
    this.#needs.notices.dismiss(kind);
    return succeeded(undefined);
  }

  reconnect(_call: CallId): Promise<Answer<void>> {
    return this.#signedIn((session) => done(session.connection.retryNow()));
  }

  async reportTab(_call: CallId, tab: TabReport): Promise<Answer<void>> {
    this.#needs.tabs.report(this.#tab, tab);
    return succeeded(undefined);
  }

  listConversations(_call: CallId, query: ListQuery): Promise<Answer<ConversationList>> {
    return this.#signedIn((session) => succeeded(listConversations(session, query)));
  }

  readConversation(_call: CallId, conversation: ConversationId): Promise<Answer<Conversation>> {
    return this.#signedIn((session) => {
      const record = session.book.get(conversation);
      return record ? succeeded(viewConversation(record, session, lastWaiting(session))) : failed({ kind: 'not-found' });
    });
  }

  addContact(_call: CallId, address: string): Promise<Answer<ConversationId>> {
    return this.#signedIn((session) => session.people.addContact(address));
  }

  answerContact(_call: CallId, conversation: ConversationId, answer: 'accept' | 'decline'): Promise<Answer<void>> {
    return this.#signedIn(({ people, rooms }) => {
      const decision = answer === 'accept' ? 'accept' : 'decline';
      return rooms.isRoom(conversation) ? rooms.answerInvitation(conversation, decision) : people.answerContact(conversation, decision);
    });
  }

  joinRoom(_call: CallId, address: string): Promise<Answer<ConversationId>> {
    return this.#signedIn((session) => session.rooms.joinRoom(address));
  }

  leaveRoom(_call: CallId, conversation: ConversationId): Promise<Answer<void>> {
    return this.#signedIn((session) => session.rooms.leaveRoom(conversation));
  }

  /** The tab's id is the message's too: what is repeated is the same invitation. */
  inviteToRoom(call: CallId, conversation: ConversationId, guest: string): Promise<Answer<void>> {
    return this.#signedIn((session) => session.rooms.invite(call, conversation, guest));
  }

  changeConversation(_call: CallId, conversation: ConversationId, { muted, pinned }: ConversationChange): Promise<Answer<void>> {
    return this.#signedIn((session) => {
      if (!session.book.get(conversation)) return failed({ kind: 'not-found' });
      session.book.change(conversation, { ...(typeof muted === 'boolean' && { muted }), ...(typeof pinned === 'boolean' && { pinned }) });
      return succeeded(undefined);
    });
  }

  readThread(_call: CallId, window: ThreadWindow): Promise<Answer<ThreadPage>> {
    return this.#signedIn((session) => readThread(session, window));
  }

  fillGap(_call: CallId, conversation: ConversationId, gap: GapId): Promise<Answer<void>> {
    return this.#signedIn((session) => fillGap(session, conversation, gap));
  }

  findInThread(_call: CallId, search: ThreadSearch): Promise<Answer<ThreadFindings>> {
    return this.#signedIn((session) => findInThread(session, search));
  }

  sendMessage(_call: CallId, to: ConversationId, draft: Draft): Promise<Answer<Message>> {
    const said = { id: String(draft.id) as MessageId, text: String(draft.text) };
    return this.#signedIn((session) => session.messages.outbox.handedIn.follow(sendMessage(session, to, said)));
  }

  retryMessage(_call: CallId, message: MessageId): Promise<Answer<Message>> {
    return this.#signedIn((session) => retryMessage(session, message));
  }

  discardMessage(_call: CallId, message: MessageId): Promise<Answer<void>> {
    return this.#signedIn((session) => discardMessage(session, message));
  }

  readOutbox(_call: CallId): Promise<Answer<readonly OutboxEntry[]>> {
    return this.#signedIn((session) => succeeded(viewOutbox(session)));
  }

  /** The last writer counts. A draft may be longer than a message: it is not lost because of that. */
  saveDraft(_call: CallId, conversation: ConversationId, text: string): Promise<Answer<void>> {
    return this.#signedIn((session) => {
      if (text.length > LONGEST_TEXT * 4) return failed({ kind: 'message-too-long', limit: LONGEST_TEXT });
      if (!session.book.get(conversation)) return failed({ kind: 'not-found' });
      session.book.change(conversation, { draft: text === '' ? undefined : text });
      return succeeded(undefined);
    });
  }

  tellWriting(_call: CallId, conversation: ConversationId, writing: boolean): Promise<Answer<void>> {
    return this.#signedIn((session) => done(session.messages.states.tell(conversation, writing)));
  }

  markRead(_call: CallId, conversation: ConversationId, upTo: number): Promise<Answer<void>> {
    return this.#signedIn((session) => markRead(session, conversation, upTo));
  }

  readKeys(_call: CallId, person: Address): Promise<Answer<KeysOf>> {
    return this.#signedIn((session) => readKeys(session, person));
  }

  decideOnDevice(_call: CallId, person: Address, decision: DeviceDecision): Promise<Answer<void>> {
    return this.#signedIn((session) => decideOnDevice(session, person, decision));
  }

  compareKeys(_call: CallId, person: Address, text: string): Promise<Answer<'same' | 'different' | 'not-a-key'>> {
    return this.#signedIn((session) => compareKeys(session, person, text));
  }

  confirmSafetyNumber(_call: CallId, person: Address, number: string): Promise<Answer<'same' | 'different'>> {
    return this.#signedIn((session) => confirmSafetyNumber(session, person, number));
  }

  changeEncryption(_call: CallId, conversation: ConversationId, to: EncryptionWish): Promise<Answer<void>> {
    return this.#signedIn((session) => changeEncryption(session, conversation, to));
  }

  changeLegacy(_call: CallId, to: 'on' | 'off'): Promise<Answer<void>> {
    return this.#signedIn((session) => changeLegacy(session, to));
  }

  readReaders(_call: CallId, room: ConversationId): Promise<Answer<RoomReaders>> {
    return this.#signedIn((session) => readReaders(session, room));
  }

  confirmReaders(_call: CallId, room: ConversationId, decision: ReadersDecision): Promise<Answer<void>> {
    return this.#signedIn((session) => confirmReaders(session, room, decision));
  }

  renewSessions(_call: CallId, person: Address): Promise<Answer<void>> {
    return this.#signedIn((session) => renewSessions(session, person));
  }

  removeOwnDevice(_call: CallId, device: number): Promise<Answer<void>> {
    return this.#signedIn((session) => removeOwnDevice(session, device));
  }

  readUploadLimit(_call: CallId, conversation: ConversationId): Promise<Answer<UploadLimit | undefined>> {
    return this.#signedIn((session) => readUploadLimit(session, conversation));
  }

  sendFile(_call: CallId, to: ConversationId, draft: FileDraft): Promise<Answer<Message>> {
    return this.#signedIn((session) => session.messages.outbox.handedIn.follow(sendFile(session, to, draft)));
  }

  keepStaged(_call: CallId, conversation: ConversationId, draft: StagedDraft): Promise<Answer<void>> {
    return this.#signedIn((session) => keepStaged(session, conversation, draft));
  }

  arrangeStaged(_call: CallId, conversation: ConversationId, order: StagedOrder): Promise<Answer<void>> {
    return this.#signedIn((session) => arrangeStaged(session, conversation, order));
  }

  readStaged(_call: CallId, conversation: ConversationId): Promise<Answer<readonly StagedDraft[]>> {
    return this.#signedIn((session) => readStaged(session, conversation));
  }

  fetchFile(_call: CallId, file: FileOrder): Promise<Answer<void>> {
    return this.#signedIn((session) => fetchFile(session, file));
  }

  cancelTransfer(_call: CallId, file: FilePlace): Promise<Answer<void>> {
    return this.#signedIn((session) => cancelTransfer(session, file));
  }

  readFile(_call: CallId, file: FilePlace): Promise<Answer<Blob>> {
    return this.#signedIn((session) => readFile(session, file));
  }

  readTransfers(_call: CallId, conversation: ConversationId): Promise<Answer<readonly Transfer[]>> {
    return this.#signedIn((session) => readTransfers(session, conversation));
  }

  async readLock(_call: CallId): Promise<Answer<LockState>> {
    await this.#needs.life.account();
    return succeeded(await this.#needs.life.lock.read());
  }

  setLock(_call: CallId, wish: LockWish): Promise<Answer<void>> {
    return this.#needs.life.lock.set(wish);
  }

  setAutoLock(_call: CallId, auto: AutoLock): Promise<Answer<void>> {
    return this.#needs.life.lock.setAuto(auto);
  }

  unlock(_call: CallId, secret: LockSecret): Promise<Answer<void>> {
    return this.#needs.life.lock.unlock(secret);
  }

  lockNow(_call: CallId): Promise<Answer<void>> {
    return this.#needs.life.lock.lockNow();
  }

  async tellPresent(_call: CallId): Promise<Answer<void>> {
    return done(this.#needs.life.lock.present());
  }

  readLastOpen(_call: CallId): Promise<Answer<ConversationId | undefined>> {
    return this.#signedIn((session) => readLastOpen(session, this.#tab));
  }

  beginBackup(_call: CallId, wish: BackupWish): Promise<Answer<string>> {
    return this.#signedIn(async (session) => (await session.backups.ask()).begin(wish));
  }

  readBackup(_call: CallId, place: BackupPlace): Promise<Answer<BackupPiece>> {
    return this.#signedIn(async (session) => (await session.backups.ask()).read(place));
  }

  beginRestore(_call: CallId, wish: RestoreWish): Promise<Answer<RestoreStep>> {
    return this.#signedIn(async (session) => (await session.backups.ask()).beginRestore(wish));
  }

  giveToRestore(_call: CallId, piece: RestorePiece): Promise<Answer<RestoreStep>> {
    return this.#signedIn(async (session) => (await session.backups.ask()).give(piece));
  }

  endBackup(_call: CallId, id: string): Promise<Answer<void>> {
    return this.#signedIn(async (session) => done((await session.backups.ask()).end(id)));
  }

  async #signedIn<T>(work: (session: AccountSession) => Answer<T> | Promise<Answer<T>>): Promise<Answer<T>> {
    const session = await this.#needs.life.account();
    if (session) return work(session);
    return failed({ kind: this.#needs.life.sign === 'locked' ? 'locked' : 'not-signed-in' });
  }
}

const done = (_: void): Answer<void> => succeeded(undefined);
