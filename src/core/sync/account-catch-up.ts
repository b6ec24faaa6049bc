// After every fresh stream: what came meanwhile, newest page first, then backwards until what was known is met.
//   opening ──▶ asked (50, in the sign-in's own flight) ──page──▶ hole moved up ──page of 250──▶ … ──met──▶ closed
//                  │                       └── asked once more for what came after it, before our presence was there
//                  └── no answer, cut ──▶ the hole stays on disk and in the threads; the next stream goes on with it
import type { Clock } from '../../base/clock.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import { complain } from '../complain.ts';
import type { Log } from '../ports.ts';
import { NEWEST, type ArchiveClient, type FetchedPage } from './archive-client.ts';
import type { ArchivePosition, Hole } from './archive-position.ts';
import type { ConversationBook } from './book.ts';
import type { History } from './history.ts';
import type { Intake } from './intake.ts';
import type { ReadingPage, ReadPage } from './read-page.ts';
import type { Opener } from './sealed/opener.ts';
import type { Sighting } from './sighting.ts';
import { Search, type Unsure } from './unsure.ts';

const FIRST_PAGE = 50;
/** Prosody caps a page at 50 unless told otherwise, ejabberd at 250: asking for more costs nothing. */
const PAGE = 250;
/** What lies further back is fetched when somebody looks there. */
const MOST_AT_ONCE = 20_000;
const CHECK = 'check';
/** A line that breaks again at once is not asked each time: its answers would be said again and again, and hold up everything else. */
const CHECK_AFTER_MS = 1_000;
/** So far back the order of pages is compared: more than comes while a line is down for a moment. */
const MOST_COMPARED = 1_000;
/** An archive that always has one page more is not followed for ever. */
const MOST_LOOKS = 20;
/** Old enough that nothing can slip in before it any more. */
const CERTAIN_AFTER_MS = 5_000;

export interface AccountCatchUpNeeds {
  archive: ArchiveClient;
  position: ArchivePosition;
  book: ConversationBook;
  history: History;
  intake: Intake;
  opener: Opener;
  clock: Clock;
  log: Log;
  mintId(): string;
  /** What the results of a page say, by conversation; receipts and markers are dealt with in passing. */
  readPage: ReadPage;
  /** What of ours may be in the archive without anybody having told us. */
  unsure(): readonly Unsure[];
  /** Everything since then has been seen; `-Infinity` once there is nothing more to see, `undefined` if it cannot be known. */
  covered(since: number | undefined): void;
  busy(isBusy: boolean): void;
  /** With what an engine handed on and no page had, once the last one is there. */
  joinPage(results: FetchedPage['results'], isLast: boolean): FetchedPage['results'];
  /** Messages that count as heard now, in the archive's order. */
  saw(conversation: ConversationId, sightings: readonly Sighting[]): void;
}

export class AccountCatchUp {
  readonly #needs: AccountCatchUpNeeds;
  /** Conversations that were filled on their own while the hole was still open. */
  readonly #filled = new Set<ConversationId>();
  #run = 0;
  #isFetching = false;
  /** Asked, and not yet listened to. */
  #first: Asked | undefined;
  /** Opened by what was heard between asking and listening. */
  #early: Hole | undefined;
  #uncheckedFrom: string | undefined;
  #cancelCheck: (() => void) | undefined;

  constructor(needs: AccountCatchUpNeeds) {
    this.#needs = needs;
  }

  /**
   * A fresh stream is being bound: what is asked here travels in the same flight. The disk may still be on its way. What was asked on the last
   * one is not heard any more: that it failed says nothing of this one.
   */
  ask(): void {
    this.pause();
    this.#run += 1;
    this.#early = undefined;
    this.#first = this.#ask(NEWEST, FIRST_PAGE);
  }

  /** It is bound: from now on something may be missing below whatever comes. */
  start(): void {
    const first = this.#first ?? this.#ask(NEWEST, FIRST_PAGE);
    this.#first = undefined;
    const run = this.#begin('account', first);
    void first.answer.then((answer) => (answer.ok ? this.#lookAgain(run, answer.value.last) : undefined));
  }

  /**
   * A stream was resumed. ejabberd 23.01 loses what it kept for a stream that is cut again while it is being resumed, and says that all is
   * well: the archive is the one to ask, as soon as the stream holds and what was asked before has been answered.
   */
  check(): void {
    this.pause();
    // All streams that did not hold are looked at in one go: from where the archive was known before the first of them.
    this.#uncheckedFrom ??= this.#needs.position.fact.reached;
    this.#cancelCheck = this.#needs.clock.after(CHECK_AFTER_MS, () =>
      this.#isFetching ? this.check() : void this.#begin(CHECK, this.#ask(NEWEST, FIRST_PAGE)),
    );
  }

  /** The stream is down: what was asked on it is asked again or answered once it is back. */
  pause(): void {
    this.#cancelCheck?.();
    this.#cancelCheck = undefined;
  }

  /** Pages are on their way, or will be asked for in a moment: they tell what an engine hands on meanwhile. */
  get isUnderWay(): boolean {
    return this.#first !== undefined || this.#isFetching;
  }

  /** Whether nobody needs to see this gap: in a moment it will be known that nothing is missing. */
  isChecking(gap: string): boolean {
    const hole = this.#needs.position.newestHole;
    return hole?.id === gap && hole.below === undefined && gap.startsWith(CHECK);
  }

  #begin(why: string, first: Asked): number {
    const run = ++this.#run;
    this.#filled.clear();
    const hole = this.#early ?? this.#open(why);
    this.#early = undefined;
    void this.#catchUp(run, hole, first);
    return run;
  }

  #open(why: string): Hole {
    const hole = this.#needs.position.openHole(`${why}-${this.#needs.mintId()}`, this.#uncheckedFrom);
    this.#uncheckedFrom = undefined;
    return hole;
  }

  /** The account goes: answers that still come are not heard. */
  stop(): void {
    this.pause();
    this.#run += 1;
  }

  /** What comes before the stream is listened to stands apart as well: what was asked does not hold it. */
  openHole(conversation: ConversationId): Hole | undefined {
    if (this.#first) this.#early ??= this.#open('account');
    const hole = this.#needs.position.newestHole;
    return hole && !this.#filled.has(conversation) ? hole : undefined;
  }

  filled(conversation: ConversationId): void {
    this.#filled.add(conversation);
  }

  async #catchUp(run: number, hole: Hole, first: Asked): Promise<void> {
    this.#needs.busy(true);
    this.#isFetching = true;
    const isComplete = await this.#fetchHoles(run, hole, first).catch((defect: unknown) => {
      complain(this.#needs.log, 'catching up broke', defect);
      return false;
    });
    if (run !== this.#run) return;
    this.#isFetching = false;
    this.#needs.covered(isComplete ? -Infinity : undefined);
    this.#needs.busy(false);
  }

  /**
   * The newest page was asked for before our presence was told: what was written in between was delivered to nobody here. By now that presence
   * is on its way, and whatever comes later is heard.
   */
  async #lookAgain(run: number, after: string | undefined, left = MOST_LOOKS): Promise<void> {
    const { archive } = this.#needs;
    const answer = await archive.ask({ ...(after === undefined ? { before: NEWEST } : { after }), count: FIRST_PAGE });
    if (run !== this.#run || !answer.ok) return;
    const { results, last, complete } = answer.value;
    await this.#hearLate(results);
    if (!complete && after !== undefined && last !== undefined && last !== after && left > 0) await this.#lookAgain(run, last, left - 1);
  }

  #hearLate(results: FetchedPage['results']): Promise<void> {
    const { opener, readPage, intake, saw } = this.#needs;
    return opener.page(results, undefined, false, (opened, keep) => {
      const read = readPage(opened);
      return intake.together(read.needs, () => {
        for (const [conversation, sightings] of read.conversations) saw(conversation, sightings);
        read.applyMarks();
        keep();
      });
    });
  }

  /** The newest hole, then those that earlier streams left. */
  async #fetchHoles(run: number, newest: Hole, first: Asked): Promise<boolean> {
    let fetched = 0;
    const search = new Search(this.#needs.unsure());
    for (let hole: Hole | undefined = newest, asked = first; hole;) {
      const outcome: HoleOutcome = await this.#fetchHole(run, hole, asked, search, MOST_AT_ONCE - fetched);
      if (outcome.state !== 'closed') return outcome.state === 'bounded';
      fetched += outcome.count;
      hole = this.#needs.position.newestHole;
      if (hole?.below === undefined) return true;
      asked = this.#ask(hole.below);
    }
    return true;
  }

  async #fetchHole(run: number, hole: Hole, first: Asked, search: Search, most: number): Promise<HoleOutcome> {
    const seen = new Set<string | undefined>([hole.below]);
    const newer: NewerPages = new Map();
    let count = 0;
    let met = false;
    for (let asked: Asked | undefined = first; asked;) {
      const ahead = this.#askAhead(run, asked, count >= PAGE && count + PAGE < most);
      const answer: Answer<FetchedPage> = await asked.answer;
      if (run !== this.#run) return { state: 'superseded', count };
      const page: FetchedPage | undefined = answer.ok ? answer.value : endOfPurged(answer.failure, hole);
      if (!page || !isProgress(page, seen)) return this.#gaveUp(count);
      count += page.results.length;
      met ||= isMet(hole, page);
      search.saw(page);
      const end: HoleEnd | undefined = met && (search.isOver || page.complete) ? 'met' : page.complete ? 'beginning' : undefined;
      // The next page is on its way while this one is worked in.
      asked = end || count >= most || page.first === undefined ? undefined : (ahead(page.first) ?? this.#ask(page.first));
      await this.#workIn(hole, page, end, newer);
      if (count > MOST_COMPARED) newer.clear();
      if (end) return { state: 'closed', count };
    }
    return { state: 'bounded', count };
  }

  #ask(before: string, count = PAGE): Asked {
    let began = (_first: string): void => undefined;
    const begins = new Promise<string>((resolve) => (began = resolve));
    return { before, begins, answer: this.#needs.archive.ask({ before, count }, began) };
  }

  /**
   * Once a catch-up is known to be long, the next page is asked for as soon as this one begins to come: the engine then never waits for us.
   * The answer finds it again, if this page really begins there.
   */
  #askAhead(run: number, asked: Asked, isLong: boolean): (before: string) => Asked | undefined {
    let ahead: Asked | undefined;
    if (isLong) void asked.begins.then((first) => run === this.#run && (ahead = this.#ask(first)));
    return (before) => (ahead?.before === before ? ahead : undefined);
  }

  #gaveUp(count: number): HoleOutcome {
    this.#needs.log.info('the archive did not answer in full');
    return { state: 'failed', count };
  }

  #workIn(hole: Hole, page: FetchedPage, end: HoleEnd | undefined, newer: NewerPages): Promise<void> {
    const { opener, readPage, intake, joinPage, position } = this.#needs;
    const isLast = end === 'beginning' || (end === 'met' && position.fact.holes.length === 1);
    return opener.page(joinPage(page.results, isLast), undefined, false, (results, keep) => {
      const read = readPage(results);
      return intake.run(read.needs, () => {
        this.#place(hole, page, end, newer, read);
        keep();
      });
    });
  }

  /** One step, one transaction: the page, the gaps above it, and how far the archive is known. */
  #place(hole: Hole, page: FetchedPage, end: HoleEnd | undefined, newer: NewerPages, read: ReadingPage): void {
    const { history, position, covered } = this.#needs;
    const isFirst = hole.below === undefined && position.newestHole?.id === hole.id && position.newestHole.below === undefined;
    if (isFirst) this.#reach(page);
    for (const [conversation, sightings] of read.conversations) {
      const isOpen = (!end || position.fact.holes.length > 1) && !this.#filled.has(conversation);
      const before = newer.get(conversation) ?? [];
      history.place({
        conversation,
        sightings,
        newer: before,
        since: read.needs.get(conversation) ?? Infinity,
        hole: { ...hole, isOpen },
        ...(page.first !== undefined && { first: page.first }),
      });
      newer.set(conversation, [...sightings, ...before]);
    }
    read.applyMarks();
    if (end) this.#close(hole, end);
    else if (page.first !== undefined) position.moveHole(hole.id, page.first);
    const oldest = page.results[0]?.sentAt;
    if (oldest !== undefined) covered(oldest);
  }

  #reach(page: FetchedPage): void {
    const { position, clock } = this.#needs;
    const certain = page.results.findLast((result) => result.sentAt < clock.now() - CERTAIN_AFTER_MS) ?? page.results[0];
    if (certain) position.reach(certain.archiveId);
    const newest = page.results.at(-1);
    if (newest) position.advance(newest.archiveId, clock.now());
  }

  #close(hole: Hole, end: HoleEnd): void {
    const { position, book, history } = this.#needs;
    const isBeginning = end === 'beginning';
    const names = position.closeHole(hole.id, isBeginning);
    const older = position.newestHole;
    for (const record of [...book.all()]) {
      if (record.kind !== 'direct') continue;
      for (const name of names) history.closeGap(record.id, name, older);
      if (isBeginning) history.completed(record.id);
    }
  }
}

/** Where a hole ends: at what was known, or at the beginning of the archive. */
type HoleEnd = 'met' | 'beginning';

/** What the pages before held, in the archive's order. */
type NewerPages = Map<ConversationId, readonly Sighting[]>;

/** A page on its way: what it lies before, when it begins to come, and all of it. */
interface Asked {
  before: string;
  begins: Promise<string>;
  answer: Promise<Answer<FetchedPage>>;
}

interface HoleOutcome {
  state: 'closed' | 'bounded' | 'failed' | 'superseded';
  count: number;
}

const isMet = (hole: Hole, page: FetchedPage): boolean =>
  hole.above !== undefined && page.results.some((result) => result.archiveId === hole.above);

/** The archive no longer has the message we stopped at: nothing older is left there. */
const endOfPurged = (failure: Failure, hole: Hole): FetchedPage | undefined =>
  failure.kind === 'not-found' && hole.below !== undefined ? { results: [], complete: true } : undefined;

/** An archive that repeats itself would be asked for ever; a page without an end would hide what it left out. */
function isProgress(page: FetchedPage, seen: Set<string | undefined>): boolean {
  if (page.first === undefined) return page.complete;
  if (seen.has(page.first)) return false;
  seen.add(page.first);
  return true;
}
