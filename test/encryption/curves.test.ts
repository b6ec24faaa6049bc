// Encryption with what this browser really has: its own curves where it has them, and the same conversation whichever it uses.
import { expect } from 'chai';
import { bundleOf } from '../../src/core/encryption/exchange/bundle.ts';
import { mintOwnKeys } from '../../src/core/encryption/exchange/own-keys.ts';
import { sealLegacyPayload, openLegacyPayload } from '../../src/core/encryption/legacy/legacy-payload.ts';
import { openPayload, sealPayload } from '../../src/core/encryption/payload.ts';
import { openFromDevice, sealForDevice, withSession } from '../../src/core/encryption/peer-device.ts';
import { openCurves } from '../../src/core/encryption/primitives/choose-curves.ts';
import type { Curves, Primitives } from '../../src/core/encryption/primitives/curves.ts';
import type { AgreementPublic } from '../../src/core/encryption/primitives/keys.ts';
import { mintPair } from '../../src/core/encryption/primitives/curves.ts';
import { plainAgreement, plainSigning } from '../../src/core/encryption/primitives/plain-curves.ts';
import { webSigning } from '../../src/core/encryption/primitives/web-curves.ts';
import { beginSession } from '../../src/core/encryption/session.ts';
import { LEGACY } from '../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../src/core/encryption/wire/omemo-2.ts';

const plain: Curves = { ...plainAgreement, ...plainSigning };
const withCurves = (curves: Curves): Primitives => ({
  curves,
  subtle: crypto.subtle,
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
});
const words = new TextEncoder().encode('你好'.padEnd(48));

describe('encryption in this browser', () => {
  it('agrees and signs as plain code does', async () => {
    const kit = withCurves(await openCurves(crypto.subtle));
    const [one, other] = await Promise.all([mintPair(kit), mintPair(withCurves(plain))]);
    expect(await kit.curves.agree(one.secret, other.public)).to.deep.equal(await plain.agree(other.secret, one.public));
    expect(await kit.curves.agree(one.secret, new Uint8Array(32) as AgreementPublic)).to.equal(undefined);
    const zero = one.secret.with(0, 0) as typeof one.secret;
    expect(await kit.curves.publicOf(zero)).to.deep.equal(await plain.publicOf(zero));
    const keys = await mintOwnKeys(kit, 0);
    expect(await plain.verify(keys.identity.public, keys.signed.pair.public, keys.signed.signature)).to.equal(true);
    expect(await kit.curves.verify(keys.identity.public, new Uint8Array(3), keys.signed.signature)).to.equal(false);
  });

  it('takes nothing for a signature that is none, and breaks at none', async () => {
    const { identity, signed } = await mintOwnKeys(withCurves(plain), 0);
    const lengths = [0, 31, 32, 33, 63, 64, 65];
    const keys = [identity.public, ...[0, 1, 0xff].flatMap((byte) => lengths.map((length) => new Uint8Array(length).fill(byte, 0, byte === 1 ? 1 : length)))]; // oxfmt-ignore
    for (const { verify } of [webSigning(crypto.subtle), plainSigning])
      for (const key of keys)
        for (const signature of key === identity.public ? keys : [signed.signature, ...keys])
          expect(await verify(key as never, signed.pair.public, signature as never)).to.equal(false);
  });

  for (const dialect of [OMEMO_2, LEGACY]) {
    it(`talks ${dialect.name} with a device that has plain code only`, async () => {
      const [here, there] = [withCurves(await openCurves(crypto.subtle)), withCurves(plain)];
      const [ours, theirs] = [await mintOwnKeys(here, 0), await mintOwnKeys(there, 0, undefined, dialect)];
      const begun = await beginSession(here, dialect, ours, bundleOf(theirs));
      if (!begun.ok) throw new Error(begun.why);
      const first = await sealForDevice(here, dialect, ours, withSession(undefined, begun.session), words);
      const read = await openFromDevice(there, dialect, theirs, undefined, first!.sealed);
      if (read.outcome !== 'opened') throw new Error(read.outcome);
      expect(read.plaintext).to.deep.equal(words);
      const answer = await sealForDevice(there, dialect, read.own, read.device, words);
      const heard = await openFromDevice(here, dialect, ours, first!.device, answer!.sealed);
      expect(heard.outcome === 'opened' && heard.plaintext).to.deep.equal(words);
    });
  }

  it('opens the payloads it sealed', async () => {
    const kit = withCurves(plain);
    expect(await openPayload(kit, await sealPayload(kit, words))).to.deep.equal(words);
    expect(await openLegacyPayload(kit, await sealLegacyPayload(kit, words))).to.deep.equal(words);
  });
});
