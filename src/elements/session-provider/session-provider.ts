// A session for elements that a page places by itself: no looks, only what those below it share.
import { ContextProvider } from '@lit/context';
import { LitElement, css, html, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SessionClient } from '../../client/session-client.ts';
import type { Account } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, type Answer } from '../../model/failure.ts';
import { tokens } from '../../styles/tokens.ts';
import { chooseLocale, loadTexts } from '../../texts/catalogue.ts';
import { Announcer } from '../announcer.ts';
import { ChatSession } from '../chat/chat-session.ts';
import { appearanceContext, type Appearance } from '../contexts/appearance.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { textsContext } from '../contexts/texts.ts';
import { coreLoader } from '../core-loader.ts';
import { serveMessageRequests } from '../controllers/message-requests.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { OpenRequestEvent } from '../events/shell-requests.ts';

const FIRST_MESSAGES = 50;

/**
 * Gives the elements inside it one session, one chosen conversation, words and a theme, and turns their requests into calls.
 * @tag warbler-session
 * @attr service - WebSocket addresses of the service, apart by spaces.
 * @attr app-id - The organisation's AppID; separates its data from that of others.
 * @attr profile - Separates two people on one site.
 * @attr lang - `zh-CN` or `en`; without it, the page's language, then the browser's.
 * @attr {'auto' | 'light' | 'dark'} theme - Without it, the system decides.
 * @attr worker-url - The built worker file, if it does not lie beside the code.
 * @method signIn(credentials) - Signs in as if the person had filled the form; answers with the account or with why not.
 * @method signOut() - Ends the session and destroys what this device holds of it.
 * @method openConversation(conversation) - Chooses the conversation that thread and composer inside show.
 * @fires warbler-open-request - A conversation was chosen. `preventDefault` keeps the one that is open.
 * @slot - The page's own markup with Warbler's elements anywhere in it.
 */
export class SessionProvider extends LitElement {
  static override styles: CSSResult[] = [
    tokens,
    css`
      :host {
        display: contents;
      }
    `,
  ];
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  @property() service = '';
  @property({ attribute: 'app-id' }) appId = '';
  @property() profile = 'default';
  @property({ reflect: true }) theme: Appearance['theme'] = 'auto';
  @property({ attribute: 'worker-url' }) workerUrl = '';
  /** A session of the page's own, in place of one made here. */
  @property({ attribute: false }) session: SessionClient | undefined;

  readonly #session: ChatSession = new ChatSession(this, (page) => {
    if (page.open && !this.#conversation.value) this.openConversation(page.open.conversation);
  });
  readonly #texts = new ContextProvider(this, { context: textsContext });
  readonly #conversation = new ContextProvider(this, { context: conversationContext });
  readonly #appearance = new ContextProvider(this, { context: appearanceContext, initialValue: { theme: 'auto', columns: 'two' } });

  constructor() {
    super();
    const session = (): SessionClient | undefined => this.#session.client;
    serveShellRequests(this, session);
    serveMessageRequests(this, session);
    this.addEventListener(OpenRequestEvent.type, (event) => {
      if (event instanceof OpenRequestEvent && !event.defaultPrevented) this.openConversation(event.conversation);
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#chooseTexts();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page takes it out and puts it back at once: that is no farewell.
    queueMicrotask(() => {
      if (!this.isConnected) this.#session.end();
    });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang' && this.isConnected) this.#chooseTexts();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) new Announcer(this, root);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('session')) this.#session.use(this.session);
    if (changed.has('theme')) this.#appearance.setValue({ theme: this.theme, columns: 'two' });
    if (changed.get('profile') !== undefined || changed.get('appId') !== undefined) this.#session.end();
    void this.#begin();
  }

  async signIn(credentials: { address: string; password: string; temporary?: boolean }): Promise<Answer<Account>> {
    const client = await this.#begin();
    if (!client) return failed({ kind: 'core-gone' });
    const services = this.service.split(/[\s,]+/).filter((address) => address !== '');
    return client.signIn({ ...credentials, services });
  }

  async signOut(): Promise<Answer<void>> {
    const client = await this.#begin();
    return client ? client.signOut() : failed({ kind: 'core-gone' });
  }

  openConversation(conversation: ConversationId): void {
    this.#conversation.setValue(conversation);
    void this.#session.client?.reportTab({ visible: document.visibilityState === 'visible', conversation });
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #begin(): Promise<SessionClient | undefined> {
    return this.#session.begin({
      identity: { organisation: this.appId || 'open', profile: this.profile },
      first: { count: FIRST_MESSAGES },
      ...(this.workerUrl ? { workerUrl: this.workerUrl } : {}),
      ...coreLoader(),
    });
  }

  #chooseTexts(): void {
    const locale = chooseLocale(this.closest('[lang]')?.getAttribute('lang') || navigator.language);
    void loadTexts(locale).then((texts) => this.#texts.setValue(texts));
  }
}
