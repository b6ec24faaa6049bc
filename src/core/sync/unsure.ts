// Own messages of which nobody knows whether the engine has them: how far back the archive has to be looked through for their copies.
// Having met what was known before is not far enough: a message of ours may be archived before one that we heard, and its word was lost.
import type { OutboxRecord } from '../ports.ts';
import { MARGIN_MS, type FetchedPage } from './archive-client.ts';

export type Unsure = Pick<OutboxRecord, 'id' | 'writtenAt' | 'after'>;

/** Clocks differ: an archive that has been seen back to here holds whatever was written then. */
export const holdsAllSince = (seenBackTo: number, writtenAt: number): boolean => seenBackTo <= writtenAt - MARGIN_MS;

/** Pages come newest first. */
export class Search {
  #left: readonly Unsure[];

  constructor(unsure: readonly Unsure[]) {
    this.#left = unsure;
  }

  get isOver(): boolean {
    return this.#left.length === 0;
  }

  saw({ results }: FetchedPage): void {
    if (this.isOver) return;
    const found = new Set<string | undefined>(results.map(({ archiveId }) => archiveId));
    for (const { said } of results) found.add(ownIdOf(said));
    const oldest = results[0]?.sentAt ?? Infinity;
    this.#left = this.#left.filter(
      ({ id, after, writtenAt }) => !found.has(id) && (after === undefined || !found.has(after)) && !holdsAllSince(oldest, writtenAt),
    );
  }
}

function ownIdOf(said: FetchedPage['results'][number]['said']): string | undefined {
  if ('sealed' in said) return said.ownId;
  return 'words' in said && said.words.own ? said.words.originId : undefined;
}
