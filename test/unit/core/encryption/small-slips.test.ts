// What a slip of one sign would break and nothing larger would show: each was found by a mutant that had survived everything else.
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { bundleOf } from '../../../../src/core/encryption/exchange/bundle.ts';
import { mintOwnKeys, withPreKeyUsed, type PreKey } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { acceptExchange } from '../../../../src/core/encryption/exchange/x3dh.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { HIDDEN_MS, tendKeys } from '../../../../src/core/encryption/own/tend-keys.ts';
import { openCurves } from '../../../../src/core/encryption/primitives/choose-curves.ts';
import type { AgreementPublic, RootKey } from '../../../../src/core/encryption/primitives/keys.ts';
import { stepToSend } from '../../../../src/core/encryption/ratchet/send.ts';
import { beginAsInitiator, beginAsResponder } from '../../../../src/core/encryption/ratchet/state.ts';
import { carriedOf } from '../../../../src/core/encryption/trust/carry.ts';
import { readKeysUri, writeKeysUri } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { writeFields } from '../../../../src/core/encryption/wire/protobuf.ts';
import { encryptionDevice, quiet } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

describe('numbers in messages', () => {
  for (const [value, bytes] of [
    [127, [8, 127]],
    [128, [8, 128, 1]],
    [16_384, [8, 128, 128, 1]],
  ] as const)
    it(`${value} takes as many bytes as it needs`, () =>
      deepEqual([...writeFields({ n: { at: 1, kind: 'number' } }, { n: value })], bytes)); // oxfmt-ignore
});

describe('kept keys', () => {
  it('that were put while the disk was asked are not overwritten by what it answers', async () => {
    const keyring = new Keyring({ keys: async () => 'old' as never });
    const loading = keyring.load('own');
    keyring.put('own', 'new');
    await loading;
    equal(keyring.get('own'), 'new');
  });
});

describe('a key exchange', () => {
  it('with a key of small order, with an identity that is none, or for a prekey that is not here is refused as that', async () => {
    const kit = primitives(1);
    const [own, other] = await Promise.all([mintOwnKeys(kit, 0), mintOwnKeys(primitives(2), 0)]);
    const identity = other.identity.public;
    const exchange = { preKeyId: own.preKeys[0]!.id, signedPreKeyId: own.signed.id, identity, ephemeral: new Uint8Array(32) };
    deepEqual(await acceptExchange(kit, OMEMO_2, own, exchange as never), { ok: false, why: 'bad-key' });
    const none = new Uint8Array(32).with(0, 1);
    const ephemeral = other.signed.pair.public;
    const asked = (change: object): Promise<unknown> => acceptExchange(kit, OMEMO_2, own, { ...exchange, ephemeral, ...change });
    deepEqual(await asked({ identity: none }), { ok: false, why: 'bad-key' });
    deepEqual(await asked({ preKeyId: 7_777 }), { ok: false, why: 'unknown-prekey' });
    deepEqual(await asked({ signedPreKeyId: 7_777 }), { ok: false, why: 'unknown-prekey' });
  });
});

describe('a bundle', () => {
  it('is that of the device it was asked for, or none', async () => {
    const keys = await mintOwnKeys(primitives(1), 0);
    const item = OMEMO_2_METHOD.writeBundle(keys);
    deepEqual(OMEMO_2_METHOD.readBundle(item, keys.deviceId), bundleOf(keys));
    equal(OMEMO_2_METHOD.readBundle(item, keys.deviceId ^ 1), undefined);
    equal(OMEMO_2_METHOD.readBundle({ id: String(keys.deviceId) }, keys.deviceId), undefined);
  });
});

describe('a step of the ratchet', () => {
  const root = new Uint8Array(32) as RootKey;

  it('is none for who was only written to and has read nothing, or to a key that agrees with nobody', async () => {
    const kit = primitives(1);
    const { signed } = await mintOwnKeys(kit, 0);
    await rejects(stepToSend(kit, OMEMO_2, beginAsResponder(root, signed.pair)), /before it has read/);
    await rejects(stepToSend(kit, OMEMO_2, beginAsInitiator(root, new Uint8Array(32) as AgreementPublic)), /agrees with nobody/);
  });
});

describe('keys in a picture', () => {
  it('are as many as a picture can hold, and no more are read', async () => {
    const { identity } = await mintOwnKeys(primitives(1), 0);
    const written = (count: number): string =>
      writeKeysUri({ address: 'mei@a.test', devices: Array.from({ length: count }, (_, at) => ({ id: at + 1, identity: identity.public })) }); // oxfmt-ignore
    equal(readKeysUri(written(200))?.devices.length, 200);
    ok(written(300).length > 20_000);
    equal(readKeysUri(written(300)), undefined);
  });
});

describe('a device that was stopped', () => {
  it('publishes nothing more, whatever it had waited for', async () => {
    const server = new KeyServer();
    const mei = await encryptionDevice(server, fakeClock(), 'mei@a.test');
    mei.encryption.setCatchingUp(true);
    mei.encryption.onOnline('fresh');
    await quiet();
    mei.encryption.stop();
    mei.encryption.setCatchingUp(false);
    await quiet();
    deepEqual(server.asked, []);
  });
});

describe('a long talk of one side', () => {
  it('is read to its end: what was read does not count as skipped', async () => {
    const [one, other] = [await OwnParty.make(primitives(1), OMEMO_2), await OwnParty.make(primitives(2), OMEMO_2)];
    await one.begin(await other.bundle());
    const words = new Uint8Array(48);
    for (let count = 0; count < 520; count++) deepEqual(await other.open(await one.seal(words)), { plaintext: words });
  });
});

describe('the care for own keys', () => {
  it('changes nothing while a used prekey may still be needed', async () => {
    const kit = primitives(1);
    const minted = await mintOwnKeys(kit, 1_000);
    const used = withPreKeyUsed(minted, minted.preKeys[0]!.id);
    const keys = { ...used, hidden: used.hidden.map((one) => ({ ...one, usedAt: 1_000 })) };
    equal(await tendKeys(kit, keys, 1_000 + HIDDEN_MS, OMEMO_2), keys);
    equal((await tendKeys(kit, keys, 1_001 + HIDDEN_MS, OMEMO_2)).hidden.length, 0);
  });

  it('takes away the used prekeys whose time is over, and leaves the others', async () => {
    const kit = primitives(1);
    const minted = await mintOwnKeys(kit, 1_000);
    const [first, second] = minted.preKeys as [PreKey, PreKey];
    const keys = { ...minted, hidden: [{ ...first, usedAt: 1_000 }, { ...second, usedAt: 2_000 }] }; // oxfmt-ignore
    deepEqual((await tendKeys(kit, keys, 1_001 + HIDDEN_MS, OMEMO_2)).hidden.map(({ id }) => id), [second.id]); // oxfmt-ignore
  });
});

describe('keys as they are shown', () => {
  it('are not said to be known where the disk did not take them', async () => {
    const mei = await encryptionDevice(new KeyServer(), fakeClock(), 'mei@a.test');
    mei.isFull = true;
    const read = await mei.encryption.trust.read(mei.address);
    deepEqual(read, { ok: false, failure: { kind: 'storage-full' } });
  });
});

describe('curves of a browser that knows one of them', () => {
  it('are its own where they are right', async () => {
    let agreed = 0;
    const halfSubtle = new Proxy(crypto.subtle, {
      get(subtle, name: keyof SubtleCrypto) {
        const work = subtle[name] as unknown as (...given: unknown[]) => Promise<unknown>;
        return (...given: unknown[]) => {
          if (name === 'sign' || name === 'verify') return Promise.reject(new Error('not here'));
          if (name === 'deriveBits') agreed += 1;
          return work.apply(subtle, given);
        };
      },
    });
    const curves = await openCurves(halfSubtle);
    const before = agreed;
    const kit = primitives(1);
    const [own, theirs] = await Promise.all([mintOwnKeys(kit, 0), mintOwnKeys(primitives(2), 0)]);
    ok(await curves.agree(own.signed.pair.secret, theirs.signed.pair.public));
    equal(agreed, before + 1);
  });
});

describe('decisions for another own device', () => {
  it('carry this device as verified once anybody was compared', async () => {
    const keys = await mintOwnKeys(primitives(1), 0);
    const carried = (isStrict: boolean): unknown[] =>
      carriedOf('mei@a.test' as Address, { devices: [], isStrict }, { keys, madeAt: 7 } as never).devices.map(({ trust }) => trust);
    deepEqual([carried(true), carried(false)], [['verified'], ['first-use']]);
  });
});
