// S10 of the security table, as far as keys and single messages go: whatever an engine says, nothing reaches a device that nobody let in,
// and the person sees that something is wrong.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import type { Element } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice, quiet } from '../../../kit/encryption/encryption-device.ts';
import {
  bundleItems,
  changed,
  evilEngine,
  flipped,
  lieAbout,
  LIN,
  MEI,
  slipIn,
  twice,
  withAttributes,
  withoutChildren,
} from '../../../kit/encryption/evil-engine.ts';
import type { Evil } from '../../../kit/encryption/evil-engine.ts';

type Script = (evil: Evil) => Promise<void> | void;

/** Lies about keys, told before mei writes again. */
const LIES: Readonly<Record<string, Script>> = {
  'a device slipped into the other list': (evil) => slipIn(evil, LIN),
  'a device slipped into the own list': (evil) => slipIn(evil, MEI),
  'a device in place of the true one': ({ server, malloryId, shadow, mallory }) => {
    server.put(LIN, NS_OMEMO_BUNDLES, shadow.items(mallory.address, NS_OMEMO_BUNDLES)[0]!);
    server.put(LIN, NS_OMEMO_DEVICES, writeDevices([{ id: malloryId }]));
  },
  'the true name with another key': async ({ server, shadow, mallory, lin, mei }) => {
    const id = String(await lin.id());
    const payload = shadow.items(mallory.address, NS_OMEMO_BUNDLES)[0]!.payload!;
    server.lie = lieAbout('bundles', LIN, () => [{ id, payload }]);
    await mei.encryption.trust.renew(LIN);
  },
  'a signed prekey of the engine’s under the true identity': async ({ server, shadow, mallory, mei }) => {
    const theirs = shadow.items(mallory.address, NS_OMEMO_BUNDLES)[0]!.payload!;
    const key = theirs.children.find((one) => typeof one !== 'string' && one.name === 'spk') as Element;
    server.lie = lieAbout('bundles', LIN, (items) => bundleItems(items, (payload) => changed(payload, 'spk', () => key)));
    await mei.encryption.trust.renew(LIN);
  },
  'a signature that is no longer one': async ({ server, mei }) => {
    server.lie = lieAbout('bundles', LIN, (items) => bundleItems(items, (payload) => changed(payload, 'spks', (one) => flipped(one, 7))));
    await mei.encryption.trust.renew(LIN);
  },
  'an identity of small order': async ({ server, mei }) => {
    const zero = Buffer.alloc(32).toString('base64');
    server.lie = lieAbout('bundles', LIN, (items) =>
      bundleItems(items, (payload) => changed(payload, 'ik', (one) => ({ ...one, children: [zero] }))),
    );
    await mei.encryption.trust.renew(LIN);
  },
  'prekeys of small order': async ({ server, mei }) => {
    const zero = Buffer.alloc(32).toString('base64');
    server.lie = lieAbout('bundles', LIN, (items) =>
      bundleItems(items, (payload) => changed(payload, 'pk', (one) => ({ ...one, children: [zero] }))),
    );
    await mei.encryption.trust.renew(LIN);
  },
  'no prekeys': async ({ server, mei }) => {
    server.lie = lieAbout('bundles', LIN, (items) => bundleItems(items, (payload) => changed(payload, 'prekeys', withoutChildren)));
    await mei.encryption.trust.renew(LIN);
  },
  'no bundle at all': async ({ server, mei }) => {
    server.lie = lieAbout('bundles', LIN, () => []);
    await mei.encryption.trust.renew(LIN);
  },
  'an empty list': ({ mei }) => {
    mei.encryption.hearDevices(LIN, [writeDevices([])]);
  },
  'a list of a thousand that do not exist': async ({ server, lin }) => {
    const many = Array.from({ length: 1000 }, (_, at) => ({ id: at + 1 }));
    server.put(LIN, NS_OMEMO_DEVICES, writeDevices([{ id: await lin.id() }, ...many]));
  },
  'no list, after there was one': ({ server, mei }) => {
    server.lie = lieAbout('devices', LIN, () => []);
    mei.encryption.onOnline('fresh');
  },
};

const shows = async ({ mei }: Evil, sealed: boolean): Promise<boolean> => {
  const keys = await mei.encryption.trust.read(LIN);
  const own = await mei.encryption.trust.read(MEI);
  const all = [...(keys.ok ? keys.value.devices : []), ...(own.ok ? own.value.devices : [])];
  return !sealed || mei.news.length > 0 || all.some(({ trust }) => trust === 'undecided');
};

describe('an engine that lies about keys', () => {
  for (const [lie, play] of Object.entries(LIES)) {
    it(`${lie}: to people who have compared keys`, async () => {
      const evil = await evilEngine(lie.includes('own list') ? MEI : LIN);
      const { mei, lin, mallory } = evil;
      const shown = await mei.encryption.trust.read(LIN);
      deepEqual(await mei.encryption.trust.confirmNumber(LIN, (shown.ok && shown.value.safetyNumber) || ''), { ok: true, value: 'same' });
      mei.news.length = 0;
      await play(evil);
      await quiet();
      const sealed = await mei.seal('only for lin', LIN);
      if (sealed.ok) {
        const message = {
          name: 'message',
          namespace: 'jabber:client',
          attributes: { from: `${MEI}/x`, to: LIN, type: 'chat' },
          children: sealed.value.elements,
        };
        for (const words of [await mallory.read(message), await mallory.read(message, { sender: MEI, recipient: LIN })])
          ok(words !== 'only for lin');
        equal(await lin.read(message), 'only for lin');
      } else ok(['keys-undecided', 'keys-missing'].includes(sealed.failure.kind), sealed.failure.kind);
      ok(await shows(evil, sealed.ok && !lie.includes('thousand')), 'nobody is shown anything');
    });
  }

  it('to people who have not, a device slipped in is shown as new, and both numbers differ', async () => {
    for (const owner of [LIN, MEI]) {
      const evil = await evilEngine(owner);
      const { mei } = evil;
      mei.news.length = 0;
      const before = await mei.encryption.trust.read(LIN);
      await slipIn(evil, owner);
      for (let turn = 0; turn < 5; turn++) await quiet();
      const after = await mei.encryption.trust.read(LIN);
      deepEqual(mei.news.map(({ person, what }) => `${person} ${what}`), [`${owner} new-device`]); // oxfmt-ignore
      ok(before.ok && after.ok && before.value.safetyNumber !== after.value.safetyNumber);
    }
  });
});

/** What an engine may do to a message of mei's on its way; what lin then sees. */
const CHANGES: Readonly<Record<string, (message: Element, evil: Evil) => { message: Element; sender?: Address; recipient?: Address }>> = {
  'a bit of the payload': (message) => ({ message: changed(message, 'payload', (one) => flipped(one, 5)) }),
  'a bit of the key': (message) => ({ message: changed(message, 'key', (one) => flipped(one, 40)) }),
  'the payload gone': (message) => ({ message: changed(message, 'payload', () => undefined) }),
  'our key gone': (message) => ({ message: changed(message, 'keys', (one) => withoutChildren(one)) }),
  'the payload of another message': (message) => ({
    message: changed(message, 'payload', (one) => ({ ...one, children: [Buffer.alloc(64).toString('base64')] })),
  }),
  'two messages in one': (message) => ({ message: twice(message, 'encrypted') }),
  'two keys for us': (message) => ({ message: changed(message, 'keys', (one) => twice(one, 'key')) }),
  'another device as its sender': (message) => ({
    message: changed(message, 'header', (one) => withAttributes(one, { sid: '77' })) ?? message,
  }),
  'another person as its sender': (message) => ({ message, sender: 'ada@c.test' as Address }),
  'in another conversation': (message) => ({ message, recipient: 'ada@c.test' as Address }),
  'said to begin a session': (message) => ({ message: changed(message, 'key', (one) => withAttributes(one, { kex: 'true' })) }),
  'no base64': (message) => ({ message: changed(message, 'payload', (one) => ({ ...one, children: ['%'] })) }),
};

describe('an engine that changes messages', () => {
  for (const [what, change] of Object.entries(CHANGES)) {
    it(`${what}: it is shown as unreadable, and the true one still opens, once`, async () => {
      const evil = await evilEngine();
      const { mei, lin } = evil;
      const first = await mei.write('the true one', LIN);
      const { message, ...more } = change(first, evil);
      const seen = await lin.open(message, more);
      equal(seen.outcome, 'unreadable');
      equal(await lin.read(first), 'the true one');
      equal(await lin.read(first), 'silent');
      equal(await lin.read(await mei.write('after', LIN)), 'after');
    });
  }

  it('in a first message, under another sender’s name: shown, and that sender is not taken for known', async () => {
    const { server, clock, lin } = await evilEngine();
    const ada = await encryptionDevice(server, clock, 'ada@c.test');
    await ada.online();
    const first = await ada.write('from ada', LIN);
    equal(await lin.read(first, { sender: 'eve@c.test' as Address }), 'tampered');
    const keys = await lin.encryption.trust.read('eve@c.test' as Address);
    deepEqual(keys.ok && keys.value.devices, []);
    equal(await lin.read(first), 'from ada');
  });

  it('a thousand repeats, of messages and of key exchanges, are silent', async () => {
    const { server, clock, lin } = await evilEngine();
    const ada = await encryptionDevice(server, clock, 'ada@c.test');
    const said = [await ada.write('one', LIN), await ada.write('two', LIN)];
    for (const [at, message] of said.entries()) equal(await lin.read(message), ['one', 'two'][at]);
    for (let turn = 0; turn < 1000; turn++) equal(await lin.read(said[turn % 2]!), 'silent');
    equal(lin.news.length, 0);
  });

  it('every bit of a message turned: none is read, none costs the true one', async () => {
    const { mei, lin } = await evilEngine();
    const first = await mei.write('x', LIN);
    for (const name of ['key', 'payload'])
      for (let at = 0; at < 64; at++) {
        const seen = await lin.open(changed(first, name, (one) => flipped(one, at)));
        ok(seen.outcome !== 'opened', `${name} ${at}`);
      }
    equal(await lin.read(first), 'x');
  });
});
