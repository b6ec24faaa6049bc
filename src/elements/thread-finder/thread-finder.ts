// Finding in a conversation: words, or a day. A bar at the upper edge of the thread that asked for it, and a way back from where it led.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Clock } from '../../base/clock.ts';
import { foldWords } from '../../base/fold-text.ts';
import type { Gap } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import type { FinderTexts } from '../../texts/keys/finder-texts.ts';
import { LATE_TEXTS } from '../../texts/late/late.ts';
import { deepestActive } from '../controllers/sheet-controller.ts';
import { GapRequestEvent } from '../events/message-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { SessionPart } from '../session-part.ts';
import type { Leap } from '../thread/thread-leap.ts';
import { findDay, type DayPlace } from './find-day.ts';
import { renderBack, renderDay, renderStatus, renderWords, type Status } from './finder-parts.ts';
import { finderStyles } from './finder.styles.ts';
import { FoundMarks } from './found-marks.ts';
import { WordSearch } from './word-search.ts';

/** The thread it lies over, at the other side of its root. */
interface SearchedThread extends HTMLElement {
  readonly clock: Clock;
  /** Undefined at the newest end. */
  readonly place: Leap | undefined;
  leap(to: Leap | 'end'): void;
}

/** Typing has come to rest: the result is told to those who listen. */
const SETTLED_MS = 700;

/**
 * Finds words and days in the conversation of the thread it lies over.
 * @tag warbler-thread-finder
 * @fires warbler-gap-request - Missing messages shall be fetched.
 * @csspart finder - The bar.
 * @csspart back - Back to where one was.
 */
export class ThreadFinder extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, finderStyles];

  @property({ attribute: false }) conversation: ConversationId | undefined;

  @state() private mode: 'closed' | 'words' | 'day' = 'closed';
  @state() private day = 0;
  @state() private dayOutcome = '';
  @state() private isFetchingDay = false;
  @state() private from: Leap | 'end' | undefined;
  @query('input') private input!: HTMLInputElement | null;

  readonly #marks = new FoundMarks({ clock: () => this.#thread.clock, landed: (bubble) => this.#landed(bubble) });
  #search: WordSearch | undefined;
  /** Which of the found messages is shown, and its id, which stays while others are found. */
  #at = -1;
  #here: MessageId | undefined;
  #before: HTMLElement | undefined;
  #asked = 0;
  #onLanding: ((bubble: HTMLElement) => void) | undefined;
  #cancelTelling: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('conversation') || changed.has('session')) this.#forget();
  }

  /** A time chooses a day near it; without one, words are sought. */
  open(day?: number): void {
    if (this.mode === 'closed') this.#begin();
    this.mode = day === undefined ? 'words' : 'day';
    this.#leaveDay();
    if (day !== undefined) {
      this.day = day;
      this.#seek('');
    }
    void this.#enter();
  }

  async #enter(): Promise<void> {
    await this.updateComplete;
    this.input?.focus();
    if (this.mode === 'words') this.input?.select();
  }

  /** Puts the bar away; the way back stays. */
  close(): void {
    if (this.mode === 'closed') return;
    const before = this.#before;
    this.#end();
    if (before?.isConnected && before.checkVisibility()) before.focus();
    else this.#thread.focus();
  }

  override render(): TemplateResult {
    const words = this.#words;
    return html`${this.mode === 'closed' ? nothing : this.#renderBar(words)}
    ${this.from === undefined ? nothing : renderBack(words, this.#goBack)}`;
  }

  #renderBar(words: FinderTexts): TemplateResult {
    const common = { texts: this.texts, words, close: () => this.close() };
    return html`<div class="bar" part="finder" role="search" aria-label=${this.texts.findInConversation} @keydown=${this.#pressed}>
      ${
        this.mode === 'day'
          ? renderDay({ ...common, day: this.day, now: this.#thread.clock.now(), isBusy: this.isFetchingDay, go: this.#goToDay })
          : renderWords({ ...common, search: this.#search, at: this.#at, seek: this.#seek, step: this.#step, pickDay: this.#pickDay })
      }
      ${renderStatus(this.#status())}
    </div>`;
  }

  #status(): Status {
    const { fetching, stop, partly, fetchOn } = this.#words;
    if (this.mode === 'day') {
      if (this.isFetchingDay) return { text: fetching, action: stop, act: () => this.#leaveDay(true) };
      return { text: this.dayOutcome };
    }
    const search = this.#search;
    if (!search) return { text: '' };
    if (search.isFetching) return { text: fetching, action: stop, act: () => search.stopFetching() };
    if (search.failure) return { text: failureSentence(this.texts, search.failure), action: this.texts.retry, act: this.#fetchOn };
    return search.isDone && search.gaps.length > 0 ? { text: partly, action: fetchOn, act: this.#fetchOn } : { text: '' };
  }

  get #words(): FinderTexts {
    return LATE_TEXTS[this.texts.locale];
  }

  get #root(): ShadowRoot {
    return this.getRootNode() as ShadowRoot;
  }

  get #thread(): SearchedThread {
    return this.#root.host as SearchedThread;
  }

  #begin(): void {
    this.#before = deepestActive();
    this.#marks.begin(this.#root);
  }

  #end(): void {
    this.mode = 'closed';
    this.#before = undefined;
    this.#stopSearch();
    this.#leaveDay();
    this.#marks.end();
  }

  #forget(): void {
    this.#end();
    this.#marks.forget();
    this.from = undefined;
  }

  // ---- words ----

  readonly #seek = (text: string): void => {
    const folded = foldWords(text);
    if (folded === foldWords(this.#search?.words ?? '')) return;
    this.#stopSearch();
    this.#marks.seek(folded);
    const { session, conversation } = this;
    if (folded !== '' && session && conversation) {
      const search: WordSearch = new WordSearch(text, {
        source: session,
        conversation,
        fill: this.#fill,
        changed: () => this.#found(search),
      });
      this.#search = search;
    }
    this.requestUpdate();
  };

  #stopSearch(): void {
    this.#search?.stop();
    this.#search = undefined;
    this.#at = -1;
    this.#here = undefined;
    this.#cancelTelling?.();
  }

  /** The newest comes into sight at once; the person's own choice keeps its message while others are found. */
  #found(search: WordSearch): void {
    if (search !== this.#search) return;
    this.requestUpdate();
    if (this.#at < 0 && search.found.length > 0) this.#show(0);
    else if (this.#here) this.#at = search.found.findIndex(({ id }) => id === this.#here);
    if (search.isDone && !search.isFetching) this.#tellLater();
  }

  #show(at: number): void {
    const found = this.#search?.found[at];
    if (!found) return;
    this.#at = at;
    this.#here = found.id;
    this.#leap({ order: found.order });
    this.#marks.pointTo(found.id);
    this.requestUpdate();
  }

  readonly #step = (by: 1 | -1): void => {
    if (this.#search?.found[this.#at + by]) {
      this.#cancelTelling?.();
      this.#onLanding = (bubble) =>
        this.announce(`${this.#count()}. ${bubble.ariaLabel}: ${bubble.querySelector('.text')?.textContent ?? ''}`);
      this.#show(this.#at + by);
    }
    this.input?.focus();
  };

  readonly #fetchOn = async (): Promise<void> => {
    const search = this.#search;
    const known = new Set(search?.found.map(({ id }) => id));
    await search?.fetchOn();
    if (search !== this.#search) return;
    const fresh = search?.found.findIndex(({ id }) => !known.has(id)) ?? -1;
    if (fresh >= 0 && known.size > 0) this.#show(fresh);
    this.input?.focus();
  };

  readonly #fill = (gap: Gap): Promise<Answer<void>> | undefined => {
    if (!this.conversation) return undefined;
    const request = new GapRequestEvent(this.conversation, gap.id);
    this.dispatchEvent(request);
    return request.answer;
  };

  #count(): string {
    const { found, isDone } = this.#search ?? { found: [], isDone: true };
    return found.length === 0 ? this.#words.none : this.#words.count(this.#at + 1, found.length, isDone);
  }

  #tellLater(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = this.#thread.clock.after(SETTLED_MS, () => this.announce([this.#count(), this.#status().text].join(' ').trim()));
  }

  // ---- a day ----

  readonly #pickDay = (): void => this.open(this.#thread.clock.now());

  readonly #goToDay = async (from: number | undefined, to: number): Promise<void> => {
    const { session, conversation } = this;
    this.#leaveDay();
    if (from === undefined || !session || !conversation) return this.#tellDay(this.#words.dayMissing);
    const asked = ++this.#asked;
    this.day = from;
    this.isFetchingDay = true;
    const place = await findDay({ source: session, conversation, fill: this.#fill, goesOn: () => this.isFetchingDay }, from, to);
    if (asked !== this.#asked) return;
    this.isFetchingDay = false;
    this.#arrive(place);
  };

  #arrive(place: DayPlace): void {
    const { first, isOnThatDay } = place;
    if (isOnThatDay) this.#onLanding = (bubble) => (this.#end(), bubble.focus({ preventScroll: true }));
    else this.#tellDay(this.#outcomeOf(place));
    if (!first?.order) return this.#leap('end');
    this.#leap({ order: first.order });
    this.#marks.pointTo(first.id);
  }

  #outcomeOf({ first, isCertain, failure }: DayPlace): string {
    const { dayLater, dayNone, dayUnfetched } = this.#words;
    if (!isCertain) return dayUnfetched(this.#why(failure));
    return first ? dayLater : dayNone;
  }

  #why(failure: Failure | undefined): string {
    return failure ? failureSentence(this.texts, failure) : '';
  }

  #tellDay(words: string): void {
    this.dayOutcome = words;
    this.announce(words);
  }

  /** Stopped, it shows what it has; left, it shows nothing any more. */
  #leaveDay(isStopped = false): void {
    if (!isStopped) this.#asked += 1;
    this.isFetchingDay = false;
    this.dayOutcome = '';
  }

  // ---- there and back ----

  #leap(to: Leap | 'end'): void {
    this.from ??= this.#thread.place ?? 'end';
    this.#thread.leap(to);
  }

  #landed(bubble: HTMLElement): void {
    this.#onLanding?.(bubble);
    this.#onLanding = undefined;
  }

  readonly #goBack = (): void => {
    const to = this.from;
    this.from = undefined;
    this.#end();
    // What has the focus may still be what was found: it stays where it is, or the way back would end there.
    this.#thread.focus({ preventScroll: true });
    if (to) this.#thread.leap(to);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}
