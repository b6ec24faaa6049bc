// What is sealed once for all, and whether it belongs where it came from.
import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { faultsOf, packEnvelope, unpackEnvelope, type Outside } from '../../../../src/core/encryption/envelope.ts';
import { openLegacyPayload, sealLegacyPayload } from '../../../../src/core/encryption/legacy/legacy-payload.ts';
import { EMPTY_KEY, openPayload, sealPayload } from '../../../../src/core/encryption/payload.ts';
import { sealingKeys, tagOf } from '../../../../src/core/encryption/primitives/aes-cbc.ts';
import { writeMessage } from '../../../../src/xmpp/codecs/message.ts';
import { childElements } from '../../../../src/xmpp/xml.ts';
import { fc } from '../../../kit/properties.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const kit = { ...primitives(1), subtle: crypto.subtle };
const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** XEP-0384, 4.4, by Node's own cryptography: the payload, and what goes through each ratchet. */
function byTheBook(key: Uint8Array, plaintext: Uint8Array): Record<'payload' | 'keyAndTag', Uint8Array> {
  const keys = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(32), 'OMEMO Payload', 80));
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(64));
  const payload = Uint8Array.from([...cipher.update(plaintext), ...cipher.final()]);
  const tag = createHmac('sha256', keys.subarray(32, 64)).update(payload).digest().subarray(0, 16);
  return { payload, keyAndTag: Uint8Array.from([...key, ...tag]) };
}

describe('payloads', () => {
  it('are sealed as the standard says, under a key of 32 bytes with a tag of 16', async () => {
    for (const text of ['', '0123456789abcdef', '你好']) {
      const sealed = await sealPayload(kit, words(text));
      deepEqual(sealed, byTheBook(sealed.keyAndTag.subarray(0, 32), words(text)));
    }
    deepEqual(EMPTY_KEY, new Uint8Array(32));
  });

  it('no bit of payload, key or tag may be another', async () => {
    const sealed = await sealPayload(kit, words('for your eyes only'));
    for (const part of ['payload', 'keyAndTag'] as const) {
      for (let bit = 0; bit < sealed[part].length * 8; bit++) {
        const bytes = sealed[part].with(bit >> 3, sealed[part][bit >> 3]! ^ (1 << (bit & 7)));
        equal(await openPayload(kit, { ...sealed, [part]: bytes }), undefined);
      }
    }
    deepEqual(await openPayload(kit, sealed), words('for your eyes only'));
  });

  it('whose tag is cut short, or is longer than it should be, are not opened', async () => {
    const { payload, keyAndTag } = await sealPayload(kit, words('x'));
    const whole = tagOf(sealingKeys(keyAndTag.subarray(0, 32), 'OMEMO Payload'), payload, 32);
    for (const length of [0, 1, 15, 17, 32]) {
      const other = Uint8Array.from([...keyAndTag.subarray(0, 32), ...whole.subarray(0, length)]);
      equal(await openPayload(kit, { payload, keyAndTag: other }), undefined, `${length}`);
    }
  });

  it('an empty key opens nothing', async () => {
    const { payload } = await sealPayload(kit, words('x'));
    equal(await openPayload(kit, { payload, keyAndTag: EMPTY_KEY }), undefined);
  });

  it('the same words are never sealed alike', async () => {
    const seen = new Set<string>();
    for (let turn = 0; turn < 200; turn++) {
      const { payload, keyAndTag } = await sealPayload(kit, words('again'));
      seen.add(String(payload)).add(String(keyAndTag));
    }
    equal(seen.size, 400);
  });

  it('of legacy OMEMO: keys and tags of another length are refused', async () => {
    const sealed = await sealLegacyPayload(kit, words('legacy'));
    deepEqual(await openLegacyPayload(kit, sealed), words('legacy'));
    equal(await openLegacyPayload(kit, { ...sealed, keyAndTag: sealed.keyAndTag.slice(0, 16) }), undefined);
    equal(await openLegacyPayload(kit, { ...sealed, iv: new Uint8Array() }), undefined);
    for (const part of ['payload', 'keyAndTag', 'iv'] as const) {
      equal(await openLegacyPayload(kit, { ...sealed, [part]: sealed[part].with(3, sealed[part][3]! ^ 1) }), undefined);
    }
  });
});

describe('envelopes', () => {
  const content = childElements(writeMessage({ type: 'chat' }, '你好 & <b>'));

  it('come out as they went in, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const inside = childElements(writeMessage({ type: 'chat' }, text.replaceAll(/[^\P{C}\n]|[\uFFFE\uFFFF]/gu, '') || 'x'));
        const envelope = { content: inside, from: 'a@b.test', sealedAt: 1_795_273_200_000 };
        deepEqual(unpackEnvelope(packEnvelope(kit.random, envelope)), envelope);
      }),
    );
  });

  it('do not show how long the words are', () => {
    const lengths = new Set(Array.from({ length: 300 }, () => packEnvelope(kit.random, { content }).length));
    ok(lengths.size > 100);
    notDeepEqual(Math.min(...lengths), Math.max(...lengths));
  });

  it('are padded with none to two hundred letters of base64, as the standard has it', () => {
    const letters = Array.from({ length: 256 }, (_, byte) => byte);
    const paddingBy = (length: number): string => {
      const random = (count: number): Uint8Array<ArrayBuffer> =>
        Uint8Array.from(count === 2 ? [length >> 8, length & 0xff] : letters.slice(0, count));
      return /<rpad[^>]*?(?:\/>|>([^<]*)<)/.exec(new TextDecoder().decode(packEnvelope(random, { content })))?.[1] ?? '';
    };
    deepEqual(
      [0, 1, 200, 201, 402].map((length) => paddingBy(length).length),
      [0, 1, 200, 0, 0],
    );
    equal(new Set(paddingBy(200)).size, 64);
    ok(/^[\w-]{200}$/.test(paddingBy(200)));
  });

  it('are strict XML in strict UTF-8', () => {
    equal(unpackEnvelope(words('<envelope xmlns="urn:xmpp:sce:1"><content>')), undefined);
    equal(unpackEnvelope(words('<!DOCTYPE x><envelope xmlns="urn:xmpp:sce:1"><content/></envelope>')), undefined);
    equal(unpackEnvelope(Uint8Array.of(0xff, 0xfe)), undefined);
    deepEqual(unpackEnvelope(words('<envelope xmlns="urn:xmpp:sce:1"><content/></envelope>')), { content: [] });
  });

  const outside: Outside = { sender: 'a@b.test', recipient: 'c@d.test', isRoom: false, sentAt: 1_000_000 };
  const day = 24 * 3_600_000;

  it('belong where their facts say', () => {
    deepEqual(faultsOf({ content, from: 'a@b.test', to: 'c@d.test', sealedAt: 1_000_000 - day }, outside), []);
    deepEqual(faultsOf({ content }, outside), []);
    deepEqual(faultsOf({ content, to: 'room@m.test' }, { ...outside, recipient: 'room@m.test', isRoom: true }), []);
  });

  it('say so when they do not', () => {
    deepEqual(faultsOf({ content, from: 'x@b.test' }, outside), ['other-sender']);
    deepEqual(faultsOf({ content, to: 'room@m.test' }, outside), ['other-recipient']);
    deepEqual(faultsOf({ content }, { ...outside, isRoom: true }), ['no-recipient']);
    deepEqual(faultsOf({ content, sealedAt: 1_000_000 - 3 * day }, outside), ['other-time']);
    deepEqual(faultsOf({ content, sealedAt: 1_000_000 + 3 * day }, outside), ['other-time']);
    deepEqual(faultsOf({ content, sealedAt: 1_000_000 + 2 * day }, outside), []);
    deepEqual(faultsOf({ content, sealedAt: 1_000_001 + 2 * day }, outside), ['other-time']);
  });
});
