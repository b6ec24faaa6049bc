// What a widget and a provider have in common: the session a page asks for, the words, a voice, and the two calls a page may make itself.
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { twoFrames } from '../../client/painted.ts';
import type { SessionClient } from '../../client/session-client.ts';
import type { FirstPage } from '../../contracts/port.ts';
import type { Account } from '../../model/account.ts';
import type { Answer } from '../../model/failure.ts';
import { Announcer } from '../announcer.ts';
import type { Appearance } from '../contexts/appearance.ts';
import { serveMessageRequests } from '../controllers/message-requests.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { ChatLooks } from './chat-looks.ts';
import { ChatSession, type SignInWish } from './chat-session.ts';

export abstract class SessionElement extends LitElement {
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

  protected readonly held: ChatSession = new ChatSession(this, {
    firstPageCame: (page) => this.restore(page),
    whenPainted: () => this.whenPainted(),
  });
  protected readonly looks: ChatLooks = new ChatLooks(this);
  protected announcer: Announcer | undefined;
  #hasForgotten = false;

  constructor() {
    super();
    const session = (): SessionClient | undefined => this.held.client;
    serveShellRequests(this, session);
    serveMessageRequests(this, session);
  }

  /** What the disk had, before the core answers. */
  protected abstract restore(page: FirstPage): void;
  /** Settles when that is on the screen. */
  protected whenPainted(): Promise<void> {
    return this.updateComplete.then(twoFrames);
  }

  /** Another profile or organisation is meant from now on. */
  protected abstract forgetPlace(): void;

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang') this.looks.chooseTexts();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) this.announcer = new Announcer(this, root);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const forgets = this.held.heed(changed);
    if (forgets && !this.#hasForgotten) this.announcer?.forget();
    if (forgets) this.forgetPlace();
    this.#hasForgotten = forgets;
  }

  /** Signs in as if the person had filled the form. */
  signIn(wish: SignInWish): Promise<Answer<Account>> {
    return this.held.signIn(wish);
  }

  signOut(): Promise<Answer<void>> {
    return this.held.signOut();
  }
}
