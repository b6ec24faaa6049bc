// A session for elements that a page places by itself: no looks, only what those below it share.
import { ContextProvider } from '@lit/context';
import { LitElement, css, html, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SessionClient } from '../../client/session-client.ts';
import type { Account } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import { tokens } from '../../styles/tokens.ts';
import { Announcer } from '../announcer.ts';
import { ChatLooks } from '../chat/chat-looks.ts';
import { ChatSession, type SignInWish } from '../chat/chat-session.ts';
import type { Appearance } from '../contexts/appearance.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { serveMessageRequests } from '../controllers/message-requests.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { OpenRequestEvent, PreferenceChangeEvent } from '../events/shell-requests.ts';

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
  readonly #looks = new ChatLooks(this);
  readonly #conversation = new ContextProvider(this, { context: conversationContext });

  constructor() {
    super();
    const session = (): SessionClient | undefined => this.#session.client;
    serveShellRequests(this, session);
    serveMessageRequests(this, session);
    this.addEventListener(OpenRequestEvent.type, (event) => {
      if (event instanceof OpenRequestEvent && !event.defaultPrevented) this.openConversation(event.conversation);
    });
    this.addEventListener(PreferenceChangeEvent.type, (event) => {
      if (event instanceof PreferenceChangeEvent && !event.defaultPrevented) this.#looks.prefer(event.preferences);
    });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang') this.#looks.chooseTexts();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) new Announcer(this, root);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#session.heed(changed)) this.#conversation.setValue(undefined);
    if (changed.has('theme')) this.#looks.wear({ theme: this.theme, columns: 'two' });
    void this.#session.begin();
  }

  signIn(wish: SignInWish): Promise<Answer<Account>> {
    return this.#session.signIn(wish);
  }

  signOut(): Promise<Answer<void>> {
    return this.#session.signOut();
  }

  openConversation(conversation: ConversationId): void {
    this.#conversation.setValue(conversation);
    void this.#session.client?.reportTab({ visible: document.visibilityState === 'visible', conversation });
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
