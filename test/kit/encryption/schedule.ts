// A conversation as bad lines make it: messages are late, out of order, twice there, or never.
import { deepEqual, equal } from 'node:assert/strict';
import type { Sealed } from '../../../src/core/encryption/session.ts';
import type { Chance } from '../random.ts';
import type { Party } from './party.ts';

export interface Play {
  steps: number;
  /** Of a hundred. */
  lost: number;
  repeated: number;
  plaintextLength: number;
  /** Both begin, neither knowing of the other. */
  bothBegin?: boolean;
}

export interface Told {
  sent: number;
  opened: number;
  lost: number;
  repeats: number;
}

interface UnderWay {
  sealed: Sealed;
  plaintext: Uint8Array;
  wasRead: boolean;
}

export async function playSchedule(source: Chance, [one, other]: readonly [Party, Party], play: Play): Promise<Told> {
  const told: Told = { sent: 0, opened: 0, lost: 0, repeats: 0 };
  const sides = [
    { party: one, to: other, underWay: [] as UnderWay[] },
    { party: other, to: one, underWay: [] as UnderWay[] },
  ];
  await one.begin(await other.bundle());
  if (play.bothBegin) await other.begin(await one.bundle());
  for (let step = 0; step < play.steps; step++) {
    const side = sides[source.below(2)]!;
    if (source.below(2) === 0 && side.party.canWrite()) await write(side);
    else if (side.underWay.length > 0) await deliver(side, source.below(side.underWay.length));
  }
  for (const side of sides) while (side.underWay.length > 0) await deliver(side, source.below(side.underWay.length));
  return told;

  async function write(side: (typeof sides)[number]): Promise<void> {
    const plaintext = Uint8Array.from({ length: play.plaintextLength }, () => source.below(256));
    side.underWay.push({ sealed: await side.party.seal(plaintext), plaintext, wasRead: false });
    told.sent++;
  }

  async function deliver(side: (typeof sides)[number], at: number): Promise<void> {
    const [message] = side.underWay.splice(at, 1);
    if (!message) return;
    if (!message.wasRead && source.below(100) < play.lost) return void told.lost++;
    const heard = await side.to.open(message.sealed);
    if (message.wasRead) {
      if (side.to.tellsRepeats) equal(heard, 'repeat');
      else equal(typeof heard, 'string');
      told.repeats++;
    } else {
      deepEqual(heard, { plaintext: message.plaintext });
      told.opened++;
    }
    if (source.below(100) < play.repeated) side.underWay.push({ ...message, wasRead: true });
  }
}
