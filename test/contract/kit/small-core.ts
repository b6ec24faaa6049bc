// A core without network or disk: one thread in memory, and a few notices whose dismissal makes it misbehave.
import type { Changed, Session, Topic } from '../../../src/contracts/session.ts';
import type { Conversation, ConversationId } from '../../../src/model/conversation.ts';
import { failed, succeeded, type Answer } from '../../../src/model/failure.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import type { Situation } from '../../../src/model/situation.ts';
import type { Core } from '../../../src/core/session/core.ts';

export interface Hooks {
  /** Ends the worker as a crash would. */
  die(): void;
}

const NOT_FOUND = Promise.resolve(failed({ kind: 'not-found' }));
const DONE = Promise.resolve(succeeded(undefined));

function spinForEver(): void {
  for (;;);
}

export class SmallCore implements Core {
  readonly id: string = crypto.randomUUID();
  #hooks: Hooks;
  #messages = new Map<MessageId, Message>();
  #listeners = new Set<(changed: Changed) => void>();
  #revision = 0;
  #tabs = new Map<string, Session>();
  /** The tabs that somebody can look at. */
  #seen = new Set<string>();
  #gone: string[] = [];
  #calls = 0;
  #locked: Parameters<Core['onLocked']>[0] = () => undefined;

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
  }

  sessionFor(tab: string): Session {
    const known = this.#tabs.get(tab);
    if (known) return known;
    const session = this.#createSession(tab);
    this.#tabs.set(tab, session);
    return session;
  }

  onChanged(listener: (changed: Changed) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  revision(): number {
    return this.#revision;
  }

  readFirstPage(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  onLocked(listener: Parameters<Core['onLocked']>[0]): void {
    this.#locked = listener;
  }

  #lockAll(): Promise<Answer<void>> {
    this.#locked(Promise.resolve());
    return DONE;
  }

  tabGone(tab: string): void {
    this.#tabs.delete(tab);
    this.#seen.delete(tab);
    this.#gone.push(tab);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  #tell(topics: readonly Topic[]): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener({ revision: this.#revision, topics });
  }

  /** The title says which core this is, the counts what it has seen. */
  #describe(id: ConversationId): Conversation {
    const facts = { core: this.id, tabs: this.#tabs.size, seen: this.#seen.size, gone: this.#gone.length, calls: this.#calls };
    return { id, title: JSON.stringify(facts) } as unknown as Conversation;
  }

  #misbehave(how: string): Promise<Answer<void>> {
    // Answered first: an unanswered call is repeated, and would kill the next core too.
    if (how === 'die') setTimeout(() => this.#hooks.die());
    if (how === 'freeze') setTimeout(spinForEver);
    if (how === 'poison') this.#hooks.die();
    if (how === 'hang' || how === 'poison') return new Promise(() => {});
    if (how === 'defect') throw new TypeError('secret words');
    if (how.startsWith('burst ')) for (let index = 0; index < Number(how.slice(6)); index += 1) this.#tell([{ about: 'conversations' }]);
    return DONE;
  }

  #send(call: string, conversation: ConversationId, text: string): Promise<Answer<Message>> {
    const id = call as unknown as MessageId;
    // A host that hands in the same call twice is at fault.
    if (this.#messages.has(id)) return Promise.resolve(failed({ kind: 'refused', reason: 'other' }));
    const message = { id, conversation, text, authorName: this.id, order: this.#messages.size + 1 } as unknown as Message;
    this.#messages.set(id, message);
    this.#tell([{ about: 'thread', conversation }]);
    return text.startsWith('hang') ? new Promise(() => {}) : Promise.resolve(succeeded(message));
  }

  #createSession(tab: string): Session {
    const counted = <T>(value: T): T => ((this.#calls += 1), value);
    return {
      signIn: () => NOT_FOUND,
      signOut: () => DONE,
      readSituation: () => Promise.resolve(succeeded({ sign: 'signed-out' } as unknown as Situation)),
      dismissNotice: (_call, how) => counted(this.#misbehave(how)),
      reconnect: () => counted(DONE),
      reportTab: (_call, { visible }) => (this.#seen[visible ? 'add' : 'delete'](tab), DONE),
      listConversations: () => counted(Promise.resolve(succeeded({ rows: [], total: 0, complete: true }))),
      readConversation: (_call, id) => Promise.resolve(succeeded(this.#describe(id))),
      readReaders: () => NOT_FOUND,
      confirmReaders: () => NOT_FOUND,
      addContact: () => NOT_FOUND,
      answerContact: () => NOT_FOUND,
      joinRoom: () => NOT_FOUND,
      leaveRoom: () => NOT_FOUND,
      inviteToRoom: () => NOT_FOUND,
      changeConversation: () => NOT_FOUND,
      readThread: () =>
        Promise.resolve(
          succeeded({ messages: [...this.#messages.values()], outbox: [], gaps: [], marks: {} as never, atStart: true, atEnd: true }),
        ),
      fillGap: () => NOT_FOUND,
      findInThread: () => NOT_FOUND,
      sendMessage: (call, to, draft) => counted(this.#send(call, to, draft.text)),
      retryMessage: () => NOT_FOUND,
      discardMessage: () => NOT_FOUND,
      readOutbox: () => Promise.resolve(succeeded([])),
      saveDraft: () => DONE,
      tellWriting: () => DONE,
      markRead: () => DONE,
      readKeys: () => NOT_FOUND,
      decideOnDevice: () => NOT_FOUND,
      compareKeys: () => NOT_FOUND,
      confirmSafetyNumber: () => NOT_FOUND,
      changeEncryption: () => NOT_FOUND,
      changeLegacy: () => NOT_FOUND,
      renewSessions: () => NOT_FOUND,
      removeOwnDevice: () => NOT_FOUND,
      readUploadLimit: () => NOT_FOUND,
      sendFile: () => NOT_FOUND,
      keepStaged: () => NOT_FOUND,
      arrangeStaged: () => NOT_FOUND,
      readStaged: () => NOT_FOUND,
      fetchFile: () => NOT_FOUND,
      cancelTransfer: () => NOT_FOUND,
      readFile: () => NOT_FOUND,
      readTransfers: () => NOT_FOUND,
      readLock: () => NOT_FOUND,
      setLock: () => NOT_FOUND,
      setAutoLock: () => NOT_FOUND,
      unlock: () => NOT_FOUND,
      lockNow: () => counted(this.#lockAll()),
      tellPresent: () => DONE,
      readLastOpen: () => Promise.resolve(succeeded(undefined)),
      beginBackup: () => NOT_FOUND,
      readBackup: () => NOT_FOUND,
      beginRestore: () => NOT_FOUND,
      giveToRestore: () => NOT_FOUND,
      endBackup: () => NOT_FOUND,
    };
  }
}
