// Own messages on their way. Stored before they are sent; the same bytes at every attempt; in each conversation in the order of writing.
// Where it goes encrypted the words are stored first, then sealed when they may be sent, and the bytes stored before they leave.
//   written ──strict commit──▶ queued ──send──▶ sending ──taken (direct) or reflected (room)──▶ history
//         a file: first uploaded    ▲                 ├── stream lost ──▶ uncertain: first the archive is looked at, then sent again
//                                └──── retry ──────┴── refused ──▶ failed: stays to be seen, retried or discarded
import type { Clock } from '../../base/clock.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, lacksKeys, needsDecision, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { AuthorId, Draft, Message, MessageId } from '../../model/message.ts';
import { parseFrame, writeElement, type Element } from '../../xmpp/xml.ts';
import type { Connection, ConversationRecord, OutboxRecord } from '../ports.ts';
import { HandedIn } from './handed-in.ts';
import type { Journal } from './journal.ts';
import type { FileSource } from '../file-ports.ts';
import { checkText, composeMessage, type Words } from './outgoing-message.ts';
import type { Sealer } from './sealed/sealer.ts';
import { holdsAllSince, type Unsure } from './unsure.ts';

type Attempt = 'sealing' | 'uncertain' | 'sending' | 'taken';

export interface OutboxNeeds {
  journal: Journal;
  connection: Pick<Connection, 'send'>;
  clock: Clock;
  /** Online, and in the room if it is one. */
  canSend(conversation: ConversationId): boolean;
  /** Which archive will hold what is sent there: a room's own, or the account's, which has no name here. */
  archiveOf(conversation: ConversationId): ConversationId | '';
  /** How far the account's archive is known. */
  reached(): string | undefined;
  /** The engine has it: time for the message's place in the thread. */
  arrived(record: OutboxRecord): void;
  /** A room took a message and never said it: look at its archive. */
  missed(conversation: ConversationId): void;
  changed(conversation: ConversationId): void;
  /** Its file has no address yet, or not the one it needs: asked whenever something changes, and so more than once. */
  upload?: ((record: OutboxRecord) => void) | undefined;
  sealer: Pick<Sealer, 'wayOf' | 'decide' | 'prepare' | 'sealsAtOnce' | 'hold' | 'release' | 'isHeld'>;
}

export type Attached = Required<Pick<OutboxRecord, 'file' | 'fileSource'>>;

/** Long after any room has reflected what it took. */
const REFLECTION_MS = 20_000;
/** What could not be sealed because nobody answered is tried again. */
const SEAL_AGAIN_MS = 15_000;

export class Outbox {
  readonly handedIn: HandedIn = new HandedIn();
  readonly #needs: OutboxNeeds;
  /** By turn. */
  readonly #records = new Map<MessageId, OutboxRecord>();
  readonly #attempts = new Map<MessageId, Attempt>();
  readonly #stanzas = new Map<MessageId, Element>();
  /** How far back the archive has been seen on this stream: one entry for the account, one for each room. */
  readonly #covered = new Map<ConversationId | '', number>();
  /** What is sealed before it is stored. Whoever writes there next waits for it: nothing overtakes it. */
  readonly #writing = new Map<ConversationId, Promise<unknown>>();
  #turn = 0;

  constructor(needs: OutboxNeeds) {
    this.#needs = needs;
  }

  /** What an earlier core left may have been sent already. */
  load(records: readonly OutboxRecord[]): void {
    for (const record of [...records].toSorted((a, b) => a.turn - b.turn)) {
      this.#records.set(record.id, record);
      this.#turn = Math.max(this.#turn, record.turn);
      if (record.stage === 'queued' && record.stanza !== '') this.#attempts.set(record.id, 'uncertain');
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
          : { stage: this.#isUnderWay(record.id) ? 'sending' : 'queued' },
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
    return this.of(conversation).every(({ id, stage }) => stage === 'failed' || this.#isUnderWay(id));
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
    const stanza = composeMessage(id, to, kind, words);
    this.#stanzas.set(id, stanza);
    return { stanza: writeElement(stanza) };
  }

  #known(): Pick<OutboxRecord, 'after'> {
    const after = this.#needs.reached();
    return after === undefined ? {} : { after };
  }

  /** What was sent on a stream that ended, and may be in the account's archive. */
  unsure(): readonly Unsure[] {
    const isUnsure = ({ id, conversation }: OutboxRecord): boolean =>
      this.#attempts.get(id) === 'uncertain' && this.#needs.archiveOf(conversation) === '';
    return [...this.#records.values()].filter(isUnsure);
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
    if (this.#attempts.has(id) && record.stage === 'queued' && this.#attempts.get(id) !== 'uncertain')
      return failed({ kind: 'refused', reason: 'other' });
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
  settle(id: MessageId): boolean {
    const record = this.#records.get(id);
    if (!record) return false;
    this.#forget(record);
    this.#needs.journal.settle(id);
    this.#needs.changed(record.conversation);
    return true;
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
    this.#records.set(id, located);
    this.#needs.changed(record.conversation);
    this.pump();
    return succeeded(located);
  }

  async refuse(id: MessageId, failure: Failure): Promise<void> {
    const record = this.#records.get(id);
    if (record && record.stage === 'queued') await this.#store({ ...record, stage: 'failed', failure });
  }

  /** A fresh stream: nothing is known of what the archive took on the last one. */
  startOver(): void {
    this.#covered.clear();
    this.#needs.sealer.hold();
  }

  /** `undefined`: it cannot be known. Sending twice is then better than losing; whoever receives knows it by its id. */
  covered(archive: ConversationId | '', since: number | undefined): void {
    this.#covered.set(archive, Math.min(this.#covered.get(archive) ?? Infinity, since ?? -Infinity));
    if (archive === '') this.#needs.sealer.release();
    this.pump();
  }

  /** Sends whatever may be sent now. What holds one conversation up never holds up the next. */
  pump(): void {
    const held = new Set<ConversationId>();
    for (const record of this.#records.values()) {
      if (record.stage === 'failed' || held.has(record.conversation)) continue;
      if (this.#isUnderWay(record.id)) continue;
      const attempt = this.#attempts.get(record.id);
      // A large file takes long: what was written later does not wait for it.
      if (attempt === undefined && this.#waitsForFile(record)) continue;
      const isClear = attempt === undefined || (attempt === 'uncertain' && this.#isCovered(record));
      const mayGo = isClear && this.#needs.canSend(record.conversation);
      if (mayGo && this.#isReady(record)) this.#send(record);
      else held.add(record.conversation);
      if (mayGo && !this.#isReady(record) && !this.#needs.sealer.isHeld) void this.#prepare(record);
    }
  }

  #isUnderWay(id: MessageId): boolean {
    const attempt = this.#attempts.get(id);
    return attempt === 'sending' || attempt === 'taken';
  }

  #waitsForFile(record: OutboxRecord): boolean {
    const isSealed = record.mustSeal === true || this.#needs.sealer.wayOf(record.conversation) === 'sealed';
    if (!isWithoutAddress(record, isSealed)) return false;
    if (this.#needs.canSend(record.conversation)) this.#needs.upload?.(record);
    return true;
  }

  /** Its bytes are on the disk, and are what may go out as things stand now. */
  #isReady(record: OutboxRecord): boolean {
    return record.stanza !== '' && (record.protection !== undefined || this.#needs.sealer.wayOf(record.conversation) !== 'sealed');
  }

  async #prepare(record: OutboxRecord): Promise<void> {
    const { sealer, clock } = this.#needs;
    this.#attempts.set(record.id, 'sealing');
    const answer = await sealer.prepare(record).catch((): Answer<OutboxRecord> => failed({ kind: 'no-answer' }));
    if (this.#records.get(record.id) !== record) return;
    this.#attempts.delete(record.id);
    if (answer.ok) return this.#prepared(answer.value);
    if (needsDecision(answer.failure) || lacksKeys(answer.failure)) return this.refuse(record.id, answer.failure);
    clock.after(SEAL_AGAIN_MS, () => this.pump());
  }

  #prepared(record: OutboxRecord): void {
    this.#stanzas.delete(record.id);
    this.#records.set(record.id, record);
    this.#needs.changed(record.conversation);
    this.pump();
  }

  #isCovered(record: OutboxRecord): boolean {
    const since = this.#covered.get(this.#needs.archiveOf(record.conversation));
    return since !== undefined && holdsAllSince(since, record.writtenAt);
  }

  #send(record: OutboxRecord): void {
    const stanza = this.#stanzaOf(record);
    if (!stanza) return void this.refuse(record.id, { kind: 'refused', reason: 'other' });
    this.#attempts.set(record.id, 'sending');
    this.#needs.changed(record.conversation);
    this.#needs.connection.send(stanza, (fate) => this.#fate(record.id, fate));
  }

  #fate(id: MessageId, fate: 'taken' | 'lost'): void {
    const record = this.#records.get(id);
    if (!record || record.stage === 'failed') return;
    this.#attempts.set(id, fate === 'taken' ? 'taken' : 'uncertain');
    if (fate === 'lost') return this.#needs.changed(record.conversation);
    this.#needs.arrived(record);
  }

  /** The other side has it, though the engine's own word is still on its way: then it has all that was said before as well. */
  confirm(id: MessageId): void {
    const record = this.#records.get(id);
    if (!record || this.#attempts.get(id) !== 'sending') return;
    const earlier = this.of(record.conversation).filter(({ turn }) => turn <= record.turn);
    for (const one of earlier) if (this.#attempts.get(one.id) === 'sending') this.#fate(one.id, 'taken');
  }

  /** Of a room: taken by the engine, but only the reflection tells that the room said it. */
  awaitReflection(id: MessageId): void {
    this.#needs.clock.after(REFLECTION_MS, () => {
      const record = this.#records.get(id);
      if (!record || this.#attempts.get(id) !== 'taken' || record.stage === 'failed') return;
      this.hold(record);
      this.#needs.missed(record.conversation);
    });
  }

  /** The room may not have said it: its archive is looked at before it is sent again. */
  hold(record: OutboxRecord): void {
    this.#attempts.set(record.id, 'uncertain');
    this.#covered.delete(record.conversation);
    this.#needs.changed(record.conversation);
  }

  async #store(record: OutboxRecord): Promise<Answer<OutboxRecord>> {
    const before = this.#records.get(record.id);
    const answer = await this.#needs.journal.commitStrict([record]);
    if (!answer.ok) return answer;
    if (record.stage === 'failed' || before?.stage === 'failed') this.#attempts.delete(record.id);
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

  #stanzaOf(record: OutboxRecord): Element | undefined {
    const known = this.#stanzas.get(record.id);
    if (known) return known;
    const frame = parseFrame(record.stanza);
    if (frame.ok) this.#stanzas.set(record.id, frame.element);
    return frame.ok ? frame.element : undefined;
  }

  #forget(record: OutboxRecord): void {
    this.#records.delete(record.id);
    this.#attempts.delete(record.id);
    this.#stanzas.delete(record.id);
  }
}

/** Nobody could fetch its file: it is not uploaded, or lies there in clear while its message goes sealed. */
const isWithoutAddress = ({ file, fileSource }: Words, isSealed: boolean): boolean =>
  file !== undefined && (fileSource?.url === undefined || (isSealed && fileSource.cipher === undefined));
