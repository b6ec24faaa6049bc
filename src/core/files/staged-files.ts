// Files that wait to be sent without being messages yet: on the disk as all files are, sealed piece by piece, and never in the way of others.
import type { Clock } from '../../base/clock.ts';
import type { FilePlace } from '../../contracts/files.ts';
import type { StagedOrder } from '../../contracts/staged.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import type { FileHead, FileShelf, FileSource, StagedAs } from '../file-ports.ts';
import type { Cabinet } from './cabinet.ts';
import { stagedName } from './file-name.ts';
import { keepPieces } from './own-files.ts';

/** In one conversation. */
const MOST_FILES = 10;
/** In all of them: what is larger is staged, but not kept. */
const MOST_BYTES = 128 * 1024 * 1024;

export interface StagedFilesNeeds {
  cabinet: Cabinet;
  shelf: FileShelf;
  clock: Clock;
  /** Whether a message still waits in the outbox. */
  isWaiting(id: MessageId): boolean;
}

export interface FoundStaged {
  as: StagedAs;
  file: Blob;
}

type StagedHead = FileHead & { staged: StagedAs };

export class StagedFiles {
  readonly #needs: StagedFilesNeeds;
  /** As they were asked for: whoever takes a file away again does so after it was kept. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(needs: StagedFilesNeeds) {
    this.#needs = needs;
  }

  count(conversation: ConversationId): number {
    return this.#in(conversation).length;
  }

  keep(as: Omit<StagedAs, 'place'>, file: Blob): Promise<Answer<void>> {
    return this.#inTurn(() => this.#keep(as, file));
  }

  /** Those that are not named go. */
  arrange(conversation: ConversationId, { files }: StagedOrder): Promise<void> {
    return this.#inTurn(async () => {
      for (const head of this.#in(conversation)) {
        const place = files.findIndex(({ id }) => id === head.staged.id);
        const asIs = files[place]?.asIs === true;
        if (place < 0) await this.#letGo(head);
        else if (place !== head.staged.place || asIs !== head.staged.asIs)
          await this.#needs.cabinet.put({ ...head, staged: { ...head.staged, place, asIs } });
      }
    });
  }

  /** In their order. One that the disk has given up is no longer there. */
  read(conversation: ConversationId): Promise<readonly FoundStaged[]> {
    return this.#inTurn(async () => {
      const found: FoundStaged[] = [];
      for (const head of this.#in(conversation)) {
        const body = await this.#needs.cabinet.bodyOf(head);
        if (body.ok) found.push({ as: head.staged, file: body.value });
      }
      return found;
    });
  }

  /** It is a message now, or nobody wants it any more. */
  drop(id: MessageId): Promise<void> {
    return this.#inTurn(async () => {
      const head = this.#needs.cabinet.get(stagedName(id));
      if (head?.staged) await this.#letGo({ ...head, staged: head.staged });
    });
  }

  /** The message is made of what lies here, so that a large file is not written once more. Undefined where it does not lie here, or not this one. */
  become(place: FilePlace, size: number): Promise<Pick<FileSource, 'sha256' | 'size'> | undefined> {
    return this.#inTurn(async () => {
      const head = this.#needs.cabinet.get(stagedName(place.message));
      if (!head?.staged || !head.isWhole || head.size !== size || !head.sha256) return undefined;
      const put = await this.#needs.cabinet.put({ ...head, at: this.#needs.clock.now(), waits: true, places: [place] });
      return put.ok ? { sha256: head.sha256, size } : undefined;
    });
  }

  /** Of a message it is the file now. */
  async #letGo(head: StagedHead): Promise<void> {
    const { staged: _, ...own } = head;
    if (own.waits && this.#needs.isWaiting(head.staged.id)) await this.#needs.cabinet.put(own);
    else await this.#needs.cabinet.drop(head.name);
  }

  async #keep(as: Omit<StagedAs, 'place'>, file: Blob): Promise<Answer<void>> {
    const { cabinet, shelf, clock } = this.#needs;
    if (cabinet.get(stagedName(as.id))) return succeeded(undefined);
    const there = this.#in(as.conversation);
    const held = this.#all.reduce((sum, { size }) => sum + size, 0);
    if (there.length >= MOST_FILES || held + file.size > MOST_BYTES) return failed({ kind: 'storage-full' });
    const place = Math.max(-1, ...there.map(({ staged }) => staged.place)) + 1;
    const head: FileHead = {
      name: stagedName(as.id),
      size: file.size,
      isWhole: false,
      at: clock.now(),
      places: [],
      staged: { ...as, place },
    };
    const digest = sha256.create();
    let answer = await cabinet.put(head);
    if (answer.ok) answer = await keepPieces(shelf, head.name, file, (piece) => void digest.update(piece));
    if (answer.ok) answer = await cabinet.put({ ...head, isWhole: true, sha256: new Uint8Array(digest.digest()) });
    if (!answer.ok) await cabinet.drop(head.name);
    return answer;
  }

  get #all(): readonly StagedHead[] {
    return this.#needs.cabinet.heads.filter((head): head is StagedHead => head.staged !== undefined);
  }

  #in(conversation: ConversationId): readonly StagedHead[] {
    return this.#all
      .filter(({ staged, isWhole }) => isWhole && staged.conversation === conversation)
      .toSorted((a, b) => a.staged.place - b.staged.place);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
