// Whom a message may go to, and the number two people compare.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Trust } from '../../../../src/model/protection.ts';
import {
  decideOn,
  isAnother,
  listDevices,
  meetDevice,
  NOBODY_KNOWN,
  recipientsOf,
  verifyDevices,
  type AccountTrust,
} from '../../../../src/core/encryption/trust/decide.ts';
import { readKeysUri, showFingerprint, writeKeysUri } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { mintIdentity } from '../../../../src/core/encryption/primitives/identity.ts';
import { safetyNumber } from '../../../../src/core/encryption/trust/safety-number.ts';
import type { IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import { fc } from '../../../kit/properties.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const kit = primitives(1);
const { random } = kit;
const [one, two, three] = [random(32), random(32), random(32)] as [IdentityPublic, IdentityPublic, IdentityPublic];
const both = meetDevice(meetDevice(NOBODY_KNOWN, 1, one, 10), 2, two, 20);
const trustOf = ({ devices }: AccountTrust): Trust[] => devices.map(({ trust }) => trust);
const idsTo = (account: AccountTrust): number[] | string => {
  const to = recipientsOf(account);
  return to.ok ? to.devices.map(({ id }) => id) : `waits for ${to.undecided.map(({ id }) => id).join(', ')}`;
};

describe('trust', () => {
  it('whoever comes first is written to until somebody has compared keys', () => {
    deepEqual(trustOf(both), ['first-use', 'first-use']);
    deepEqual(idsTo(both), [1, 2]);
  });

  it('after that nobody gets anything before a new device was decided on', () => {
    const strict = verifyDevices(both, [one, two]);
    deepEqual(trustOf(strict), ['verified', 'verified']);
    const met = meetDevice(strict, 3, three, 30);
    deepEqual(idsTo(met), 'waits for 3');
    deepEqual(idsTo(decideOn(met, 3, 'refused')), [1, 2]);
    deepEqual(idsTo(decideOn(met, 3, 'accepted')), [1, 2, 3]);
    deepEqual(trustOf(verifyDevices(met, [three])), ['verified', 'verified', 'verified']);
  });

  it('devices that merely came first wait too, once another was compared', () => {
    deepEqual(idsTo(verifyDevices(both, [one])), 'waits for 2');
  });

  it('comparing a key that nobody has changes nothing', () => equal(verifyDevices(both, [three]), both));

  it('a device that is known keeps its key', () => {
    equal(meetDevice(both, 1, three, 30), both);
    ok(isAnother(both, 1, three));
    ok(!isAnother(both, 1, one) && !isAnother(both, 9, one));
  });

  it('a device that its account no longer names gets nothing, and keeps its standing', () => {
    const gone = listDevices(verifyDevices(both, [one, two]), [1]);
    deepEqual(idsTo(gone), [1]);
    deepEqual(idsTo(listDevices(gone, [1, 2])), [1, 2]);
    deepEqual(trustOf(gone), ['verified', 'verified']);
  });

  it('forgetting who was compared makes nobody careless', () => {
    const strict = { ...verifyDevices(both, [one, two]), devices: [] };
    deepEqual(trustOf(meetDevice(strict, 3, three, 30)), ['undecided']);
  });

  it('nobody undecided ever gets a message, whatever happens', () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('meet' as const), id: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('list' as const), ids: fc.array(fc.integer({ min: 1, max: 5 })) }),
      fc.record({ do: fc.constant('verify' as const), id: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constantFrom('accepted' as const, 'refused' as const), id: fc.integer({ min: 1, max: 5 }) }),
    );
    const keys = Array.from({ length: 6 }, () => random(32) as IdentityPublic);
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let account = NOBODY_KNOWN;
        for (const now of acts) {
          const wasStrict = account.isStrict;
          if (now.do === 'meet') account = meetDevice(account, now.id, keys[now.id]!, 0);
          else if (now.do === 'list') account = listDevices(account, now.ids);
          else if (now.do === 'verify') account = verifyDevices(account, [keys[now.id]!]);
          else account = decideOn(account, now.id, now.do);
          ok(account.isStrict || !wasStrict);
          const to = recipientsOf(account);
          const given: readonly Trust[] = account.isStrict ? ['verified', 'accepted'] : ['first-use', 'accepted'];
          if (to.ok) ok(to.devices.every(({ trust, isListed }) => isListed && given.includes(trust)));
        }
      }),
    );
  });
});

describe('the safety number', () => {
  const ours = { address: 'a@b.test', identities: [one, two] };
  const theirs = { address: 'c@d.test', identities: [three] };
  const number = safetyNumber(ours, theirs);

  it('is sixty digits in twelve groups, the same on both sides', () => {
    ok(/^(?:\d{5} ){11}\d{5}$/.test(number));
    equal(safetyNumber(theirs, { ...ours, identities: [two, one] }), number);
  });

  it('stays what it was: others have written it down', () => {
    const fixed = new Uint8Array(32).fill(7) as IdentityPublic;
    equal(
      safetyNumber(
        { address: 'a@b.test', identities: [fixed] },
        { address: 'c@d.test', identities: [fixed, fixed.with(0, 1) as IdentityPublic] },
      ),
      '60916 52172 09618 85312 22089 94339 65727 64219 11492 01615 37854 48075',
    );
  });

  it('changes with any key, any address and any device', () => {
    notEqual(safetyNumber({ ...ours, identities: [one] }, theirs), number);
    notEqual(safetyNumber({ ...ours, address: 'a@b.tess' }, theirs), number);
    notEqual(safetyNumber(ours, { ...theirs, identities: [three.with(31, three[31]! ^ 1) as IdentityPublic] }), number);
    notEqual(safetyNumber({ ...ours, identities: theirs.identities }, { ...theirs, identities: ours.identities }), number);
  });
});

describe('keys in a picture', async () => {
  const [phone, laptop] = [(await mintIdentity(kit)).public, (await mintIdentity(kit)).public];
  const named = {
    address: 'mei.lin+x@chat.example',
    devices: [
      { id: 12, identity: phone },
      { id: 2 ** 31 - 1, identity: laptop },
    ],
  };
  const uri = writeKeysUri(named);

  it('come back as they were', () => {
    ok(/^xmpp:mei\.lin%2Bx@chat\.example\?omemo-sid-12=[0-9a-f]{64};omemo-sid-2147483647=[0-9a-f]{64}$/.test(uri));
    deepEqual(readKeysUri(uri), named);
    deepEqual(
      readKeysUri(
        uri
          .replace(';', ';subscribe;')
          .toUpperCase()
          .replace('XMPP:MEI.LIN%2BX@CHAT.EXAMPLE', 'xmpp:mei.lin%2Bx@chat.example')
          .replaceAll('OMEMO-SID', 'omemo-sid'),
      ),
      named,
    );
  });

  it('are all there or none', () => {
    const broken = [
      uri.slice(0, -1),
      uri.replace('omemo-sid-12=', 'omemo-sid-x='),
      uri.replace('xmpp:', 'http:'),
      'xmpp:a@b.test?message',
      'xmpp:?omemo-sid-1=00',
      uri.replace('%2B', '%2'),
      `${uri}#x`,
    ];
    for (const text of broken) equal(readKeysUri(text), undefined, text);
    equal(readKeysUri(uri.replace(/sid-12=[0-9a-f]{64}/, `sid-12=${'0'.repeat(64)}`)), undefined);
    equal(readKeysUri(`xmpp:a@b.test?${'omemo-sid-1=;'.repeat(2000)}`), undefined);
  });

  it('make their devices verified, whichever sign they go by', () => {
    const signed = phone.with(31, phone[31]! | 0x80) as IdentityPublic;
    const account = meetDevice(NOBODY_KNOWN, 12, signed, 0);
    deepEqual(
      trustOf(
        verifyDevices(
          account,
          readKeysUri(uri)!.devices.map(({ identity }) => identity),
        ),
      ),
      ['verified'],
    );
    ok(!isAnother(account, 12, phone));
    const other = { address: 'b@b.test', identities: [laptop] };
    equal(
      safetyNumber({ address: 'a@b.test', identities: [signed] }, other),
      safetyNumber({ address: 'a@b.test', identities: [phone] }, other),
    );
  });

  it('are shown in eight groups of eight', () => ok(/^(?:[0-9a-f]{8} ){7}[0-9a-f]{8}$/.test(showFingerprint(phone))));
});
