// The time by the engine's clock, which orders the archive. A device whose own clock is far off is told so.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import { readTime, writeTimeGet } from '../../xmpp/codecs/entity-time.ts';
import { domainOf } from '../../xmpp/jid.ts';
import type { Connection } from '../ports.ts';
import type { Noted } from './noted.ts';

/** People do not notice less. */
const WRONG_FROM_MS = 2 * 60_000;
/** What the way there and back may explain. */
const NOISE_MS = 2_000;

export interface EngineClockNeeds {
  clock: Clock;
  connection: Pick<Connection, 'ask'>;
  self: Address;
  notices: Noted;
}

export class EngineClock {
  readonly #needs: EngineClockNeeds;
  #aheadMs = 0;

  constructor(needs: EngineClockNeeds) {
    this.#needs = needs;
  }

  now(): number {
    return this.#needs.clock.now() + this.#aheadMs;
  }

  async ask(): Promise<void> {
    const { clock, connection, self, notices } = this.#needs;
    const askedAt = clock.now();
    const answer = await connection.ask(writeTimeGet(domainOf(self) ?? ''));
    const engineTime = answer.ok ? readTime(answer.value) : undefined;
    if (engineTime === undefined) return;
    const aheadMs = engineTime - (askedAt + clock.now()) / 2;
    this.#aheadMs = Math.abs(aheadMs) < NOISE_MS ? 0 : Math.round(aheadMs);
    if (Math.abs(aheadMs) > WRONG_FROM_MS) notices.add({ kind: 'clock-wrong', offByMs: -Math.round(aheadMs) });
    else notices.withdraw('clock-wrong');
  }
}
