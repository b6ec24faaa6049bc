// What each method does in its own way: where its keys lie, what its words become, whose messages it can tell.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bundleOf } from '../../../../src/core/encryption/exchange/bundle.ts';
import { mintOwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import { openLegacyPayload, sealLegacyPayload } from '../../../../src/core/encryption/legacy/legacy-payload.ts';
import { LEGACY_METHOD } from '../../../../src/core/encryption/legacy/legacy-method.ts';
import type { Method } from '../../../../src/core/encryption/method.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { isAhead } from '../../../../src/core/encryption/own/own-steps.ts';
import { withSession } from '../../../../src/core/encryption/peer-device.ts';
import { beginSession } from '../../../../src/core/encryption/session.ts';
import { Side } from '../../../../src/core/encryption/side.ts';
import type { Address } from '../../../../src/model/account.ts';
import { writeMessage } from '../../../../src/xmpp/codecs/message.ts';
import { NS_CLIENT } from '../../../../src/xmpp/namespaces.ts';
import { element, parseFrame, writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { oneSide } from '../../../kit/encryption/one-side.ts';
import { fromHex, primitives } from '../../../kit/encryption/primitives.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const KIM = 'kim@b.test' as Address;
const kit = { ...primitives(1), subtle: crypto.subtle };
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const body = (text: string): Element => element('body', NS_CLIENT, {}, [text]);

function overTheLine(stanza: Element): Element {
  const frame = parseFrame(writeElement(stanza));
  ok(frame.ok);
  return frame.element;
}

describe('keys of the older method', () => {
  it('lie in a node for each device, whatever its one item is called', async () => {
    const own = await mintOwnKeys(kit, 0, undefined, LEGACY_METHOD.dialect);
    const node = 'eu.siacs.conversations.axolotl.bundles:31';
    deepEqual(LEGACY_METHOD.bundlePlace(31), { node, item: 'current' });
    const asked = writeElement(LEGACY_METHOD.askBundle(31, LIN));
    deepEqual([asked.includes(`node="${node}"`), asked.includes(`to="${LIN}"`), asked.includes('<item ')], [true, true, false]);
    deepEqual(LEGACY_METHOD.readBundle({ ...LEGACY_METHOD.writeBundle(own), id: 'other' }, 31), bundleOf(own));
    equal(LEGACY_METHOD.readBundle({ id: 'current' }, 31), undefined);
    equal(LEGACY_METHOD.readBundle(OMEMO_2_METHOD.writeBundle(own), own.deviceId), undefined);
  });

  it('are on a list of numbers, without names', () => {
    equal(LEGACY_METHOD.devicesNode, 'eu.siacs.conversations.axolotl.devicelist');
    const written = LEGACY_METHOD.writeDevices([{ id: 5, label: 'Phone' }, { id: 6 }]);
    deepEqual(LEGACY_METHOD.readDevices(written), [{ id: 5 }, { id: 6 }]);
    ok(!writeElement(written.payload!).includes('Phone'));
    equal(LEGACY_METHOD.readDevices(OMEMO_2_METHOD.writeDevices([{ id: 5 }])), undefined);
  });
});

describe('words of the older method', () => {
  const pack = (...content: Element[]): string =>
    new TextDecoder().decode(LEGACY_METHOD.pack(kit.random, { content, from: MEI, to: LIN, sealedAt: 1 }));

  it('are the body and nothing else', () => {
    equal(pack(element('other', 'urn:x', {}, ['not this']), body('hello')), 'hello');
    equal(pack(), '');
    deepEqual(LEGACY_METHOD.unpack(bytes('hello')), { content: [body('hello')] });
    deepEqual(LEGACY_METHOD.unpack(bytes('')), { content: [body('')] });
    equal(LEGACY_METHOD.unpack(Uint8Array.of(0xff)), undefined, 'what is no text');
  });

  it('are sealed by AES-128-GCM as NIST has it, with the tag behind the key', async () => {
    // Test case 3 of McGrew and Viega's GCM specification.
    const key = fromHex('feffe9928665731c6d6a8f9467308308');
    const iv = fromHex('cafebabefacedbaddecaf888');
    const plaintext = fromHex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255',
    );
    const payload = fromHex(
      '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985',
    );
    const tag = fromHex('4d5c2af327cd64a62cf35abd2ba6fab4');
    const keyAndTag = Uint8Array.from([...key, ...tag]);
    const given = [key, iv];
    const sealed = await sealLegacyPayload({ ...kit, random: () => given.shift()! }, plaintext);
    deepEqual(sealed, { iv, payload, keyAndTag });
    deepEqual(await openLegacyPayload(kit, sealed), plaintext);
    for (const broken of [
      { ...sealed, iv: new Uint8Array() },
      { ...sealed, iv: iv.with(0, 0) },
      { ...sealed, payload: payload.with(0, 0) },
      { ...sealed, keyAndTag: keyAndTag.with(31, 0) },
      { ...sealed, keyAndTag: keyAndTag.slice(0, -1) },
      { ...sealed, keyAndTag: Uint8Array.from([...keyAndTag, 0]) },
      { ...sealed, keyAndTag: key, payload: Uint8Array.from([...payload, ...tag]) },
    ])
      equal(await openLegacyPayload(kit, broken), undefined);
  });

  it('take a fresh key of 16 bytes and an iv of 12 each time', async () => {
    const [one, other] = [await sealLegacyPayload(kit, bytes('same')), await sealLegacyPayload(kit, bytes('same'))];
    deepEqual([one.keyAndTag.length, one.iv.length, one.payload.length], [32, 12, 4]);
    for (const part of ['keyAndTag', 'iv', 'payload'] as const) ok(one[part].join() !== other[part].join());
  });
});

describe('an own message that comes back', () => {
  for (const method of [OMEMO_2_METHOD, LEGACY_METHOD])
    it(`in ${method.dialect.name} is ahead of this device where its keys went on without it`, async () => {
      const { side, own, looked, write } = await talking(method);
      const parts = side.parts();
      const isAheadOf = (message: Element): Promise<boolean> => isAhead(parts, own.deviceId, LIN, message);
      await write();
      const before = side.sessions.get(own.deviceId, LIN, 5)!;
      const [first, second] = [await write(), await write()];
      equal(await isAheadOf(first), false, 'what it sent itself');
      const after = side.sessions.get(own.deviceId, LIN, 5)!;
      side.sessions.put(own.deviceId, LIN, 5, before);
      equal(await isAheadOf(first), true, 'of one of their devices: it is enough');
      side.sessions.put(own.deviceId, LIN, 5, after);
      deepEqual([await isAheadOf(second), await isAhead(parts, own.deviceId, KIM, second)], [false, false]);
      equal(await isAhead(parts, own.deviceId + 1, LIN, second), false, 'of another device of ours');
      ok(!looked.some((name) => name.endsWith(`session ${LIN} 6`)), 'numbers of others are not looked for among theirs');
    });

  for (const method of [OMEMO_2_METHOD, LEGACY_METHOD])
    it(`in ${method.dialect.name} is held against what the disk has after a restart`, async () => {
      const { side, own, write, restart } = await talking(method);
      await write();
      const before = side.sessions.get(own.deviceId, LIN, 5)!;
      const message = await write();
      side.sessions.put(own.deviceId, LIN, 5, before);
      const isAheadOf = (again: Side): Promise<boolean> => isAhead(again.parts(), own.deviceId, LIN, message);
      equal(await isAheadOf(restart()), true);
      equal(await isAheadOf(restart(`person ${LIN}`)), method.saysWho, 'where no key says whose it is, their devices have to be known');
    });

  interface Talking {
    side: Side;
    /** A core that has read nothing yet, on the disk as it is now. */
    restart(lost?: string): Side;
    own: { deviceId: number };
    looked: string[];
    /** To Lin's devices 5 and 7, and to Kim's 6. */
    write(): Promise<Element>;
  }

  async function talking(method: Method): Promise<Talking> {
    const mei = await oneSide(new KeyServer(), MEI, 1);
    const looked: string[] = [];
    const keyring = new Keyring({ keys: async (name) => (looked.push(name), undefined) });
    const side = new Side(mei.account, method, keyring, () => undefined);
    const own = await mintOwnKeys(kit, 0, undefined, method.dialect);
    const people = [
      { account: LIN, id: 5 },
      { account: KIM, id: 6 },
      { account: LIN, id: 7 },
    ];
    for (const { account, id } of people) {
      const theirs = bundleOf(await mintOwnKeys(kit, 0, undefined, method.dialect));
      const begun = await beginSession(kit, method.dialect, own, theirs);
      ok(begun.ok);
      await side.people.load(account);
      side.people.meet(account, [{ id, identity: theirs.identity }]);
      side.sessions.put(own.deviceId, account, id, withSession(undefined, begun.session));
    }
    const write = async (): Promise<Element> => {
      const addressees = people.map(({ account, id }) => ({ account, id, device: side.sessions.get(own.deviceId, account, id)! }));
      const sealed = await method.seal(kit, own, addressees, bytes('words'));
      for (const { account, id, device } of sealed.addressees) side.sessions.put(own.deviceId, account as Address, id, device);
      return overTheLine(writeMessage({ type: 'chat' }, undefined, [sealed.message]));
    };
    const disk = new Map<string, unknown>();
    const restart = (lost?: string): Side => {
      for (const { name, value } of keyring.takeChanged()) disk.set(name, value);
      const keys = async (name: string): Promise<never> => (name === lost ? undefined : disk.get(name)) as never;
      return new Side(mei.account, method, new Keyring({ keys }), () => undefined);
    };
    return { side, own, looked, write, restart };
  }
});
