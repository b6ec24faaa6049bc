// Loads the stretch of a conversation that is shown, and keeps it true: one read at a time, the most urgent wish first.
// changed → newest end or changed places are read again · near an edge → the next page there · own send while far up → the newest page
import type { SessionClient } from '../../client/session-client.ts';
import type { ThreadPage, ThreadWindow } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import {
  firstOrder,
  holdsPlace,
  justBelow,
  lastOrder,
  mergePage,
  NOTHING,
  openState,
  trimState,
  type ThreadState,
} from './thread-state.ts';
import { joinTouched, touchedPlaces, type Touched } from './touched-places.ts';

export type ThreadSource = Pick<SessionClient, 'readThread' | 'onChanged'>;

export interface ThreadView {
  /** The newest end is in sight and stays there. */
  isFollowing(): boolean;
  modelChanged(): void;
}

const FIRST_PAGE = 50;
const PAGE = 50;
/** More than a frame's worth of the fastest burst. */
const PULL = 150;
const MOST_LOADED = 400;

interface Plan {
  window: Omit<ThreadWindow, 'conversation'>;
  apply: (page: ThreadPage) => void;
}

type Wish = 'open' | 'newest' | 'refresh' | 'newer' | 'older';
const URGENCY: readonly Wish[] = ['open', 'newest', 'refresh', 'newer', 'older'];

export class ThreadModel {
  state: ThreadState = NOTHING;
  face: 'none' | 'loading' | 'failed' | 'ready' = 'none';
  failure: Failure | undefined;
  olderFailure: Failure | undefined;

  readonly #view: ThreadView;
  #source: ThreadSource | undefined;
  #conversation: ConversationId | undefined;
  #around: ThreadWindow['around'] = 'unread';
  #wishes = new Set<Wish>();
  #touched: Touched | undefined;
  /** Counts changes: an answer that was asked for before one says nothing about what came with it. */
  #changes = 0;
  #visit = 0;
  #reading = false;
  /** Asked there, and nothing came: wait for word of a change before asking again. */
  #dryAbove = -Infinity;
  #newerFailed = false;
  #unsubscribe: (() => void) | undefined;

  constructor(view: ThreadView) {
    this.#view = view;
  }

  open(source: ThreadSource, conversation: ConversationId, around: ThreadWindow['around'] = 'unread'): void {
    this.close();
    this.#source = source;
    this.#conversation = conversation;
    this.#around = around;
    this.face = 'loading';
    this.#unsubscribe = source.onChanged((looks) => {
      const first = this.face === 'ready' && this.state.messages.length > 0 ? firstOrder(this.state) : -Infinity;
      const { shown, isBelow } = touchedPlaces(looks, conversation, first);
      if (shown) this.#refresh(shown);
      else if (isBelow) this.#changedBelow();
    });
    this.#wish('open');
  }

  /** What the disk had before the core was there: shown at once, read again as soon as the core answers. */
  adopt(page: ThreadPage): void {
    if (this.face !== 'loading') return;
    this.state = openState(page);
    this.face = 'ready';
    this.#wishes.delete('open');
    this.#refresh({ from: -Infinity, to: Infinity });
    this.#view.modelChanged();
  }

  close(): void {
    this.#visit++;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#wishes.clear();
    this.#reading = false;
    this.#dryAbove = -Infinity;
    this.state = NOTHING;
    this.face = 'none';
    this.failure = this.olderFailure = undefined;
    this.#newerFailed = false;
  }

  retry(): void {
    if (this.face === 'failed') this.face = 'loading';
    this.failure = undefined;
    this.#wish('open');
    this.#view.modelChanged();
  }

  loadOlder(): void {
    if (this.face !== 'ready' || this.state.atStart || this.olderFailure || firstOrder(this.state) === this.#dryAbove) return;
    this.#wish('older');
  }

  retryOlder(): void {
    this.olderFailure = undefined;
    this.loadOlder();
  }

  loadNewer(): void {
    if (this.face === 'ready' && !this.state.atEnd && !this.#newerFailed) this.#wish('newer');
  }

  /** Resolves with the next `modelChanged` that shows the newest message. */
  goToNewest(): void {
    if (this.face === 'ready' && !this.state.atEnd) this.#wish('newest');
  }

  /** Resolves with the next `modelChanged` that shows this place. */
  goTo(order: number): void {
    if (this.face !== 'ready' || holdsPlace(this.state, order)) return;
    this.#around = justBelow(order);
    this.#wish('open');
  }

  get loadingOlder(): boolean {
    return this.#wishes.has('older');
  }

  /** Nothing that is shown is otherwise: only what could not be had there may be asked for again. */
  #changedBelow(): void {
    const isEdge = this.state.atStart || this.olderFailure !== undefined || this.#dryAbove !== -Infinity;
    this.#changes += 1;
    this.#dryAbove = -Infinity;
    this.olderFailure = undefined;
    this.state = { ...this.state, atStart: false };
    if (isEdge) this.#view.modelChanged();
  }

  #refresh(touched: Touched): void {
    this.#touched = joinTouched(this.#touched, touched);
    this.#changes += 1;
    this.#dryAbove = -Infinity;
    this.#newerFailed = false;
    this.olderFailure = undefined;
    if (this.face === 'failed') this.retry();
    else if (this.face === 'ready') this.#wish('refresh');
    // While the first page is on its way its answer may be older than this change.
    else this.#wishes.add('refresh');
  }

  #wish(wish: Wish): void {
    if (this.#wishes.has(wish)) return;
    this.#wishes.add(wish);
    if (!this.#reading) void this.#work();
  }

  async #work(): Promise<void> {
    const visit = this.#visit;
    this.#reading = true;
    for (let wish = this.#next(); wish; wish = this.#next()) {
      const changed = await this.#grant(wish, visit);
      if (visit !== this.#visit) return;
      if (changed) this.#view.modelChanged();
    }
    this.#reading = false;
  }

  #next(): Wish | undefined {
    return URGENCY.find((wish) => this.#wishes.has(wish));
  }

  async #grant(wish: Wish, visit: number): Promise<boolean> {
    const { window, apply } = this.#plan(wish);
    const before = this.state;
    // A page at an edge is wished for until it is there; a change that arrives while it is being read must be read once more.
    const edge = wish === 'older' || wish === 'newer';
    if (!edge) this.#wishes.delete(wish);
    const answer = await this.#read(window);
    if (visit !== this.#visit) return false;
    if (edge) this.#wishes.delete(wish);
    if (!answer.ok) return this.#fail(wish, answer.failure);
    apply(answer.value);
    return edge || this.state !== before;
  }

  #read(window: Omit<ThreadWindow, 'conversation'>): Promise<Answer<ThreadPage>> {
    if (!this.#source || !this.#conversation) throw new Error('a thread is read only while it is open');
    return this.#source.readThread({ conversation: this.#conversation, ...window });
  }

  #fail(wish: Wish, failure: Failure): boolean {
    if (wish === 'older') this.olderFailure = failure;
    else if (wish === 'newer') this.#newerFailed = true;
    else if (this.face === 'loading') [this.face, this.failure] = ['failed', failure];
    return true;
  }

  #plan(wish: Wish): Plan {
    switch (wish) {
      case 'open':
        return { window: { around: this.#around, before: FIRST_PAGE, after: FIRST_PAGE }, apply: (page) => this.#show(page) };
      case 'newest':
        return { window: { around: 'newest', before: FIRST_PAGE, after: 0 }, apply: (page) => this.#show(page) };
      case 'older':
        return this.#planOlder();
      case 'newer':
        return this.#planNewer(lastOrder(this.state), PAGE, 'newest');
      case 'refresh':
        return this.#planRefresh();
    }
  }

  #show(page: ThreadPage): void {
    this.state = openState(page);
    this.face = 'ready';
    this.#dryAbove = -Infinity;
  }

  #planOlder(): Plan {
    const below = firstOrder(this.state);
    const changes = this.#changes;
    const apply = (page: ThreadPage): void => {
      if (firstOrder(this.state) !== below) return;
      const merged = mergePage(this.state, page, -Infinity, below);
      if (page.messages.length === 0 && !page.atStart && changes === this.#changes) this.#dryAbove = below;
      this.state = trimState({ ...merged, atStart: page.atStart }, MOST_LOADED, this.#view.isFollowing() ? 'newest' : 'oldest');
    };
    return { window: { around: below, before: PAGE, after: 0 }, apply };
  }

  #planNewer(above: number, count: number, keep: 'oldest' | 'newest', to = Infinity): Plan {
    if (above === -Infinity) return { window: { around: 'newest', before: FIRST_PAGE, after: 0 }, apply: (page) => this.#show(page) };
    const apply = (page: ThreadPage): void => {
      const reached = page.atEnd || page.messages.length < count ? Infinity : (page.messages.at(-1)?.order ?? above) + 0.25;
      const merged = mergePage(this.state, page, above, reached);
      const following = this.#view.isFollowing();
      const side = following ? 'newest' : keep;
      const atEnd = reached === Infinity || (this.state.atEnd && lastOrder(this.state) >= reached);
      this.state = trimState({ ...merged, atEnd }, MOST_LOADED, side);
      if (reached < to && following) this.#wishes.add('newest');
    };
    return { window: { around: above, before: 0, after: count }, apply };
  }

  /** From the lowest touched place that is loaded; where only the end changed, from the last known place. */
  #planRefresh(): Plan {
    const { from, to } = this.#touched ?? { from: Infinity, to: Infinity };
    this.#touched = undefined;
    const [first, last] = [firstOrder(this.state), lastOrder(this.state)];
    if (from < first) this.state = { ...this.state, atStart: false };
    if (from > last || this.state.messages.length === 0) return this.#planEnd(last);
    const above = justBelow(Math.max(from, first));
    const loaded = this.state.messages.filter((message) => (message.order ?? Infinity) > above && (message.order ?? Infinity) <= to);
    return this.#planNewer(above, loaded.length + PULL, 'oldest', to);
  }

  /** Far above the end only marks and outbox matter; what is new there is read when the person comes down. */
  #planEnd(last: number): Plan {
    if (this.state.atEnd || last === -Infinity) return this.#planNewer(last, PULL, 'oldest');
    const apply = (page: ThreadPage): void => {
      this.state = { ...this.state, outbox: page.outbox, marks: page.marks };
    };
    return { window: { around: last, before: 0, after: 0 }, apply };
  }
}
