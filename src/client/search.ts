// Looks for a core: host after host the first time, attempt after attempt in the proven host when a core died.
//   open an attempt → welcome: the others are shut · refused: an older core gets a moment to retire · silence: next attempt, next host, lost
import type { Hello, Refused, SpokenCall, ToTab, Welcome } from '../contracts/port.ts';
import type { HostMaker } from './hosts.ts';
import type { Host, Link } from './link.ts';

export interface SearchEars {
  welcomed(link: Link, welcome: Welcome, host: Host): void;
  refused(refused: Refused): void;
  lost(): void;
  /** Everything else a link says, before and after the welcome. */
  heard(link: Link, data: Exclude<ToTab, Welcome | Refused>): void;
}

type Timer = ReturnType<typeof setTimeout> | undefined;

/** How long each attempt may stay silent before the next is made beside it. The last one's silence ends the search. */
const FIRST_TIME: readonly number[] = [10_000];
/** The second is there for the tab that took the lead from one that does not answer. */
const FIRST_TIME_ELECTED: readonly number[] = [5_000, 10_000];
/** Firefox hands out a worker that is just closing, for up to two seconds. */
const AGAIN: readonly number[] = [400, 400, 800, 1_600, 3_200, 8_600];
const RETIRING_MS = 400;
const MOST_REFUSALS = 4;

export class Search {
  #hosts: readonly HostMaker[];
  #greet: () => Hello;
  #ears: SearchEars;
  #host: Host | undefined;
  #next = 0;
  #isProven = false;
  #attempts = new Set<Link>();
  #waits: number[] = [];
  #timer: Timer;
  #round = 0;
  #startedAt = 0;
  #refusals = 0;
  #showsLife = false;

  constructor(hosts: readonly HostMaker[], greet: () => Hello, ears: SearchEars) {
    this.#hosts = hosts;
    this.#greet = greet;
    this.#ears = ears;
  }

  async begin(): Promise<void> {
    this.stop();
    const round = this.#round;
    while (!this.#host && this.#next < this.#hosts.length) {
      const made = this.#hosts[this.#next++]?.();
      this.#host = made instanceof Promise ? await made.catch(() => undefined) : made;
    }
    if (round !== this.#round) return;
    if (!this.#host) return this.#endInVain();
    this.#waits = [...(this.#isProven ? AGAIN : this.#host.kind === 'elected' ? FIRST_TIME_ELECTED : FIRST_TIME)];
    this.#startedAt = performance.now();
    this.#refusals = 0;
    this.#attempt(this.#host);
  }

  /** The core that was welcomed has died. */
  beginAfterDeath(): void {
    this.#host?.died?.();
    if (this.#host?.restMs === undefined) return void this.begin();
    this.stop();
    this.#timer = setTimeout(() => void this.begin(), this.#host.restMs);
  }

  /** Lets go of every attempt that was not welcomed. */
  stop(): void {
    this.#round += 1;
    clearTimeout(this.#timer);
    for (const link of this.#attempts) link.close();
    this.#attempts.clear();
  }

  /** Also gives up a lead this tab may have. `words`: what nobody has confirmed. */
  leave(words: readonly SpokenCall[] = []): void {
    this.#host?.leave?.(words);
    this.stop();
  }

  #attempt(host: Host): void {
    this.#wait(host, this.#waits.shift() ?? RETIRING_MS);
    const round = this.#round;
    const unavailable = (): void => {
      if (round === this.#round && !this.#isProven && !this.#showsLife) this.#tryNextHost();
    };
    try {
      this.#attempts.add(host.open(this.#greet(), (link, data) => this.#hear(host, link, data as ToTab), unavailable));
    } catch {
      unavailable();
    }
  }

  #wait(host: Host, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#meetSilence(host), ms);
  }

  #meetSilence(host: Host): void {
    host.unanswered?.(performance.now() - this.#startedAt);
    if (this.#waits.length > 0) return this.#attempt(host);
    if (this.#showsLife && !this.#isProven) {
      // It answered from disk: the rest is only slow.
      this.#showsLife = false;
      return this.#wait(host, FIRST_TIME[0] as number);
    }
    if (this.#isProven) this.#endInVain();
    else this.#tryNextHost();
  }

  #tryNextHost(): void {
    this.leave();
    this.#host = undefined;
    void this.begin();
  }

  /** The next search starts over. */
  #endInVain(): void {
    this.stop();
    if (!this.#isProven) this.#next = 0;
    this.#ears.lost();
  }

  #hear(host: Host, link: Link, data: ToTab | null): void {
    switch (data?.warbler) {
      case 'welcome':
        return this.#attempts.delete(link) ? this.#settle(host, link, data) : undefined;
      case 'refused':
        return this.#attempts.has(link) ? this.#hearRefusal(host, data) : undefined;
      case 'first-page':
        this.#showsLife = true;
    }
    if (data?.warbler) this.#ears.heard(link, data);
  }

  #settle(host: Host, link: Link, welcome: Welcome): void {
    this.stop();
    this.#isProven = true;
    this.#ears.welcomed(link, welcome, host);
  }

  /** An older core that nobody else uses retires on being asked: the next attempt meets a fresh one. */
  #hearRefusal(host: Host, refused: Refused): void {
    clearTimeout(this.#timer);
    this.#refusals += 1;
    this.#waits = [];
    if (refused.why === 'older-core' && this.#refusals < MOST_REFUSALS) {
      this.#timer = setTimeout(() => this.#attempt(host), RETIRING_MS);
    } else {
      // Attempts stay open: a core that only waits for another to go may welcome them yet.
      this.#ears.refused(refused);
    }
  }
}
