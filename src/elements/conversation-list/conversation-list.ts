// All conversations, with search and filters. Only the rows in sight exist, however long the list is.
import { consume } from '@lit/context';
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SessionClient } from '../../client/session-client.ts';
import type { ListQuery } from '../../contracts/session.ts';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import { buttons } from '../../styles/controls.ts';
import { faces } from '../../styles/faces.ts';
import { foundation } from '../../styles/foundation.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { ConversationListController, type Stretch } from '../controllers/conversation-list-controller.ts';
import { MidnightController } from '../controllers/midnight-controller.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { BeginRequestEvent, ContactAnswerRequestEvent, OpenRequestEvent } from '../events/shell-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { unreadBadgeStyles } from '../unread-badge/unread-badge.styles.ts';
import { SessionPart } from '../session-part.ts';
import { conversationListStyles } from './conversation-list.styles.ts';
import { renderBones, renderEmpty, renderFailed } from './list-faces.ts';
import { renderFilters, renderSearch } from './list-head.ts';
import { RowFocus } from './row-focus.ts';
import { renderRow, type RowHandlers } from './row.ts';
import { rowStyles } from './row.styles.ts';
import { rangeInSight, scrollToShow, type Sight } from './scroll-window.ts';

const SETTLED_MS = 600;

/**
 * The conversations of a session, newest first. It finds its session in the page around it, or is given one.
 * @tag warbler-conversation-list
 * @fires {OpenRequestEvent} warbler-open-request - A row was chosen.
 * @fires {BeginRequestEvent} warbler-begin-request - Somebody wants to add a contact.
 * @fires {ContactAnswerRequestEvent} warbler-contact-answer-request - A request was accepted or declined.
 * @csspart row - A row's button.
 * @csspart avatar - A face.
 * @csspart badge - An unread figure.
 * @cssproperty [--warbler-row-height=64px] - The height of every row.
 * @cssproperty [--warbler-row-radius=12px] - How round a row is.
 */
export class ConversationList extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, faces, avatarStyles, unreadBadgeStyles, rowStyles, conversationListStyles];

  /** The conversation that is open beside the list. */
  @consume({ context: conversationContext, subscribe: true })
  @property()
  current: ConversationId | undefined;

  /** Rows stay put until this long after the pointer last moved over them. */
  @property({ type: Number, attribute: 'idle-ms' }) idleMs = 1500;

  @state() private matching = '';
  @state() private only: ListQuery['only'];
  @query('.scroller') private scroller!: HTMLElement;
  @query('.rows') private rows!: HTMLElement | null;

  readonly #list = new ConversationListController(this);
  readonly #situation = new SituationController(this);
  readonly #midnight = new MidnightController(this);
  readonly #focus = new RowFocus({
    total: () => this.#list.value?.total ?? 0,
    show: (index) => this.#show(index),
    rowAt: (index) => this.#rowAt(index),
    titles: () => this.#titles(),
    page: () => Math.max(1, Math.floor(this.scroller.clientHeight / this.#rowHeight) - 1),
  });
  readonly #deciding = new Set<ConversationId>();
  #rowHeight = 64;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #resized: ResizeObserver | undefined;

  constructor() {
    super();
    serveShellRequests(this, this.ownSession);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settle);
    clearTimeout(this.#idle);
    this.#resized?.disconnect();
    this.#resized = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('session')) this.#begin();
    this.#focus.remember(this.shadowRoot?.activeElement ?? null);
  }

  protected override updated(): void {
    this.#placeRows();
    this.#focus.keep(this.shadowRoot?.activeElement ?? null, this.scroller);
    if (this.#resized || !this.scroller) return;
    this.#resized = new ResizeObserver(() => this.#look());
    this.#resized.observe(this.scroller);
  }

  /** Opens the row before or after the current one. */
  async openNeighbour(step: 1 | -1): Promise<void> {
    const titles = await this.#list.readAll();
    if (!titles?.ok) return;
    const at = titles.value.rows.findIndex((row) => row.id === this.current);
    const next = titles.value.rows[at + step];
    if (next) this.#open(next);
  }

  override focus(options?: FocusOptions): void {
    const stop = this.shadowRoot?.querySelector<HTMLElement>('.row[tabindex="0"]') ?? this.shadowRoot?.querySelector('input');
    stop?.focus(options);
  }

  override render(): TemplateResult {
    const unread = this.#situation.value?.unread.conversations ?? 0;
    return html`${renderSearch(this.texts, this.matching, { search: this.#search, leave: this.#leaveSearch })}
      ${renderFilters(this.texts, this.only, unread, (only) => this.#narrow({ only }))}
      <div
        class="scroller"
        tabindex="-1"
        @scroll=${this.#look}
        @keydown=${this.#key}
        @focusin=${this.#focusRow}
        @pointermove=${this.#hold}
        @pointerleave=${this.#release}
      >
        ${this.#renderInside()}
      </div>`;
  }

  #renderInside(): TemplateResult {
    const { value, failure } = this.#list;
    if (!value) return failure ? renderFailed(this.texts, failure, () => void this.#list.refresh()) : renderBones(this.texts);
    if (value.total === 0 && !value.complete && !this.matching && !this.only) return renderBones(this.texts);
    if (value.total === 0) return renderEmpty(this.texts, value.filter, this.#requestBegin, this.#showAll);
    return html`${this.#renderRows(value)} ${this.#renderMore(value)}`;
  }

  #renderRows(stretch: Stretch): TemplateResult {
    const { rows, from, total } = stretch;
    const stop = this.#focus.tabStop(rows, from, this.current);
    const now = this.#midnight.now;
    return html`<ul class="rows" role="list" aria-label=${this.texts.conversations}>
      ${repeat(
        rows,
        (row) => row.id,
        (row, at) =>
          renderRow(
            this.texts,
            {
              row,
              index: from + at,
              total,
              now,
              current: row.id === this.current,
              tabStop: from + at === stop,
              deciding: this.#deciding.has(row.id),
            },
            this.#handlers,
          ),
      )}
    </ul>`;
  }

  #renderMore({ complete }: Stretch): TemplateResult | typeof nothing {
    const { failure } = this.#list;
    if (!failure) return complete ? nothing : html`<p class="more" role="status">${this.texts.stillLoading}</p>`;
    const retry = html`<button class="link-button" type="button" @click=${() => void this.#list.refresh()}>${this.texts.retry}</button>`;
    return html`<p class="more" role="alert">${failureSentence(this.texts, failure)} ${retry}</p>`;
  }

  readonly #handlers: RowHandlers = {
    open: (row) => this.#open(row),
    decide: (row, decision) => void this.#decide(row, decision),
  };

  #begin(): void {
    this.#list.follow(this.session);
    this.#situation.follow(this.session);
    if (this.session) void this.#beginFromDisk(this.session);
  }

  async #beginFromDisk(session: SessionClient): Promise<void> {
    const page = await session.firstPage;
    if (page && session === this.session && page.conversations.length > 0) this.#list.begin(page.conversations);
  }

  #open(row: Conversation): void {
    this.dispatchEvent(new OpenRequestEvent(row.id));
  }

  async #decide(row: Conversation, decision: 'accept' | 'decline'): Promise<void> {
    const request = new ContactAnswerRequestEvent(row.id, decision);
    this.dispatchEvent(request);
    if (!request.answer) return;
    this.#deciding.add(row.id);
    this.requestUpdate();
    const answer = await request.answer;
    this.#deciding.delete(row.id);
    this.requestUpdate();
    if (!answer.ok) this.announce(failureSentence(this.texts, answer.failure), 'assertive');
    else this.announce(decision === 'accept' ? this.texts.contactAccepted(row.title) : this.texts.contactDeclined(row.title));
  }

  readonly #requestBegin = (): void => {
    this.dispatchEvent(new BeginRequestEvent('contact'));
  };

  // ---- search and filters ----

  readonly #search = (matching: string): void => {
    this.#narrow({ matching });
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => void this.#tellResults(), SETTLED_MS);
  };

  readonly #leaveSearch = (): void => {
    void this.#focus.moveTo(0);
  };

  readonly #showAll = (): void => {
    this.#narrow({ matching: '', only: undefined });
    this.shadowRoot?.querySelector('input')?.focus();
  };

  #narrow(change: { matching?: string; only?: ListQuery['only'] }): void {
    if (change.matching !== undefined) this.matching = change.matching;
    if ('only' in change) this.only = change.only;
    this.#focus.forget();
    this.#list.hold(false);
    if (this.scroller) this.scroller.scrollTop = 0;
    const matching = this.matching.trim();
    void this.#list.narrow({ ...(matching ? { matching } : {}), ...(this.only ? { only: this.only } : {}) });
  }

  async #tellResults(): Promise<void> {
    await this.#list.refresh();
    if (this.#list.value && this.matching) this.announce(this.texts.results(this.#list.value.total));
  }

  // ---- rows in sight ----

  get #sight(): Sight {
    return { scrolled: this.scroller.scrollTop, height: this.scroller.clientHeight, rowHeight: this.#rowHeight };
  }

  readonly #look = (): void => {
    const { from, count } = rangeInSight(this.#sight);
    void this.#list.show(from, count);
  };

  /** Padding stands in for the rows above, the height for all of them. Set on the node: the strictest pages forbid style attributes. */
  #placeRows(): void {
    const { rows } = this;
    const stretch = this.#list.value;
    if (!rows || !stretch) return;
    this.#rowHeight = rows.firstElementChild?.getBoundingClientRect().height || this.#rowHeight;
    rows.style.paddingBlockStart = `${stretch.from * this.#rowHeight}px`;
    rows.style.blockSize = `${stretch.total * this.#rowHeight}px`;
  }

  /** Brings a row into sight and into being. */
  async #show(index: number): Promise<void> {
    this.scroller.scrollTop = scrollToShow(index, this.#sight);
    const { from, count } = rangeInSight(this.#sight);
    await this.#list.show(from, count);
    await this.updateComplete;
  }

  #rowAt(index: number): HTMLElement | undefined {
    const item = this.rows?.children[index - (this.#list.value?.from ?? 0)];
    return item?.querySelector<HTMLElement>('.row') ?? undefined;
  }

  async #titles(): Promise<readonly string[]> {
    const all = await this.#list.readAll();
    return all?.ok ? all.value.rows.map((row) => row.title) : [];
  }

  // ---- pointer and keys ----

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.#focus.key(event, this.texts.locale)) event.preventDefault();
  };

  readonly #focusRow = (event: FocusEvent): void => {
    const index = [...(this.rows?.children ?? [])].findIndex((item) => item.contains(event.target as Node));
    if (index >= 0 && this.#focus.settle(index + (this.#list.value?.from ?? 0))) this.requestUpdate();
    this.#hold();
  };

  readonly #hold = (): void => {
    this.#list.hold(true);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(this.#release, this.idleMs);
  };

  readonly #release = (): void => {
    clearTimeout(this.#idle);
    this.#list.hold(false);
  };
}
