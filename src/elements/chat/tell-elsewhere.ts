// Has news of other conversations told once the first ones stand: the code for it lies in the file that came with them.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SessionClient } from '../../client/session-client.ts';
import type { Elsewhere } from '../elsewhere/elsewhere.ts';
import type { VoiceNeeds } from '../elsewhere/elsewhere-voice.ts';

export interface TellNeeds extends VoiceNeeds {
  /** Undefined until there is something to read. */
  session(): SessionClient | undefined;
  /** Whether the page's title may carry a figure. */
  mayCount(): boolean;
}

export class TellElsewhere implements ReactiveController {
  readonly #needs: TellNeeds;
  #elsewhere: Elsewhere | undefined;
  #isAsked = false;

  constructor(host: ReactiveControllerHost, needs: TellNeeds) {
    this.#needs = needs;
    host.addController(this);
  }

  hostConnected(): void {}

  hostUpdated(): void {
    if (this.#elsewhere) this.#elsewhere.heed(this.#needs.session(), this.#needs.mayCount());
    else if (!this.#isAsked && this.#needs.session() && ARRIVED.some((tag) => customElements.get(tag))) void this.#fetch();
  }

  hostDisconnected(): void {
    this.#elsewhere?.leave();
    this.#elsewhere = undefined;
    this.#isAsked = false;
  }

  async #fetch(): Promise<void> {
    this.#isAsked = true;
    const loaded = await import('../elsewhere/elsewhere.ts').catch(() => undefined);
    if (!loaded || !this.#isAsked || this.#elsewhere) return;
    this.#elsewhere = new loaded.Elsewhere(this.#needs);
    this.hostUpdated();
  }
}

const ARRIVED = ['warbler-composer', 'warbler-conversation-list'];
