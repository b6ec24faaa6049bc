// What a slip of one sign would break and nothing larger would show: each was found by a mutant that had survived everything else.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mintOwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { acceptExchange } from '../../../../src/core/encryption/exchange/x3dh.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import { readKeysUri, writeKeysUri } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { writeFields } from '../../../../src/core/encryption/wire/protobuf.ts';
import { encryptionDevice, quiet } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
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
  it('with a key of small order is refused as that', async () => {
    const kit = primitives(1);
    const [own, other] = await Promise.all([mintOwnKeys(kit, 0), mintOwnKeys(primitives(2), 0)]);
    const identity = other.identity.public;
    const exchange = { preKeyId: own.preKeys[0]!.id, signedPreKeyId: own.signed.id, identity, ephemeral: new Uint8Array(32) };
    deepEqual(await acceptExchange(kit, OMEMO_2, own, exchange as never), { ok: false, why: 'bad-key' });
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
