// The store on disk: sealed blocks and records, one writer, everything in turn.
// A commit: plan the blocks, seal them, one transaction, then the index and the cache follow what the disk has taken.
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import type { StorageState } from '../../model/situation.ts';
import { ROLLED_BACK } from '../ports.ts';
import type { Batch, ConversationRecord, FactName, OpenedStore, OutboxRecord, Rollback, StoredLoss, StoredMessage } from '../ports.ts';
import { refsAbove, refsBelow } from './block-refs.ts';
import { BlockShelf } from './block-shelf.ts';
import type { Run } from './block-shelf.ts';
import { prepareFacts, prepareKeyring, prepareRows } from './commit-rows.ts';
import { FileRows } from './file-rows.ts';
import { foldBlocks, nextToFold } from './compact.ts';
import { giveUpBlocks } from './mend-conversation.ts';
import { asStored, pageAbove, pageBelow } from './read-messages.ts';
import type { Blocks } from './read-messages.ts';
import type { BlockMessage } from './message-codec.ts';
import { ROOT_KEY } from './schema.ts';
import type { BlockRef, KeyRow } from './schema.ts';
import type { Sentinel } from './sentinel.ts';
import { readFact, readKept, readRecords } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { SHOWN, ShownList } from './shown-list.ts';
import { isDiskTrouble, isQuotaError } from './storage-errors.ts';
import { nameOfError } from './error-name.ts';
import { trimBlocks } from './trim.ts';
import { Turns } from '../turns.ts';

/** Kept by the store itself: it grows at every opening and every strict commit. */
const EPOCH: FactName = 'epoch';

export interface Opening {
  shelf: Shelf;
  keyRow: KeyRow;
  sentinel: Sentinel;
  epoch: number;
  rolledBack: Rollback | undefined;
}

export class SealedStore implements OpenedStore {
  readonly rolledBack: Rollback | undefined;
  readonly files: FileRows;
  readonly #shelf: Shelf;
  readonly #blocks: BlockShelf;
  readonly #keyRow: KeyRow;
  readonly #sentinel: Sentinel;
  readonly #turns = new Turns();
  readonly #shown = new ShownList();
  #epoch: number;
  #full = false;
  #opened: Promise<void> = Promise.resolve();

  constructor({ shelf, keyRow, sentinel, epoch, rolledBack }: Opening) {
    this.#shelf = shelf;
    this.#blocks = new BlockShelf(shelf);
    this.#keyRow = keyRow;
    this.#sentinel = sentinel;
    this.#epoch = epoch;
    this.rolledBack = rolledBack;
    this.files = new FileRows({
      shelf,
      read: (nothing, work) => this.#read(nothing, work),
      answerTrouble: (error) => this.#answerTrouble(error),
    });
  }

  state(): StorageState {
    if (this.#shelf.database.taken) return 'read-only';
    return this.#full ? 'full' : 'durable';
  }

  losses(): readonly StoredLoss[] {
    return [...this.#shelf.losses];
  }

  conversations(): Promise<readonly ConversationRecord[]> {
    return this.#read([], async () => {
      const records = (await readRecords(this.#shelf, 'conversations')) as ConversationRecord[];
      if (records.length === 0) this.#shown.complete = true;
      return records;
    });
  }

  async outbox(): Promise<readonly OutboxRecord[]> {
    const records = await this.#read([], async () => (await readRecords(this.#shelf, 'outbox')) as OutboxRecord[]);
    return records.toSorted((a, b) => a.turn - b.turn);
  }

  fact<T>(name: FactName): Promise<T | undefined> {
    return this.#read(undefined, async () => (await readFact(this.#shelf, name)) as T | undefined);
  }

  keys<T>(name: string): Promise<T | undefined> {
    return this.#read(undefined, async () => (await readKept(this.#shelf, name)) as T | undefined);
  }

  readBelow(conversation: ConversationId, below: number, count: number): Promise<readonly StoredMessage[]> {
    const choose = (run: Run): readonly BlockRef[] => refsBelow(run.refs, below, count);
    return this.#page(conversation, choose, (blocks) => pageBelow(blocks, below, count));
  }

  readAbove(conversation: ConversationId, above: number, count: number): Promise<readonly StoredMessage[]> {
    const choose = (run: Run): readonly BlockRef[] => refsAbove(run.refs, above, count);
    return this.#page(conversation, choose, (blocks) => pageAbove(blocks, above, count));
  }

  commit(batch: Batch, durability: 'strict' | 'relaxed' = 'relaxed'): Promise<Answer<void>> {
    return this.#turns.take(() => this.#commit(batch, durability));
  }

  compact(): Promise<boolean> {
    return this.#read(false, async () => {
      const next = await nextToFold(this.#blocks);
      if (!next) return false;
      const broken = await foldBlocks(this.#shelf, this.#blocks, next.run, next.refs);
      if (broken.length > 0) await giveUpBlocks(this.#shelf, this.#blocks, next.run, broken);
      return (await nextToFold(this.#blocks)) !== undefined;
    });
  }

  async close(): Promise<void> {
    await this.#turns.take(async () => {
      await this.#opened;
      await this.#sentinel.settled();
      this.#shelf.database.close();
    });
  }

  /** The opening itself counts. Reading does not wait for it, nor for the index of what is stored. */
  begin(): void {
    this.#opened = this.#countOpening().catch((error: unknown) => void this.#answerTrouble(error));
    void this.#read(undefined, async () => void (await this.#blocks.runs()));
  }

  async #countOpening(): Promise<void> {
    const epoch = this.#epoch + 1;
    // In one piece: whoever is told only after a crash would take up keys again that must never be used twice.
    const mark = this.rolledBack ? [{ name: ROLLED_BACK, value: this.rolledBack }] : [];
    const changes = await Promise.all([prepareFacts(this.#shelf, { [EPOCH]: epoch }), prepareKeyring(this.#shelf, mark)]);
    await this.#shelf.database.write(changes, 'strict');
    this.#passed(epoch);
  }

  async #commit(batch: Batch, durability: 'strict' | 'relaxed'): Promise<Answer<void>> {
    if (this.#shelf.database.taken) return failed({ kind: 'reload-needed', older: 'core' });
    try {
      await this.#recover();
      await this.#write(batch, durability);
    } catch (error) {
      if (isQuotaError(error)) return this.#commitOnFullDisk(batch, durability);
      return this.#answerTrouble(error);
    }
    this.#full = false;
    return succeeded(undefined);
  }

  /** The list's top is written with the conversations that change it. */
  async #noteShown(records: readonly ConversationRecord[]): Promise<readonly string[] | undefined> {
    if (records.length === 0) return undefined;
    const all = this.#shown.complete
      ? records
      : [...((await readRecords(this.#shelf, 'conversations')) as ConversationRecord[]), ...records];
    for (const record of all) this.#shown.note(await this.#blocks.keyOf(record.id), record);
    this.#shown.complete = true;
    return this.#shown.changedTop();
  }

  async #write(batch: Batch, durability: 'strict' | 'relaxed'): Promise<void> {
    const prepared = await prepareRows(this.#shelf, this.#blocks, batch, (run, broken) =>
      giveUpBlocks(this.#shelf, this.#blocks, run, [broken]),
    );
    const top = await this.#noteShown(batch.conversations ?? []);
    if (durability === 'strict') await this.#opened;
    const epoch = this.#epoch + 1;
    const own = { ...(top ? { [SHOWN]: top } : {}), ...(durability === 'strict' ? { [EPOCH]: epoch } : {}) };
    await this.#shelf.database.write([...prepared.changes, await prepareFacts(this.#shelf, own)], durability);
    prepared.apply();
    if (top) this.#shown.wrote(top);
    if (durability === 'strict') this.#passed(epoch);
  }

  #passed(epoch: number): void {
    this.#epoch = epoch;
    this.#sentinel.raise(epoch);
  }

  async #commitOnFullDisk(batch: Batch, durability: 'strict' | 'relaxed'): Promise<Answer<void>> {
    try {
      if (await this.#makeRoom(batch.messages?.length ?? 0)) {
        await this.#write(batch, durability);
        this.#full = false;
        return succeeded(undefined);
      }
    } catch (error) {
      if (!isQuotaError(error)) return this.#answerTrouble(error);
    }
    this.#full = true;
    this.#shelf.log.error('storage: the disk is full');
    return failed({ kind: 'storage-full' });
  }

  /** Files can be fetched again, and are no history: they go first. */
  async #makeRoom(incoming: number): Promise<boolean> {
    if (await this.files.makeRoom()) return true;
    const records = (await readRecords(this.#shelf, 'conversations')) as ConversationRecord[];
    return trimBlocks(this.#shelf, this.#blocks, records, incoming);
  }

  #answerTrouble(error: unknown): Answer<void> {
    if (!isDiskTrouble(error)) throw error;
    this.#shelf.log.error('storage: a commit failed', { why: nameOfError(error) });
    return failed(this.#shelf.database.taken ? { kind: 'reload-needed', older: 'core' } : { kind: 'storage-blocked' });
  }

  async #page(
    conversation: ConversationId,
    choose: (run: Run) => readonly BlockRef[],
    cut: (blocks: Blocks) => readonly BlockMessage[],
  ): Promise<readonly StoredMessage[]> {
    const held = await this.#held(conversation, choose);
    if (held) return asStored(cut(held), conversation);
    return this.#read([], async () => {
      const run = await this.#blocks.run(conversation);
      const blocks = await this.#openBlocks(run, choose);
      return asStored(cut(blocks), conversation);
    });
  }

  /** What lies in memory is what the disk has taken last. It is read without a turn: nobody who looks waits for what is being written. */
  async #held(conversation: ConversationId, choose: (run: Run) => readonly BlockRef[]): Promise<Blocks | undefined> {
    const blocks = await this.#blocks.held(conversation, choose);
    const { taken, shaken } = this.#shelf.database;
    return taken || shaken ? undefined : blocks;
  }

  /** What cannot be opened is given up, and the choice made again without it. */
  async #openBlocks(run: Run, choose: (run: Run) => readonly BlockRef[]): Promise<Blocks> {
    for (;;) {
      const refs = choose(run);
      const blocks = await this.#blocks.read(run, refs);
      const broken = refs.filter((_, at) => blocks[at] === undefined);
      if (broken.length === 0) return blocks;
      await giveUpBlocks(this.#shelf, this.#blocks, run, broken);
    }
  }

  /** Once the database is no longer ours there is nothing to read; what the disk refuses to give is logged and absent. */
  #read<T>(nothing: T, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      if (this.#shelf.database.taken) return nothing;
      try {
        await this.#recover();
        return await work();
      } catch (error) {
        this.#answerTrouble(error);
        return nothing;
      }
    });
  }

  /** After the browser closed the database under us it may have come back empty: then we begin anew with the key we hold. */
  async #recover(): Promise<void> {
    const { database, losses, log } = this.#shelf;
    if (!database.shaken) return;
    database.shaken = false;
    const [row] = await database.get('keys', [ROOT_KEY]);
    if (row !== undefined) return;
    this.#blocks.forget();
    this.#shown.forget();
    await database.write([{ table: 'keys', puts: [[ROOT_KEY, this.#keyRow]] }], 'strict');
    losses.push({ what: 'everything', why: 'unreadable' });
    log.error('storage: the browser took the database away');
  }
}
