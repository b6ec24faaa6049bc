// The session of one widget: started when the visitor acts, told to all below, let go with the widget.
import { ContextProvider } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import type { AttachOptions, SessionClient } from '../../client/session-client.ts';
import type { FirstPage } from '../../contracts/port.ts';
import type { Failure } from '../../model/failure.ts';
import { sessionContext } from '../contexts/session.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { faceOf, type ChatFace } from './face-of.ts';

const loadClient = (): Promise<{ attach(options: AttachOptions): SessionClient }> => import('../../client/attach.ts');

export class ChatSession implements ReactiveController {
  client: SessionClient | undefined;
  firstPage: FirstPage | undefined;
  /** Why there is no client: the code for it did not load. */
  failure: Failure | undefined;

  readonly #host: LitElement;
  readonly #situation: SituationController;
  readonly #provider: ContextProvider<typeof sessionContext>;
  readonly #firstPageCame: (page: FirstPage) => void;
  #stopState: (() => void) | undefined;
  #own = false;
  #dismissed: Failure['kind'] | undefined;
  #starting: Promise<SessionClient | undefined> | undefined;

  constructor(host: LitElement, firstPageCame: (page: FirstPage) => void) {
    this.#host = host;
    this.#firstPageCame = firstPageCame;
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
    });
  }

  hostConnected(): void {}

  /** A session that the page made; it stays the page's. */
  use(client: SessionClient | undefined): void {
    if (client === this.client) return;
    this.#letGo();
    this.#take(client);
  }

  /** Finds or starts the core. Idempotent. */
  begin(options: AttachOptions): Promise<SessionClient | undefined> {
    if (this.client) return Promise.resolve(this.client);
    this.#starting ??= this.#attach(options).finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  /** Fetches the code for it while the words are on their way. What fails here is tried again, and told, when it is needed. */
  fetchEarly(): void {
    loadClient().catch(() => undefined);
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

  async #attach(options: AttachOptions): Promise<SessionClient | undefined> {
    try {
      const { attach } = await loadClient();
      if (!this.#host.isConnected) return undefined;
      this.#take(attach(options));
      this.#own = true;
    } catch {
      this.failure = { kind: 'core-gone' };
      this.#host.requestUpdate();
    }
    return this.client;
  }

  #take(client: SessionClient | undefined): void {
    this.client = client;
    this.firstPage = undefined;
    this.failure = undefined;
    this.#stopState = client?.onState(() => this.#host.requestUpdate());
    this.#situation.follow(client);
    this.#provider.setValue(client);
    this.#host.requestUpdate();
    if (client) void this.#takeFirstPage(client);
  }

  async #takeFirstPage(client: SessionClient): Promise<void> {
    const page = await client.firstPage;
    if (!page || client !== this.client) return;
    this.firstPage = page;
    this.#firstPageCame(page);
    this.#host.requestUpdate();
  }

  #letGo(): void {
    this.#stopState?.();
    this.#stopState = undefined;
    if (this.#own) this.client?.dispose();
    this.#own = false;
  }
}
