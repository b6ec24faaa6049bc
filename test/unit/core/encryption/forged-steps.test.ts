// What a message that nobody can have sealed makes a device compute, and what one that a device sealed can make it keep.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openInSession, type Sealed, type Session } from '../../../../src/core/encryption/session.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import type { RatchetMessage } from '../../../../src/core/encryption/wire/dialect.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const kit = primitives(5);
const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text.padEnd(48));

async function pair(): Promise<[OwnParty, OwnParty]> {
  return [await OwnParty.make(primitives(1), OMEMO_2), await OwnParty.make(primitives(2), OMEMO_2)];
}

/** How often the key of the chain that a new one would end is looked at. */
function watched(session: Session): { session: Session; looks(): number } {
  const [{ key, ...chain }, ...others] = session.ratchet.receiving as [Session['ratchet']['receiving'][number]];
  let looks = 0;
  const first = Object.defineProperty({ ...chain }, 'key', { enumerable: true, get: () => (looks++, key) });
  return { session: { ...session, ratchet: { ...session.ratchet, receiving: [first, ...others] } }, looks: () => looks };
}

describe('a message that begins a new chain', () => {
  it('brings the last one to its end only where it was sealed by the other side', async () => {
    const [one, other] = await pair();
    await one.begin(await other.bundle());
    await other.open(await one.seal(words('hello')));
    for (let n = 0; n < 5; n++) await one.seal(words('lost'));
    await one.open(await other.seal(words('hello yourself')));
    const message = OMEMO_2.readMessage((await one.seal(words('new'))).bytes) as RatchetMessage;
    const { session, looks } = watched(other.device!.sessions[0]!);
    const forged = { ...message, tag: message.tag.with(0, message.tag[0]! ^ 1) };
    equal((await openInSession(kit, OMEMO_2, session, forged)).outcome, 'not-for-us');
    equal(looks(), 0);
    const opening = await openInSession(kit, OMEMO_2, session, message);
    equal(opening.outcome, 'opened');
    deepEqual(opening.outcome === 'opened' && opening.session.ratchet.skipped.map(({ keys }) => keys.map(({ n }) => n)), [[1, 2, 3, 4, 5]]);
  });
});

describe('a device that begins one session after another, with many lost before each', () => {
  it('makes us keep a thousand keys in all: those of the sessions it was heard on last', async () => {
    const [one, other] = await pair();
    const firsts: Sealed[] = [];
    for (const lost of [600, 300, 200]) {
      await one.begin(await other.bundle());
      firsts.push(await one.seal(words('first')));
      for (let n = 1; n < lost; n++) await one.seal(words('lost'));
      await other.open(await one.seal(words('heard')));
    }
    const counts = (): number[] =>
      other.device!.sessions.map(({ ratchet }) => ratchet.skipped.reduce((sum, { keys }) => sum + keys.length, 0));
    deepEqual(counts(), [200, 300, 500]);
    const heard: unknown[] = [];
    for (const first of firsts) heard.push(await other.open(first));
    deepEqual(heard, ['repeat', { plaintext: words('first') }, { plaintext: words('first') }]);
  });
});
