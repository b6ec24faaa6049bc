// Which blocks a commit drops and writes. Pure: the blocks it must look into are handed in by `read`.
// New messages become blocks of their own; one that would stand inside a block parts it, so that the next page of the gap finds room.
import type { BlockMessage } from './message-codec.ts';
import type { BlockRef } from './schema.ts';
import { blockAt } from './block-refs.ts';

/** A full block. A page of the screen lies in one or two. */
export const FULL_BLOCK = 100;
/** A block is not cut into more pieces than this by one commit; beyond it the pieces are joined and cut evenly. */
const MOST_PIECES = 4;

export interface BlockDraft {
  ref: BlockRef;
  messages: readonly BlockMessage[];
}

export interface BlockPlan {
  dropped: readonly BlockRef[];
  written: readonly BlockDraft[];
}

/** Undefined for a block that cannot be read any more: it is then left alone. */
export type ReadBlock = (ref: BlockRef) => Promise<readonly BlockMessage[] | undefined>;

export async function planBlocks(
  refs: readonly BlockRef[],
  added: readonly BlockMessage[],
  changed: readonly BlockMessage[],
  read: ReadBlock,
): Promise<BlockPlan> {
  const changes = groupByBlock(refs, changed);
  const dropped: BlockRef[] = [];
  const written: BlockDraft[] = [];
  for (const [ref, run] of groupByBlock(refs, added)) {
    const inside = ref && (await reaches(ref, run[0], read)) ? await read(ref) : undefined;
    if (!ref || !inside) {
      written.push(...cutEvenly(run));
      continue;
    }
    dropped.push(ref);
    written.push(...partBlock(replaceMessages(inside, changes.get(ref) ?? []), run));
    changes.delete(ref);
  }
  for (const [ref, run] of changes) {
    const messages = ref && (await read(ref));
    if (ref && messages) written.push({ ref, messages: replaceMessages(messages, run) });
  }
  return { dropped, written };
}

export function draftOf(messages: readonly BlockMessage[], folded: boolean): BlockDraft {
  const first = messages[0]?.order ?? 0;
  return { ref: { first, count: messages.length, folded, last: messages.at(-1)?.order ?? first }, messages };
}

/** Pieces of nearly equal length, none above a full block. */
export function cutEvenly(messages: readonly BlockMessage[], folded = false): BlockDraft[] {
  const pieces = Math.ceil(messages.length / FULL_BLOCK);
  return Array.from({ length: pieces }, (_, at) =>
    draftOf(messages.slice(Math.floor((at * messages.length) / pieces), Math.floor(((at + 1) * messages.length) / pieces)), folded),
  );
}

const byPlace = (a: BlockMessage, b: BlockMessage): number => a.order - b.order;

/** Ascending runs, each with the block that begins at or below it. Of two with one place the later wins. */
function groupByBlock(refs: readonly BlockRef[], messages: readonly BlockMessage[]): Map<BlockRef | undefined, BlockMessage[]> {
  const groups = new Map<BlockRef | undefined, BlockMessage[]>();
  for (const message of oneEachPlace(messages)) {
    const ref = blockAt(refs, message.order);
    const run = groups.get(ref);
    if (run) run.push(message);
    else groups.set(ref, [message]);
  }
  return groups;
}

function oneEachPlace(messages: readonly BlockMessage[]): BlockMessage[] {
  const byOrder = new Map(messages.map((message) => [message.order, message]));
  return [...byOrder.values()].toSorted(byPlace);
}

async function reaches(ref: BlockRef, message: BlockMessage | undefined, read: ReadBlock): Promise<boolean> {
  const last = ref.last ?? (await read(ref))?.at(-1)?.order;
  return message !== undefined && last !== undefined && message.order <= last;
}

function replaceMessages(messages: readonly BlockMessage[], changed: readonly BlockMessage[]): readonly BlockMessage[] {
  if (changed.length === 0) return messages;
  const byOrder = new Map(changed.map((message) => [message.order, message]));
  return messages.map((message) => byOrder.get(message.order) ?? message);
}

/** The old run with the new one in it, cut where old and new meet. */
function partBlock(old: readonly BlockMessage[], added: readonly BlockMessage[]): BlockDraft[] {
  const places = new Set(added.map(({ order }) => order));
  const all = [...old.filter(({ order }) => !places.has(order)), ...added].toSorted(byPlace);
  const pieces: BlockMessage[][] = [];
  let wasNew: boolean | undefined;
  for (const message of all) {
    const isNew = places.has(message.order);
    if (isNew !== wasNew) pieces.push([]);
    pieces.at(-1)?.push(message);
    wasNew = isNew;
  }
  return pieces.length > MOST_PIECES ? cutEvenly(all) : pieces.flatMap((piece) => cutEvenly(piece));
}
