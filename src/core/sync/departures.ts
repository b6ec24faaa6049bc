// When own messages leave and what becomes of it: in each conversation in the order of writing, the same bytes at every attempt.
//   queued ──send──▶ sending ──▶ taken ──▶ its place in the thread (in a room once it says it)
//     ▲                 └── stream lost ──▶ uncertain ──the archive was looked at──▶ sent again
//     └── sealing: only now it is sure who reads, and the bytes are stored before they leave
import type { Clock } from '../../base/clock.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, lacksKeys, needsDecision, type Answer, type Failure } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { parseFrame } from '../../xmpp/xml.ts';
import type { Connection, OutboxRecord } from '../ports.ts';
import { isWithoutAddress } from './outgoing-message.ts';
import type { Sealer } from './sealed/sealer.ts';
import { holdsAllSince, type Unsure } from './unsure.ts';

type Attempt = 'sealing' | 'uncertain' | 'sending' | 'taken';

export interface DeparturesNeeds {
  connection: Pick<Connection, 'send'>;
  clock: Clock;
  /** Online, and in the room if it is one. */
  canSend(conversation: ConversationId): boolean;
  /** Which archive will hold what is sent there: a room's own, or the account's, which has no name here. */
  archiveOf(conversation: ConversationId): ConversationId | '';
  /** The engine has it: time for the message's place in the thread. */
  arrived(record: OutboxRecord): void;
  /** A room took a message and never said it: look at its archive. */
  missed(conversation: ConversationId): void;
  changed(conversation: ConversationId): void;
  /** Its file has no address yet, or not the one it needs: asked whenever something changes, and so more than once. */
  upload?: ((record: OutboxRecord) => void) | undefined;
  sealer: Pick<Sealer, 'wayOf' | 'prepare' | 'hold' | 'release' | 'isHeld'>;
}

/** What waits, by turn. */
export interface Waiting {
  get(id: MessageId): OutboxRecord | undefined;
  all(): Iterable<OutboxRecord>;
  of(conversation: ConversationId): readonly OutboxRecord[];
  /** It is stored with the bytes that go out. */
  replace(record: OutboxRecord): void;
  refuse(id: MessageId, failure: Failure): Promise<void>;
}

/** Long after any room has reflected what it took. */
const REFLECTION_MS = 20_000;
/** What could not be sealed because nobody answered is tried again. */
const SEAL_AGAIN_MS = 15_000;

export class Departures {
  readonly #needs: DeparturesNeeds;
  readonly #waiting: Waiting;
  readonly #attempts = new Map<MessageId, Attempt>();
  /** How far back the archive has been seen on this stream: one entry for the account, one for each room. */
  readonly #covered = new Map<ConversationId | '', number>();

  constructor(needs: DeparturesNeeds, waiting: Waiting) {
    this.#needs = needs;
    this.#waiting = waiting;
  }

  /** An earlier core left it, and may have sent it. */
  suspect(id: MessageId): void {
    this.#attempts.set(id, 'uncertain');
  }

  forget(id: MessageId): void {
    this.#attempts.delete(id);
  }

  isUnderWay(id: MessageId): boolean {
    const attempt = this.#attempts.get(id);
    return attempt === 'sending' || attempt === 'taken';
  }

  /** What may be on its way already cannot be taken back. */
  canTakeBack({ id, stage }: OutboxRecord): boolean {
    const attempt = this.#attempts.get(id);
    return stage === 'failed' || attempt === undefined || attempt === 'uncertain';
  }

  /** What was sent on a stream that ended, and may be in the account's archive. */
  unsure(): readonly Unsure[] {
    const isUnsure = ({ id, conversation }: OutboxRecord): boolean =>
      this.#attempts.get(id) === 'uncertain' && this.#needs.archiveOf(conversation) === '';
    return [...this.#waiting.all()].filter(isUnsure);
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
    for (const record of this.#waiting.all()) {
      if (record.stage === 'failed' || held.has(record.conversation)) continue;
      if (this.isUnderWay(record.id)) continue;
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
    if (this.#waiting.get(record.id) !== record) return;
    this.#attempts.delete(record.id);
    if (answer.ok) return this.#waiting.replace(answer.value);
    if (needsDecision(answer.failure) || lacksKeys(answer.failure)) return this.#waiting.refuse(record.id, answer.failure);
    clock.after(SEAL_AGAIN_MS, () => this.pump());
  }

  #isCovered(record: OutboxRecord): boolean {
    const since = this.#covered.get(this.#needs.archiveOf(record.conversation));
    return since !== undefined && holdsAllSince(since, record.writtenAt);
  }

  #send(record: OutboxRecord): void {
    const stanza = parseFrame(record.stanza);
    if (!stanza.ok) return void this.#waiting.refuse(record.id, { kind: 'refused', reason: 'other' });
    this.#attempts.set(record.id, 'sending');
    this.#needs.changed(record.conversation);
    this.#needs.connection.send(stanza.element, (fate) => this.#fate(record.id, fate));
  }

  #fate(id: MessageId, fate: 'taken' | 'lost'): void {
    const record = this.#waiting.get(id);
    if (!record || record.stage === 'failed') return;
    this.#attempts.set(id, fate === 'taken' ? 'taken' : 'uncertain');
    if (fate === 'lost') return this.#needs.changed(record.conversation);
    this.#needs.arrived(record);
  }

  /** The other side has it, though the engine's own word is still on its way: then it has all that was said before as well. */
  confirm(id: MessageId): void {
    const record = this.#waiting.get(id);
    if (!record || this.#attempts.get(id) !== 'sending') return;
    const earlier = this.#waiting.of(record.conversation).filter(({ turn }) => turn <= record.turn);
    for (const one of earlier) if (this.#attempts.get(one.id) === 'sending') this.#fate(one.id, 'taken');
  }

  /** Of a room: taken by the engine, but only the reflection tells that the room said it. */
  awaitReflection(id: MessageId): void {
    this.#needs.clock.after(REFLECTION_MS, () => {
      const record = this.#waiting.get(id);
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
}
