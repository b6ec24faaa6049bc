// A block that cannot be opened is never shown: it is dropped, and the conversation gets a gap in its place, which the archive can fill.
import type { ConversationRecord, StoredGap } from '../ports.ts';
import type { BlockShelf, Run } from './block-shelf.ts';
import { blockKey } from './schema.ts';
import type { BlockRef } from './schema.ts';
import type { BlockMessage } from './message-codec.ts';
import { openRecord, sealRecord } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { textOfKey } from './vault.ts';
import type { RowChange } from './account-database.ts';

export async function giveUpBlocks(shelf: Shelf, blocks: BlockShelf, run: Run, unreadable: readonly BlockRef[]): Promise<void> {
  const broken = unreadable.filter((ref) => run.refs.includes(ref));
  if (broken.length === 0) return;
  const record = await readConversation(shelf, run.key);
  const mended = record && (await withHoles(record, blocks, run, broken));
  const changes: RowChange[] = [{ table: 'blocks', deletes: broken.map((ref) => blockKey(run.key, ref)) }];
  if (mended) noteMend(shelf, run.key, record, mended);
  if (mended) changes.push({ table: 'conversations', puts: [[run.key, await sealRecord(shelf, 'conversations', run.key, mended)]] });
  await shelf.database.write(changes, 'relaxed');
  blocks.apply(run, broken, []);
  shelf.losses.push({ what: 'messages', why: 'unreadable', conversation: record?.id });
  shelf.log.error('storage: blocks could not be opened', { count: broken.length });
}

/** Whoever keeps the records in memory has yet to hear of it: until a commit carries what was mended, the store adds it. */
export function noteMend(shelf: Shelf, key: ArrayBuffer, before: ConversationRecord, mended: ConversationRecord): void {
  const known = shelf.mends.get(textOfKey(key));
  const added = mended.gaps.filter((gap) => !before.gaps.includes(gap));
  shelf.mends.set(textOfKey(key), { gaps: [...(known?.gaps ?? []), ...added], isIncomplete: !mended.complete });
}

export function mendedRecord(shelf: Shelf, key: ArrayBuffer, record: ConversationRecord): ConversationRecord {
  const mend = shelf.mends.get(textOfKey(key));
  if (!mend) return record;
  const missing = mend.gaps.filter((gap) => !record.gaps.some((one) => one.id === gap.id));
  if (missing.length === 0 && (!mend.isIncomplete || !record.complete)) {
    shelf.mends.delete(textOfKey(key));
    return record;
  }
  return { ...record, complete: record.complete && !mend.isIncomplete, gaps: [...record.gaps, ...missing] };
}

export async function readConversation(shelf: Shelf, key: ArrayBuffer): Promise<ConversationRecord | undefined> {
  const [sealed] = await shelf.database.get('conversations', [key]);
  return sealed === undefined
    ? undefined
    : ((await openRecord(shelf.vault, 'conversations', key, sealed)) as ConversationRecord | undefined);
}

async function withHoles(
  record: ConversationRecord,
  blocks: BlockShelf,
  run: Run,
  broken: readonly BlockRef[],
): Promise<ConversationRecord> {
  const gaps: StoredGap[] = [];
  let complete = record.complete;
  for (const [from, to] of stretches(run.refs, broken)) {
    const older = await neighbour(blocks, run, run.refs[from - 1], 'newest');
    const newer = await neighbour(blocks, run, run.refs[to + 1], 'oldest');
    if (!older) complete = false;
    if (older || !newer) gaps.push(holeBetween(older, newer, record.top));
  }
  return { ...record, complete, gaps: [...record.gaps, ...gaps] };
}

/** Without a newer message the hole ends above the highest place ever given: the archive is then asked for its newest page. */
function holeBetween(older: BlockMessage | undefined, newer: BlockMessage | undefined, top: number): StoredGap {
  const below = newer?.order ?? top + 1;
  return {
    id: `lost-${below}`,
    below,
    ...(newer?.archiveId === undefined ? {} : { beforeArchiveId: newer.archiveId }),
    ...(older?.archiveId === undefined ? {} : { afterArchiveId: older.archiveId }),
  };
}

async function neighbour(
  blocks: BlockShelf,
  run: Run,
  ref: BlockRef | undefined,
  end: 'newest' | 'oldest',
): Promise<BlockMessage | undefined> {
  const [messages] = ref ? await blocks.read(run, [ref]) : [];
  return messages?.at(end === 'newest' ? -1 : 0);
}

/** Neighbouring broken blocks make one hole. */
function stretches(refs: readonly BlockRef[], broken: readonly BlockRef[]): [from: number, to: number][] {
  const holes: [number, number][] = [];
  refs.forEach((ref, at) => {
    if (!broken.includes(ref)) return;
    const last = holes.at(-1);
    if (last && last[1] === at - 1) last[1] = at;
    else holes.push([at, at]);
  });
  return holes;
}
