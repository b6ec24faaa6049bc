// S10 of the security table, as far as keys go: whatever an engine says of lists and bundles, nothing reaches a device that nobody let in. Either
// it gains nothing by it, or a person sees that something is wrong. Each script is played many times, at another place of the conversation.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readIdentityPublic } from '../../../../src/core/encryption/primitives/edwards.ts';
import { showFingerprint } from '../../../../src/core/encryption/trust/fingerprint.ts';
import type { Address } from '../../../../src/model/account.ts';
import { writeStreams } from '../../../../src/xmpp/codecs/device-streams.ts';
import { readBundle } from '../../../../src/xmpp/codecs/omemo-bundle.ts';
import { writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import type { Item } from '../../../../src/xmpp/codecs/pubsub.ts';
import { NS_DEVICE_STREAMS, NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import type { Element } from '../../../../src/xmpp/xml.ts';
import { quiet } from '../../../kit/encryption/encryption-device.ts';
import {
  bundleItems,
  changed,
  compared,
  evilEngine,
  flipped,
  lieAbout,
  LIN,
  MEI,
  once,
  slipIn,
  withoutChildren,
  withTablet,
  type Evil,
} from '../../../kit/encryption/evil-engine.ts';
import { chance, type Chance } from '../../../kit/random.ts';
import { sizeOf } from '../../../contract/kit/sizes.ts';

const PLAYS = sizeOf('WARBLER_PLAYS', 25, 25);

/** `blocked`: mei's words reach whom they are for. `shown`: mei or lin sees that something is wrong. Neither: they reach anybody else. */
interface Script {
  play(evil: Evil, luck: Chance): Promise<void> | void;
  comesTo: 'blocked' | 'shown';
  /** Lin has two devices. */
  hasTablet?: boolean;
  /** In whose name the engine's device stands. */
  under?: Address;
}

const ZERO = Buffer.alloc(32).toString('base64');

/** Mei asks for lin's keys again, and is answered so. */
const answering = (change: (payload: Element, luck: Chance) => Element) => async (evil: Evil, luck: Chance) => {
  evil.server.lie = lieAbout('bundles', LIN, (items) => bundleItems(items, (payload) => change(payload, luck)));
  await evil.mei.encryption.trust.renew(LIN);
};

const instead = (payloadOf: (evil: Evil) => Element) => async (evil: Evil) => {
  const id = String(await evil.lin.id());
  evil.server.lie = lieAbout('bundles', LIN, () => [{ id, payload: payloadOf(evil) }]);
  await evil.mei.encryption.trust.renew(LIN);
};

const bundleIn = (items: readonly Item[]): Element => items[0]!.payload!;
const malloryBundle = ({ shadow, mallory }: Evil): Element => bundleIn(shadow.items(mallory.address, NS_OMEMO_BUNDLES));
const keysIn = (payload: Element): readonly Element[] =>
  (payload.children.find((one) => typeof one !== 'string' && one.name === 'prekeys') as Element).children as readonly Element[];
const withKeys = (payload: Element, change: (keys: readonly Element[]) => readonly Element[]): Element =>
  changed(payload, 'prekeys', (one) => ({ ...one, children: change(keysIn(payload)) }));

async function refuse(evil: Evil, owner: Address): Promise<void> {
  await slipIn(evil, owner);
  await evil.mei.encryption.prepare([owner]);
  const identity = readIdentityPublic(readBundle({ id: '1', payload: malloryBundle(evil) })?.identity);
  const fingerprint = showFingerprint(identity!);
  deepEqual(await evil.mei.encryption.trust.decide(owner, { device: evil.malloryId, fingerprint, trust: 'refused' }), { ok: true, value: undefined }); // oxfmt-ignore
  evil.mei.news.length = 0;
}

const SCRIPTS: Readonly<Record<string, Script>> = {
  'a device slipped into the other list': { comesTo: 'shown', play: (evil, luck) => slipIn(evil, LIN, luck.below(2) === 0) },
  'a device slipped into the own list': { comesTo: 'shown', under: MEI, play: (evil, luck) => slipIn(evil, MEI, luck.below(2) === 0) },
  'a device in place of the true one': {
    comesTo: 'shown',
    play(evil) {
      evil.server.put(LIN, NS_OMEMO_BUNDLES, { id: String(evil.malloryId), payload: malloryBundle(evil) });
      evil.server.put(LIN, NS_OMEMO_DEVICES, writeDevices([{ id: evil.malloryId }]));
    },
  },
  'a device slipped in among many that do not exist': {
    comesTo: 'shown',
    async play(evil, luck) {
      const ids = [await evil.lin.id(), ...Array.from({ length: 98 }, () => 1 + luck.below(2 ** 30))];
      ids.splice(luck.below(ids.length), 0, evil.malloryId);
      evil.server.put(LIN, NS_OMEMO_BUNDLES, { id: String(evil.malloryId), payload: malloryBundle(evil) });
      evil.server.put(LIN, NS_OMEMO_DEVICES, writeDevices(ids.map((id) => ({ id })))); // oxfmt-ignore
    },
  },
  'a second list beside the true one': {
    comesTo: 'shown',
    async play(evil, luck) {
      evil.server.put(LIN, NS_OMEMO_BUNDLES, { id: String(evil.malloryId), payload: malloryBundle(evil) });
      const { payload } = writeDevices([{ id: await evil.lin.id() }, { id: evil.malloryId }]);
      evil.server.put(LIN, NS_OMEMO_DEVICES, { id: `other-${luck.below(100)}`, payload: payload! });
    },
  },
  'a device that was refused, listed again': {
    comesTo: 'blocked',
    async play(evil, luck) {
      await refuse(evil, LIN);
      for (let turn = 0; turn <= luck.below(3); turn++) await slipIn(evil, LIN, luck.below(2) === 0);
    },
  },
  'an own device that was refused, listed again': {
    comesTo: 'blocked',
    under: MEI,
    async play(evil, luck) {
      await refuse(evil, MEI);
      for (let turn = 0; turn <= luck.below(3); turn++) await slipIn(evil, MEI, luck.below(2) === 0);
    },
  },
  'the true name with another key': { comesTo: 'shown', play: instead(malloryBundle) },
  'the true name with a key of our own': {
    comesTo: 'shown',
    play: instead(({ server }) => bundleIn(server.items(MEI, NS_OMEMO_BUNDLES))),
  },
  'a signed prekey of the engine’s under the true identity': {
    comesTo: 'shown',
    play(evil, luck) {
      const theirs = malloryBundle(evil).children.find((one) => typeof one !== 'string' && one.name === 'spk') as Element;
      return answering((payload) => changed(payload, 'spk', () => theirs))(evil, luck);
    },
  },
  'a signature that is no longer one': {
    comesTo: 'shown',
    play: answering((payload, luck) => changed(payload, 'spks', (one) => flipped(one, luck.below(64)))),
  },
  'a signed prekey that is off by a bit': {
    comesTo: 'shown',
    play: answering((payload, luck) => changed(payload, 'spk', (one) => flipped(one, luck.below(32)))),
  },
  'an identity of small order': {
    comesTo: 'shown',
    play: answering((payload) => changed(payload, 'ik', (one) => ({ ...one, children: [ZERO] }))),
  },
  'prekeys of small order': {
    comesTo: 'shown',
    play: answering((payload) => withKeys(payload, (keys) => keys.map((one) => ({ ...one, children: [ZERO] })))), // oxfmt-ignore
  },
  'no prekeys': { comesTo: 'shown', play: answering((payload) => changed(payload, 'prekeys', withoutChildren)) },
  'prekeys that nobody made': {
    comesTo: 'shown',
    play: answering((payload, luck) => withKeys(payload, (keys) => keys.map((one) => flipped(one, luck.below(31))))), // oxfmt-ignore
  },
  'prekeys under each other’s numbers': {
    comesTo: 'shown',
    play: answering((payload, luck) =>
      withKeys(payload, (keys) => {
        const by = 1 + luck.below(keys.length - 1);
        return keys.map((one, at) => ({ ...one, attributes: keys[(at + by) % keys.length]!.attributes }));
      }),
    ),
  },
  'one prekey for everybody': {
    comesTo: 'blocked',
    async play(evil, luck) {
      const { server } = evil;
      const at = luck.below(90);
      server.lie = ({ items, node }) =>
        node === NS_OMEMO_BUNDLES ? bundleItems(items, (payload) => withKeys(payload, (keys) => keys.slice(at, at + 1))) : items;
      for (let turn = 0; turn <= luck.below(3); turn++) {
        await evil.mei.encryption.trust.renew(LIN);
        equal(await evil.lin.read(await evil.mei.write(`with the same ${turn}`, LIN)), `with the same ${turn}`);
      }
      await evil.mei.encryption.trust.renew(LIN);
    },
  },
  'no bundle at all': {
    comesTo: 'shown',
    async play({ server, mei }) {
      server.lie = lieAbout('bundles', LIN, () => []);
      await mei.encryption.trust.renew(LIN);
    },
  },
  'a bundle that is never answered': {
    comesTo: 'shown',
    async play({ server, mei }) {
      server.holdsBack = NS_OMEMO_BUNDLES;
      await mei.encryption.trust.renew(LIN);
    },
  },
  'an empty list': {
    comesTo: 'shown',
    play({ mei }) {
      mei.encryption.hearDevices(LIN, [writeDevices([])]);
    },
  },
  'a list of a thousand that do not exist': {
    comesTo: 'blocked',
    async play({ server, lin }, luck) {
      const many = Array.from({ length: 1000 }, () => ({ id: 1 + luck.below(2 ** 30) }));
      server.put(LIN, NS_OMEMO_DEVICES, writeDevices([{ id: await lin.id() }, ...many]));
    },
  },
  'no list, after there was one': {
    comesTo: 'shown',
    play({ server, mei }) {
      server.lie = lieAbout('devices', LIN, () => []);
      mei.encryption.onOnline('fresh');
    },
  },
  'a list that is none': {
    comesTo: 'blocked',
    play({ server, mei }, luck) {
      const payload = luck.oneOf([bundleIn(server.items(MEI, NS_OMEMO_BUNDLES)), { ...writeDevices([]).payload!, namespace: 'urn:other' }]);
      mei.encryption.hearDevices(LIN, [{ id: 'current', payload }, { id: 'current' }]);
    },
  },
  'a list of before, without a device that came since': {
    comesTo: 'shown',
    hasTablet: true,
    async play({ mei, lin }) {
      mei.encryption.hearDevices(LIN, [writeDevices([{ id: await lin.id() }])]);
    },
  },
  'a list of before, with a device that was removed since': {
    comesTo: 'shown',
    hasTablet: true,
    async play(evil) {
      const before = evil.server.items(LIN, NS_OMEMO_DEVICES);
      deepEqual(await evil.lin.encryption.trust.remove(await evil.tablet!.id()), { ok: true, value: undefined });
      await quiet();
      evil.mei.encryption.hearDevices(LIN, before);
    },
  },
  'our own list emptied, and emptied again': {
    comesTo: 'blocked',
    async play({ server, mei }, luck) {
      for (let turn = 0; turn <= luck.below(8); turn++) {
        server.put(MEI, NS_OMEMO_DEVICES, writeDevices([]));
        await quiet();
      }
      ok(mei.errors.length === 0);
    },
  },
  'publishing is refused': {
    comesTo: 'blocked',
    async play({ server, mei }, luck) {
      server.refuses = luck.oneOf([NS_OMEMO_DEVICES, NS_OMEMO_BUNDLES, NS_DEVICE_STREAMS]);
      mei.encryption.onOnline('fresh');
      await quiet();
    },
  },
  'publishing is said to be done, and nothing is kept': {
    comesTo: 'blocked',
    async play({ server, mei }) {
      server.keepsNothing = true;
      mei.encryption.onOnline('fresh');
      await quiet();
    },
  },
  'a twin that does not exist': {
    comesTo: 'shown',
    async play({ server, mei }, luck) {
      server.put(MEI, NS_DEVICE_STREAMS, writeStreams({ device: await mei.id(), count: 1_000 + luck.below(1_000) }));
      mei.encryption.onOnline('fresh');
      await quiet();
    },
  },
};

/** Mei writes. The engine's device can read none of it, whatever else comes of it. */
async function write(evil: Evil): Promise<{ isRead: boolean; isShown: boolean }> {
  const { mei, lin, tablet, mallory } = evil;
  const sealed = await mei.seal('only for lin', LIN);
  if (!sealed.ok) {
    ok(['keys-undecided', 'keys-missing', 'no-answer'].includes(sealed.failure.kind), sealed.failure.kind);
    return { isRead: false, isShown: true };
  }
  const message: Element = {
    name: 'message',
    namespace: 'jabber:client',
    attributes: { from: `${MEI}/x`, to: LIN, type: 'chat' },
    children: sealed.value.elements,
  };
  for (const words of [await mallory.read(message), await mallory.read(message, { sender: MEI, recipient: LIN })])
    ok(words !== 'only for lin');
  const read = [await lin.read(message), tablet ? await tablet.read(message) : 'only for lin'];
  const isRead = read.every((one) => one === 'only for lin');
  const isNews = mei.news.some(({ what }) => what !== 'decided') || lin.news.length > 0;
  return { isRead, isShown: !isRead || isNews || (tablet !== undefined && (await numberOf(mei, LIN)) !== (await numberOf(lin, MEI))) };
}

async function numberOf(device: Evil['mei'], person: Address): Promise<string | undefined> {
  const keys = await device.encryption.trust.read(person);
  return keys.ok ? keys.value.safetyNumber : undefined;
}

async function begin(under: Address, hasTablet: boolean): Promise<Evil> {
  const evil = await evilEngine(under);
  return compared(hasTablet ? await withTablet(evil) : evil);
}

describe('an engine that lies about keys to people who have compared them', () => {
  const bases = new Map<string, Promise<Evil>>();
  const baseFor = ({ under = LIN, hasTablet = false }: Script): Promise<Evil> => {
    const name = `${under} ${String(hasTablet)}`;
    const made = bases.get(name) ?? begin(under, hasTablet);
    bases.set(name, made);
    return made;
  };
  for (const [lie, script] of Object.entries(SCRIPTS)) {
    it(`${lie}: ${script.comesTo}`, async () => {
      const base = await baseFor(script);
      for (let play = 1; play <= PLAYS; play++) {
        const luck = chance(play);
        const evil = await once(base);
        const { mei, lin } = evil;
        for (let turn = 0; turn < luck.below(3); turn++) await lin.read(await mei.write('before it', LIN));
        for (let turn = 0; turn < luck.below(3); turn++) await mei.read(await lin.write('before it', MEI));
        for (const device of [mei, lin]) device.news.length = 0;
        await script.play(evil, luck);
        await quiet();
        const { isRead, isShown } = await write(evil);
        ok(script.comesTo === 'blocked' ? isRead : isShown, `play ${play}`);
        for (const device of [mei, lin]) device.encryption.stop();
      }
    });
  }
});

describe('an engine that lies about keys to people who have not compared them', () => {
  for (const owner of [LIN, MEI]) {
    it(`a device slipped into ${owner === LIN ? 'the other' : 'the own'} list is shown as new, and both numbers differ`, async () => {
      const evil = await evilEngine(owner);
      const { mei } = evil;
      mei.news.length = 0;
      const before = await numberOf(mei, LIN);
      await slipIn(evil, owner);
      for (let turn = 0; turn < 5; turn++) await quiet();
      deepEqual(mei.news.map(({ person, what }) => `${person} ${what}`), [`${owner} new-device`]); // oxfmt-ignore
      ok(before !== undefined && before !== (await numberOf(mei, LIN)));
    });
  }
});
