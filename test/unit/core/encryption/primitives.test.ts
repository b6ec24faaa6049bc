// The primitives against the examples of their standards, and all implementations of the curves against each other.
import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decryptCbc, encryptCbc, isTagOf, sealingKeys, tagOf } from '../../../../src/core/encryption/primitives/aes-cbc.ts';
import { openCurves } from '../../../../src/core/encryption/primitives/choose-curves.ts';
import {
  agreementOf,
  identityOf,
  isNegative,
  isSameIdentity,
  readIdentityPublic,
  withoutSign,
} from '../../../../src/core/encryption/primitives/edwards.ts';
import { hkdfSha256, hmacSha256, hmacsSha256 } from '../../../../src/core/encryption/primitives/hashes.ts';
import { mintIdentity } from '../../../../src/core/encryption/primitives/identity.ts';
import { plainAgreement, plainSigning } from '../../../../src/core/encryption/primitives/plain-curves.ts';
import { webAgreement, webSigning } from '../../../../src/core/encryption/primitives/web-curves.ts';
import type { Curves } from '../../../../src/core/encryption/primitives/curves.ts';
import {
  readAgreementPublic,
  readSignature,
  type AgreementPublic,
  type AgreementSecret,
  type IdentityPublic,
  type IdentitySeed,
  type Signature,
} from '../../../../src/core/encryption/primitives/keys.ts';
import { fromHex, hex, nodeCurves, primitives } from '../../../kit/encryption/primitives.ts';

const IMPLEMENTATIONS: Record<string, Curves> = {
  'by WebCrypto': { ...webAgreement(crypto.subtle), ...webSigning(crypto.subtle) },
  'in plain code': { ...plainAgreement, ...plainSigning },
  'of the tests': nodeCurves,
};

/** The points of small order, each of which agrees on zeros with every secret. */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

describe('hashes', () => {
  it('HMAC as RFC 4231 has it', () => {
    equal(
      hex(hmacSha256(fromHex('0b'.repeat(20)), new TextEncoder().encode('Hi There'))),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
  });

  it('several HMACs under one key are those one by one', () => {
    const key = fromHex('0b'.repeat(32));
    const data = [Uint8Array.of(1), Uint8Array.of(2), new Uint8Array(100)];
    deepEqual(
      hmacsSha256(key, ...data),
      data.map((one) => hmacSha256(key, one)),
    );
  });

  it('HKDF as WebCrypto has it', async () => {
    const { random } = primitives(1);
    for (const length of [32, 64, 80]) {
      const [material, salt] = [random(32), random(32)];
      const key = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveBits']);
      const info = new TextEncoder().encode('OMEMO Payload');
      const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8);
      deepEqual(hkdfSha256(material, salt, 'OMEMO Payload', length), new Uint8Array(bits));
    }
  });
});

for (const [name, curves] of Object.entries(IMPLEMENTATIONS)) {
  describe(`curves ${name}`, () => {
    it('X25519 as RFC 7748 has it', async () => {
      const nine = fromHex('09'.padEnd(64, '0'));
      const after = '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079';
      equal(hex((await curves.agree(nine as AgreementSecret, nine as AgreementPublic))!), after);
      equal(hex(await curves.publicOf(nine as AgreementSecret)), after);
    });

    it('Ed25519 as RFC 8032 has it', async () => {
      const seed = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb') as IdentitySeed;
      const key = await curves.identityOf(seed);
      equal(hex(key), '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
      const signature = await curves.sign(seed, Uint8Array.of(0x72));
      equal(
        hex(signature),
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      );
      ok(await curves.verify(key, Uint8Array.of(0x72), signature));
      ok(!(await curves.verify(key, Uint8Array.of(0x73), signature)));
      const changed = signature.with(3, signature[3]! ^ 1) as Signature;
      ok(!(await curves.verify(key, Uint8Array.of(0x72), changed)));
    });

    it('agrees on nothing with a point of small order', async () => {
      const { random } = primitives(2);
      for (const point of SMALL_ORDER) {
        equal(await curves.agree(random(32) as AgreementSecret, fromHex(point) as AgreementPublic), undefined, point);
      }
    });

    it('agrees though a secret begins with zero', async () => {
      const { random } = primitives(6);
      const secret = random(32).with(0, 0) as AgreementSecret;
      const theirs = await nodeCurves.publicOf(random(32) as AgreementSecret);
      deepEqual(await curves.publicOf(secret), await nodeCurves.publicOf(secret));
      deepEqual(await curves.agree(secret, theirs), await nodeCurves.agree(secret, theirs));
    });

    it('agrees with the others', async () => {
      const { random } = primitives(3);
      for (let turn = 0; turn < 10; turn++) {
        const [ours, theirs] = [random(32) as AgreementSecret, random(32) as AgreementSecret];
        const there = await nodeCurves.agree(theirs, await nodeCurves.publicOf(ours));
        deepEqual(await curves.agree(ours, await curves.publicOf(theirs)), there);
      }
    });
  });
}

describe('both forms of an identity', () => {
  it('one secret is the same key in both', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const identity = await mintIdentity(primitives(seed));
      ok(!isNegative(identity.public));
      const agreement = await nodeCurves.publicOf(identity.agreement);
      deepEqual(agreementOf(identity.public), agreement);
      deepEqual(identityOf(agreement), identity.public);
      notDeepEqual(identityOf(agreement, true), identity.public);
    }
  });

  it('refuses keys that are none, or not in their one right form', () => {
    const refused = ['01'.padEnd(64, '0'), `ec${'ff'.repeat(30)}7f`, `ed${'ff'.repeat(30)}7f`, `ee${'ff'.repeat(30)}7f`, 'ff'.repeat(32)];
    for (const key of refused) equal(agreementOf(fromHex(key) as IdentityPublic), undefined, key);
    for (const key of ['00'.repeat(32), ...refused.slice(1)]) equal(identityOf(fromHex(key) as AgreementPublic), undefined, key);
  });
});

describe('which curves a browser gets', () => {
  const without = (missing: string, wrong = false): SubtleCrypto =>
    new Proxy(crypto.subtle, {
      get: (target, name: 'importKey' | 'deriveBits') => {
        if (name === 'importKey') {
          return (...given: Parameters<SubtleCrypto['importKey']>) =>
            given[2] === missing && !wrong ? Promise.reject(new DOMException('', 'NotSupportedError')) : target.importKey(...given);
        }
        if (name === 'deriveBits' && wrong) return async () => new Uint8Array(32).fill(7).buffer;
        return target[name].bind(target);
      },
    });

  const check = async (curves: Curves): Promise<void> => {
    const { random } = primitives(4);
    const [one, other] = [random(32) as AgreementSecret, random(32) as AgreementSecret];
    deepEqual(await curves.agree(one, await curves.publicOf(other)), await nodeCurves.agree(other, await nodeCurves.publicOf(one)));
    const seed = random(32) as IdentitySeed;
    ok(await nodeCurves.verify(await curves.identityOf(seed), random(0), await curves.sign(seed, random(0))));
  };

  it('its own where they are right', async () => {
    let asked = 0;
    const counted = new Proxy(crypto.subtle, {
      get: (target, name: 'deriveBits' | 'sign') => {
        if (name === 'deriveBits' || name === 'sign') asked++;
        return target[name].bind(target);
      },
    });
    const curves = await openCurves(counted);
    const before = asked;
    await check(curves);
    equal(asked - before, 3);
  });

  it('plain ones for the half that is missing', async () => {
    const curves = await openCurves(without('X25519'));
    deepEqual([curves.agree === plainAgreement.agree, curves.sign === plainSigning.sign], [true, false]);
    await check(curves);
    equal((await openCurves(without('Ed25519'))).sign, plainSigning.sign);
  });

  it('plain ones where its own answer wrongly', async () => {
    const curves = await openCurves(without('X25519', true));
    equal(curves.agree, plainAgreement.agree);
    await check(curves);
  });

  type Answers = (target: SubtleCrypto, ...given: readonly unknown[]) => unknown;

  /** A browser of which one answer is another. */
  const answering = (name: keyof SubtleCrypto, answers: Answers): SubtleCrypto =>
    new Proxy(crypto.subtle, {
      get: (target, asked: keyof SubtleCrypto) =>
        asked === name
          ? async (...given: readonly unknown[]) => answers(target, ...given)
          : (target[asked] as object as Answers).bind(target),
    });

  for (const [what, name, answers, halves] of [
    ['agrees with a point of small order', 'deriveBits', agreeingWithAll, [true, false]],
    ['says yes to any signature', 'verify', () => true, [false, true]],
    ['says no to any signature', 'verify', () => false, [false, true]],
    ['signs in another way', 'sign', () => new ArrayBuffer(64), [false, true]],
    ['tells another key of a seed', 'exportKey', () => ({ x: 'AAAA' }), [false, true]],
  ] as const)
    it(`plain ones where its own ${what}`, async () => {
      const curves = await openCurves(answering(name, answers));
      deepEqual([curves.agree === plainAgreement.agree, curves.sign === plainSigning.sign], halves);
      await check(curves);
    });

  /** As it should, and on something where it should refuse. */
  function agreeingWithAll(target: SubtleCrypto, ...given: readonly unknown[]): Promise<unknown> {
    return target.deriveBits(...(given as Parameters<SubtleCrypto['deriveBits']>)).catch(() => new Uint8Array(32).fill(1).buffer);
  }

  it('none that agree on nothing but zeros, which everybody knows', async () => {
    const zeros = webAgreement(answering('deriveBits', () => new ArrayBuffer(32)));
    const nearly = webAgreement(answering('deriveBits', () => new Uint8Array(32).fill(1, 31).buffer));
    const { random } = primitives(8);
    const theirs = await nodeCurves.publicOf(random(32) as AgreementSecret);
    equal(await zeros.agree(random(32) as AgreementSecret, theirs), undefined);
    ok(await nearly.agree(random(32) as AgreementSecret, theirs));
  });
});

describe('keys from outside', () => {
  it('are each the one way to write them: below the prime', () => {
    const key = (lowest: number, highest: number, at = 5, between = 0xff): Uint8Array =>
      new Uint8Array(32).fill(0xff).with(at, between).with(0, lowest).with(31, highest);
    const read = (bytes: Uint8Array): boolean => readAgreementPublic(bytes) !== undefined;
    deepEqual([key(0xec, 0x7f), key(0xff, 0x7e), key(0xff, 0x7f, 1, 0xfe), key(0xff, 0x7f, 30, 0xfe)].map(read), [true, true, true, true]);
    deepEqual([key(0xed, 0x7f), key(0xff, 0x7f), key(0, 0x80, 5, 0)].map(read), [false, false, false]);
  });

  it('are as long as their kind', () => {
    const lengths = [0, 31, 32, 33, 63, 64, 65];
    const taken = (read: (bytes: Uint8Array) => unknown): number[] => lengths.filter((length) => read(new Uint8Array(length).fill(9)));
    deepEqual([taken(readAgreementPublic), taken(readIdentityPublic), taken(readSignature)], [[32], [32], [64]]);
    deepEqual([readAgreementPublic, readIdentityPublic, readSignature].map((read) => read(undefined)), [undefined, undefined, undefined]); // oxfmt-ignore
  });

  it('are the same identity whatever their sign', async () => {
    const [one, other] = await Promise.all([mintIdentity(primitives(1)), mintIdentity(primitives(2))]);
    const mirrored = one.public.with(31, one.public[31]! | 0x80) as IdentityPublic;
    deepEqual([isNegative(mirrored), isNegative(one.public), withoutSign(mirrored)], [true, false, one.public]);
    deepEqual([isSameIdentity(one.public, mirrored), isSameIdentity(one.public, other.public)], [true, false]);
    deepEqual(agreementOf(mirrored), agreementOf(one.public));
    deepEqual(identityOf(agreementOf(one.public)!, true), mirrored);
  });
});

describe('secrets', () => {
  it('cannot be taken out of WebCrypto again, but for the moment in which the public half of a seed is read', async () => {
    const taken: [kind: unknown, extractable: unknown][] = [];
    const watched = new Proxy(crypto.subtle, {
      get: (target, name: 'importKey') =>
        name === 'importKey'
          ? (...given: Parameters<SubtleCrypto['importKey']>) => (taken.push([given[2], given[3]]), target.importKey(...given))
          : (target[name] as (...given: unknown[]) => unknown).bind(target),
    });
    const { random } = primitives(9);
    const [secret, seed] = [random(32) as AgreementSecret, random(32) as IdentitySeed];
    const keys = sealingKeys(random(32), 'OMEMO Payload');
    const signing = webSigning(watched);
    const key = await signing.identityOf(seed);
    deepEqual(taken.splice(0), [['Ed25519', true]]);
    await signing.verify(key, random(1), await signing.sign(seed, random(1)));
    await webAgreement(watched).agree(secret, await nodeCurves.publicOf(secret));
    await decryptCbc(watched, keys, await encryptCbc(watched, keys, random(5)));
    deepEqual(taken.map(([, extractable]) => extractable), [false, false, false, false, false, false]); // oxfmt-ignore
  });
});

describe('AES-CBC with a tag', () => {
  it('opens what it sealed and nothing else', async () => {
    const { random } = primitives(5);
    const keys = sealingKeys(random(32), 'OMEMO Payload');
    for (const length of [0, 1, 15, 16, 17, 1000]) {
      const plaintext = random(length);
      const ciphertext = await encryptCbc(crypto.subtle, keys, plaintext);
      equal(ciphertext.length, (Math.floor(length / 16) + 1) * 16);
      deepEqual(await decryptCbc(crypto.subtle, keys, ciphertext), plaintext);
      const tag = tagOf(keys, ciphertext, 16);
      ok(isTagOf(keys, ciphertext, tag));
      ok(!isTagOf(keys, ciphertext, tag.with(0, tag[0]! ^ 1)));
      ok(!isTagOf(sealingKeys(random(32), 'OMEMO Payload'), ciphertext, tag));
    }
    equal(await decryptCbc(crypto.subtle, keys, random(15)), undefined);
  });
});
