// What a widget tells of conversations that nobody looks at: a figure in the page's title, words for those who listen.
import type { SessionClient } from '../../client/session-client.ts';
import { countInTitle, writeTitleCount } from './title-count.ts';
import { ElsewhereVoice, type VoiceNeeds } from './elsewhere-voice.ts';

export class Elsewhere {
  readonly #voice: ElsewhereVoice;
  readonly #needs: VoiceNeeds;

  constructor(needs: VoiceNeeds) {
    this.#needs = needs;
    this.#voice = new ElsewhereVoice(needs);
    document.addEventListener('visibilitychange', this.#outOfSight);
  }

  /** Idempotent: call it after every update. */
  heed(session: SessionClient | undefined, inTitle: boolean): void {
    this.#voice.follow(session);
    countInTitle(this, inTitle ? (this.#needs.situation()?.unread.messages ?? 0) : 0);
  }

  leave(): void {
    this.#voice.follow(undefined);
    countInTitle(this, 0);
    document.removeEventListener('visibilitychange', this.#outOfSight);
  }

  readonly #outOfSight = (): void => writeTitleCount();
}
