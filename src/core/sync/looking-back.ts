// What lies behind the messages that are here: a gap at the beginning once somebody looks there, and gaps that are looked at get filled.
import type { Gap, GapId } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { ConversationRecord, StoredMessage } from '../ports.ts';
import type { ConversationBook } from './book.ts';
import type { Company } from './company.ts';
import { BEGINNING, type GapFiller } from './gap-filler.ts';
import { ROOM } from './places.ts';

export interface LookingBackNeeds {
  book: ConversationBook;
  company: Pick<Company, 'isRoom' | 'hasArchive'>;
  filler: GapFiller;
  /** Nothing of it can be missing, though the archive was never asked for it alone. */
  isWhole(conversation: ConversationId): boolean;
  /** In a moment it will be known that nothing is missing there. */
  isChecking(gap: string): boolean;
}

export class LookingBack {
  readonly #needs: LookingBackNeeds;

  constructor(needs: LookingBackNeeds) {
    this.#needs = needs;
  }

  /** Somebody looks at the oldest that is known, or at nothing: what lies beyond is fetched. */
  reach(conversation: ConversationId, lowest: StoredMessage | undefined): void {
    const { book } = this.#needs;
    const record = book.get(conversation);
    if (!record || !this.mayReach(conversation, lowest)) return;
    const below = lowest?.order ?? record.top + ROOM;
    const before = lowest?.archiveId;
    const gap = { id: BEGINNING, below, ...(before !== undefined && { beforeArchiveId: before }) };
    book.change(conversation, { gaps: [...record.gaps, gap], top: Math.max(record.top, below) });
  }

  /** The archive may hold something older than this, and no gap stands for it yet. */
  mayReach(conversation: ConversationId, lowest: StoredMessage | undefined): boolean {
    const { book, company, isWhole } = this.#needs;
    const { complete, gaps } = book.get(conversation) ?? { complete: true, gaps: [] };
    if (complete || isWhole(conversation) || (company.isRoom(conversation) && !company.hasArchive(conversation))) return false;
    return !gaps.some((gap) => gap.below <= (lowest?.order ?? Infinity));
  }

  /** The gaps that a person should see. */
  shown({ id: conversation, gaps }: Pick<ConversationRecord, 'id' | 'gaps'>): Gap[] {
    const { filler, isChecking } = this.#needs;
    return gaps.flatMap(({ id, below }) => (isChecking(id) ? [] : [{ id: id as GapId, below, state: filler.stateOf(conversation, id) }]));
  }

  /** Somebody looks at this gap: it is filled, unless that was tried in vain. */
  fillSeen(conversation: ConversationId, { id, state }: Gap): void {
    if (state === 'open') void this.#needs.filler.fill(conversation, id);
  }
}
