// What this device publishes of itself and when it looks again, and how it becomes another.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { failed } from '../../../../src/model/failure.ts';
import { withPreKeyUsed } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { OwnDevice } from '../../../../src/core/encryption/own/own-device.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import { ROLLED_BACK } from '../../../../src/core/ports.ts';
import { readDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { writeElement } from '../../../../src/xmpp/xml.ts';
import { quiet } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { oneSide, type OneSide } from '../../../kit/encryption/one-side.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface World {
  server: KeyServer;
  mei: OneSide;
  /** Nodes that were written to since this was looked at last. */
  told(): string[];
  /** Whether it looks again after exactly so long. */
  looksAfter(ms: number): Promise<boolean>;
}

async function world(): Promise<World> {
  const server = new KeyServer();
  const mei = await oneSide(server, MEI, 1);
  let looks = 0;
  const { lists } = mei.side;
  const learn = lists.learn.bind(lists);
  lists.learn = (person) => ((looks += 1), learn(person));
  return {
    server,
    mei,
    told: () => server.asked.splice(0).filter((one) => / (publish|retract) /.test(one)).map((one) => one.slice(MEI.length + 1)), // oxfmt-ignore
    async looksAfter(ms) {
      const before = looks;
      mei.clock.advance(ms - 1);
      await quiet();
      if (looks !== before) return false;
      mei.clock.advance(1);
      await quiet();
      return looks === before + 1;
    },
  };
}

const listed = (server: KeyServer): number[] =>
  server.items(MEI, NS_OMEMO_DEVICES).flatMap((item) => readDevices(item) ?? []).map(({ id }) => id); // oxfmt-ignore
const wake = async ({ side }: OneSide): Promise<void> => {
  side.publisher.wake();
  await quiet();
};
const BOTH = [`publish ${NS_OMEMO_BUNDLES}`, `publish ${NS_OMEMO_DEVICES}`];

describe('own keys', () => {
  it('are published once, and looked after every day', async () => {
    const { mei, server, told, looksAfter } = await world();
    await wake(mei);
    deepEqual([told(), listed(server)], [BOTH, [mei.side.own.keys?.deviceId]]);
    equal(await looksAfter(DAY_MS), true);
    equal(await looksAfter(DAY_MS), true);
    deepEqual(told(), []);
  });

  it('are looked after sooner where a used one has to go', async () => {
    const { mei, told, looksAfter } = await world();
    await wake(mei);
    const { keys } = mei.side.own;
    const used = withPreKeyUsed(keys!, keys!.preKeys[0]!.id);
    mei.side.own.change({ keys: { ...used, hidden: used.hidden.map((one) => ({ ...one, usedAt: mei.clock.now() })) } });
    told();
    await wake(mei);
    deepEqual(told(), BOTH.slice(0, 1));
    equal(await looksAfter(10 * MINUTE_MS), true);
  });

  it('are tried again after a minute, then twice as long each time, an hour at most; and after a day once it went well', async () => {
    const { mei, server, looksAfter } = await world();
    server.refuses = NS_OMEMO_BUNDLES;
    await wake(mei);
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) equal(await looksAfter(minutes * MINUTE_MS), true, `${minutes}`);
    deepEqual(
      mei.infos,
      Array.from({ length: 9 }, () => ({ failure: 'refused' })),
      'whoever looks for the reason finds it',
    );
    delete server.refuses;
    equal(await looksAfter(60 * MINUTE_MS), true);
    equal(listed(server).length, 1);
    server.holdsBack = NS_OMEMO_DEVICES;
    mei.side.onFreshStream();
    mei.confirms = failed({ kind: 'no-answer' });
    equal(await looksAfter(DAY_MS), true);
    equal(await looksAfter(MINUTE_MS), true);
  });

  it('wait for no clock where there is no network, or none is wanted any more', async () => {
    const { mei, told } = await world();
    mei.isDown = true;
    await wake(mei);
    equal(mei.clock.pending(), 0);
    mei.isDown = false;
    await wake(mei);
    equal(mei.clock.pending(), 1);
    mei.side.publisher.rest();
    equal(mei.clock.pending(), 0);
    await wake(mei);
    await wake(mei);
    equal(mei.clock.pending(), 1, 'one wait at a time');
    mei.side.publisher.stop();
    equal(mei.clock.pending(), 0);
    told();
    mei.side.own.giveUp();
    await wake(mei);
    deepEqual([told(), mei.clock.pending(), mei.side.own.keys], [[], 0, undefined]);
  });

  it('leave no clock behind where they were stopped on the way', async () => {
    const { mei } = await world();
    mei.side.publisher.wake();
    mei.side.publisher.stop();
    await quiet();
    equal(mei.clock.pending(), 0);
  });

  it('that change while they are published are published after it, once', async () => {
    const { mei, told } = await world();
    mei.side.publisher.wake();
    for (let times = 0; times < 3; times++) mei.side.publisher.wake();
    await quiet();
    deepEqual([told(), mei.clock.pending()], [BOTH, 1]);
    const release: (() => void)[] = [];
    mei.instead = (iq) => (writeElement(iq).includes('<publish') ? new Promise((resolve) => release.push(() => resolve(undefined as never))) : undefined); // oxfmt-ignore
    const change = (): void => mei.side.own.change({ keys: withPreKeyUsed(mei.side.own.keys!, mei.side.own.keys!.preKeys[0]!.id) });
    change();
    await wake(mei);
    change();
    await wake(mei);
    equal(release.length, 1);
    release.shift()!();
    await quiet();
    equal(release.length, 1);
    delete mei.instead;
    release.shift()!();
    await quiet();
    deepEqual([told(), mei.clock.pending()], [[BOTH[0], BOTH[0]], 1]);
  });

  it('that a defect kept from being published are told of, and published the next time', async () => {
    const { mei, server } = await world();
    mei.instead = (): never => {
      throw new RangeError('a defect');
    };
    await wake(mei);
    deepEqual(mei.errors.map(([, facts]) => facts), [{ defect: 'RangeError' }]); // oxfmt-ignore
    mei.instead = () => Promise.reject('a word');
    await wake(mei);
    deepEqual(mei.errors.at(-1)?.[1], { defect: 'string' });
    delete mei.instead;
    await wake(mei);
    deepEqual([listed(server).length, mei.infos], [1, []]);
  });

  it('wait until the archive was read', async () => {
    const { mei, told } = await world();
    mei.side.publisher.hold(true);
    await quiet();
    await wake(mei);
    deepEqual([told(), mei.side.own.keys, mei.clock.pending()], [[], undefined, 0]);
    mei.side.publisher.hold(false);
    await quiet();
    deepEqual(told(), BOTH);
  });

  it('are not told where the disk did not take them, or they may be a copy', async () => {
    for (const trouble of ['commits', 'confirms'] as const) {
      const { mei, told } = await world();
      mei[trouble] = failed({ kind: 'storage-full' });
      await wake(mei);
      deepEqual(told(), []);
      mei[trouble] = { ok: true, value: undefined };
      await wake(mei);
      deepEqual(told(), BOTH);
    }
  });

  it('are not told while nobody knows who else is on the list: they would be taken off it', async () => {
    const { mei, server, told } = await world();
    server.put(MEI, NS_OMEMO_DEVICES, OMEMO_2_METHOD.writeDevices([{ id: 5 }]));
    mei.instead = (iq) => (writeElement(iq).includes('<items ') ? failed({ kind: 'no-answer' }) : undefined);
    await wake(mei);
    deepEqual([told(), mei.side.own.keys], [[], undefined]);
    delete mei.instead;
    await wake(mei);
    deepEqual(listed(server), [5, mei.side.own.keys?.deviceId]);
  });

  it('that were used go after ten minutes, though the engine does not say whether there is a copy', async () => {
    const { mei } = await world();
    await wake(mei);
    const { keys } = mei.side.own;
    const used = withPreKeyUsed(keys!, keys!.preKeys[0]!.id);
    mei.side.own.change({ keys: { ...used, hidden: used.hidden.map((one) => ({ ...one, usedAt: mei.clock.now() })) } });
    mei.confirms = failed({ kind: 'no-answer' });
    const hidden: (number | undefined)[] = [];
    for (let minute = 0; minute <= 20; minute++) {
      await wake(mei);
      hidden.push(mei.side.own.keys?.hidden.length);
      mei.clock.advance(MINUTE_MS);
      await quiet();
    }
    deepEqual([hidden.indexOf(0), mei.side.own.keys?.preKeys.length], [11, keys!.preKeys.length - 1]);
  });

  it('are looked after as soon as a used one has to go, however often they could not be published', async () => {
    const { mei, looksAfter } = await world();
    mei.confirms = failed({ kind: 'no-answer' });
    for (let turn = 0; turn < 7; turn++) await wake(mei);
    const keys = await mei.side.ensureOwn();
    mei.side.own.change({ keys: { ...withPreKeyUsed(keys, keys.preKeys[0]!.id), hidden: [{ ...keys.preKeys[0]!, usedAt: mei.clock.now() }] } }); // oxfmt-ignore
    await wake(mei);
    equal(await looksAfter(10 * MINUTE_MS), true);
  });

  it('go by a number that no other device of the account has', async () => {
    const first = await world();
    await wake(first.mei);
    const { deviceId: taken } = first.mei.side.own.keys!;
    const { mei, server } = await world();
    server.put(MEI, NS_OMEMO_DEVICES, OMEMO_2_METHOD.writeDevices([{ id: taken }]));
    await wake(mei);
    notEqual(mei.side.own.keys!.deviceId, taken);
    deepEqual(listed(server), [taken, mei.side.own.keys!.deviceId]);
  });

  it('are on the list again as often as five times on a stream', async () => {
    const { mei, told } = await world();
    await wake(mei);
    for (let times = 0; times < 8; times++) {
      mei.side.people.list(MEI, []);
      await wake(mei);
    }
    deepEqual(told(), [BOTH[0], ...Array(5).fill(BOTH[1])]);
    mei.side.onFreshStream();
    mei.side.lists.hear(MEI, [OMEMO_2_METHOD.writeDevices([])]);
    await wake(mei);
    deepEqual(told(), [BOTH[1]]);
    for (let times = 0; times < 8; times++) {
      mei.side.people.list(MEI, []);
      await wake(mei);
    }
    deepEqual(told(), Array(4).fill(BOTH[1]));
  });

  it('are written to the disk where they changed, not each time they are told', async () => {
    const { mei, told } = await world();
    await wake(mei);
    mei.side.people.list(MEI, []);
    told();
    const written = mei.keyring.takeChanged().map(({ name }) => name);
    await wake(mei);
    deepEqual([written.includes('own'), told()], [true, [BOTH[1]]]);
    deepEqual(mei.keyring.takeChanged().map(({ name }) => name), [`person ${MEI}`]); // oxfmt-ignore
  });
});

describe('a device that was before', () => {
  it('leaves the list with its keys, and the others stay', async () => {
    const { mei, server, told } = await world();
    await wake(mei);
    const before = mei.side.own.keys!.deviceId;
    mei.side.lists.hear(MEI, [OMEMO_2_METHOD.writeDevices([{ id: 5 }, { id: before }])]);
    told();
    mei.side.giveUp();
    deepEqual(mei.side.own.row.retired, [before]);
    server.holdsBack = NS_OMEMO_DEVICES;
    await quiet();
    deepEqual([mei.side.own.row.retired, told()], [[before], [BOTH[0]]]);
    delete server.holdsBack;
    await wake(mei);
    const now = mei.side.own.keys!.deviceId;
    notEqual(now, before);
    deepEqual([listed(server), told(), mei.side.own.row.retired], [[5, now], [BOTH[1], `retract ${NS_OMEMO_BUNDLES}`], []]);
    deepEqual(server.items(MEI, NS_OMEMO_BUNDLES).map(({ id }) => id), [String(now)]); // oxfmt-ignore
  });

  it('keeps nothing but whom it has compared', async () => {
    const keyring = new Keyring({ keys: async () => undefined });
    const own = new OwnDevice(keyring, primitives(1), () => 7, OMEMO_2);
    await own.load();
    deepEqual(keyring.takeChanged(), []);
    own.giveUp();
    deepEqual(own.row, { madeAt: 0, owed: [], retired: [], strict: [], streams: 0 });
    const [one, other] = await Promise.all([own.ensure(() => false), own.ensure(() => false)]);
    equal(one, other, 'made once');
    own.noteStrict(LIN);
    own.owe(LIN, 1);
    own.change({ streams: 3, published: 'mark' });
    equal(own.row.madeAt, 7);
    own.giveUp();
    deepEqual(own.row, { madeAt: 0, owed: [], retired: [one.deviceId], strict: [LIN], streams: 0 });
    notEqual((await own.ensure(() => false)).deviceId, one.deviceId);
  });

  it('takes no number that is taken, or was its own', async () => {
    const idOf = async (isTaken: (id: number) => boolean, retired: readonly number[] = []): Promise<number> => {
      const own = new OwnDevice(new Keyring({ keys: async () => undefined }), primitives(1), () => 7, OMEMO_2);
      own.change({ retired });
      return (await own.ensure(isTaken)).deviceId;
    };
    const first = await idOf(() => false);
    equal(await idOf(() => false), first);
    notEqual(await idOf((id) => id === first), first);
    notEqual(await idOf(() => false, [first]), first);
  });

  it('was rolled back: the mark goes when it has become another', async () => {
    const keyring = new Keyring({ keys: async (name) => (name === ROLLED_BACK ? true : undefined) as never });
    const own = new OwnDevice(keyring, primitives(1), () => 7, OMEMO_2);
    await own.load();
    deepEqual([keyring.get(ROLLED_BACK), own.keys, keyring.takeChanged().length], [undefined, undefined, 2]);
  });
});

describe('giving a device up', () => {
  it('takes it off the list and its keys away, and the others stay', async () => {
    const { mei, server, told } = await world();
    await wake(mei);
    const { deviceId } = mei.side.own.keys!;
    mei.side.lists.hear(MEI, [OMEMO_2_METHOD.writeDevices([{ id: 5 }, { id: deviceId }])]);
    told();
    deepEqual(await mei.side.publisher.withdraw(deviceId), { ok: true, value: undefined });
    deepEqual([told(), listed(server)], [[BOTH[1], `retract ${NS_OMEMO_BUNDLES}`], [5]]);
    deepEqual(mei.side.people.get(MEI).listed?.map(({ id }) => id), [5]); // oxfmt-ignore
  });

  it('leaves its keys where it could not be taken off the list', async () => {
    const { mei, server, told } = await world();
    await wake(mei);
    const { deviceId } = mei.side.own.keys!;
    told();
    server.refuses = NS_OMEMO_DEVICES;
    equal((await mei.side.publisher.withdraw(deviceId)).ok, false);
    ok(!told().some((one) => one.startsWith('retract')));
    const fresh = await oneSide(server, MEI, 1);
    delete server.refuses;
    fresh.instead = (iq) => (writeElement(iq).includes('<items') ? failed({ kind: 'no-answer' }) : undefined);
    deepEqual(await fresh.side.publisher.withdraw(deviceId), failed({ kind: 'no-answer' }));
    deepEqual([told(), listed(server)], [[], [deviceId]], 'whoever else is listed is not known');
  });
});
