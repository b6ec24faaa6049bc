// Fetches what lies in one gap of one conversation, or above the oldest message known: asked for by somebody who looks there.
//   open ──ask──▶ filling ──page──▶ placed (gap moved up, or closed)
//                    └── no answer ──▶ failed (the gap stays, the thread shows it)
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { ConversationRecord, Store, StoredGap } from '../ports.ts';
import { NEWEST, type ArchiveClient, type FetchedPage } from './archive-client.ts';
import type { ConversationBook } from './book.ts';
import type { History } from './history.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';
import type { ReadPage } from './read-page.ts';
import type { Opener } from './sealed/opener.ts';
import type { Sighting } from './sighting.ts';

/** What people scroll through is fetched in smaller pages than what is caught up. */
const PAGE = 100;
const NEIGHBOURS = 250;
/** The gap above the oldest message known, where the beginning is not. */
export const BEGINNING = 'beginning';

export interface GapFillerNeeds {
  archive: ArchiveClient;
  book: ConversationBook;
  history: History;
  journal: Journal;
  intake: Intake;
  opener: Opener;
  known: KnownMessages;
  store: Store;
  readPage: ReadPage;
  /** The gap was closed for this conversation alone. */
  filled(conversation: ConversationId): void;
}

export class GapFiller {
  readonly #needs: GapFillerNeeds;
  readonly #states = new Map<string, 'filling' | 'failed'>();
  readonly #underWay = new Map<string, Promise<Answer<void>>>();

  constructor(needs: GapFillerNeeds) {
    this.#needs = needs;
  }

  stateOf(conversation: ConversationId, gap: string): 'open' | 'filling' | 'failed' {
    return this.#states.get(`${conversation} ${gap}`) ?? 'open';
  }

  /** After a fresh stream what failed may be tried again. */
  forgetFailures(): void {
    for (const [key, state] of this.#states) if (state === 'failed') this.#states.delete(key);
  }

  /** One page at a time; whoever asks meanwhile waits for the same. */
  fill(conversation: ConversationId, gapId: string): Promise<Answer<void>> {
    const key = `${conversation} ${gapId}`;
    const running = this.#underWay.get(key) ?? this.#start(conversation, gapId, key);
    this.#underWay.set(key, running);
    return running;
  }

  async #start(conversation: ConversationId, gapId: string, key: string): Promise<Answer<void>> {
    this.#states.set(key, 'filling');
    this.#tell(conversation);
    const answer = await this.#fillOnce(conversation, gapId).catch((): Answer<void> => failed({ kind: 'no-answer' }));
    this.#underWay.delete(key);
    if (answer.ok) this.#states.delete(key);
    else this.#states.set(key, 'failed');
    await this.#needs.journal.flush();
    this.#tell(conversation);
    return answer;
  }

  async #fillOnce(conversation: ConversationId, gapId: string): Promise<Answer<void>> {
    const record = this.#needs.book.get(conversation);
    const gap = record?.gaps.find((one) => one.id === gapId);
    if (!record || !gap) return failed({ kind: 'not-found' });
    const { known } = this.#needs;
    const [page] = await Promise.all([this.#ask(record, gap), known.load(conversation, Infinity)]);
    if (!page.ok) return page;
    if (page.value.first === undefined && !page.value.complete) return failed({ kind: 'no-answer' });
    // Read after the answer: what was placed meanwhile is known from memory.
    await this.#rememberNeighbours(conversation, gap.below);
    return this.#open(record, gapId, page.value);
  }

  #open({ id, kind }: ConversationRecord, gapId: string, page: FetchedPage): Promise<Answer<void>> {
    const { opener, intake, readPage } = this.#needs;
    const room = kind === 'room' ? id : undefined;
    return opener.page(page.results, room, true, (results, keep) =>
      intake.run([[id, Infinity]], () => {
        const { conversations } = readPage(results, room);
        const sightings = conversations.get(id) ?? [];
        const isOurs = [...conversations.keys()].every((one) => one === id);
        const answer = isOurs ? this.#workIn(id, gapId, page, sightings) : this.#refuse(conversations);
        keep();
        return answer;
      }),
    );
  }

  async #ask(record: ConversationRecord, gap: StoredGap): Promise<Answer<FetchedPage>> {
    const whose = record.kind === 'room' ? { room: record.id } : { with: record.id };
    const page = await this.#needs.archive.ask({ ...whose, before: gap.beforeArchiveId ?? NEWEST, count: PAGE });
    const isPurged = !page.ok && page.failure.kind === 'not-found' && gap.beforeArchiveId !== undefined;
    return isPurged ? succeeded({ results: [], complete: true }) : page;
  }

  async #rememberNeighbours(conversation: ConversationId, place: number): Promise<void> {
    const { store, known } = this.#needs;
    const sides = [store.readBelow(conversation, place, NEIGHBOURS), store.readAbove(conversation, place - 1, NEIGHBOURS)];
    for (const messages of await Promise.all(sides)) known.remember(messages);
  }

  #workIn(conversation: ConversationId, gapId: string, page: FetchedPage, sightings: readonly Sighting[]): Answer<void> {
    const { book, history, known, filled } = this.#needs;
    const gap = book.get(conversation)?.gaps.find((one) => one.id === gapId);
    if (!gap) return this.#saveOpened(conversation, sightings, succeeded(undefined));
    const isMet = sightings.some((sighting) => (known.placeOf(sighting) ?? Infinity) < gap.below);
    const isStuck = !isMet && !page.complete && page.first === gap.beforeArchiveId;
    if (isStuck) return this.#saveOpened(conversation, sightings, failed({ kind: 'no-answer' }));
    history.place({
      conversation,
      sightings,
      hole: { id: gapId, isOpen: true, isBelow: gap.beforeArchiveId !== undefined },
      ...(page.first !== undefined && { first: page.first }),
    });
    if (!isMet && !page.complete) return succeeded(undefined);
    history.closeGap(conversation, gapId);
    if (page.complete) history.completed(conversation);
    filled(conversation);
    return succeeded(undefined);
  }

  /** A page of somebody else's, said to be an answer: where it begins says nothing of this gap. */
  #refuse(conversations: ReadonlyMap<ConversationId, readonly Sighting[]>): Answer<void> {
    for (const [conversation, sightings] of conversations) this.#saveOpened(conversation, sightings, succeeded(undefined));
    return failed({ kind: 'no-answer' });
  }

  /** What was opened cannot be opened again: it gets a place wherever there is one. */
  #saveOpened(conversation: ConversationId, sightings: readonly Sighting[], answer: Answer<void>): Answer<void> {
    const opened = sightings.filter(({ protection }) => protection !== undefined);
    if (opened.length > 0) this.#needs.history.place({ conversation, sightings: opened });
    return answer;
  }

  #tell(conversation: ConversationId): void {
    this.#needs.journal.tell({ about: 'thread', conversation });
  }
}
