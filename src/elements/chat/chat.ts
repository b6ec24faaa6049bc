// The whole chat as one element: launcher, panel or page; sign-in, list and thread inside. The root that turns requests into calls.
import { ContextProvider } from '@lit/context';
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { FirstPage } from '../../contracts/port.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Message } from '../../model/message.ts';
import { countUnsent } from '../../model/situation.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { headerStyles } from '../../styles/header.ts';
import { tokens } from '../../styles/tokens.ts';
import type { Texts } from '../../texts/texts.ts';
import { announce } from '../announcement.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import { BackGesture } from '../back-gesture.ts';
import type { Appearance } from '../contexts/appearance.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { LazyElements } from '../controllers/lazy-elements.ts';
import { Patience } from '../controllers/patience.ts';
import { isFindKey } from '../find-key.ts';
import { renderLauncher } from '../launcher/launcher-part.ts';
import { launcherStyles } from '../launcher/launcher.styles.ts';
import { pageClock } from '../page-clock.ts';
import { chatStyles } from './chat.styles.ts';
import { listenToChat } from './chat-requests.ts';
import { renderFace, type ChatView, type Sheet } from './chat-view.ts';
import { FULL_SCREEN_QUERY, FullScreen } from './full-screen.ts';
import { keepView, readPreferences, readView } from './kept-view.ts';
import { findInThread, focusComposer, focusList, focusThread, openNeighbour, writeInComposer } from './panel-parts.ts';
import { moveToRegion } from './regions.ts';
import { SessionElement } from './session-element.ts';
import { TellElsewhere } from './tell-elsewhere.ts';

/** From here on list and thread stand side by side. */
const TWO_COLUMNS_FROM = 720;

/**
 * A chat that any page can wear. In `launcher` mode nothing is loaded, stored or connected before the visitor opens it.
 * @tag warbler-chat
 * @attr service - WebSocket addresses of the service, apart by spaces. Without it the person names one.
 * @attr app-id - The organisation's AppID; separates its data from that of others.
 * @attr profile - Separates two people on one site.
 * @attr {'launcher' | 'inline' | 'page'} mode - A button with a panel, a box in the page, or the whole page.
 * @attr {boolean} open - Whether the panel is open, in `launcher` mode.
 * @attr lang - `zh-CN` or `en`; without it, the page's language, then the browser's.
 * @attr {'auto' | 'light' | 'dark'} theme - Without it, the system decides.
 * @attr {'end' | 'start'} side - Where the launcher stands.
 * @attr {boolean} keep-title - Leaves the page's title alone; without it, the title counts what is unread.
 * @attr worker-url - The built worker file, if it does not lie beside the code.
 * @fires warbler-opened - The panel was opened.
 * @fires warbler-closed - The panel was put away.
 * @fires warbler-sign-in-request - Somebody wants to sign in. `respondWith` takes it over.
 * @fires warbler-open-request - A conversation was chosen. `preventDefault` keeps it closed.
 * @csspart launcher - The round button.
 * @csspart launcher-badge - Its figure.
 * @csspart panel - The panel.
 * @csspart header - The head of the list.
 * @csspart close - The button that puts the panel away.
 * @cssproperty [--warbler-accent] - The one colour: what can be done and what matters.
 * @cssproperty [--warbler-surface] - The ground of panel and list.
 * @cssproperty [--warbler-paper] - The ground of the thread.
 * @cssproperty [--warbler-text] - Ink.
 * @cssproperty [--warbler-font] - The typeface.
 * @cssproperty [--warbler-launcher-size=60px] - The launcher's size.
 * @cssproperty [--warbler-launcher-inset-inline=20px] - Its distance from the side.
 * @cssproperty [--warbler-launcher-inset-block=20px] - Its distance from the bottom.
 * @cssproperty [--warbler-panel-width=400px] - The panel's width.
 * @cssproperty [--warbler-panel-height=640px] - The panel's height.
 * @cssproperty [--warbler-panel-radius=16px] - How round it is.
 * @cssproperty [--warbler-layer=2147483000] - Its place above the page.
 */
export class WarblerChat extends SessionElement {
  static override styles: CSSResult[] = [tokens, foundation, buttons, avatarStyles, headerStyles, launcherStyles, chatStyles];

  @property({ reflect: true }) mode: 'launcher' | 'inline' | 'page' = 'launcher';
  @property({ type: Boolean, reflect: true }) open = false;
  @property({ reflect: true }) side: 'end' | 'start' = 'end';
  @property({ type: Boolean, attribute: 'keep-title' }) keepTitle = false;

  @state() private columns: Appearance['columns'] = 'one';
  @state() private view: 'list' | 'thread' = 'list';
  @state() private conversation: ConversationId | undefined;
  @state() private sheet: Sheet | undefined;
  @state() private sheetFor: ConversationId | undefined;
  @state() private sawTrouble = false;
  @query('.panel') private panel!: HTMLElement | null;

  readonly #parts = new LazyElements(this);
  readonly #patience = new Patience(this);
  readonly #conversationProvider = new ContextProvider(this, { context: conversationContext });
  readonly #fullScreen = new FullScreen(this, () => this.panel);
  readonly #back = new BackGesture(() => this.#goBack());
  readonly #narrow = window.matchMedia(FULL_SCREEN_QUERY);
  #sizes: ResizeObserver | undefined;
  #wasOpened = false;
  #listVisited = false;
  #hadFocus = false;

  constructor() {
    super();
    listenToChat(this, {
      open: (conversation) => this.openConversation(conversation),
      back: () => this.#showList(),
      begin: (kind) => (this.sheet = kind),
      close: () => this.#closeInnermost(),
      find: () => void findInThread(this.shadowRoot),
      prefer: (preferences) => this.looks.prefer(preferences),
      write: (text) => (text === undefined ? focusComposer(this.shadowRoot) : writeInComposer(this.shadowRoot, text)),
      edit: (message) => this.#edit(message),
      explain: (conversation) => this.#explain(conversation),
    });
    void new TellElsewhere(this, {
      clock: pageClock,
      session: () => (this.isConnected && this.held.face.kind === 'main' ? this.held.client : undefined),
      situation: () => this.held.situation,
      mayCount: () => !this.keepTitle,
      texts: () => this.looks.texts,
      open: () => this.conversation,
      say: (text) => announce(this, text),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const kept = readView(this.profile);
    if (this.mode === 'launcher' && kept.open) this.open = true;
    if (this.#isShown) this.#fetchEarly(kept.view);
    this.#narrow.addEventListener('change', this.#fitScreen);
    this.#sizes = new ResizeObserver(([entry]) => this.#measure(entry?.contentRect.width ?? 0));
    if (this.panel) this.#sizes.observe(this.panel);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#narrow.removeEventListener('change', this.#fitScreen);
    this.#fullScreen.leave();
    this.#back.wait(false);
  }

  /** Waits for the words; what changed meanwhile is not forgotten. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.looks.texts ? super.scheduleUpdate() : this.looks.spoken.then(() => super.scheduleUpdate());
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
    super.willUpdate(changed);
    if (this.#isShown) void this.held.begin();
    // The panel is as wide as this: drawn right at once, not again when it has been measured.
    if (!this.hasUpdated && this.mode !== 'launcher') this.#measure(this.clientWidth);
    if (changed.has('theme') || changed.has('columns')) this.looks.wear({ theme: this.theme, columns: this.columns });
    if (this.#isShown && (this.columns === 'two' || this.view === 'list')) this.#listVisited = true;
    const stage = this.held.situation?.connection.stage;
    const storage = this.held.situation?.storage;
    if (stage === 'waiting' || storage === 'full' || storage === 'read-only' || storage === 'held') this.sawTrouble = true;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.panel) this.#sizes?.observe(this.panel);
    // What had the focus went away with its face: the keys go on from the panel.
    if (this.#hadFocus && this.#isShown && !this.shadowRoot?.activeElement) this.panel?.focus();
    this.#back.wait(this.#canGoBack);
    if (changed.has('open') && this.mode === 'launcher') this.#openChanged(changed.get('open') === true);
    if (changed.has('conversation') || changed.has('view') || changed.has('open') || changed.has('columns')) this.#report();
  }

  /** Shows a conversation, and the panel around it. */
  openConversation(conversation: ConversationId): void {
    this.conversation = conversation;
    this.#conversationProvider.setValue(conversation);
    this.view = 'thread';
    keepView(this.profile, { view: 'thread' });
    if (this.columns === 'one') void this.updateComplete.then(() => focusThread(this.shadowRoot));
  }

  show(): void {
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }

  override render(): TemplateResult | typeof nothing {
    const { texts } = this.looks;
    if (!texts) return nothing;
    const isLauncher = this.mode === 'launcher';
    const unread = this.held.situation?.unread;
    return html`${isLauncher ? renderLauncher(texts, { open: this.open, panelId: 'panel', unread }, this.#toggle) : nothing}
    ${this.#isShown || this.#wasOpened ? this.#renderPanel(texts) : nothing}`;
  }

  #renderPanel(texts: Texts): TemplateResult {
    this.#wasOpened = true;
    const isLauncher = this.mode === 'launcher';
    const isModal = isLauncher && this.open && this.#narrow.matches;
    return html`<section
      id="panel"
      class="panel ${this.columns}"
      part="panel"
      role=${isLauncher ? 'dialog' : 'region'}
      aria-modal=${isModal ? 'true' : nothing}
      lang=${texts.locale}
      aria-label=${texts.panel}
      tabindex="-1"
      ?hidden=${!this.#isShown}
      ?inert=${!this.#isShown}
      @keydown=${this.#key}
    >
      ${renderFace(this.#viewFacts(texts))}
    </section>`;
  }

  #viewFacts(texts: Texts): ChatView {
    const { situation, firstPage, client } = this.held;
    return {
      texts,
      face: this.held.face,
      columns: this.columns,
      view: this.view,
      conversation: this.conversation,
      sheet: this.sheet,
      sheetFor: this.sheetFor,
      sawTrouble: this.sawTrouble,
      waitsLong: this.#patience.isOver,
      listVisited: this.#listVisited,
      canClose: this.mode === 'launcher',
      account: situation?.account ?? firstPage?.account,
      situation,
      session: client,
      theme: this.theme,
      services: this.held.services,
      parts: this.#parts,
      close: this.#hide,
      show: this.#show,
      signOut: this.#askSignOut,
      endSheet: this.#endSheet,
      mend: this.#mend,
      readOnly: () => this.held.dismissTrouble(),
    };
  }

  /** All at once instead of one after another: the core, the words, and the code of the thread that was probably open last. */
  #fetchEarly(view: 'list' | 'thread' | undefined): void {
    if (!this.session) this.held.beginEarly();
    if (view !== 'list') this.#parts.need('warbler-thread');
  }

  get #isShown(): boolean {
    return this.mode !== 'launcher' || this.open;
  }

  // ---- session ----

  protected override forgetPlace(): void {
    this.conversation = undefined;
    this.#conversationProvider.setValue(undefined);
    this.view = 'list';
    this.sheet = undefined;
  }

  protected override whenPainted(): Promise<void> {
    return this.#parts.whenPainted(this.view === 'thread' ? 'warbler-thread' : 'warbler-conversation-list');
  }

  /** The thread on screen first: what was open last is open again, unless the person had gone back to the list. */
  protected override restore(page: FirstPage): void {
    if (this.conversation || !page.open || readView(this.profile).view === 'list') return;
    this.conversation = page.open.conversation;
    this.#conversationProvider.setValue(this.conversation);
    this.view = 'thread';
  }

  #report(): void {
    const inSight = this.#isShown && (this.columns === 'two' || this.view === 'thread');
    const conversation = inSight ? this.conversation : undefined;
    const visible = document.visibilityState === 'visible';
    void this.held.client?.reportTab({ visible, ...(conversation ? { conversation } : {}) });
  }

  readonly #mend = (how: 'reload' | 'again' | 'sign-in'): void => {
    if (how === 'reload') location.reload();
    else if (how === 'sign-in') void this.held.client?.signOut();
    else {
      this.held.again();
      void this.held.begin();
    }
  };

  readonly #askSignOut = (): void => {
    if (countUnsent(this.held.situation) > 0) this.sheet = 'sign-out';
    else void this.held.client?.signOut();
  };

  readonly #show = (sheet: Sheet): void => {
    this.sheet = sheet;
  };

  #explain(conversation: ConversationId): void {
    this.sheetFor = conversation;
    this.sheet = 'encryption';
  }

  // ---- open, close, go about ----

  readonly #toggle = (): void => {
    this.open = !this.open;
  };

  readonly #hide = (): void => {
    this.open = false;
  };

  #openChanged(wasOpen: boolean): void {
    if (!this.open && !wasOpen) return;
    keepView(this.profile, { open: this.open });
    this.#fitScreen();
    if (this.open) this.panel?.focus();
    else this.shadowRoot?.querySelector<HTMLElement>('.launcher')?.focus();
    this.dispatchEvent(new Event(this.open ? 'warbler-opened' : 'warbler-closed', { bubbles: true, composed: true }));
  }

  readonly #fitScreen = (): void => {
    const isFull = this.mode === 'launcher' && this.open && this.#narrow.matches;
    if (isFull) this.#fullScreen.enter();
    else this.#fullScreen.leave();
    if (this.shadowRoot) this.announcer?.moveInto(isFull && this.panel ? this.panel : this.shadowRoot);
    this.requestUpdate();
  };

  #measure(width: number): void {
    if (width > 0) this.columns = width >= TWO_COLUMNS_FROM ? 'two' : 'one';
  }

  /** The words go back to the composer before the message leaves the outbox: they are never nowhere. */
  #edit(message: Message): void {
    if (!writeInComposer(this.shadowRoot, message.text)) return;
    void this.held.client?.discardMessage(message.id);
  }

  /** Only where the widget is all that is seen: elsewhere back is the page's own. */
  get #canGoBack(): boolean {
    if (!this.isConnected || !this.#narrow.matches || this.mode === 'inline') return false;
    return this.mode === 'launcher' ? this.open : this.sheet !== undefined || this.view === 'thread';
  }

  #goBack(): void {
    if (!this.sheet && this.view === 'thread' && this.held.face.kind === 'main') this.#showList();
    else this.#closeInnermost();
  }

  #showList(): void {
    this.view = 'list';
    keepView(this.profile, { view: 'list' });
    void this.updateComplete.then(() => focusList(this.shadowRoot));
  }

  readonly #endSheet = (): void => {
    this.sheet = undefined;
  };

  #closeInnermost(): void {
    if (this.sheet) this.#endSheet();
    else if (this.mode === 'launcher') this.open = false;
  }

  /** A single character is a shortcut only where nobody writes, and where the person lets it be one. */
  #asksForKeys(event: KeyboardEvent): boolean {
    const [target] = event.composedPath();
    const isTaken = target instanceof Element && target.matches('input, textarea, [role^="menuitem"]');
    return event.key === '?' && !isTaken && readPreferences().singleKeys !== false;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') this.#closeInnermost();
    else if (this.#asksForKeys(event)) this.sheet = 'keys';
    else if (event.altKey && event.shiftKey && event.code === 'KeyL') void this.held.client?.lockNow();
    else if (isFindKey(event)) {
      if (this.sheet || !findInThread(this.shadowRoot)) return;
    } else if (event.key === 'F6' && this.shadowRoot) moveToRegion(this.shadowRoot, event.shiftKey);
    else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      openNeighbour(this.shadowRoot, event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
  };
}
