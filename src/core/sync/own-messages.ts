// What becomes of own messages: taken by the engine they get their place; refused they come back to be seen and decided on.
import type { ConversationId } from '../../model/conversation.ts';
import type { Failure } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import type { OutboxRecord, Store, StoredMessage } from '../ports.ts';
import type { ConversationBook } from './book.ts';
import type { Company } from './company.ts';
import type { History } from './history.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';
import type { Outbox } from './outbox.ts';
import type { Sighting } from './sighting.ts';

export interface OwnMessagesNeeds {
  company: Pick<Company, 'isRoom' | 'ownAuthor'>;
  book: ConversationBook;
  store: Store;
  journal: Journal;
  known: KnownMessages;
  history: History;
  now(): number;
  /** Runs once the newest messages of the conversation are known. */
  step(conversation: ConversationId, work: () => void): void;
}

export class OwnMessages {
  readonly #needs: OwnMessagesNeeds;
  readonly #outbox: () => Outbox;

  constructor(needs: OwnMessagesNeeds, outbox: () => Outbox) {
    this.#needs = needs;
    this.#outbox = outbox;
  }

  taken(record: OutboxRecord): void {
    const { company, history, step } = this.#needs;
    const outbox = this.#outbox();
    if (company.isRoom(record.conversation)) return outbox.departures.awaitReflection(record.id);
    step(record.conversation, () => {
      const current = outbox.get(record.id);
      if (current && !history.append(this.#sightingOf(current))) outbox.settle(record.id);
    });
  }

  #sightingOf(record: OutboxRecord): Sighting {
    const own = this.#needs.company.ownAuthor(record.conversation);
    return {
      conversation: record.conversation,
      kind: 'direct',
      author: own.id,
      authorName: own.name,
      own: true,
      text: record.text,
      ...fileOf(record),
      content: 'text',
      sentAt: this.#needs.now(),
      timeCertain: true,
      mentionsMe: false,
      originId: record.id,
      ...(record.protection && { protection: record.protection }),
    };
  }

  /** What was resent may be known already, and still stand in the outbox. */
  settleKnown(id: MessageId): void {
    const record = this.#outbox().get(id);
    if (record?.stage === 'queued') this.#outbox().settle(id);
  }

  /** In the same step as the message's place. */
  placed(message: StoredMessage): void {
    if (message.own && message.originId !== undefined) this.#outbox().settle(message.originId as MessageId);
  }

  /**
   * Before it was taken it fails; after that it comes back into the outbox, unless it is known to have arrived. `isElsewhere`: a room says that
   * we are not in it, whatever we believe.
   */
  refused(id: MessageId, from: ConversationId, failure: Failure, isElsewhere: boolean): void {
    const { book, company, step } = this.#needs;
    const outbox = this.#outbox();
    const record = outbox.get(id);
    if (record && record.conversation !== from) return;
    if (record && isElsewhere && company.isRoom(from)) return outbox.departures.hold(record);
    if (record) return void outbox.refuse(id, failure);
    if (book.get(from)?.kind === 'direct') step(from, () => void this.#bringBack(id, from, failure));
  }

  async #bringBack(id: MessageId, conversation: ConversationId, failure: Failure): Promise<void> {
    const { book } = this.#needs;
    const message = await this.find(conversation, id);
    const record = book.get(conversation);
    if (!message || !record || message.order <= record.marks.deliveredUpTo || message.withdrawn || this.#outbox().get(id)) return;
    const isSealed = message.protection !== undefined && message.protection.how !== 'plain';
    const back = { id, conversation, text: message.text, ...fileOf(message), writtenAt: message.sentAt, stage: 'failed' as const, failure };
    await this.#outbox().putBack(back, record.kind, isSealed);
  }

  /** What has its place already, or had it before it was given up. */
  async find(conversation: ConversationId, id: string): Promise<StoredMessage | undefined> {
    const { company, known, journal, store } = this.#needs;
    await known.load(conversation, Infinity);
    const place = known.placeOfOrigin(conversation, company.ownAuthor(conversation).id, id);
    if (place === undefined) return undefined;
    await journal.flush();
    const [message] = await store.readAbove(conversation, place - 1, 1);
    return message?.own && message.originId === id ? message : undefined;
  }
}

const fileOf = ({ file, fileSource }: Pick<OutboxRecord, 'file' | 'fileSource'>): Pick<OutboxRecord, 'file' | 'fileSource'> => ({
  ...(file && { file }),
  ...(fileSource && { fileSource }),
});
