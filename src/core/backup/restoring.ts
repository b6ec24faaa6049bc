// Brings a backup back. The whole file is checked before anything of it is taken; then it is read once more and taken, record by record.
//   header ──▶ preparing (the key) ──▶ checking … the last chunk ──▶ restoring … the last chunk ──▶ restored
//     └────────────── refused, and why, from anywhere ──────────────┘
import { HEADER_BYTES, type Restored, type RestoreRefusal, type RestoreStep } from '../../contracts/backup.ts';
import type { Address } from '../../model/account.ts';
import type { Answer } from '../../model/failure.ts';
import { succeeded } from '../../model/failure.ts';
import type { BackupTarget } from '../backup-ports.ts';
import type { World } from '../ports.ts';
import { readAccount, readConversation, readEnd, readItems, readTrust } from './contents.ts';
import { readHeader, type Header } from './header.ts';
import { RECORD, RecordReader, type RawRecord } from './records.ts';
import { openChunk, openSeal, SEALED_CHUNK_BYTES, TAG_BYTES, type Derive, type Seal } from './seal.ts';

export interface RestoringNeeds {
  subtle: World['subtle'];
  target: BackupTarget;
  derive: Derive;
  isAddress(text: string): boolean;
}

const CHUNKS_A_PIECE = 4;
const PIECE_BYTES = CHUNKS_A_PIECE * SEALED_CHUNK_BYTES;

type Part = Exclude<RestoreStep, { state: 'preparing' | 'refused' }>;

export class Restoring {
  readonly #needs: RestoringNeeds;
  readonly #size: number;
  readonly #id: string;
  readonly #opened: Promise<Seal | RestoreRefusal>;
  #refusal: RestoreRefusal | undefined;
  #stage: 'checking' | 'restoring' = 'checking';
  #at = HEADER_BYTES;
  #reader = new RecordReader();
  #conversation: Address | undefined;
  #seen = { conversations: 0, messages: 0 };
  #found: Restored = { writtenAt: 0, conversations: 0, added: 0, recovered: 0, decisions: 0 };
  #isOurs = false;
  #isEndSeen = false;
  #isEnded = false;

  constructor(needs: RestoringNeeds, id: string, wish: { secret: string; size: number; header: Uint8Array<ArrayBuffer> }) {
    this.#needs = needs;
    this.#id = id;
    this.#size = wish.size;
    this.#opened = this.#open(wish.header, wish.secret);
    this.#opened.catch(() => undefined);
  }

  /** Settles once the key is made, or the file was refused. */
  async ready(): Promise<void> {
    await this.#opened;
  }

  /** What is wanted next. */
  async step(): Promise<RestoreStep> {
    const opened = await this.#opened;
    const why = this.#refusal ?? (typeof opened === 'string' ? opened : undefined);
    return why ? { state: 'refused', why } : this.#wanted();
  }

  async take(from: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer<RestoreStep>> {
    const opened = await this.#opened;
    // Said twice, or out of turn: what is wanted is told once more.
    if (typeof opened === 'string' || this.#refusal || this.#isEnded || from !== this.#at) return succeeded(await this.step());
    const to = this.#pieceEnd;
    if (bytes.length !== to - from) return this.#refuse('cut-short');
    for (let at = 0; at < bytes.length; at += SEALED_CHUNK_BYTES) {
      const answer = await this.#takeChunk(opened, bytes.slice(at, at + SEALED_CHUNK_BYTES));
      if (!answer.ok) return answer;
      if (answer.value) return this.#refuse(answer.value);
    }
    return this.#at < this.#size ? succeeded(this.#wanted()) : this.#endStage();
  }

  async #open(bytes: Uint8Array<ArrayBuffer>, secret: string): Promise<Seal | RestoreRefusal> {
    const { subtle, derive } = this.#needs;
    const header: Header | RestoreRefusal = await readHeader(subtle, bytes);
    if (typeof header === 'string') return header;
    if (this.#size <= HEADER_BYTES + TAG_BYTES) return 'cut-short';
    return (await openSeal(subtle, header, secret, derive)) ?? 'wrong-secret';
  }

  get #pieceEnd(): number {
    return Math.min(this.#size, this.#at + PIECE_BYTES);
  }

  #wanted(): Part {
    if (this.#isEnded) return { state: 'restored', restore: this.#id, found: this.#found };
    return { state: 'reading', restore: this.#id, stage: this.#stage, from: this.#at, to: this.#pieceEnd };
  }

  #refuse(why: RestoreRefusal): Answer<RestoreStep> {
    this.#refusal = why;
    return succeeded({ state: 'refused', why });
  }

  async #takeChunk(seal: Seal, sealed: Uint8Array<ArrayBuffer>): Promise<Answer<RestoreRefusal | undefined>> {
    const index = Math.floor((this.#at - HEADER_BYTES) / SEALED_CHUNK_BYTES);
    const isLast = this.#at + sealed.length === this.#size;
    const bytes = await openChunk(this.#needs.subtle, seal, index, isLast, sealed);
    if (!bytes) return succeeded(await this.#whyNot(seal, index, isLast, sealed));
    const records = this.#reader.take(bytes);
    if (records === 'damaged') return succeeded('damaged');
    for (const record of records) {
      const answer = await this.#takeRecord(record);
      if (!answer.ok || answer.value) return answer;
    }
    this.#at += sealed.length;
    return succeeded(undefined);
  }

  /** A last chunk that is none: the file goes on elsewhere. */
  async #whyNot(seal: Seal, index: number, isLast: boolean, sealed: Uint8Array<ArrayBuffer>): Promise<RestoreRefusal> {
    return isLast && (await openChunk(this.#needs.subtle, seal, index, false, sealed)) ? 'cut-short' : 'damaged';
  }

  async #endStage(): Promise<Answer<RestoreStep>> {
    if (!this.#reader.isAtRest || !this.#isEndSeen) return this.#refuse('damaged');
    if (this.#stage === 'restoring') {
      this.#isEnded = true;
      return succeeded(this.#wanted());
    }
    this.#stage = 'restoring';
    this.#at = HEADER_BYTES;
    this.#reader = new RecordReader();
    this.#conversation = undefined;
    this.#seen = { conversations: 0, messages: 0 };
    this.#isEndSeen = false;
    return succeeded(this.#wanted());
  }

  async #takeRecord({ type, value }: RawRecord): Promise<Answer<RestoreRefusal | undefined>> {
    if (this.#isEndSeen) return succeeded('damaged');
    if (type === RECORD.account) return this.#takeAccount(value);
    if (!this.#isOurs) return succeeded('damaged');
    if (type === RECORD.conversation) return this.#takeConversation(value);
    if (type === RECORD.messages) return this.#takeItems(value);
    if (type === RECORD.trust) return this.#takeTrust(value);
    return type === RECORD.end ? this.#takeEnd(value) : succeeded(undefined);
  }

  async #takeAccount(value: unknown): Promise<Answer<RestoreRefusal | undefined>> {
    const account = readAccount(value);
    if (!account) return succeeded('damaged');
    if (account.address !== this.#needs.target.self) return succeeded('other-account');
    this.#isOurs = true;
    this.#found = { ...this.#found, writtenAt: account.writtenAt };
    return succeeded(undefined);
  }

  async #takeConversation(value: unknown): Promise<Answer<RestoreRefusal | undefined>> {
    const { target, isAddress } = this.#needs;
    const conversation = readConversation(value, isAddress);
    if (!conversation) return succeeded('damaged');
    const ended = await this.#endConversation();
    if (!ended.ok) return ended;
    this.#conversation = conversation.id;
    this.#seen.conversations += 1;
    return this.#isTaking ? refuseNothing(await target.begin(conversation)) : succeeded(undefined);
  }

  async #takeItems(value: unknown): Promise<Answer<RestoreRefusal | undefined>> {
    const items = this.#conversation === undefined ? undefined : readItems(value, this.#conversation);
    if (!items) return succeeded('damaged');
    this.#seen.messages += items.length;
    return this.#isTaking ? refuseNothing(await this.#needs.target.take(items)) : succeeded(undefined);
  }

  async #takeTrust(value: unknown): Promise<Answer<RestoreRefusal | undefined>> {
    const { target, isAddress } = this.#needs;
    const carried = readTrust(value, isAddress);
    if (!carried) return succeeded('damaged');
    if (!this.#isTaking) return succeeded(undefined);
    const taken = await target.takeTrust([carried]);
    if (taken.ok) this.#found = { ...this.#found, decisions: this.#found.decisions + taken.value };
    return refuseNothing(taken);
  }

  async #takeEnd(value: unknown): Promise<Answer<RestoreRefusal | undefined>> {
    const end = readEnd(value);
    const { conversations, messages } = this.#seen;
    if (end?.conversations !== conversations || end.messages !== messages) return succeeded('damaged');
    const ended = await this.#endConversation();
    if (!ended.ok) return ended;
    this.#isEndSeen = true;
    this.#found = { ...this.#found, conversations, ...this.#needs.target.count() };
    return succeeded(undefined);
  }

  get #isTaking(): boolean {
    return this.#stage === 'restoring';
  }

  async #endConversation(): Promise<Answer<RestoreRefusal | undefined>> {
    if (!this.#isTaking || this.#conversation === undefined) return succeeded(undefined);
    return refuseNothing(await this.#needs.target.end());
  }
}

const refuseNothing = (answer: Answer<unknown>): Answer<undefined> => (answer.ok ? succeeded(undefined) : answer);
