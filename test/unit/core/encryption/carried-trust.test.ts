// Decisions that come from another own device: they fill in what is open here, undo nothing, and make nobody careless.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CarriedDevice, CarriedTrust } from '../../../../src/core/carried-trust.ts';
import { identityOf } from '../../../../src/core/encryption/primitives/edwards.ts';
import { readAgreementPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import { carriedOf, countDecisions, withCarried } from '../../../../src/core/encryption/trust/carry.ts';
import { NOBODY_KNOWN, type AccountTrust, type KnownDevice } from '../../../../src/core/encryption/trust/decide.ts';
import { fingerprintOf } from '../../../../src/core/encryption/trust/fingerprint.ts';
import type { Address } from '../../../../src/model/account.ts';
import { webcrypto } from 'node:crypto';

const BEN = 'ben@app1.test' as Address;

async function someKeys(count: number): Promise<KnownDevice['identity'][]> {
  const keys: KnownDevice['identity'][] = [];
  while (keys.length < count) {
    const pair = (await webcrypto.subtle.generateKey('X25519', true, ['deriveBits'])) as CryptoKeyPair;
    const agreement = readAgreementPublic(new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey)));
    const identity = agreement && identityOf(agreement);
    if (identity) keys.push(identity);
  }
  return keys;
}

const [first, second, third] = (await someKeys(3)) as [KnownDevice['identity'], KnownDevice['identity'], KnownDevice['identity']];
const device = (id: number, identity: KnownDevice['identity'], trust: KnownDevice['trust']): KnownDevice => ({
  id,
  identity,
  trust,
  firstSeenAt: 7,
  isListed: true,
});
const carried = (
  isStrict: boolean,
  ...devices: [id: number, identity: KnownDevice['identity'], trust: CarriedDevice['trust']][]
): CarriedTrust => ({
  person: BEN,
  isStrict,
  devices: devices.map(([id, identity, trust]) => ({ id, fingerprint: fingerprintOf(identity), trust, firstSeenAt: 5 })),
});
const trusts = ({ devices }: AccountTrust): Record<number, string> => Object.fromEntries(devices.map(({ id, trust }) => [id, trust]));

describe('decisions from another own device', () => {
  it('come back as they went', () => {
    const account: AccountTrust = { isStrict: true, devices: [device(1, first, 'verified'), device(2, second, 'refused')] };
    const back = withCarried(NOBODY_KNOWN, carriedOf(BEN, account, undefined), undefined);
    assert.deepEqual(trusts(back), { 1: 'verified', 2: 'refused' });
    assert.equal(back.isStrict, true);
    assert.equal(countDecisions(NOBODY_KNOWN, back), 2);
  });

  it('decide what nobody has decided here, and undo nothing', () => {
    const here: AccountTrust = { isStrict: true, devices: [device(1, first, 'refused'), device(2, second, 'undecided')] };
    const after = withCarried(here, carried(true, [1, first, 'verified'], [2, second, 'accepted']), undefined);
    assert.deepEqual(trusts(after), { 1: 'refused', 2: 'accepted' });
    assert.equal(withCarried(after, carried(true, [1, first, 'verified'], [2, second, 'accepted']), undefined), after, 'twice is once');
  });

  it('land on no other key', () => {
    const here: AccountTrust = { isStrict: false, devices: [device(1, first, 'first-use')] };
    assert.equal(withCarried(here, carried(false, [1, second, 'verified']), undefined), here);
  });

  it('make who came since wait for a word, once anybody was compared', () => {
    const here: AccountTrust = { isStrict: false, devices: [device(1, first, 'first-use'), device(3, third, 'first-use')] };
    assert.deepEqual(trusts(withCarried(here, carried(true, [1, first, 'verified']), undefined)), { 1: 'verified', 3: 'undecided' });
  });

  it('leave this very device out', () => {
    assert.deepEqual(trusts(withCarried(NOBODY_KNOWN, carried(true, [1, first, 'verified'], [2, second, 'verified']), 2)), {
      1: 'verified',
    });
  });
});
