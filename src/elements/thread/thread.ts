// The thread of one conversation.
import { consume } from '@lit/context';
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Clock } from '../../base/clock.ts';
import type { SessionClient } from '../../client/session-client.ts';
import type { Gap } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Message, MessageId } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { faces } from '../../styles/faces.ts';
import { foundation } from '../../styles/foundation.ts';
import { nextMidnight } from '../../texts/dates.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { serveMessageRequests } from '../controllers/message-requests.ts';
import { GapRequestEvent, ReadRequestEvent, SendRequestEvent, WriteRequestEvent } from '../events/message-requests.ts';
import { renderMessage, type BubbleWishes } from '../message/bubble.ts';
import { failureActions } from '../message/failure-actions.ts';
import type { FailureActions } from '../message/failure-line.ts';
import { bubbleStyles } from '../message/bubble.styles.ts';
import { pageClock } from '../page-clock.ts';
import { cleanLine } from '../text/clean-text.ts';
import { textStyles } from '../text/text.styles.ts';
import { isFindKey } from '../find-key.ts';
import { SessionPart } from '../session-part.ts';
import { renderHead } from './dividers.ts';
import { renderJumpButton } from './jump-button.ts';
import { loadMessageMenu, openFinder } from './late-parts.ts';
import { NewMessageVoice } from './new-message-voice.ts';
import { ReadMarker } from './read-marker.ts';
import type { RowLook } from './row-painter.ts';
import { RowMaker } from './row-maker.ts';
import type { Row } from './rows.ts';
import { SightWatch } from './sight-watch.ts';
import { renderEmpty, renderFailed, renderNoneChosen, renderSkeleton } from './thread-faces.ts';
import { renderOlder, renderPinnedDay, renderWriting } from './thread-overlays.ts';
import { ThreadLeap, type Leap } from './thread-leap.ts';
import { ThreadModel } from './thread-model.ts';
import type { SavedPosition } from './thread-position.ts';
import { ThreadStage } from './thread-stage.ts';
import { justBelow } from './thread-state.ts';
import { UnsavedMessages } from './unsaved-messages.ts';
import { ThreadVisit } from './thread-visit.ts';
import { threadStyles } from './thread.styles.ts';

/** Older and newer messages are fetched before the person gets there. In heights of the view. */
const LOAD_AHEAD = 1.5;

/**
 * Shows one conversation: as much of it as is in sight, at any length. It asks, by events, for messages to be marked read, sent again,
 * deleted, and for gaps to be filled; with a `session` of its own it serves them itself.
 * @tag warbler-thread
 * @attr conversation - The address of the person or room; without it, the one chosen above.
 * @fires warbler-read-request - Messages have been seen.
 * @fires warbler-retry-request - A failed message shall be sent again.
 * @fires warbler-discard-request - A failed message shall be deleted.
 * @fires warbler-edit-request - The text of a failed message belongs back in the composer.
 * @fires warbler-encryption-request - Who can read, or what is to be decided on devices, shall be shown.
 * @fires warbler-gap-request - Missing messages shall be fetched.
 * @fires warbler-write-request - Escape: back to the composer.
 * @method find(day) - Opens the search through the conversation; with a time, the choice of a day near it.
 * @csspart log - The scrolling list.
 * @csspart message - One message with everything that belongs to it.
 * @csspart own-message - One's own.
 * @csspart bubble - Its ground.
 * @csspart own-bubble - The ground of one's own.
 * @csspart meta - Time and state.
 * @csspart author - A name above a group, in rooms.
 * @csspart day-divider - The words of a day.
 * @csspart new-divider - "New messages".
 * @csspart gap - Where messages are missing.
 * @csspart failure - Why a message was not sent, and what to do.
 * @csspart keys-line - Something about keys, at its place.
 * @csspart start - Where the conversation begins.
 * @csspart jump-button - Down to what is new.
 * @csspart writing - Who is writing.
 * @csspart face - Empty, failed, nothing chosen.
 * @csspart skeleton - While loading.
 * @cssproperty [--warbler-bubble-radius=18px] - Corners of a bubble.
 * @cssproperty [--warbler-bubble-joint=6px] - Corners where bubbles of a group join.
 * @cssproperty [--warbler-bubble-ground=var(--warbler-surface-raised)] - Others' bubbles.
 * @cssproperty [--warbler-bubble-own-ground=var(--warbler-own)] - One's own bubbles.
 * @cssproperty [--warbler-bubble-own-ink=var(--warbler-own-text)] - Text in one's own bubbles.
 * @cssproperty [--warbler-thread-inset=14px] - Room at both sides.
 */
export class Thread extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, faces, avatarStyles, textStyles, bubbleStyles, threadStyles];

  @consume({ context: conversationContext, subscribe: true })
  @property()
  conversation: ConversationId | undefined;

  /** Time as tests wind it. */
  @property({ attribute: false }) clock: Clock = pageClock;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.rows') private rowsBox!: HTMLElement | null;
  @query('.drawn') private drawnBox!: HTMLElement | null;

  readonly #details = new ConversationController(this);
  readonly #model = new ThreadModel({ isFollowing: () => this.#stage.position.following, modelChanged: () => this.#modelChanged() });
  readonly #stage = new ThreadStage(this, {
    scroller: () => this.scroller,
    rowsBox: () => this.rowsBox,
    drawnBox: () => this.drawnBox,
    endIsLoaded: () => this.#model.state.atEnd,
    clock: () => this.clock,
    drawRow: (look) => this.#drawRow(look),
    leave: () => this.dispatchEvent(new WriteRequestEvent()),
  });
  readonly #leap = new ThreadLeap(this.#model, this.#stage);
  readonly #reading = new ReadMarker(pageClock, (upTo) => this.#tellRead(upTo));
  readonly #voice = new NewMessageVoice(pageClock, {
    texts: () => this.texts,
    title: () => this.#title,
    say: (text, urgency) => this.announce(text, urgency),
  });
  readonly #sight = new SightWatch(this, { sightChanged: () => this.#sightChanged(), resized: () => this.#resized() });
  readonly #maker = new RowMaker();
  readonly #unsaved = new UnsavedMessages(() => this.requestUpdate());
  readonly #places = new Map<ConversationId, SavedPosition>();

  #visit = new ThreadVisit();
  #shown: { session: SessionClient; conversation: ConversationId } | undefined;
  #fillAsked = new Set<string>();
  #cancelMidnight: (() => void) | undefined;

  constructor() {
    super();
    serveMessageRequests(this, this.ownSession);
    this.addEventListener('keydown', (event) => isFindKey(event) && this.find() && event.preventDefault());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(SendRequestEvent.type, this.#sent);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(SendRequestEvent.type, this.#sent);
    this.#cancelMidnight?.();
    this.#cancelMidnight = undefined;
    this.#leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('clock')) this.#reading.clock = this.#voice.clock = this.clock;
    const { session, conversation } = this;
    this.#details.show(session, conversation);
    if (session !== this.#shown?.session || conversation !== this.#shown?.conversation) this.#enter(session, conversation);
    this.#makeRows();
    this.#stage.prepare(this.#rows);
  }

  protected override updated(): void {
    if (this.#model.face === 'ready' && this.#stage.draw(this.texts)) this.#afterMove();
  }

  /** Where the person is: for a page that wants to come back to it. */
  get place(): SavedPosition | undefined {
    return this.#stage.position.save((id) => this.#rows.find((row) => row.message.id === id)?.message.order);
  }

  override focus(options?: FocusOptions): void {
    const stop = this.renderRoot.querySelector<HTMLElement>('[role="article"][tabindex="0"]') ?? this.scroller;
    stop?.focus(options);
  }

  /** Opens the search, or the choice of a day near this one. False where there is nothing to search, or the search has the focus already. */
  find(day?: number): boolean {
    return openFinder(this.renderRoot, day);
  }

  /** Shows what stands at a place, loaded or not, or the newest. */
  leap(to: Leap | 'end'): void {
    this.#leap.to(to);
  }

  get #rows(): readonly Row[] {
    return this.#maker.rows;
  }

  get #title(): string {
    return this.#details.value?.title ?? this.#shown?.conversation ?? '';
  }

  #enter(session: SessionClient | undefined, conversation: ConversationId | undefined): void {
    this.#leave();
    if (!session || !conversation) return;
    this.#shown = { session, conversation };
    const place = this.#places.get(conversation);
    this.#stage.position.follow('open');
    this.#model.open(session, conversation, place ? justBelow(place.order) : 'unread');
    if (!place) void this.#adoptFirst(session, conversation);
  }

  /** What the disk has is shown before the core is there. */
  async #adoptFirst(session: SessionClient, conversation: ConversationId): Promise<void> {
    const open = (await session.firstPage)?.open;
    if (open?.conversation === conversation && this.#shown?.conversation === conversation) this.#model.adopt(open.page);
  }

  #leave(): void {
    if (this.#shown) {
      const place = this.place;
      if (place) this.#places.set(this.#shown.conversation, place);
      else this.#places.delete(this.#shown.conversation);
    }
    this.#shown = undefined;
    this.#visit = new ThreadVisit();
    this.#fillAsked.clear();
    this.#model.close();
    this.#leap.cancel();
    this.#unsaved.reset();
    this.#reading.reset();
    this.#voice.reset();
    this.#stage.leave();
  }

  #modelChanged(): void {
    const { state, face } = this.#model;
    this.#unsaved.hear(state);
    if (face === 'ready') {
      this.#place(this.#visit.begin(state));
      this.#voice.hear(state);
      this.#leap.land();
    }
    this.requestUpdate();
  }

  /** Where the visit begins: where the person left, else at what is new, else at the end. */
  #place(firstNew: Message | undefined): void {
    const conversation = this.#shown?.conversation;
    const place = conversation && this.#places.get(conversation);
    if (place) {
      this.#places.delete(conversation);
      this.#stage.hold({ id: place.id, fraction: place.fraction }, 'open');
    } else if (firstNew) this.#stage.reveal(firstNew.id, 'open');
  }

  #makeRows(): void {
    if (this.texts === undefined) return;
    const isRoom = this.#details.value?.kind === 'room';
    const { newAbove } = this.#visit;
    const state = this.#unsaved.over(this.#model.state);
    this.#maker.make({ state, isRoom, newAbove, texts: this.texts, now: this.clock.now() });
  }

  /** Everything stands where it belongs: look what is in sight, and fetch what will be soon. */
  #afterMove(): void {
    const { state } = this.#model;
    this.#stage.position.noticeEnd(state.atEnd);
    this.#lookAround();
    const { above, below } = this.#stage.margins();
    if (above < LOAD_AHEAD) this.#model.loadOlder();
    if (below < LOAD_AHEAD) this.#model.loadNewer();
  }

  #lookAround(): void {
    const { state } = this.#model;
    const seen = [...this.#stage.inSight()];
    for (const { message, gap } of seen) {
      if (message.order !== undefined) this.#visit.see(message.order);
      if (gap?.state === 'open') this.#fillOnce(gap);
    }
    if (this.#stage.position.following) this.#visit.arrive(state);
    this.#tellSight(seen);
  }

  #tellSight(seen: readonly Row[]): void {
    if (!this.#sight.isSeen) return this.#reading.rest();
    const unread = seen.flatMap(({ message }) => (message.own || message.order === undefined ? [] : [message.order]));
    this.#reading.see(unread, this.#model.state.marks.readUpTo);
  }

  #tellRead(upTo: number): void {
    if (this.#shown) this.dispatchEvent(new ReadRequestEvent(this.#shown.conversation, upTo));
  }

  #fillOnce(gap: Gap): void {
    if (this.#fillAsked.has(gap.id)) return;
    this.#fillAsked.add(gap.id);
    this.#fill(gap);
  }

  #fill = (gap: Gap): void => {
    if (this.#shown) this.dispatchEvent(new GapRequestEvent(this.#shown.conversation, gap.id));
  };

  /** Nobody looks: no timer runs. Somebody looks again: it may be another day. */
  #sightChanged(): void {
    this.#cancelMidnight?.();
    this.#cancelMidnight = undefined;
    if (!this.#sight.isSeen) return this.#reading.rest();
    this.#cancelMidnight = this.clock.after(nextMidnight(this.clock.now()) - this.clock.now(), () => this.#sightChanged());
    if (this.#model.face === 'ready') this.#lookAround();
    this.requestUpdate();
  }

  #resized(): void {
    if (this.#model.face === 'ready' && this.#stage.resized()) this.requestUpdate();
  }

  /** One's own message leads to the end, from wherever one was reading. */
  #sent = (event: Event): void => {
    if (!(event instanceof SendRequestEvent) || event.conversation !== this.#shown?.conversation) return;
    this.#stage.follow('own-send');
    this.#model.goToNewest();
    const { answer, conversation, draft } = event;
    if (answer && event.servedBy === this.#shown.session)
      this.#unsaved.add({ conversation, draft, answer, at: this.clock.now() }, this.#model.state);
  };

  #scrolled = (): void => {
    const wasFollowing = this.#stage.position.following;
    if (!this.#stage.scrolled()) return;
    this.#afterMove();
    if (!wasFollowing || !this.#stage.position.following || this.#stage.needsDrawing) this.requestUpdate();
  };

  #jump = (): void => {
    const target = this.#visit.jumpTarget(this.#rows);
    if (target !== undefined) this.#stage.reveal(target, 'jump');
    else this.leap('end');
  };

  #pressed = (event: KeyboardEvent): void => {
    if (!this.#stage.focus.press(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.requestUpdate();
  };

  #focused = (event: FocusEvent): void => {
    loadMessageMenu();
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-id]')?.dataset['id'] as MessageId | undefined;
    if (id === undefined || id === this.#stage.focus.active) return;
    this.#stage.focus.active = id;
    this.requestUpdate();
  };

  #pickDay = (day: number): void => void this.find(day);

  readonly #actions: FailureActions = failureActions(this, () => this.announce(this.texts.discarded));

  protected override render(): TemplateResult {
    const { face, failure } = this.#model;
    switch (face) {
      case 'none':
        return renderNoneChosen(this.texts);
      case 'loading':
        return renderSkeleton(this.texts);
      case 'failed':
        return renderFailed(this.texts, failure ?? { kind: 'no-answer' }, () => this.#model.retry());
      case 'ready':
        return this.#renderThread();
    }
  }

  #renderThread(): TemplateResult {
    const following = this.#stage.position.following && this.#model.state.atEnd;
    const newer = following ? 0 : this.#visit.newer(this.#rows).length;
    return html`${this.#rows.length === 0 ? renderEmpty(this.texts) : nothing}
      <div
        class="scroller"
        part="log"
        role="log"
        aria-live="off"
        aria-label=${this.texts.conversationWith(cleanLine(this.#title))}
        aria-busy=${this.#model.loadingOlder ? 'true' : 'false'}
        tabindex="-1"
        @scroll=${this.#scrolled}
        @keydown=${this.#pressed}
        @focusin=${this.#focused}
        @pointerenter=${loadMessageMenu}
      >
        <div class="rows">
          <div class="drawn"></div>
          ${renderWriting(this.texts, this.#details.value?.writing ?? [])}
        </div>
      </div>
      ${renderPinnedDay(this.#stage.dayAtTop(), this.#stage.isScrolling && !following)}
      ${renderOlder(this.texts, this.#stage.margins().above < 0.2 && this.#model.loadingOlder, this.#model.olderFailure, () => this.#model.retryOlder())}
      <warbler-message-menu .rows=${this.#rows} .actions=${this.#actions}></warbler-message-menu>
      <warbler-thread-finder .session=${this.session} .conversation=${this.conversation}></warbler-thread-finder>
      ${renderJumpButton(this.texts, !following && this.#rows.length > 0, newer, this.#jump)}`;
  }

  #drawRow({ row, isStop, isActive }: RowLook): TemplateResult {
    const wishes: BubbleWishes = { texts: this.texts, session: this.session, isStop, isActive, actions: this.#actions };
    const head = renderHead(row, { texts: this.texts, isActive, fill: this.#fill, pick: this.#pickDay });
    // Most rows have none: two nodes less in each of them.
    return head === nothing ? renderMessage(row, wishes) : html`${head}${renderMessage(row, wishes)}`;
  }
}
