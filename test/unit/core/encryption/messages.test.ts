// Whole messages: sealed for several devices, carried as XML, opened by each.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bundleOf, readPublished } from '../../../../src/core/encryption/exchange/bundle.ts';
import { isLabelSigned, signLabel } from '../../../../src/core/encryption/exchange/label.ts';
import { mintOwnKeys, type OwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { openLegacyMessage, sealLegacyMessage } from '../../../../src/core/encryption/legacy/legacy-message.ts';
import { sealLegacyPayload } from '../../../../src/core/encryption/legacy/legacy-payload.ts';
import { openMessage, type MessageOpening } from '../../../../src/core/encryption/open-message.ts';
import { withSession, type PeerDevice } from '../../../../src/core/encryption/peer-device.ts';
import { sealForEach, sealMessage, type Addressee } from '../../../../src/core/encryption/seal-message.ts';
import { beginSession } from '../../../../src/core/encryption/session.ts';
import type { Dialect } from '../../../../src/core/encryption/wire/dialect.ts';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import {
  readLegacyDevices,
  readLegacyEncrypted,
  writeLegacyDevices,
  writeLegacyEncrypted,
} from '../../../../src/xmpp/codecs/legacy-omemo.ts';
import { writeMessage } from '../../../../src/xmpp/codecs/message.ts';
import { readBundle, writeBundle } from '../../../../src/xmpp/codecs/omemo-bundle.ts';
import { readDevices, writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { readEncrypted, writeEncrypted } from '../../../../src/xmpp/codecs/omemo-message.ts';
import type { KeyForDevice } from '../../../../src/xmpp/codecs/omemo-message.ts';
import { parseFrame, writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const kit = { ...primitives(1), subtle: crypto.subtle };
const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const own = await mintOwnKeys(kit, 0);
const others = [
  { account: 'b@b.test', keys: await mintOwnKeys(kit, 0) },
  { account: 'b@b.test', keys: await mintOwnKeys(kit, 0) },
  { account: 'c@b.test', keys: await mintOwnKeys(kit, 0) },
];
const olderOnes = await Promise.all(others.map(async ({ account }) => ({ account, keys: await mintOwnKeys(kit, 0, undefined, LEGACY) })));

function overTheLine(element: Element): Element {
  const frame = parseFrame(writeElement(writeMessage({ type: 'chat' }, undefined, [element])));
  ok(frame.ok);
  return frame.element;
}

const addressees = (dialect: Dialect): Promise<Addressee[]> =>
  Promise.all(
    (dialect === LEGACY ? olderOnes : others).map(async ({ account, keys }) => {
      const begun = await beginSession(kit, dialect, own, bundleOf(keys));
      ok(begun.ok);
      return { account, id: keys.deviceId, device: withSession(undefined, begun.session) };
    }),
  );

const plaintextOf = (opening: MessageOpening): string | undefined =>
  opening.outcome === 'opened' && opening.plaintext ? new TextDecoder().decode(opening.plaintext) : undefined;

describe('a message of OMEMO 2', () => {
  const open = (element: Element, account: string, keys: OwnKeys, device?: PeerDevice): Promise<MessageOpening> => {
    const message = readEncrypted(overTheLine(element), account, keys.deviceId);
    ok(message);
    return openMessage(kit, { message, own: keys, device });
  };

  it('is read by everybody it was written for, and by nobody else', async () => {
    const { message } = await sealMessage(kit, own, await addressees(OMEMO_2), words('to all of you'));
    const element = writeEncrypted(message);
    for (const { account, keys } of others) equal(plaintextOf(await open(element, account, keys)), 'to all of you');
    deepEqual(await open(element, 'b@b.test', await mintOwnKeys(kit, 0)), { outcome: 'not-for-this-device' });
    deepEqual(await open(element, 'c@b.test', others[0]!.keys), { outcome: 'not-for-this-device' });
  });

  it('goes on from the states that came back', async () => {
    const first = await sealMessage(kit, own, await addressees(OMEMO_2), words('one'));
    const second = await sealMessage(kit, own, first.addressees, words('two'));
    const { account, keys } = others[1]!;
    const opened = await open(writeEncrypted(first.message), account, keys);
    ok(opened.outcome === 'opened');
    equal(plaintextOf(await open(writeEncrypted(second.message), account, opened.own, opened.device)), 'two');
    deepEqual(await open(writeEncrypted(first.message), account, opened.own, opened.device), { outcome: 'repeat' });
  });

  it('may be empty: then only the ratchet moves', async () => {
    const { message } = await sealMessage(kit, own, await addressees(OMEMO_2));
    const opened = await open(writeEncrypted(message), others[0]!.account, others[0]!.keys);
    deepEqual([opened.outcome, plaintextOf(opened)], ['opened', undefined]);
  });

  it('whose payload was taken away or exchanged is refused, and its key stays good', async () => {
    const { message } = await sealMessage(kit, own, await addressees(OMEMO_2), words('the true one'));
    const { account, keys } = others[0]!;
    const { payload: _taken, ...bare } = message;
    const refused = { outcome: 'refused', why: 'payload-changed' } as const;
    deepEqual(await open(writeEncrypted(bare), account, keys), refused);
    deepEqual(await open(writeEncrypted({ ...bare, payload: words('sixteen byte pad') }), account, keys), refused);
    equal(plaintextOf(await open(writeEncrypted(message), account, keys)), 'the true one');
  });

  it('is written to nobody by mistake', async () => {
    const [first] = await addressees(OMEMO_2);
    await sealMessage(kit, own, [{ ...first!, device: { ...first!.device, sessions: [] } }], words('x')).then(
      () => ok(false, 'it was sealed'),
      (error: unknown) => ok(error instanceof Error),
    );
  });
});

describe('a message of legacy OMEMO', () => {
  const open = (element: Element, keys: OwnKeys): Promise<MessageOpening> => {
    const message = readLegacyEncrypted(overTheLine(element), keys.deviceId);
    ok(message);
    return openLegacyMessage(kit, { message, own: keys, device: undefined });
  };

  it('is read by everybody it was written for', async () => {
    const { message } = await sealLegacyMessage(kit, own, await addressees(LEGACY), words('to all of you'));
    for (const { keys } of olderOnes) equal(plaintextOf(await open(writeLegacyEncrypted(message), keys)), 'to all of you');
    deepEqual(await open(writeLegacyEncrypted(message), await mintOwnKeys(kit, 0)), { outcome: 'not-for-this-device' });
  });

  it('that was sealed twice for a device is read, and neither of its keys opens anything again', async () => {
    const { payload, keyAndTag, iv } = await sealLegacyPayload(kit, words('for a member and a guest'));
    const [to] = await addressees(LEGACY);
    const seal = (device: Addressee): Promise<{ after: Addressee; key: KeyForDevice }[]> =>
      sealForEach(kit, LEGACY, own, [device], keyAndTag, false).then((all) => [...all]);
    const [first] = await seal(to!);
    const [second] = await seal(first!.after);
    const [third] = await seal(second!.after);
    const { keys } = olderOnes[0]!;
    const read = (of: OwnKeys, device: PeerDevice | undefined, key: KeyForDevice, ...more: KeyForDevice[]): Promise<MessageOpening> =>
      openLegacyMessage(kit, { message: { sender: own.deviceId, iv, payload, key, more }, own: of, device });
    const opened = await read(keys, undefined, first!.key, second!.key);
    equal(plaintextOf(opened), 'for a member and a guest');
    ok(opened.outcome === 'opened');
    for (const { key } of [first!, second!]) equal((await read(opened.own, opened.device, key)).outcome, 'repeat');
    equal(plaintextOf(await read(opened.own, opened.device, third!.key)), 'for a member and a guest');
    const repeated = await read(opened.own, opened.device, first!.key, third!.key);
    equal(repeated.outcome, 'repeat', 'what was read is not read again by what stands behind it');
  });

  it('may carry a key and nothing else', async () => {
    const { message } = await sealLegacyMessage(kit, own, await addressees(LEGACY));
    const opened = await open(writeLegacyEncrypted(message), olderOnes[0]!.keys);
    deepEqual([opened.outcome, plaintextOf(opened)], ['opened', undefined]);
  });

  it('whose payload was exchanged is refused', async () => {
    const { message } = await sealLegacyMessage(kit, own, await addressees(LEGACY), words('the true one'));
    const changed = writeLegacyEncrypted({ ...message, payload: words('another one!') });
    deepEqual(await open(changed, olderOnes[0]!.keys), { outcome: 'refused', why: 'payload-changed' });
  });
});

describe('a key of legacy OMEMO without its tag', () => {
  it('opens nothing, though the tag stands behind the payload as some once wrote it', async () => {
    const { payload, keyAndTag, iv } = await sealLegacyPayload(kit, words('as of old'));
    const [key, tag] = [keyAndTag.slice(0, 16), keyAndTag.slice(16)];
    const behind = new Uint8Array([...payload, ...tag]);
    const sealed = await sealForEach(kit, LEGACY, own, await addressees(LEGACY), key, false);
    const { keys } = olderOnes[0]!;
    const message = { sender: own.deviceId, iv, payload: behind, key: sealed[0]!.key };
    deepEqual(await openLegacyMessage(kit, { message, own: keys, device: undefined }), { outcome: 'refused', why: 'payload-changed' });
  });
});

describe('what a device publishes', () => {
  it('comes back from its XML as it was', () => {
    const bundle = bundleOf(own);
    const published = readBundle(writeBundle({ ...bundle, device: own.deviceId }));
    ok(published);
    deepEqual(readPublished(published), bundle);
  });

  it('keys of another length are none', () => {
    const bundle = bundleOf(own);
    const short = new Uint8Array(31);
    equal(readPublished({ ...bundle, identity: short }), undefined);
    equal(readPublished({ ...bundle, signed: { ...bundle.signed, key: short } }), undefined);
    equal(readPublished({ ...bundle, signed: { ...bundle.signed, signature: short } }), undefined);
    equal(readPublished({ ...bundle, preKeys: [{ id: 1, key: short }, ...bundle.preKeys] })?.preKeys.length, bundle.preKeys.length);
  });

  it('a key above the prime is not another way to write one', () => {
    const bundle = bundleOf(own);
    for (const [lowest, highest] of [
      [0xed, 0x7f],
      [0xff, 0x7f],
      [0x00, 0x80],
    ] as const) {
      const key = new Uint8Array(32).fill(0xff).with(0, lowest).with(31, highest);
      equal(readPublished({ ...bundle, signed: { ...bundle.signed, key } }), undefined);
    }
    const largest = new Uint8Array(32).fill(0xff).with(0, 0xec).with(31, 0x7f);
    ok(readPublished({ ...bundle, signed: { ...bundle.signed, key: largest } }));
  });

  it('nobody has more than a hundred devices', () => {
    const many = Array.from({ length: 150 }, (_, at) => at + 1);
    deepEqual(
      readDevices(writeDevices(many.map((id) => ({ id })))),
      many.slice(0, 100).map((id) => ({ id })),
    );
    deepEqual(readLegacyDevices(writeLegacyDevices(many)), many.slice(0, 100));
  });

  it('nobody keeps names without end for others, nor signatures', () => {
    const read = (label: string, bytes: number): unknown => readDevices(writeDevices([{ id: 7, label, labelSignature: new Uint8Array(bytes) }])); // oxfmt-ignore
    deepEqual(read('n'.repeat(200), 64), [{ id: 7, label: 'n'.repeat(200), labelSignature: new Uint8Array(64) }]);
    deepEqual(read('n'.repeat(201), 64), [{ id: 7, labelSignature: new Uint8Array(64) }]);
    deepEqual(read('phone', 65), [{ id: 7, label: 'phone' }]);
  });

  it('its name is its own', async () => {
    const label = await signLabel(kit.curves, own.identity, '电'.repeat(60));
    equal(label.label.length, 53);
    ok(await isLabelSigned(kit.curves, own.identity.public, label));
    ok(!(await isLabelSigned(kit.curves, own.identity.public, { ...label, label: 'another' })));
    ok(!(await isLabelSigned(kit.curves, others[0]!.keys.identity.public, label)));
    ok(!(await isLabelSigned(kit.curves, own.identity.public, { label: label.label })));
  });
});
