// Sessions with a device: what is read once, what is refused, and what a refusal leaves behind, which is nothing.
import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PREKEYS_WANTED, withoutHidden } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { withoutSessions } from '../../../../src/core/encryption/peer-device.ts';
import { stepToSend } from '../../../../src/core/encryption/ratchet/send.ts';
import { beginSession, type Sealed, type Session } from '../../../../src/core/encryption/session.ts';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import type { Dialect } from '../../../../src/core/encryption/wire/dialect.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text.padEnd(48));

async function pair(dialect: Dialect, seed = 1): Promise<[OwnParty, OwnParty]> {
  return [await OwnParty.make(primitives(seed), dialect), await OwnParty.make(primitives(seed + 1000), dialect)];
}

/** Two that have heard each other. */
async function talking(dialect: Dialect, seed = 1): Promise<[OwnParty, OwnParty]> {
  const [one, other] = await pair(dialect, seed);
  await one.begin(await other.bundle());
  await other.open(await one.seal(words('hello')));
  await one.open(await other.seal(words('hello yourself')));
  return [one, other];
}

async function loseMany(from: OwnParty): Promise<Sealed[]> {
  const lost: Sealed[] = [];
  for (let n = 0; n < 1001; n++) lost.push(await from.seal(words('lost')));
  return lost;
}

/** As Signal's own library does, though not to itself. */
function countOneLess(party: OwnParty): void {
  const [session, ...others] = party.device!.sessions;
  const ratchet = { ...session!.ratchet, previous: session!.ratchet.previous - 1 };
  party.device = { ...party.device!, sessions: [{ ...session!, ratchet }, ...others] };
}

for (const dialect of [OMEMO_2, LEGACY]) {
  describe(`sessions of ${dialect.name}`, () => {
    it('the key exchange goes along until the other side was heard', async () => {
      const [one, other] = await pair(dialect);
      await one.begin(await other.bundle());
      const first = await one.seal(words('one'));
      const second = await one.seal(words('two'));
      deepEqual([first.withExchange, second.withExchange], [true, true]);
      deepEqual(await other.open(second), { plaintext: words('two') });
      equal(other.last?.outcome === 'opened' && other.last.answer, 'exchange');
      deepEqual(await other.open(first), { plaintext: words('one') });
      equal(other.last?.outcome === 'opened' && other.last.answer, undefined);
      await one.open(await other.seal(words('three')));
      equal((await one.seal(words('four'))).withExchange, false);
    });

    it('what is repeated is neither read again nor told of', async () => {
      const [one, other] = await talking(dialect);
      const said: Sealed[] = [];
      for (let turn = 0; turn < 5; turn++) {
        for (const [from, to] of [
          [one, other],
          [other, one],
        ] as const) {
          const sealed = await from.seal(words(`turn ${turn}`));
          ok(typeof (await to.open(sealed)) === 'object');
          if (from === one) said.push(sealed);
        }
      }
      const before = other.device;
      for (const sealed of said) equal(await other.open(sealed), 'repeat');
      equal(other.device, before);
    });

    it('a prekey is found by nobody after its use, and opens what others have begun with it until it is forgotten', async () => {
      const [one, other] = await pair(dialect);
      const bundle = await other.bundle();
      const only = { ...bundle, preKeys: bundle.preKeys.slice(0, 1) };
      await one.begin(only);
      const third = await OwnParty.make(primitives(77), dialect);
      await third.begin(only);
      await other.open(await one.seal(words('first')));
      equal(other.own.preKeys.length, PREKEYS_WANTED - 1);
      ok(!(await other.bundle()).preKeys.some(({ id }) => id === bundle.preKeys[0]!.id));
      const meanwhile = await OwnParty.make(primitives(5), dialect, other.own);
      deepEqual(await meanwhile.open(await third.seal(words('second'))), { plaintext: words('second') });
      deepEqual(meanwhile.own.hidden, other.own.hidden, 'it is hidden once');
      const after = await OwnParty.make(primitives(5), dialect, withoutHidden(other.own, Infinity));
      equal(await after.open(await third.seal(words('third'))), 'refused');
      equal(after.why(), 'unknown-prekey');
    });

    for (const gap of [999, 1000]) {
      it(`reads on over ${gap} lost messages, and reads them when they come`, async () => {
        const [one, other] = await talking(dialect);
        const lost: Sealed[] = [];
        for (let n = 0; n < gap; n++) lost.push(await one.seal(words(String(n))));
        deepEqual(await other.open(await one.seal(words('after'))), { plaintext: words('after') });
        for (const n of [0, gap - 1, 500]) deepEqual(await other.open(lost[n]!), { plaintext: words(String(n)) });
        equal(await other.open(lost[500]!), 'repeat');
      });
    }

    it('a gap of 1,001 is refused, and an answer to what came before it mends it', async () => {
      const [one, other] = await talking(dialect);
      await other.open(await one.seal(words('before')));
      const [late] = await loseMany(one);
      equal(await other.open(await one.seal(words('too far'))), 'refused');
      equal(other.why(), 'too-far');
      await one.open(await other.seal(words('are you there?')));
      deepEqual(await other.open(await one.seal(words('yes'))), { plaintext: words('yes') });
      deepEqual(await other.open(late!), { plaintext: words('lost') });
    });

    it('a gap of 1,001 from the very beginning of a chain needs a person to begin anew', async () => {
      const [one, other] = await talking(dialect);
      await loseMany(one);
      await one.open(await other.seal(words('are you there?')));
      equal(await other.open(await one.seal(words('yes'))), 'refused');
      one.device = withoutSessions(one.device!);
      await one.begin(await other.bundle());
      deepEqual(await other.open(await one.seal(words('yes'))), { plaintext: words('yes') });
    });

    it('a counter at the end of its numbers is refused at once', async () => {
      const [one, other] = await talking(dialect);
      const { ratchet, ...session } = one.device!.sessions[0]!;
      const { sending } = await stepToSend(primitives(3), dialect, ratchet).then(({ state }) => state);
      one.device = { ...one.device!, sessions: [{ ...session, ratchet: { ...ratchet, sending: { ...sending!, next: 2 ** 31 - 1 } } }] };
      equal(await other.open(await one.seal(words('far away'))), 'refused');
      equal(other.why(), 'too-far');
    });

    it('keeps at most a thousand keys, the newest', async () => {
      const [one, other] = await talking(dialect);
      const kept: Sealed[] = [];
      for (let round = 0; round < 3; round++) {
        for (let n = 0; n < 600; n++) {
          const sealed = await one.seal(words(`${round} ${n}`));
          if (n === 0) kept.push(sealed);
        }
        await other.open(await one.seal(words('last')));
        await one.open(await other.seal(words('turn')));
      }
      const keys = other.device!.sessions[0]!.ratchet.skipped.flatMap((chain) => chain.keys);
      equal(keys.length, 1000);
      equal(await other.open(kept[0]!), 'repeat');
      deepEqual(await other.open(kept[2]!), { plaintext: words('2 0') });
    });

    it('the 54th message without an answer asks for one, once', async () => {
      const [one, other] = await talking(dialect);
      const asked: number[] = [];
      for (let n = 0; n < 60; n++) {
        await other.open(await one.seal(words(String(n))));
        if (other.last?.outcome === 'opened' && other.last.answer === 'heartbeat') asked.push(n);
      }
      deepEqual(asked, [53]);
      await one.open(await other.seal(words('')));
      for (let n = 0; n < 53; n++) await other.open(await one.seal(words(String(n))));
      equal(other.last?.outcome === 'opened' && other.last.answer, undefined);
    });

    it('both begin, and end up on one session', async () => {
      const [one, other] = await pair(dialect);
      await one.begin(await other.bundle());
      await other.begin(await one.bundle());
      const [from, to] = [await one.seal(words('one')), await other.seal(words('other'))];
      deepEqual(await other.open(from), { plaintext: words('one') });
      deepEqual(await one.open(to), { plaintext: words('other') });
      ok((await one.seal(words('still with the exchange'))).withExchange);
      for (let turn = 0; turn < 3; turn++) {
        equal(typeof (await other.open(await one.seal(words('turn')))), 'object');
        equal(typeof (await one.open(await other.seal(words('turn')))), 'object');
      }
      const [ours, theirs] = [one.device!.sessions[0]!, other.device!.sessions[0]!];
      deepEqual(ours.ephemeral, theirs.ephemeral);
      notDeepEqual(ours.role, theirs.role);
      ok(!(await one.seal(words('settled'))).withExchange);
    });

    it('what they begin is answered where they began it, though we began too', async () => {
      const [one, other] = await pair(dialect);
      await one.begin(await other.bundle());
      await other.begin(await one.bundle());
      await one.seal(words('lost'));
      await one.open(await other.seal(words('other')));
      const answer = await one.seal(words(''), true);
      ok(!answer.withExchange);
      equal(typeof (await other.open(answer)), 'object');
      ok(!(await other.seal(words('they know now'))).withExchange);
      ok((await one.seal(words('ours is still unknown'))).withExchange);
    });

    it('who never got what we began is written to where they began', async () => {
      const [one, other] = await pair(dialect);
      await one.begin(await other.bundle());
      await one.seal(words('never arrives'));
      other.own = { ...other.own, preKeys: [] };
      await other.begin(await one.bundle());
      await one.open(await other.seal(words('first')));
      equal(await other.open(await one.seal(words('still on ours'))), 'refused');
      await one.open(await other.seal(words('second')));
      deepEqual(await other.open(await one.seal(words('on theirs'))), { plaintext: words('on theirs') });
    });

    it('a new session begins only when a person asks for one', async () => {
      const [one, other] = await talking(dialect);
      other.device = undefined;
      equal(await other.open(await one.seal(words('lost'))), 'refused');
      equal(other.why(), 'no-session');
      equal(other.device, undefined);
      one.device = withoutSessions(one.device!);
      ok(!one.canWrite());
      await one.begin(await other.bundle());
      deepEqual(await other.open(await one.seal(words('again'))), { plaintext: words('again') });
    });

    it('of two sessions each message finds its own, late and twice, and none under the key exchange of the other', async () => {
      const [one, other] = await pair(dialect);
      await one.begin(await other.bundle());
      const said: Sealed[] = [];
      for (const text of ['first', 'late', 'third']) said.push(await one.seal(words(text)));
      const [first, late, third] = said as [Sealed, Sealed, Sealed];
      for (const sealed of [first, third]) equal(typeof (await other.open(sealed)), 'object');
      one.device = withoutSessions(one.device!);
      await one.begin(await other.bundle());
      const anew = await one.seal(words('anew'));
      const next = await one.seal(words('next'));
      deepEqual(await other.open(anew), { plaintext: words('anew') });
      const [{ ephemeral }] = other.device!.sessions as [Session];
      deepEqual(await other.open(late), { plaintext: words('late') });
      deepEqual(other.device!.sessions[0]!.ephemeral, ephemeral, 'what comes late brings no session back');
      equal(other.last?.outcome === 'opened' && other.last.answer, undefined);
      for (const sealed of [anew, late, third, first]) equal(await other.open(sealed), 'repeat');
      const { message } = dialect.readExchange(next.bytes)!;
      const mixed = dialect.writeExchange(dialect.readExchange(first.bytes)!.exchange, dialect.writeMessage(message.tagged, message.tag));
      equal(await other.open({ ...next, bytes: mixed }), 'refused');
      deepEqual(await other.open(next), { plaintext: words('next') });
      equal(typeof (await one.open(await other.seal(words(''), true))), 'object', 'an answer goes where they were heard last');
    });

    it('five sessions are kept with a device, the newest, whoever begins them', async () => {
      const [one, other] = await pair(dialect);
      const bundle = await other.bundle();
      const said: Sealed[] = [];
      for (let begun = 0; begun < 7; begun++) {
        await one.begin(bundle);
        said.push(await one.seal(words(`${begun}`)), await one.seal(words(`${begun} again`)));
        await other.open(said.at(-2)!);
      }
      deepEqual([one.device!.sessions.length, other.device!.sessions.length], [5, 5]);
      deepEqual(await other.open(said[5]!), { plaintext: words('2 again') });
      deepEqual(await other.open(said[13]!), { plaintext: words('6 again') });
    });

    it('a device with another identity is not the same device', async () => {
      const [one, other] = await talking(dialect);
      const stranger = await OwnParty.make(primitives(99), dialect);
      await stranger.begin(await other.bundle());
      equal(await other.open(await stranger.seal(words('it is me'))), 'refused');
      equal(other.why(), 'other-identity');
      deepEqual(await other.open(await one.seal(words('no, me'))), { plaintext: words('no, me') });
    });

    it('a repeat is known as one for sixty-four turns, and refused after that: the chains of long ago are forgotten', async () => {
      const [one, other] = await talking(dialect);
      const said: Sealed[] = [];
      for (let turn = 0; turn <= 64; turn++) {
        const sealed = await one.seal(words(`turn ${turn}`));
        said.push(sealed);
        await other.open(sealed);
        await one.open(await other.seal(words('turn')));
      }
      equal(other.device!.sessions[0]!.ratchet.receiving.length, 64);
      deepEqual([await other.open(said[1]!), await other.open(said[0]!)], ['repeat', 'refused']);
    });

    for (const [turns, is] of [
      [5, 'read'],
      [6, 'given up'],
    ] as const) {
      it(`a last message that its sender forgot to count is ${is} after ${turns} turns`, async () => {
        const [one, other] = await talking(dialect);
        await other.open(await one.seal(words('counted')));
        const forgotten = await one.seal(words('forgotten'));
        for (let turn = 0; turn < turns; turn++) {
          await one.open(await other.seal(words('turn')));
          if (turn === 0) countOneLess(one);
          await other.open(await one.seal(words('turn')));
        }
        deepEqual(await other.open(forgotten), is === 'read' ? { plaintext: words('forgotten') } : 'repeat');
      });
    }

    it('no two messages are sealed under the same step', async () => {
      const [one, other] = await talking(dialect);
      const steps = new Set<string>();
      for (let turn = 0; turn < 200; turn++) {
        const [from, to] = turn % 3 === 0 ? [other, one] : [one, other];
        const sealed = await from.seal(words('same words'));
        const read = dialect.readMessage(sealed.bytes);
        steps.add(`${String(read?.header.ratchet)} ${read?.header.n}`);
        if (turn % 5 !== 0) await to.open(sealed);
      }
      equal(steps.size, 200);
    });

    it('no bit of a message may be another', async () => {
      const [one, other] = await pair(dialect);
      await one.begin(await other.bundle());
      for (const what of ['exchange', 'message'] as const) {
        const sealed = await one.seal(words('untouched'));
        const { device, own } = other;
        for (let bit = 0; bit < sealed.bytes.length * 8; bit++) {
          const at = bit >> 3;
          const bytes = sealed.bytes.with(at, sealed.bytes[at]! ^ (1 << (bit & 7)));
          ok(typeof (await other.open({ ...sealed, bytes })) === 'string', `bit ${bit} of the ${what}`);
          ok(other.device === device && other.own === own);
        }
        deepEqual(await other.open(sealed), { plaintext: words('untouched') });
        await one.open(await other.seal(words('heard')));
      }
    });

    it('what is cut off at any place is refused', async () => {
      const [one, other] = await talking(dialect);
      const sealed = await one.seal(words('whole'));
      for (let length = 0; length < sealed.bytes.length; length++) {
        for (const withExchange of [false, true])
          equal(await other.open({ bytes: sealed.bytes.slice(0, length), withExchange }), 'refused');
      }
      equal(typeof (await other.open(sealed)), 'object');
    });

    it('no session with a bundle whose key somebody exchanged', async () => {
      const [one, other] = await pair(dialect);
      const bundle = await other.bundle();
      const stranger = await (await OwnParty.make(primitives(99), dialect)).bundle();
      const none = new Uint8Array(32) as typeof bundle.signed.key;
      const attempts = [
        [{ ...bundle, signed: { ...bundle.signed, key: stranger.signed.key } }, 'not-signed'],
        [{ ...bundle, identity: stranger.identity }, 'not-signed'],
        [{ ...bundle, preKeys: [] }, 'no-prekeys'],
        [{ ...bundle, preKeys: [{ id: 1, key: none }] }, 'bad-key'],
        [{ ...bundle, identity: none.with(0, 1) as typeof bundle.identity }, 'bad-key'],
      ] as const;
      for (const [changed, why] of attempts) deepEqual(await beginSession(primitives(5), dialect, one.own, changed), { ok: false, why });
    });
  });
}
