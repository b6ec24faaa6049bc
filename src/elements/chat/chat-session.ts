// The session of one widget or provider: started when the visitor acts, told to all below, let go with its host.
import { ContextProvider } from '@lit/context';
import type { LitElement, PropertyValues, ReactiveController } from 'lit';
import { attach } from '../../client/attach.ts';
import { FIRST_WISH } from '../../client/first-wish.ts';
import type { AttachOptions, SessionClient } from '../../client/session-client.ts';
import type { FirstPage } from '../../contracts/port.ts';
import type { Account } from '../../model/account.ts';
import { failed, type Answer, type Failure } from '../../model/failure.ts';
import { sessionContext } from '../contexts/session.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { coreLoader } from '../core-loader.ts';
import { faceOf, type ChatFace } from './face-of.ts';

/** What a page says of the session it wants: the same properties on whatever holds one. */
export interface SessionHost extends LitElement {
  service: string;
  appId: string;
  profile: string;
  workerUrl: string;
  /** A session of the page's own, in place of one made here. */
  session: SessionClient | undefined;
}

/** Where the first page is shown. */
export interface Screen {
  firstPageCame(page: FirstPage): void;
  whenPainted(): Promise<void>;
}

export interface SignInWish {
  address: string;
  password: string;
  service?: string;
  temporary?: boolean;
}

export class ChatSession implements ReactiveController {
  client: SessionClient | undefined;
  firstPage: FirstPage | undefined;
  /** Why there is no client: this page cannot have one. */
  failure: Failure | undefined;

  readonly #host: SessionHost;
  readonly #situation: SituationController;
  readonly #provider: ContextProvider<typeof sessionContext>;
  readonly #screen: Screen;
  #stopState: (() => void) | undefined;
  /** The disk, or the core's last word, said that all is locked away. */
  #isLocked = false;
  #own = false;
  #dismissed: Failure['kind'] | undefined;
  #begunFor = '';

  constructor(host: SessionHost, screen: Screen) {
    this.#host = host;
    this.#screen = screen;
    this.#situation = new SituationController(host);
    this.#provider = new ContextProvider(host, { context: sessionContext });
    host.addController(this);
  }

  get situation(): SituationController['value'] {
    return this.#situation.value;
  }

  get face(): ChatFace {
    const face = this.#wholeFace;
    return face.kind === 'trouble' && face.keeps && face.failure.kind === this.#dismissed ? { kind: 'main' } : face;
  }

  get #wholeFace(): ChatFace {
    return faceOf({
      client: this.client?.state,
      clientFailure: this.client?.failure ?? this.failure,
      situation: this.#situation.value,
      situationFailure: this.#situation.failure ?? this.failure,
      restored: this.firstPage?.account !== undefined,
      locked: this.#isLocked,
    });
  }

  get services(): readonly string[] {
    return this.#host.service.split(/[\s,]+/).filter((address) => address !== '');
  }

  /** A move within the page takes the host out and puts it back at once: that is no farewell. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.end();
    });
  }

  /** Call it in every `willUpdate`. Answers whether nothing of what was shown may be shown on: another profile or organisation is meant, or it is locked. */
  heed(changed: PropertyValues): boolean {
    const { session } = this.#host;
    const { kind } = this.face;
    const isLocked = kind === 'locked';
    if (kind !== 'trouble') this.#isLocked = isLocked;
    this.#provider.setValue(isLocked ? undefined : this.client);
    if (changed.has('session') && session !== this.client) {
      this.#letGo();
      this.#take(session);
    }
    const isNamedAnew = changed.get('profile') !== undefined || changed.get('appId') !== undefined;
    const isAnother = !session && (isNamedAnew || (this.#own && this.#begunFor !== this.#identity));
    if (isAnother) this.end();
    return isAnother || isLocked;
  }

  /** Finds or starts the core. Idempotent. */
  begin(): Promise<SessionClient | undefined> {
    if (!this.client && this.#host.isConnected) this.#attach();
    return Promise.resolve(this.client);
  }

  /** The worker starts while the words are on their way, once whoever made the element has had time to say what it is for. */
  beginEarly(): void {
    queueMicrotask(() => {
      if (!this.#host.session) void this.begin();
    });
  }

  /** As if the person had filled the form. */
  async signIn({ service, ...rest }: SignInWish): Promise<Answer<Account>> {
    // What a page set before it knew the element counts from the first update on.
    if (this.#host.isConnected) await this.#host.updateComplete;
    const client = await this.begin();
    if (!client) return failed({ kind: 'core-gone' });
    return client.signIn({ ...rest, services: service ? [service] : this.services });
  }

  async signOut(): Promise<Answer<void>> {
    const client = await this.begin();
    return client ? client.signOut() : failed({ kind: 'core-gone' });
  }

  /** Asks again after a failure. */
  again(): void {
    this.failure = undefined;
    void this.client?.reconnect();
    void this.#situation.refresh();
  }

  /** The person wants to read what is here, trouble or not. */
  dismissTrouble(): void {
    const face = this.#wholeFace;
    if (face.kind === 'trouble') this.#dismissed = face.failure.kind;
    this.#host.requestUpdate();
  }

  end(): void {
    this.#letGo();
    this.#take(undefined);
  }

  #attach(): void {
    try {
      this.#take(attach(this.#options));
      this.#own = true;
      this.#begunFor = this.#identity;
    } catch {
      this.failure = { kind: 'core-gone' };
      this.#host.requestUpdate();
    }
  }

  get #identity(): string {
    return JSON.stringify([this.#host.appId, this.#host.profile]);
  }

  get #options(): AttachOptions {
    const { appId, profile, workerUrl } = this.#host;
    return {
      identity: { organisation: appId || 'open', profile },
      first: FIRST_WISH,
      whenPainted: () => this.#whenPainted(),
      ...(workerUrl ? { workerUrl } : {}),
      ...coreLoader(),
    };
  }

  /** What is to be painted is known once the page has been taken. */
  async #whenPainted(): Promise<void> {
    await this.client?.firstPage;
    await this.#screen.whenPainted();
  }

  #take(client: SessionClient | undefined): void {
    this.client = client;
    this.firstPage = undefined;
    this.failure = undefined;
    this.#isLocked = false;
    this.#stopState = client?.onState((state) => (state === 'locked' ? this.#lock() : this.#host.requestUpdate()));
    this.#situation.follow(client);
    this.#provider.setValue(client);
    this.#host.requestUpdate();
    if (client) void this.#takeFirstPage(client);
  }

  async #takeFirstPage(client: SessionClient): Promise<void> {
    const page = await client.firstPage;
    if (!page || client !== this.client) return;
    this.firstPage = page;
    this.#isLocked = page.locked !== undefined;
    this.#screen.firstPageCame(page);
    this.#host.requestUpdate();
  }

  /** A hidden tab is not asked before it is shown again: whoever shows something of the session loses it now. */
  #lock(): void {
    this.firstPage = undefined;
    this.#isLocked = true;
    this.#situation.follow(undefined);
    this.#situation.follow(this.client);
    this.#host.requestUpdate();
  }

  #letGo(): void {
    this.#stopState?.();
    this.#stopState = undefined;
    if (this.#own) this.client?.dispose();
    this.#own = false;
  }
}
