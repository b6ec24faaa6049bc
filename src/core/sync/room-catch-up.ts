// A room just joined: its newest page, then further back until what was known is met. Several rooms at once, but not all.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import { complain } from '../complain.ts';
import type { Log, Store, StoredGap } from '../ports.ts';
import { NEWEST, type ArchiveClient, type FetchedPage } from './archive-client.ts';
import type { ConversationBook } from './book.ts';
import { BEGINNING, type GapFiller } from './gap-filler.ts';
import type { History, OpenHole } from './history.ts';
import type { Intake } from './intake.ts';
import type { KnownMessages } from './known-messages.ts';
import type { ReadingPage, ReadPage } from './read-page.ts';
import type { Opener } from './sealed/opener.ts';

const FIRST_PAGE = 50;
const MOST_IN_FLIGHT = 4;
/** Further back somebody has to look. */
const MOST_PAGES = 50;
/** Of a hole that a stream left, and not of one that a damaged disk did. */
const OURS = 'room-';
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 5 * 60_000;

export interface RoomCatchUpNeeds {
  archive: ArchiveClient;
  book: ConversationBook;
  history: History;
  intake: Intake;
  opener: Opener;
  known: KnownMessages;
  store: Store;
  filler: GapFiller;
  readPage: ReadPage;
  clock: Clock;
  log: Log;
  mintId(): string;
  /** As for the account: how far back everything of this room has been seen. */
  covered(room: Address, since: number | undefined): void;
}

export class RoomCatchUp {
  readonly #needs: RoomCatchUpNeeds;
  readonly #holes = new Map<Address, OpenHole>();
  readonly #queue: (() => Promise<void>)[] = [];
  readonly #latest = new Map<Address, string>();
  #inFlight = 0;

  constructor(needs: RoomCatchUpNeeds) {
    this.#needs = needs;
  }

  openHole(room: Address): OpenHole | undefined {
    return this.#holes.get(room);
  }

  /** We are in the room anew: from now on something may be missing below whatever comes. */
  start(room: Address): void {
    const id = `${OURS}${this.#needs.mintId()}`;
    this.#latest.set(room, id);
    const isNew = (this.#needs.book.get(room)?.top ?? 0) === 0;
    const hole: OpenHole = { id: isNew ? BEGINNING : id };
    this.#holes.set(room, hole);
    this.#queue.push(() => this.#catchUp(room, hole, id));
    this.#next();
  }

  /** The stream is gone: what still waits for its turn would ask a room we are not in. */
  forget(): void {
    this.#queue.length = 0;
    this.#latest.clear();
  }

  #next(): void {
    if (this.#inFlight >= MOST_IN_FLIGHT) return;
    const work = this.#queue.shift();
    if (!work) return;
    this.#inFlight += 1;
    const done = (): void => {
      this.#inFlight -= 1;
      this.#next();
    };
    work().then(done, (defect: unknown) => {
      complain(this.#needs.log, 'catching up with a room broke', defect);
      done();
    });
  }

  /** Until the first page is there, whatever comes stands apart: the hole stays open, and the archive is asked again. */
  async #catchUp(room: Address, hole: OpenHole, turn: string, tries = 0): Promise<void> {
    const found = await this.#findNewest(room, hole, turn);
    if (this.#latest.get(room) !== turn) return;
    if (!found) {
      this.#needs.covered(room, undefined);
      return this.#tryAgain(room, hole, turn, tries);
    }
    if (this.#holes.get(room) === hole) this.#holes.delete(room);
    await this.#goBack(room, hole, turn);
  }

  #tryAgain(room: Address, hole: OpenHole, turn: string, tries: number): void {
    this.#needs.clock.after(Math.min(FIRST_RETRY_MS * 2 ** tries, LONGEST_RETRY_MS), () => {
      if (this.#latest.get(room) !== turn) return;
      this.#queue.push(() => this.#catchUp(room, hole, turn, tries + 1));
      this.#next();
    });
  }

  /** The newest page, and those before it as long as they hold nothing that is shown: a gap lies below something. */
  async #findNewest(room: Address, hole: OpenHole, turn: string): Promise<boolean> {
    const { archive, covered } = this.#needs;
    for (let pages = 0, before = NEWEST; pages < MOST_PAGES; pages++) {
      const answer = await archive.ask({ room, before, count: FIRST_PAGE });
      if (this.#latest.get(room) !== turn || !answer.ok) return false;
      const { complete, first, results } = answer.value;
      if (!complete && (first === undefined || first === before)) return false;
      const isPlaced = await this.#workIn(room, hole, answer.value);
      covered(room, complete ? -Infinity : (results[0]?.sentAt ?? -Infinity));
      if (isPlaced || complete || first === undefined) return true;
      before = first;
    }
    return true;
  }

  #workIn(room: Address, hole: OpenHole, page: FetchedPage): Promise<boolean> {
    const { opener, readPage, intake } = this.#needs;
    return opener.page(page.results, room, false, (results, keep) => {
      const read = readPage(results, room);
      return intake.run(read.needs, () => {
        const isPlaced = this.#place(room, hole, page, read);
        keep();
        return isPlaced;
      });
    });
  }

  /** Whether it is known now what lies below: something was met, or a gap says that more is missing. */
  #place(room: Address, hole: OpenHole, page: FetchedPage, read: ReadingPage): boolean {
    const { history, known, book } = this.#needs;
    const sightings = read.conversations.get(room) ?? [];
    const gap = book.get(room)?.gaps.find((one) => one.id === hole.id);
    const isMet = sightings.some((sighting) => (known.placeOf(sighting) ?? Infinity) < (gap?.below ?? Infinity));
    const isOpen = !page.complete && !isMet;
    const since = read.needs.get(room) ?? Infinity;
    history.place({
      conversation: room,
      sightings,
      since,
      hole: { ...hole, isOpen },
      ...(page.first !== undefined && { first: page.first }),
    });
    if (isOpen) return book.get(room)?.gaps.some((one) => one.id === hole.id) === true;
    history.closeGap(room, hole.id);
    if (page.complete) history.completed(room);
    return true;
  }

  /**
   * This hole, then those that earlier streams left. A room never seen before shows its newest page; the rest is fetched when somebody scrolls
   * there.
   */
  async #goBack(room: Address, hole: OpenHole, turn: string): Promise<void> {
    if (hole.id === BEGINNING) return;
    const left = await this.#fill(room, turn, MOST_PAGES, ({ id }) => id === hole.id);
    if (this.#newestGap(room, ({ id }) => id === hole.id)) return this.#needs.covered(room, undefined);
    if (this.#latest.get(room) !== turn) return;
    this.#needs.covered(room, -Infinity);
    await this.#fill(room, turn, left, ({ id }) => id.startsWith(OURS));
  }

  /** As long as there are such gaps. Answers how many pages may still be asked for. */
  async #fill(room: Address, turn: string, most: number, isMeant: (gap: StoredGap) => boolean): Promise<number> {
    for (let left = most; left > 0 && this.#latest.get(room) === turn; left--) {
      const gap = this.#newestGap(room, isMeant);
      if (!gap) return left;
      if (!(await this.#needs.filler.fill(room, gap.id)).ok) return 0;
    }
    return 0;
  }

  #newestGap(room: Address, isMeant: (gap: StoredGap) => boolean): StoredGap | undefined {
    const gaps = this.#needs.book.get(room)?.gaps.filter(isMeant) ?? [];
    return gaps.toSorted((a, b) => a.below - b.below).at(-1);
  }
}
