// Which files are on this device, and whose place they have: their heads in memory, their pieces on the disk.
import type { Clock } from '../../base/clock.ts';
import type { FilePlace } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import type { FileHead, FileShelf, FileSource } from '../file-ports.ts';
import { nameOf, ownName, stagedName } from './file-name.ts';

/** A multiple of a cipher's block: so much is in memory at once, a few times over. */
export const PIECE_LENGTH: number = 512 * 1024;
/** Beyond it the oldest go, though the disk may hold more. */
const MOST_KEPT = 512 * 1024 * 1024;

export interface CabinetNeeds {
  shelf: FileShelf;
  clock: Clock;
  /** Whether a message still waits in the outbox. */
  isWaiting(id: MessageId): boolean;
}

export class Cabinet {
  readonly #needs: CabinetNeeds;
  readonly #heads = new Map<string, FileHead>();

  private constructor(needs: CabinetNeeds) {
    this.#needs = needs;
  }

  /** What was to be sent, and whose message never came to be, goes. */
  static async open(needs: CabinetNeeds): Promise<Cabinet> {
    const cabinet = new Cabinet(needs);
    for (const head of await needs.shelf.heads()) {
      const isHalf = head.staged && !head.isWhole;
      const isLeftOver = isHalf || (!head.staged && head.waits && !head.places.some(({ message }) => needs.isWaiting(message)));
      if (isLeftOver) await needs.shelf.drop(head.name);
      else cabinet.#heads.set(head.name, head);
    }
    return cabinet;
  }

  get heads(): readonly FileHead[] {
    return [...this.#heads.values()];
  }

  get(name: string): FileHead | undefined {
    return this.#heads.get(name);
  }

  /** Whole and checked. */
  find(source: FileSource): FileHead | undefined {
    const name = nameOf(source);
    const head = this.#heads.get(name) ?? [...this.#heads.values()].find(({ alias }) => alias === name);
    return head?.isWhole ? head : undefined;
  }

  findOwn(id: MessageId): FileHead | undefined {
    const head = this.#ownHead(id);
    return head?.isWhole ? head : undefined;
  }

  /** Those that are whole, with each place of theirs in this conversation. */
  in(conversation: ConversationId): { head: FileHead; place: FilePlace }[] {
    const whole = [...this.#heads.values()].filter(({ isWhole }) => isWhole);
    return whole.flatMap((head) => head.places.filter((place) => place.conversation === conversation).map((place) => ({ head, place })));
  }

  async put(head: FileHead): Promise<Answer<void>> {
    const answer = await this.#needs.shelf.put(head);
    if (!answer.ok) return answer;
    this.#heads.set(head.name, head);
    if (head.isWhole) await this.#tidy(head.name);
    return answer;
  }

  /** The same file in one more message. */
  async addPlace(head: FileHead, place: FilePlace): Promise<void> {
    if (head.places.some((one) => one.conversation === place.conversation && one.message === place.message)) return;
    await this.put({ ...head, places: [...head.places, place] });
  }

  /** It has an address now, by which the own other messages may name it too; it may make room for others. */
  async uploaded(id: MessageId, source: FileSource): Promise<void> {
    const head = this.#ownHead(id);
    if (!head) return;
    const { waits: _, staged: __, ...rest } = head;
    await this.put({ ...rest, alias: nameOf(source), at: this.#needs.clock.now() });
  }

  /** The message goes, and its file with it. */
  async dropOwn(id: MessageId): Promise<void> {
    const head = this.#ownHead(id);
    if (head) await this.drop(head.name);
  }

  /** Of what is staged, what a message was made of. */
  #ownHead(id: MessageId): FileHead | undefined {
    const staged = this.#heads.get(stagedName(id));
    return this.#heads.get(ownName(id)) ?? (staged?.waits || !staged?.staged ? staged : undefined);
  }

  async drop(name: string): Promise<void> {
    this.#heads.delete(name);
    await this.#needs.shelf.drop(name);
  }

  /** A file as one that can be handed out: its pieces leave this memory one after the other. */
  async bodyOf(head: FileHead): Promise<Answer<Blob>> {
    const parts: Blob[] = [];
    for await (const piece of this.pieces(head)) {
      if (!piece) return failed({ kind: 'not-fetched' });
      parts.push(new Blob([piece]));
    }
    return succeeded(new Blob(parts, { type: 'application/octet-stream' }));
  }

  /** Ends with undefined where one is missing: the disk gave it up, and so the file. */
  async *pieces({ name, size }: FileHead): AsyncGenerator<Uint8Array<ArrayBuffer> | undefined> {
    for (let at = 0; at * PIECE_LENGTH < size; at++) {
      const piece = await this.#needs.shelf.piece(name, at);
      if (!piece) {
        await this.drop(name);
        return yield undefined;
      }
      yield piece;
    }
  }

  async #tidy(except: string): Promise<void> {
    const able = [...this.#heads.values()].filter(({ name, isWhole, waits }) => name !== except && isWhole && !waits);
    let total = [...this.#heads.values()].reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of able.toSorted((a, b) => a.at - b.at)) {
      if (total <= MOST_KEPT) return;
      await this.drop(name);
      total -= size;
    }
  }
}
