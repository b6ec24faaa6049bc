// Own messages that are not in their thread yet. Each is on the disk before it is sent, and stays until it has its place or is given up.
// Where it goes encrypted the words are stored first, then sealed when they may be sent.
//   written ──strict commit──▶ queued ──departs──▶ settled: its place in the thread
//                                 ▲         └── refused ──▶ failed: stays to be seen, retried or discarded
//                                 └──────────── retry ────────┘
import type { ConversationId } from '../../model/conversation.ts';
import { failed, lacksKeys, needsDecision, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { AuthorId, Draft, Message, MessageId } from '../../model/message.ts';
import { writeElement } from '../../xmpp/xml.ts';
import type { ConversationRecord, OutboxRecord } from '../ports.ts';
import type { FileSource } from '../file-ports.ts';
import { Departures, type DeparturesNeeds, type Waiting } from './departures.ts';
import { HandedIn } from './handed-in.ts';
import type { Journal } from './journal.ts';
import { checkText, composeMessage, isWithoutAddress, type Words } from './outgoing-message.ts';
import type { Sealer } from './sealed/sealer.ts';

export interface OutboxNeeds extends DeparturesNeeds {
  journal: Journal;
  /** How far the account's archive is known. */
  reached(): string | undefined;
  sealer: DeparturesNeeds['sealer'] & Pick<Sealer, 'decide' | 'sealsAtOnce'>;
}

export type Attached = Required<Pick<OutboxRecord, 'file' | 'fileSource'>>;

export class Outbox implements Waiting {
  readonly handedIn: HandedIn = new HandedIn();
  readonly departures: Departures;
  readonly #needs: OutboxNeeds;
  /** By turn. */
  readonly #records = new Map<MessageId, OutboxRecord>();
  /** What is sealed before it is stored. Whoever writes there next waits for it: nothing overtakes it. */
  readonly #writing = new Map<ConversationId, Promise<unknown>>();
  #turn = 0;

  constructor(needs: OutboxNeeds) {
    this.#needs = needs;
    this.departures = new Departures(needs, this);
  }

  /** What an earlier core left may have been sent already. */
  load(records: readonly OutboxRecord[]): void {
    for (const record of [...records].toSorted((a, b) => a.turn - b.turn)) {
      this.#records.set(record.id, record);
      this.#turn = Math.max(this.#turn, record.turn);
      if (record.stage === 'queued' && record.stanza !== '') this.departures.suspect(record.id);
    }
  }

  get(id: MessageId): OutboxRecord | undefined {
    return this.#records.get(id);
  }

  all(): Iterable<OutboxRecord> {
    return this.#records.values();
  }

  of(conversation: ConversationId): OutboxRecord[] {
    return [...this.#records.values()].filter((record) => record.conversation === conversation);
  }

  /** What waits for the network, and what was refused. */
  count(): { waiting: number; unsent: number } {
    let waiting = 0;
    for (const { stage } of this.#records.values()) if (stage === 'queued') waiting += 1;
    return { waiting, unsent: this.#records.size - waiting };
  }

  asMessage(record: OutboxRecord, author: { id: AuthorId; name: string }): Message {
    return {
      id: record.id,
      conversation: record.conversation,
      order: undefined,
      author: author.id,
      authorName: author.name,
      own: true,
      text: record.text,
      ...(record.file && { file: record.file }),
      sentAt: record.writtenAt,
      timeCertain: true,
      mentionsMe: false,
      content: 'text',
      ...(record.protection && { protection: record.protection }),
      outbox:
        record.stage === 'failed'
          ? { stage: 'failed', failure: record.failure ?? { kind: 'refused', reason: 'other' } }
          : { stage: this.departures.isUnderWay(record.id) ? 'sending' : 'queued' },
    };
  }

  /** Answers once it is on disk; it is on its way then. */
  async write(
    conversation: Pick<ConversationRecord, 'id' | 'kind'>,
    draft: Draft,
    attached: Attached | undefined = undefined,
  ): Promise<Answer<OutboxRecord>> {
    for (let other = this.#writing.get(conversation.id); other; other = this.#writing.get(conversation.id)) await other;
    const known = this.#records.get(draft.id);
    if (known) return succeeded(known);
    const text = checkText(draft.text, attached !== undefined);
    if (!text.ok) return text;
    const record: OutboxRecord = {
      id: draft.id,
      conversation: conversation.id,
      text: text.value,
      writtenAt: this.#needs.clock.now(),
      turn: ++this.#turn,
      ...attached,
      ...this.#bytesOf(draft.id, conversation, { text: text.value, ...attached }),
      stage: 'queued',
      ...this.#known(),
    };
    return this.#goesAtOnce(record) ? this.#writeSealed(record) : this.#store(record);
  }

  /** Nothing has to be asked and nothing waits before it: one commit then holds the words and what is sent. */
  #goesAtOnce({ conversation, stanza, file }: OutboxRecord): boolean {
    const { canSend, sealer } = this.#needs;
    if (stanza !== '' || file || !canSend(conversation) || !sealer.sealsAtOnce(conversation)) return false;
    return this.of(conversation).every(({ id, stage }) => stage === 'failed' || this.departures.isUnderWay(id));
  }

  /** Where it cannot be sealed after all the words are stored first, as ever. */
  async #writeSealed(record: OutboxRecord): Promise<Answer<OutboxRecord>> {
    const sealing = this.#needs.sealer.prepare(record).catch((): Answer<OutboxRecord> => failed({ kind: 'no-answer' }));
    this.#writing.set(record.conversation, sealing);
    const answer = await sealing;
    this.#writing.delete(record.conversation);
    if (!answer.ok) return this.#store(record);
    this.#adopt(answer.value);
    return answer;
  }

  #bytesOf(
    id: MessageId,
    { id: to, kind }: Pick<ConversationRecord, 'id' | 'kind'>,
    words: Words,
  ): Pick<OutboxRecord, 'stanza' | 'mustSeal'> {
    const way = this.#needs.sealer.wayOf(to);
    if (way !== 'plain' || isWithoutAddress(words, false)) return { stanza: '', ...(way === 'sealed' && { mustSeal: true }) };
    return { stanza: writeElement(composeMessage(id, to, kind, words)) };
  }

  #known(): Pick<OutboxRecord, 'after'> {
    const after = this.#needs.reached();
    return after === undefined ? {} : { after };
  }

  async retry(id: MessageId): Promise<Answer<OutboxRecord>> {
    const record = this.#records.get(id);
    if (!record) return failed({ kind: 'not-found' });
    if (record.stage === 'queued') return succeeded(record);
    const { failure: _, ...rest } = record;
    return this.#store({ ...rest, stage: 'queued', turn: ++this.#turn });
  }

  /** A person has decided who may read, or how: what waited for that goes by itself. */
  async decided(conversation: ConversationId): Promise<void> {
    const waiting = this.of(conversation).filter(({ failure }) => failure && (needsDecision(failure) || lacksKeys(failure)));
    for (const { id } of waiting) await this.retry(id);
  }

  /** What may be on its way already cannot be taken back. */
  async discard(id: MessageId): Promise<Answer<OutboxRecord>> {
    const record = this.#records.get(id);
    if (!record) return failed({ kind: 'not-found' });
    if (!this.departures.canTakeBack(record)) return failed({ kind: 'refused', reason: 'other' });
    const answer = await this.#needs.journal.commitStrict([], [id]);
    if (answer.ok) this.#forget(record);
    return answer.ok ? succeeded(record) : answer;
  }

  /** A message that was refused after it had been taken comes back, to be seen and decided on. */
  async putBack(
    record: Omit<OutboxRecord, 'turn' | 'stanza' | 'after'>,
    kind: ConversationRecord['kind'],
    wasSealed: boolean,
  ): Promise<void> {
    const bytes = wasSealed ? { stanza: '', mustSeal: true as const } : this.#bytesOf(record.id, { id: record.conversation, kind }, record);
    await this.#store({ ...record, turn: ++this.#turn, ...bytes, ...this.#known() });
  }

  /** It has its place in the thread now; the caller writes both in one commit. */
  settle(id: MessageId): void {
    const record = this.#records.get(id);
    if (!record) return;
    this.#forget(record);
    this.#needs.journal.settle(id);
    this.#needs.changed(record.conversation);
  }

  /** Whether it goes sealed: its file has to know before it leaves. */
  decideWay(record: OutboxRecord): Promise<Answer<boolean>> {
    return this.#needs.sealer.decide(record);
  }

  /** What is known of its file by now: that it has an address, or how it will be encrypted. */
  async locate(id: MessageId, fileSource: FileSource): Promise<Answer<OutboxRecord>> {
    const record = this.#records.get(id);
    if (!record) return failed({ kind: 'not-found' });
    const located = { ...record, fileSource };
    const answer = await this.#needs.journal.commitStrict([located]);
    if (!answer.ok) return answer;
    if (this.#records.get(id) !== record) return failed({ kind: 'not-found' });
    this.replace(located);
    return succeeded(located);
  }

  async refuse(id: MessageId, failure: Failure): Promise<void> {
    const record = this.#records.get(id);
    if (record && record.stage === 'queued') await this.#store({ ...record, stage: 'failed', failure });
  }

  pump(): void {
    this.departures.pump();
  }

  /** It is on disk, in other words or bytes. Its turn stays. */
  replace(record: OutboxRecord): void {
    this.#records.set(record.id, record);
    this.#needs.changed(record.conversation);
    this.pump();
  }

  async #store(record: OutboxRecord): Promise<Answer<OutboxRecord>> {
    const before = this.#records.get(record.id);
    const answer = await this.#needs.journal.commitStrict([record]);
    if (!answer.ok) return answer;
    if (record.stage === 'failed' || before?.stage === 'failed') this.departures.forget(record.id);
    this.#adopt(record);
    return succeeded(record);
  }

  /** It is on disk. Re-inserted, so that the records stay in the order of their turns. */
  #adopt(record: OutboxRecord): void {
    this.#records.delete(record.id);
    this.#records.set(record.id, record);
    this.#needs.changed(record.conversation);
    this.pump();
  }

  #forget(record: OutboxRecord): void {
    this.#records.delete(record.id);
    this.departures.forget(record.id);
  }
}
