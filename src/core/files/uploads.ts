// Files of waiting messages on their way up. A message leaves the outbox only once its file has an address.
//   asked for ──slot──▶ put ──taken──▶ its address on the disk, with the message
//      ▲                 ├── nobody answered ──▶ later, with a new slot
//      └──── retry ──────┴── refused ──▶ the message failed
import type { Clock } from '../../base/clock.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import type { UploadSlot } from '../../xmpp/codecs/upload.ts';
import type { FileHead, FileSource, Http } from '../file-ports.ts';
import type { OutboxRecord } from '../ports.ts';
import type { Board } from './board.ts';
import type { Cabinet } from './cabinet.ts';
import { TAG_LENGTH } from './gcm-stream.ts';
import { Lanes } from './lanes.ts';
import { bodyToUpload, mintCipher } from './own-files.ts';
import type { UploadService } from './upload-service.ts';

/** What uploads need of the outbox. */
export interface WaitingMessages {
  get(id: MessageId): OutboxRecord | undefined;
  decideWay(record: OutboxRecord): Promise<Answer<boolean>>;
  locate(id: MessageId, source: FileSource): Promise<Answer<OutboxRecord>>;
  refuse(id: MessageId, failure: Failure): Promise<void>;
  pump(): void;
}

export interface UploadsNeeds {
  cabinet: Cabinet;
  board: Board;
  service: UploadService;
  http: Http | undefined;
  outbox: WaitingMessages;
  clock: Clock;
  subtle: SubtleCrypto;
  random(count: number): Uint8Array<ArrayBuffer>;
  mintId(): string;
}

const AGAIN_MS: readonly number[] = [2_000, 5_000, 15_000, 30_000];
const PASSING: ReadonlySet<string> = new Set(['offline', 'no-answer', 'too-many-requests', 'storage-full', 'storage-blocked']);

export class Uploads {
  readonly #needs: UploadsNeeds;
  readonly #running = new Map<MessageId, AbortController>();
  readonly #tries = new Map<MessageId, number>();
  /** Waits for its next attempt. */
  readonly #resting = new Map<MessageId, () => void>();
  readonly #lanes = new Lanes();

  constructor(needs: UploadsNeeds) {
    this.#needs = needs;
  }

  begin(record: OutboxRecord): void {
    const { id } = record;
    if (this.#running.has(id) || this.#resting.has(id)) return;
    const abort = new AbortController();
    this.#running.set(id, abort);
    void this.#lanes.take(() => this.#run(id, abort.signal)).then((answer) => this.#end(id, abort, answer));
  }

  /** The line is there again: what rests need not rest longer. */
  hurry(): void {
    for (const stop of this.#resting.values()) stop();
    this.#resting.clear();
    this.#tries.clear();
    this.#needs.outbox.pump();
  }

  stop(id?: MessageId): void {
    for (const one of id === undefined ? [...this.#running.keys(), ...this.#resting.keys()] : [id]) {
      this.#running.get(one)?.abort();
      this.#resting.get(one)?.();
      this.#running.delete(one);
      this.#resting.delete(one);
      this.#tries.delete(one);
    }
  }

  #end(id: MessageId, abort: AbortController, answer: Answer<unknown>): void {
    const { board, outbox } = this.#needs;
    if (this.#running.get(id) === abort) this.#running.delete(id);
    const record = outbox.get(id);
    if (record) board.remove({ conversation: record.conversation, message: id });
    if (abort.signal.aborted || !record) return;
    if (!answer.ok) {
      if (PASSING.has(answer.failure.kind)) return this.#rest(id, answer.failure);
      // Until it is refused it would begin again, at once and for ever.
      return void outbox.refuse(id, answer.failure).then(() => outbox.pump());
    }
    this.#tries.delete(id);
    // It may have to go another way by now.
    outbox.pump();
  }

  #rest(id: MessageId, failure: Failure): void {
    const { clock, outbox } = this.#needs;
    const tries = this.#tries.get(id) ?? 0;
    const wait = AGAIN_MS[tries];
    if (wait === undefined) {
      this.#tries.delete(id);
      return void outbox.refuse(id, failure);
    }
    this.#tries.set(id, tries + 1);
    const awake = (): void => {
      this.#resting.delete(id);
      outbox.pump();
    };
    this.#resting.set(id, clock.after(wait, awake));
  }

  async #run(id: MessageId, signal: AbortSignal): Promise<Answer<unknown>> {
    try {
      return await this.#upload(id, signal);
    } catch {
      return failed({ kind: 'no-answer' });
    }
  }

  async #upload(id: MessageId, signal: AbortSignal): Promise<Answer<unknown>> {
    const { cabinet, outbox } = this.#needs;
    const record = outbox.get(id);
    const head = cabinet.findOwn(id);
    if (!record?.fileSource || signal.aborted) return failed({ kind: 'not-found' });
    if (!head) return failed({ kind: 'file-gone' });
    const isSealed = await outbox.decideWay(record);
    if (!isSealed.ok) return isSealed;
    const settled = isSealed.value ? await this.#settleCipher(id, record.fileSource) : succeeded(record.fileSource);
    if (!settled.ok) return settled;
    const { cipher, url: _, ...source } = settled.value;
    const put = await this.#put(record, head, isSealed.value ? cipher : undefined, signal);
    if (!put.ok) return put;
    const located: FileSource = { ...source, url: put.value.get, ...(isSealed.value && cipher && { cipher }) };
    await cabinet.uploaded(id, located);
    return outbox.locate(id, located);
  }

  /** It was uploaded in clear, and goes sealed now: another upload, under a key that is on the disk before. */
  async #settleCipher(id: MessageId, source: FileSource): Promise<Answer<FileSource>> {
    if (source.cipher) return succeeded(source);
    const { url: _, ...rest } = source;
    const located = await this.#needs.outbox.locate(id, { ...rest, cipher: mintCipher(this.#needs) });
    return located.ok ? succeeded(located.value.fileSource ?? source) : located;
  }

  async #put(record: OutboxRecord, head: FileHead, cipher: FileSource['cipher'], signal: AbortSignal): Promise<Answer<UploadSlot>> {
    const { service, http, board, mintId } = this.#needs;
    const found = await service.find();
    if (!found.ok) return found;
    if (!found.value || !http) return failed({ kind: 'no-uploads' });
    const size = head.size + (cipher ? TAG_LENGTH : 0);
    const limit = found.value.largest - (cipher ? TAG_LENGTH : 0);
    if (head.size > limit) return failed({ kind: 'file-too-large', limit });
    const body = await bodyToUpload(this.#needs, head, cipher);
    if (!body) return failed({ kind: 'file-gone' });
    // What is encrypted tells nothing of itself, its name included.
    const type = cipher ? 'application/octet-stream' : (record.file?.type ?? 'application/octet-stream');
    const slot = await service.askSlot({ name: cipher ? mintId() : (record.file?.name ?? 'file'), size, type });
    if (!slot.ok || signal.aborted) return slot;
    const place = { conversation: record.conversation, message: record.id };
    board.set(place, { direction: 'up', stage: 'running', done: 0, total: head.size });
    const { put: url, headers } = slot.value;
    const sent = (bytes: number): void => board.move(place, Math.min(bytes, head.size));
    const status = await http.put({ url, headers: { ...headers, 'content-type': type }, body, signal, sent });
    return judge(status, slot.value);
  }
}

/** A slot that is too old is refused like one that never was: a new one is asked for. */
function judge(status: number | undefined, slot: UploadSlot): Answer<UploadSlot> {
  if (status === undefined || status >= 500 || status === 408 || status === 403 || status === 404 || status === 410)
    return failed({ kind: 'no-answer' });
  if (status === 429) return failed({ kind: 'too-many-requests' });
  if (status === 413) return failed({ kind: 'refused', reason: 'too-large' });
  return status >= 200 && status < 300 ? succeeded(slot) : failed({ kind: 'refused', reason: 'other' });
}
