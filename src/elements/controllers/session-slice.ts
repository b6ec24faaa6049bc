// One slice of the session, pulled when the core says it changed. A new change during a pull leads to one more pull, never to two at once.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { Answer, Failure } from '../../model/failure.ts';

export abstract class SessionSlice<T> implements ReactiveController {
  /** As last pulled. It stays while a later pull fails. */
  value: T | undefined;
  /** Why the last pull failed. */
  failure: Failure | undefined;

  protected readonly host: ReactiveControllerHost;
  #session: SessionClient | undefined;
  #stop: (() => void) | undefined;
  #pulling: Promise<void> | undefined;
  #stale = false;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  protected abstract concerns(looks: readonly Look[]): boolean;
  protected abstract pull(session: SessionClient): Promise<Answer<T>>;
  protected accept(value: T): void {
    this.value = value;
  }

  get session(): SessionClient | undefined {
    return this.#session;
  }

  /** Idempotent: elements call it in every `willUpdate`. */
  follow(session: SessionClient | undefined): void {
    if (session === this.#session) return;
    this.hostDisconnected();
    this.#session = session;
    this.value = undefined;
    this.failure = undefined;
    if (session) this.hostConnected();
  }

  hostConnected(): void {
    if (!this.#session || this.#stop) return;
    this.#stop = this.#session.onChanged((looks) => {
      if (this.concerns(looks)) void this.refresh();
    });
    void this.refresh();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Settles once what is shown is as new as this call. */
  refresh(): Promise<void> {
    this.#stale = true;
    this.#pulling ??= this.#pullUntilFresh().finally(() => (this.#pulling = undefined));
    return this.#pulling;
  }

  async #pullUntilFresh(): Promise<void> {
    while (this.#stale && this.#session) {
      this.#stale = false;
      const session = this.#session;
      const answer = await this.pull(session);
      if (session !== this.#session) this.#stale = true;
      else if (!this.#stale || answer.ok) this.#take(answer);
    }
  }

  #take(answer: Answer<T>): void {
    if (answer.ok) this.accept(answer.value);
    this.failure = answer.ok ? undefined : answer.failure;
    if (this.failure?.kind === 'locked') this.value = undefined;
    this.host.requestUpdate();
  }
}
