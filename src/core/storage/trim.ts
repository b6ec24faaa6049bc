// A full disk: the oldest blocks of the largest conversations make room. Never the outbox, never what is unread.
import type { ConversationRecord } from '../ports.ts';
import type { RowChange } from './account-database.ts';
import type { BlockShelf, Run } from './block-shelf.ts';
import { countOf } from './block-refs.ts';
import { noteMend } from './mend-conversation.ts';
import { blockKey } from './schema.ts';
import type { BlockRef } from './schema.ts';
import { sealRecord } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { textOfKey } from './vault.ts';

/** So much stays of each conversation, whatever the disk says: a screen or two. */
const ALWAYS_KEPT = 200;
/** At least this much goes at once, so that the next commit does not knock again. */
const LEAST_TRIMMED = 1000;

export interface Thread {
  run: Run;
  record: ConversationRecord;
}

export interface Trimmed extends Thread {
  dropped: readonly BlockRef[];
}

/** Pure. Takes the oldest block of the largest conversation, again and again, until enough is gone. */
export function chooseTrim(threads: readonly Thread[], incoming: number): readonly Trimmed[] {
  const piles = threads.map((thread) => ({ thread, held: countOf(thread.run.refs), dropped: [] as BlockRef[] }));
  let wanted = Math.max(LEAST_TRIMMED, 2 * incoming);
  while (wanted > 0) {
    const able = piles.filter((pile) => mayGo(pile.thread, pile.dropped.length, pile.held));
    const largest = able.reduce<(typeof piles)[number] | undefined>(
      (most, pile) => (!most || pile.held > most.held ? pile : most),
      undefined,
    );
    const oldest = largest?.thread.run.refs[largest.dropped.length];
    if (!largest || !oldest) break;
    largest.dropped.push(oldest);
    largest.held -= oldest.count;
    wanted -= oldest.count;
  }
  return piles.filter(({ dropped }) => dropped.length > 0).map(({ thread, dropped }) => ({ ...thread, dropped }));
}

/** Returns whether anything made room. The beginning of what was trimmed can be fetched from the archive again. */
export async function trimBlocks(
  shelf: Shelf,
  blocks: BlockShelf,
  records: readonly ConversationRecord[],
  incoming: number,
): Promise<boolean> {
  const trimmed = chooseTrim(await threadsOf(blocks, records), incoming);
  if (trimmed.length === 0) return false;
  const deletes = trimmed.flatMap(({ run, dropped }) => dropped.map((ref) => blockKey(run.key, ref)));
  const puts = await Promise.all(trimmed.map(async (thread) => [thread.run.key, await sealTrimmed(shelf, thread)] as const));
  const changes: RowChange[] = [
    { table: 'blocks', deletes },
    { table: 'conversations', puts },
  ];
  await shelf.database.write(changes, 'relaxed');
  for (const { run, dropped, record } of trimmed) {
    blocks.apply(run, dropped, []);
    shelf.losses.push({ what: 'messages', why: 'trimmed', conversation: record.id });
  }
  shelf.log.info('storage: old messages made room', { blocks: deletes.length });
  return true;
}

/** The next block begins above the read mark only if this one may hold unread messages; the newest always stay. */
function mayGo({ run, record }: Thread, dropped: number, held: number): boolean {
  const oldest = run.refs[dropped];
  const next = run.refs[dropped + 1];
  return oldest !== undefined && next !== undefined && held - oldest.count >= ALWAYS_KEPT && next.first <= record.marks.readUpTo;
}

async function threadsOf(blocks: BlockShelf, records: readonly ConversationRecord[]): Promise<Thread[]> {
  const byKey = new Map<string, ConversationRecord>();
  for (const record of records) byKey.set(textOfKey(await blocks.keyOf(record.id)), record);
  return (await blocks.runs()).flatMap((run) => {
    const record = byKey.get(textOfKey(run.key));
    return record ? [{ run, record }] : [];
  });
}

/** Holes among what went are gone with it. */
function sealTrimmed(shelf: Shelf, { run, record, dropped }: Trimmed): Promise<Uint8Array<ArrayBuffer>> {
  const oldestKept = run.refs[dropped.length]?.first ?? -Infinity;
  const gaps = record.gaps.filter(({ below }) => below > oldestKept);
  const trimmed = { ...record, complete: false, gaps };
  noteMend(shelf, run.key, record, trimmed);
  return sealRecord(shelf, 'conversations', run.key, trimmed);
}
