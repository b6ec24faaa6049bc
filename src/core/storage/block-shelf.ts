// The blocks of all conversations: their index in memory, reading them through the cache, sealing new ones.
import type { ConversationId } from '../../model/conversation.ts';
import { BlockCache } from './block-cache.ts';
import type { BlockDraft } from './block-plan.ts';
import { replaceRefs } from './block-refs.ts';
import { decodeMessages, encodeMessages } from './message-codec.ts';
import type { BlockMessage } from './message-codec.ts';
import type { Blocks } from './read-messages.ts';
import { blockKey, refOfKey, textOfBlockKey } from './schema.ts';
import type { BlockKey, BlockRef } from './schema.ts';
import { conversationKeys } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { sealRow, textOfKey, unsealRow } from './vault.ts';

/** Small ones hold a few messages each: so many make a screen. */
const NEWEST_BLOCKS = 8;

/** One conversation's blocks. The core is the only writer, so what is once loaded stays true. */
export interface Run {
  readonly key: ArrayBuffer;
  refs: readonly BlockRef[];
}

/** Undefined stands for one that cannot be opened. */
type Opened = (readonly BlockMessage[] | undefined)[];

export class BlockShelf {
  readonly #shelf: Shelf;
  readonly #runs = new Map<string, Run>();
  readonly #cache = new BlockCache();
  readonly keyOf: (conversation: string) => Promise<ArrayBuffer>;
  #complete = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    this.keyOf = conversationKeys(shelf.vault);
  }

  async run(conversation: ConversationId): Promise<Run> {
    const key = await this.keyOf(conversation);
    const known = this.#runs.get(textOfKey(key));
    if (known) return known;
    const keys = this.#complete ? [] : ((await this.#shelf.database.keys('blocks', [key], [key, []])) as BlockKey[]);
    return this.#keep({ key, refs: keys.map(refOfKey) });
  }

  /** Without the disk: undefined where it would be needed. */
  async held(conversation: ConversationId, choose: (run: Run) => readonly BlockRef[]): Promise<Blocks | undefined> {
    const run = this.#runs.get(textOfKey(await this.keyOf(conversation)));
    const blocks = run && choose(run).map((ref) => this.#cache.get(textOfBlockKey(run.key, ref)));
    return blocks?.includes(undefined) ? undefined : blocks;
  }

  /** Every conversation that has blocks. Asked for when idle, or when the disk is full. */
  async runs(): Promise<Run[]> {
    if (!this.#complete) await this.#loadAll();
    return [...this.#runs.values()];
  }

  /** Neighbouring blocks. */
  async read(run: Run, refs: readonly BlockRef[]): Promise<Opened> {
    const known = refs.map((ref) => this.#cache.get(textOfBlockKey(run.key, ref)));
    const missing = refs.filter((_, at) => !known[at]);
    const opened = missing.length === 0 ? [] : await this.#readMissing(run, missing);
    return refs.map((ref, at) => known[at] ?? opened[missing.indexOf(ref)]);
  }

  async seal(run: Run, draft: BlockDraft): Promise<readonly [BlockKey, Uint8Array<ArrayBuffer>]> {
    const bytes = encodeMessages(draft.messages);
    const row = { table: 'blocks', key: textOfBlockKey(run.key, draft.ref), bytes, deflated: draft.ref.folded } as const;
    return [blockKey(run.key, draft.ref), await sealRow(this.#shelf.vault, this.#shelf.random, row)];
  }

  /** Called once the disk has taken it. */
  apply(run: Run, dropped: readonly BlockRef[], written: readonly BlockDraft[]): void {
    for (const ref of dropped) this.#cache.drop(textOfBlockKey(run.key, ref));
    run.refs = replaceRefs(
      run.refs,
      dropped,
      written.map(({ ref }) => ref),
    );
    // The newest are read at once; older history may never be, and would push them out.
    const newest = run.refs.slice(-NEWEST_BLOCKS);
    for (const { ref, messages } of written) {
      const key = textOfBlockKey(run.key, ref);
      if (newest.includes(ref)) this.#cache.put(key, messages);
      else this.#cache.drop(key);
    }
  }

  /** The database came back empty: nothing known of it is true any more. */
  forget(): void {
    this.#runs.clear();
    this.#cache.clear();
    this.#complete = false;
  }

  #keep(run: Run): Run {
    const name = textOfKey(run.key);
    const known = this.#runs.get(name);
    if (!known) this.#runs.set(name, run);
    return known ?? run;
  }

  async #loadAll(): Promise<void> {
    const found = new Map<string, { key: ArrayBuffer; refs: BlockRef[] }>();
    for (const key of (await this.#shelf.database.keys('blocks')) as BlockKey[]) {
      const name = textOfKey(key[0]);
      const run = found.get(name) ?? { key: key[0], refs: [] };
      run.refs.push(refOfKey(key));
      found.set(name, run);
    }
    for (const run of found.values()) this.#keep(run);
    this.#complete = true;
  }

  async #readMissing(run: Run, refs: readonly BlockRef[]): Promise<Opened> {
    const keys = refs.map((ref) => blockKey(run.key, ref));
    return (await this.#readRange(run, refs)) ?? this.#openAll(run, refs, await this.#shelf.database.get('blocks', keys));
  }

  /** One request where the blocks stand side by side; undefined where the range did not hold them, and nothing else. */
  async #readRange(run: Run, refs: readonly BlockRef[]): Promise<Opened | undefined> {
    const [first] = refs;
    const last = refs.at(-1);
    if (!first || !last || refs.length === 1 || run.refs[run.refs.indexOf(first) + refs.length - 1] !== last) return undefined;
    const sealed = await this.#shelf.database.values('blocks', blockKey(run.key, first), blockKey(run.key, last));
    if (sealed.length !== refs.length) return undefined;
    const opened = await this.#openAll(run, refs, sealed);
    return opened.includes(undefined) ? undefined : opened;
  }

  #openAll(run: Run, refs: readonly BlockRef[], sealed: readonly unknown[]): Promise<Opened> {
    return Promise.all(refs.map((ref, at) => this.#open(run, ref, sealed[at])));
  }

  async #open(run: Run, ref: BlockRef, sealed: unknown): Promise<readonly BlockMessage[] | undefined> {
    const key = textOfBlockKey(run.key, ref);
    const bytes = await unsealRow(this.#shelf.vault, 'blocks', key, sealed);
    if (!bytes) return undefined;
    const messages = decodeMessages(bytes);
    ref.last = messages.at(-1)?.order ?? ref.first;
    this.#cache.put(key, messages);
    return messages;
  }
}
