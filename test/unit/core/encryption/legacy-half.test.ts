// The older method's half by itself: when anything of it is read, asked or said, and with whom it would help.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OlderInRoom } from '../../../../src/contracts/readers.ts';
import type { SealWish } from '../../../../src/core/ports.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import { LegacyHalf } from '../../../../src/core/encryption/legacy-half.ts';
import type { IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import type { KeysNews } from '../../../../src/core/key-ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed } from '../../../../src/model/failure.ts';
import { OLDER_VERSION, OWN_VERSION, readCaps } from '../../../../src/xmpp/codecs/caps.ts';
import { writeLegacyDevices } from '../../../../src/xmpp/codecs/legacy-omemo.ts';
import { writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_LEGACY_OMEMO_BUNDLES, NS_LEGACY_OMEMO_DEVICES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { childElements, writeElement } from '../../../../src/xmpp/xml.ts';
import { quiet } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { legacyDevices } from '../../../kit/encryption/legacy-pair.ts';
import { oneSide, type OneSide } from '../../../kit/encryption/one-side.ts';

const MEI = 'mei@a.test' as Address;
/** Has devices for the older method only; for both; for the newer only; for neither; and one of whom nothing is known. */
const OLD = 'old@b.test' as Address;
const BOTH = 'both@b.test' as Address;
const NEW = 'new@b.test' as Address;
const NONE = 'none@b.test' as Address;
const HIDDEN = 'hidden@b.test' as Address;
const EVERYBODY = [OLD, BOTH, NEW, NONE, HIDDEN];

const DONE = { ok: true, value: undefined };
const NO_ANSWER = failed({ kind: 'no-answer' });

interface World {
  server: KeyServer;
  mei: OneSide;
  half: LegacyHalf;
  news: KeysNews[];
  /** Its rows, and those that were looked for. */
  disk: Map<string, unknown>;
  looked: string[];
  /** The disk cannot be read. */
  trouble: { isBroken: boolean };
  /** Whose lists of older devices were asked for since this was looked at last. */
  asked(): string[];
  /** The versions that our presence told since. */
  told(): (string | undefined)[];
}

async function world(disk = new Map<string, unknown>()): Promise<World> {
  const server = new KeyServer();
  for (const person of [OLD, NONE]) server.put(person, NS_OMEMO_DEVICES, writeDevices([]));
  for (const person of [BOTH, NEW]) server.put(person, NS_OMEMO_DEVICES, writeDevices([{ id: 5 }]));
  for (const person of [OLD, BOTH, HIDDEN]) server.put(person, NS_LEGACY_OMEMO_DEVICES, writeLegacyDevices([6]));
  const mei = await oneSide(server, MEI, 1);
  mei.instead = (iq) => (iq.attributes['to'] === HIDDEN && writeElement(iq).includes(NS_OMEMO_DEVICES) ? NO_ANSWER : undefined);
  const [looked, news, trouble]: [string[], KeysNews[], World['trouble']] = [[], [], { isBroken: false }];
  const keys = async (name: string): Promise<never> => {
    looked.push(name);
    if (trouble.isBroken) throw new Error('the disk is broken');
    return disk.get(name) as never;
  };
  const half = new LegacyHalf(mei.account, new Keyring({ keys }), mei.side, (one) => void news.push(one));
  await half.load(false);
  const asked = (): string[] =>
    server.asked.splice(0).flatMap((one) => (one.includes(` ${NS_LEGACY_OMEMO_DEVICES}`) && one.includes(' items ') ? [one.split(' ')[2]!] : [])); // oxfmt-ignore
  const told = (): (string | undefined)[] => mei.sent.splice(0).map((one) => readCaps(one)?.version);
  return { server, mei, half, news, disk, looked, trouble, asked, told };
}

async function spoken(): Promise<World> {
  const given = await world();
  deepEqual(await given.half.switch('on'), DONE);
  await quiet();
  given.asked();
  given.told();
  return given;
}

const learnAll = ({ mei }: World): Promise<unknown> => Promise.all(EVERYBODY.map((one) => mei.side.lists.learn(one)));

describe('the half of the older method', () => {
  it('is not looked at on the disk while it is not spoken, also not when the profile was put back', async () => {
    const { half, looked, disk } = await world();
    await half.load(true);
    deepEqual([looked, half.isOn, half.side], [['legacy'], false, undefined]);
    disk.set('legacy', { isOn: false });
    const off = await world(disk);
    deepEqual([off.looked, off.half.isOn], [['legacy'], false]);
  });

  it('is there with its keys where it is, and is another device after a rollback', async () => {
    const disk = new Map<string, unknown>([
      ['legacy', { isOn: true }],
      ['legacy own', { keys: { deviceId: 7 } }],
    ]);
    const { half, mei } = await world(disk);
    deepEqual([half.isOn, half.side?.own.keys?.deviceId], [true, 7]);
    const keyring = new Keyring({ keys: async (name) => disk.get(name) as never });
    const rolledBack = new LegacyHalf(mei.account, keyring, mei.side, () => undefined);
    await rolledBack.load(true);
    deepEqual([rolledBack.side?.own.keys, rolledBack.side?.own.row.retired], [undefined, [7]]);
  });

  it('is told of and kept when it is switched, and is not switched twice', async () => {
    const { half, mei, news, server } = await world();
    deepEqual(await half.switch('off'), DONE);
    deepEqual([news, half.isOn], [[], false]);
    mei.commits = failed({ kind: 'storage-full' });
    deepEqual(await half.switch('on'), failed({ kind: 'storage-full' }), 'what the disk did not take is said');
    mei.commits = { ok: true, value: undefined };
    deepEqual([half.isOn, news], [true, [{ person: MEI, what: 'decided' }]]);
    half.side?.publisher.wake();
    await quiet();
    const [id] = legacyDevices(server, MEI);
    ok(id);
    deepEqual(await half.switch('on'), DONE);
    equal(news.length, 1);
    deepEqual(await half.switch('off'), DONE);
    deepEqual([half.isOn, half.side, news.length, legacyDevices(server, MEI)], [false, undefined, 2, []]);
    deepEqual(server.items(MEI, `${NS_LEGACY_OMEMO_BUNDLES}${id}`), []);
    await half.switch('on');
    await quiet();
    notEqual(legacyDevices(server, MEI)[0], id);
    equal(legacyDevices(server, MEI).length, 1);
  });

  it('goes off without the engine where there are no keys yet', async () => {
    const { half, mei } = await world();
    mei.isDown = true;
    deepEqual(await half.switch('on'), DONE);
    deepEqual([await half.switch('off'), half.isOn], [DONE, false]);
  });

  it('stays as it is where its place on the list cannot be taken away, and goes on publishing', async () => {
    const { half, server, mei } = await spoken();
    const { side } = half;
    server.refuses = NS_LEGACY_OMEMO_DEVICES;
    equal((await half.switch('off')).ok, false);
    delete server.refuses;
    deepEqual([half.isOn, half.side === side, side?.own.keys !== undefined], [true, true, true]);
    side!.own.giveUp();
    side!.publisher.wake();
    await quiet();
    deepEqual(legacyDevices(server, MEI), [side!.own.keys?.deviceId]);
    ok(mei.errors.length === 0);
  });

  it('publishes nothing more once it was switched off', async () => {
    const { half, server, mei } = await spoken();
    const { publisher } = half.side!;
    await half.switch('off');
    server.asked.length = 0;
    publisher.hold(false);
    mei.clock.advance(1e9);
    await quiet();
    deepEqual(server.asked, []);
  });

  it('that cannot be fetched is fetched the next time', async () => {
    const { half, trouble, asked } = await world();
    trouble.isBroken = true;
    deepEqual(await half.switch('on'), NO_ANSWER);
    deepEqual(await half.canReach(OLD), NO_ANSWER);
    deepEqual([half.isOn, asked()], [false, []]);
    deepEqual(await half.among([OLD]), { only: [], hadNewer: [], lacking: [OLD] });
    trouble.isBroken = false;
    deepEqual([await half.canReach(OLD), asked()], [{ ok: true, value: true }, [OLD]]);
    deepEqual(await half.switch('on'), DONE);
  });
});

describe('the presence', () => {
  it('asks for lists of older devices once a stream while the method is spoken', async () => {
    const { half, told } = await world();
    half.listen();
    deepEqual(told(), [], 'nothing is said that was not asked for before');
    await half.switch('on');
    deepEqual(told(), [OLDER_VERSION]);
    half.listen();
    deepEqual(told(), []);
    half.onFreshStream();
    half.listen();
    deepEqual(told(), [OLDER_VERSION]);
    await half.switch('off');
    deepEqual(told(), [OWN_VERSION]);
    half.onFreshStream();
    half.listen();
    deepEqual(told(), []);
  });

  it('waits for a stream', async () => {
    const { half, mei, told } = await world();
    mei.isDown = true;
    await half.switch('on');
    deepEqual(told(), []);
    mei.isDown = false;
    half.listen();
    deepEqual(mei.sent.flatMap(childElements).map(({ name }) => name), ['c'], 'as there as ever'); // oxfmt-ignore
    deepEqual(told(), [OLDER_VERSION]);
  });
});

describe('what is written in the older method', () => {
  const wish = (to: Address, more: Partial<SealWish> = {}): SealWish => ({ to, isRoom: false, members: [], content: [], mayBeLegacy: true, ...more }); // oxfmt-ignore

  it('goes to a person who says to have nothing newer, where somebody has chosen it and it is spoken', async () => {
    const given = await spoken();
    await learnAll(given);
    const { half } = given;
    const { side } = half;
    ok(side);
    deepEqual(EVERYBODY.map((to) => half.sideFor(wish(to)) === side), [true, false, false, true, false]); // oxfmt-ignore
    for (const to of EVERYBODY) equal(half.sideFor(wish(to, { mayBeLegacy: false })), undefined);
    await half.switch('off');
    equal(half.sideFor(wish(OLD)), undefined);
  });

  it('goes to a room where somebody can be reached by it alone', async () => {
    const given = await spoken();
    await learnAll(given);
    const { half } = given;
    const inRoom = (...members: Address[]): boolean =>
      half.sideFor(wish('room@rooms.test' as Address, { isRoom: true, members })) !== undefined;
    equal(inRoom(OLD), false, 'whose older devices nobody has asked for');
    await half.among(EVERYBODY);
    deepEqual([inRoom(OLD), inRoom(NEW, OLD), inRoom(BOTH, NEW), inRoom(NONE), inRoom(HIDDEN), inRoom()], [true, true, false, false, false, false]); // oxfmt-ignore
    const unchosen = wish(OLD, { isRoom: true, members: [OLD], mayBeLegacy: false });
    equal(half.sideFor(unchosen), undefined);
  });

  it('is prepared for one person without newer devices, and for many only where it was chosen', async () => {
    const given = await spoken();
    await learnAll(given);
    const { half, asked } = given;
    const askedFor = async (people: Address[], mayBeLegacy: boolean): Promise<string[]> => {
      half.side?.onFreshStream();
      asked();
      await half.prepare(people, mayBeLegacy);
      return asked().toSorted();
    };
    const own = NS_LEGACY_OMEMO_DEVICES;
    deepEqual(await askedFor([OLD], false), [own, OLD]); // oxfmt-ignore
    deepEqual(await askedFor([HIDDEN], false), [HIDDEN, own].toSorted());
    deepEqual(await askedFor([NEW], false), []);
    deepEqual(await askedFor([NEW], true), []);
    deepEqual(await askedFor([], true), []);
    deepEqual(await askedFor([OLD, BOTH], false), []);
    deepEqual(await askedFor([BOTH, OLD], true), [BOTH, OLD, own].toSorted());
    deepEqual(await askedFor([BOTH, NEW], true), []);
    await half.switch('off');
    deepEqual(await askedFor([OLD], true), []);
  });
});

describe('whom the older method would help with', () => {
  const NOBODY: OlderInRoom = { only: [], hadNewer: [], lacking: [] };

  it('is who says to have nothing newer and has a device for it, asked newer first', async () => {
    const { half, mei, asked } = await world();
    deepEqual(await half.canReach(NEW), { ok: true, value: false });
    deepEqual(await half.canReach(BOTH), { ok: true, value: false });
    deepEqual(await half.canReach(HIDDEN), NO_ANSWER);
    deepEqual(asked(), [], 'it is not even asked');
    deepEqual([await half.canReach(OLD), await half.canReach(NONE)], [{ ok: true, value: true }, { ok: true, value: false }]); // oxfmt-ignore
    deepEqual([asked(), half.side], [[OLD, NONE], undefined], 'nor spoken because somebody has asked');
    mei.instead = (iq) => (writeElement(iq).includes(NS_LEGACY_OMEMO_DEVICES) ? NO_ANSWER : undefined);
    mei.clock.advance(3_600_000);
    deepEqual(await half.canReach(NONE), { ok: true, value: false }, 'as it was known last');
    const other = 'other@b.test' as Address;
    deepEqual(await half.canReach(other), NO_ANSWER);
  });

  it('is shown with how it is with them', async () => {
    const { half, mei, asked } = await spoken();
    mei.side.people.meet(OLD, [{ id: 5, identity: new Uint8Array(32).fill(5) as IdentityPublic }]);
    deepEqual(await half.stateWith(OLD), { isOn: true, isOnlyWay: true, hadNewer: true });
    deepEqual(await half.stateWith(NONE), { isOn: true, isOnlyWay: false, hadNewer: false });
    deepEqual(await half.stateWith(HIDDEN), { isOn: true, isOnlyWay: false, hadNewer: false });
    asked();
    deepEqual(await half.stateWith(MEI), { isOn: true, isOnlyWay: false, hadNewer: false });
    deepEqual(asked(), [], 'nobody writes to themselves in it');
    await half.switch('off');
    equal((await half.stateWith(OLD)).isOn, false);
  });

  it('is told of a whole room: who has nothing else, had something newer, and would not read', async () => {
    const { half, mei, asked } = await world();
    mei.side.people.meet(OLD, [{ id: 5, identity: new Uint8Array(32).fill(5) as IdentityPublic }]);
    mei.side.people.meet(NONE, [{ id: 5, identity: new Uint8Array(32).fill(6) as IdentityPublic }]);
    const [only, hadNewer] = [[OLD], [OLD]];
    deepEqual(await half.among(EVERYBODY), { only, hadNewer, lacking: [NEW, NONE] });
    deepEqual(asked().toSorted(), EVERYBODY.toSorted());
    deepEqual(await half.among([OLD, BOTH]), { only, hadNewer, lacking: [] });
    deepEqual(await half.among([]), NOBODY);
  });

  it('is nobody where all have something newer: then nobody’s older devices are asked for', async () => {
    const { half, asked, looked } = await world();
    deepEqual(await half.among([BOTH, NEW]), { ...NOBODY, lacking: [BOTH, NEW] });
    deepEqual([asked(), looked], [[], ['legacy']]);
  });

  it('is counted by their older devices, while it is spoken', async () => {
    const { half } = await spoken();
    half.side!.people.list(OLD, [{ id: 6 }]);
    half.side!.people.meet(OLD, [{ id: 6, identity: new Uint8Array(32).fill(6) as IdentityPublic }]);
    deepEqual((await half.glance([OLD, NEW])).map(({ person, devices }) => [person, devices]), [[OLD, 1], [NEW, 0]]); // oxfmt-ignore
    await half.switch('off');
    deepEqual(await half.glance([OLD]), []);
  });
});
