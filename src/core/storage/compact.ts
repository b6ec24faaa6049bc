// Idle compaction: a run of fresh neighbours becomes full, deflated blocks, in one transaction.
import { cutEvenly } from './block-plan.ts';
import type { BlockShelf, Run } from './block-shelf.ts';
import { runToFold } from './fold-plan.ts';
import { blockKey } from './schema.ts';
import type { BlockRef } from './schema.ts';
import type { BlockMessage } from './message-codec.ts';
import type { Shelf } from './shelf.ts';

/** Which run of blocks of any conversation is worth folding next. */
export async function nextToFold(blocks: BlockShelf): Promise<{ run: Run; refs: readonly BlockRef[] } | undefined> {
  for (const run of await blocks.runs()) {
    const refs = runToFold(run.refs);
    if (refs) return { run, refs };
  }
  return undefined;
}

/** Answers the blocks that could not be opened; then nothing has been written. */
export async function foldBlocks(shelf: Shelf, blocks: BlockShelf, run: Run, refs: readonly BlockRef[]): Promise<readonly BlockRef[]> {
  const read = await blocks.read(run, refs);
  const broken = refs.filter((_, at) => read[at] === undefined);
  if (broken.length > 0) return broken;
  const messages = read.flatMap((block): readonly BlockMessage[] => block ?? []);
  const written = cutEvenly(messages, true);
  const puts = await Promise.all(written.map((draft) => blocks.seal(run, draft)));
  await shelf.database.write([{ table: 'blocks', deletes: refs.map((ref) => blockKey(run.key, ref)), puts }], 'relaxed');
  blocks.apply(run, refs, written);
  return [];
}
