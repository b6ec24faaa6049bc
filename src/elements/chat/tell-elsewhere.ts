// Has news of other conversations told, and the core that somebody is here, once the first ones stand: the code for it lies in the file that came with them.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SessionClient } from '../../client/session-client.ts';
import type { ElsewhereVoice, VoiceNeeds } from '../elsewhere/elsewhere-voice.ts';
import type { Presence } from '../lock/presence.ts';

export interface TellNeeds extends VoiceNeeds {
  /** Undefined until there is something to read, and once the host has gone. */
  session(): SessionClient | undefined;
  /** Whether the page's title may carry a figure. */
  mayCount(): boolean;
}

export class TellElsewhere implements ReactiveController {
  readonly #needs: TellNeeds;
  #means: typeof import('../elsewhere/elsewhere.ts') | undefined;
  #voice: ElsewhereVoice | undefined;
  #presence: Presence | undefined;

  constructor(host: ReactiveControllerHost, needs: TellNeeds) {
    this.#needs = needs;
    host.addController(this);
  }

  hostConnected(): void {}

  hostUpdated(): void {
    const session = this.#needs.session();
    if (!this.#means) return void (session && ARRIVED.some((tag) => customElements.get(tag)) && this.#fetch());
    this.#voice ??= new this.#means.ElsewhereVoice(this.#needs);
    this.#voice.follow(session);
    this.#presence ??= new this.#means.Presence();
    this.#presence.follow(session, this.#needs.situation());
    const counts = session && this.#needs.mayCount();
    this.#means.countInTitle(this, counts ? (this.#needs.situation()?.unread.messages ?? 0) : 0);
  }

  hostDisconnected(): void {
    if (this.#means) this.hostUpdated();
  }

  async #fetch(): Promise<void> {
    this.#means = await import('../elsewhere/elsewhere.ts').catch(() => undefined);
    if (this.#means) this.hostUpdated();
  }
}

const ARRIVED = ['warbler-composer', 'warbler-conversation-list'];
