// A session for elements that a page places by itself: no looks, only what those below it share.
import { ContextProvider } from '@lit/context';
import { css, html, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import type { FirstPage } from '../../contracts/port.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { tokens } from '../../styles/tokens.ts';
import { SessionElement } from '../chat/session-element.ts';
import { conversationContext } from '../contexts/conversation.ts';
import { Presence } from '../lock/presence.ts';
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
export class SessionProvider extends SessionElement {
  static override styles: CSSResult[] = [
    tokens,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  readonly #conversation = new ContextProvider(this, { context: conversationContext });

  readonly #presence = new Presence();

  constructor() {
    super();
    this.addEventListener(OpenRequestEvent.type, (event) => {
      if (event instanceof OpenRequestEvent && !event.defaultPrevented) this.openConversation(event.conversation);
    });
    this.addEventListener(PreferenceChangeEvent.type, (event) => {
      if (event instanceof PreferenceChangeEvent && !event.defaultPrevented) this.looks.prefer(event.preferences);
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('theme')) this.looks.wear({ theme: this.theme, columns: 'two' });
    void this.held.begin();
    this.#presence.follow(this.isConnected ? this.held.client : undefined, this.held.situation);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#presence.follow(undefined, undefined);
  }

  protected override restore({ open }: FirstPage): void {
    if (open && !this.#conversation.value) this.openConversation(open.conversation);
  }

  protected override forgetPlace(): void {
    this.#conversation.setValue(undefined);
  }

  openConversation(conversation: ConversationId): void {
    this.#conversation.setValue(conversation);
    void this.held.client?.reportTab({ visible: document.visibilityState === 'visible', conversation });
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
