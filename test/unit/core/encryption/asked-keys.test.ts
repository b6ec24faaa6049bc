// Lists and keys of others: asked when they are needed, held for a while, and asked again where the answer was the network's.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { failed, type Answer, type Failure } from '../../../../src/model/failure.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { isAtHand, prepareDevices, reachable } from '../../../../src/core/encryption/devices/reach.ts';
import { bundleOf, readPublished } from '../../../../src/core/encryption/exchange/bundle.ts';
import { OMEMO_2_METHOD } from '../../../../src/core/encryption/omemo-2-method.ts';
import { decideOn } from '../../../../src/core/encryption/trust/decide.ts';
import { quiet, until } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { oneSide, type OneSide } from '../../../kit/encryption/one-side.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const NETWORK: readonly Failure[] = [{ kind: 'offline' }, { kind: 'no-answer' }, { kind: 'too-many-requests' }];
const REFUSED: Failure = { kind: 'refused', reason: 'forbidden' };

interface World {
  server: KeyServer;
  mei: OneSide;
  /** Lin's device. */
  id: number;
  /** What was asked since this was looked at last. */
  asked(): string[];
}

async function world(): Promise<World> {
  const server = new KeyServer();
  const lin = await oneSide(server, LIN, 2);
  const { deviceId: id } = await lin.side.ensureOwn();
  lin.side.publisher.wake();
  await until(() => server.items(LIN, NS_OMEMO_DEVICES).length > 0);
  const mei = await oneSide(server, MEI, 1);
  server.asked.length = 0;
  return { server, mei, id, asked: () => server.asked.splice(0) };
}

const listOf = (...ids: number[]): ReturnType<typeof OMEMO_2_METHOD.writeDevices> => OMEMO_2_METHOD.writeDevices(ids.map((id) => ({ id })));
const idsOf = ({ side }: OneSide, person: Address): number[] | undefined => side.people.get(person).listed?.map(({ id }) => id);

describe('the keys of a device', () => {
  it('are held for half a minute, and then asked for anew', async () => {
    const { mei, id, asked } = await world();
    const { bundles } = mei.side;
    equal(bundles.get(LIN, id), undefined);
    equal(await bundles.fetch(LIN, [id]), undefined);
    ok(bundles.get(LIN, id));
    mei.clock.advance(29_999);
    await bundles.fetch(LIN, [id]);
    deepEqual([asked().length, bundles.get(LIN, id) !== undefined], [1, true]);
    mei.clock.advance(1);
    equal(bundles.get(LIN, id), undefined);
    await bundles.fetch(LIN, [id]);
    deepEqual([asked().length, bundles.get(LIN, id) !== undefined], [1, true]);
  });

  it('that are spent, or of another stream, are asked for anew', async () => {
    const { mei, id, asked } = await world();
    const { bundles } = mei.side;
    await bundles.fetch(LIN, [id]);
    bundles.spend(LIN, id);
    equal(bundles.get(LIN, id), undefined);
    await bundles.fetch(LIN, [id]);
    mei.side.onFreshStream();
    equal(bundles.get(LIN, id), undefined);
    await bundles.fetch(LIN, [id]);
    equal(asked().length, 3);
  });

  it('are two hundred prekeys at most', async () => {
    const { mei } = await world();
    const { identity, signed, preKeys } = bundleOf(await mei.side.ensureOwn());
    const many = Array.from({ length: 5_000 }, (_, at) => ({ id: at + 1, key: preKeys[0]!.key }));
    deepEqual(readPublished({ identity, signed, preKeys: many })?.preKeys.map(({ id }) => id), many.slice(0, 200).map(({ id }) => id)); // oxfmt-ignore
  });

  it('that are missing or of no use are not asked for again for ten minutes', async () => {
    const { mei, id, asked } = await world();
    const { bundles } = mei.side;
    equal(await bundles.fetch(LIN, [5]), undefined);
    await bundles.fetch(LIN, [id]);
    bundles.spoil(LIN, id);
    equal(bundles.get(LIN, id), undefined);
    asked();
    mei.clock.advance(599_999);
    await bundles.fetch(LIN, [5, id]);
    equal(asked().length, 0);
    mei.clock.advance(1);
    await bundles.fetch(LIN, [5, id]);
    deepEqual([asked().length, bundles.get(LIN, id) !== undefined], [2, true]);
  });

  it('that were not answered for are asked for again at once, and the others are there', async () => {
    for (const failure of NETWORK) {
      const { mei, id, asked } = await world();
      let times = 0;
      mei.instead = (iq): Answer<never> | undefined => (JSON.stringify(iq).includes('"7"') && ++times < 2 ? failed(failure) : undefined);
      deepEqual(await mei.side.bundles.fetch(LIN, [id, 7]), failure);
      ok(mei.side.bundles.get(LIN, id));
      equal(await mei.side.bundles.fetch(LIN, [id, 7]), undefined);
      equal(asked().length, 2);
    }
  });

  it('that an engine answers with nothing to, or that nobody may see, are none', async () => {
    const { server, mei, id } = await world();
    mei.instead = (): Answer<never> => failed(REFUSED);
    equal(await mei.side.bundles.fetch(LIN, [id]), undefined);
    equal(mei.side.bundles.get(LIN, id), undefined);
    const other = await oneSide(server, MEI, 3);
    other.instead = () => ({ ok: true, value: { name: 'iq', ns: 'jabber:client', attributes: { type: 'result' }, children: [] } as never });
    equal(await other.side.bundles.fetch(LIN, [id]), undefined);
    equal(other.side.bundles.get(LIN, id), undefined);
  });
});

describe('a list of devices', () => {
  it('that was asked for holds for an hour', async () => {
    const { mei, id, asked } = await world();
    deepEqual([await mei.side.lists.learn(LIN), idsOf(mei, LIN)], [{ ok: true, value: undefined }, [id]]);
    mei.clock.advance(3_599_999);
    await mei.side.lists.learn(LIN);
    equal(asked().length, 1);
    mei.clock.advance(1);
    await mei.side.lists.learn(LIN);
    equal(asked().length, 1);
  });

  it('that is empty holds for twenty seconds: they may be making a device', async () => {
    for (const failure of [{ kind: 'not-found' }, REFUSED] as const) {
      const { mei } = await world();
      let times = 0;
      mei.instead = (): Answer<never> => ((times += 1), failed(failure));
      equal((await mei.side.lists.learn(LIN)).ok, true);
      deepEqual([idsOf(mei, LIN), mei.side.hasListed(LIN), mei.side.lists.isKnown(LIN)], [[], false, true]);
      mei.clock.advance(19_999);
      await mei.side.lists.learn(LIN);
      equal(times, 1);
      mei.clock.advance(1);
      equal(mei.side.lists.isKnown(LIN), false);
      await mei.side.lists.learn(LIN);
      equal(times, 2);
    }
  });

  it('that was heard when too many had been heard is asked for, and not taken for known', async () => {
    const { mei, id } = await world();
    for (let at = 0; at < 5_000; at++) mei.side.lists.hear(`p${at}@c.test` as Address, [listOf(1)]);
    mei.side.lists.hear(LIN, [listOf(id)]);
    deepEqual([await mei.side.lists.learn(LIN), idsOf(mei, LIN)], [{ ok: true, value: undefined }, [id]]);
  });

  it('that was heard holds as long as the stream', async () => {
    const { mei, id, asked } = await world();
    await mei.side.lists.learn(LIN);
    equal(mei.side.lists.hear(LIN, [{ id: 'current' }]), false);
    equal(mei.side.lists.hear(LIN, [listOf(9), listOf(8), { id: 'none' }]), true);
    asked();
    mei.clock.advance(1e12);
    await mei.side.lists.learn(LIN);
    deepEqual([asked(), idsOf(mei, LIN)], [[], [8]]);
    mei.side.onFreshStream();
    await mei.side.lists.learn(LIN);
    deepEqual([asked().length, idsOf(mei, LIN)], [1, [id]]);
  });

  it('is asked for once by many at a time, and again when that has failed', async () => {
    const { mei, id } = await world();
    let times = 0;
    mei.instead = (): Answer<never> | undefined => (++times === 1 ? failed({ kind: 'no-answer' }) : undefined);
    const answers = await Promise.all([mei.side.lists.learn(LIN), mei.side.lists.learn(LIN)]);
    deepEqual([times, answers.map(({ ok: isOk }) => isOk), idsOf(mei, LIN)], [1, [false, false], undefined]);
    equal((await mei.side.lists.learn(LIN)).ok, true);
    deepEqual([times, idsOf(mei, LIN)], [2, [id]]);
  });

  it('of before does where the network does not answer', async () => {
    const { mei, id, asked } = await world();
    mei.isDown = true;
    deepEqual(await mei.side.lists.learn(LIN), failed({ kind: 'offline' }));
    mei.isDown = false;
    await mei.side.lists.learn(LIN);
    mei.side.onFreshStream();
    asked();
    mei.instead = (): Answer<never> => failed({ kind: 'no-answer' });
    equal((await mei.side.lists.learn(LIN)).ok, true);
    mei.isDown = true;
    equal((await mei.side.lists.learn(LIN)).ok, true);
    deepEqual([asked(), idsOf(mei, LIN)], [[], [id]]);
  });

  it('that was heard while another was asked for is the newer one', async () => {
    const { mei } = await world();
    mei.instead = (): undefined => void mei.side.lists.hear(LIN, [listOf(8)]);
    await mei.side.lists.learn(LIN);
    deepEqual(idsOf(mei, LIN), [8]);
  });

  it('is the newest where an engine has kept several', async () => {
    const { server, mei } = await world();
    for (const [id, payload] of [
      ['current', listOf(7).payload],
      ['later', listOf(8).payload],
      ['none', { name: 'other', namespace: 'urn:x', attributes: {}, children: [] }],
    ] as const)
      server.put(LIN, NS_OMEMO_DEVICES, { id, ...(payload && { payload }) });
    await mei.side.lists.learn(LIN);
    deepEqual(idsOf(mei, LIN), [8]);
  });

  it('of our own is asked for at home', async () => {
    const { mei, asked, server } = await world();
    server.said.length = 0;
    await mei.side.lists.learn(MEI);
    await mei.side.lists.learn(LIN);
    deepEqual(asked(), [`${MEI} items ${NS_OMEMO_DEVICES}`, `${MEI} items ${LIN} ${NS_OMEMO_DEVICES}`]);
    deepEqual(server.said.map(({ attributes }) => attributes['to']), [undefined, LIN]); // oxfmt-ignore
  });
});

describe('everything at hand', () => {
  const prepared = async (): Promise<World & { ours: number }> => {
    const given = await world();
    const { deviceId: ours } = await given.mei.side.ensureOwn();
    await quiet();
    given.asked();
    return { ...given, ours };
  };

  it('is a list and the keys of all who are new: then a device more is told of', async () => {
    const { mei, id, ours, asked } = await prepared();
    const parts = mei.side.parts();
    equal(isAtHand(parts, ours, LIN), false);
    equal(await prepareDevices(parts, ours, LIN), undefined);
    deepEqual(asked(), [`${MEI} items ${LIN} ${NS_OMEMO_DEVICES}`, `${MEI} items ${LIN} ${NS_OMEMO_BUNDLES}`]);
    deepEqual([mei.side.people.get(LIN).isMet, mei.side.people.trustOf(LIN, id)], [true, 'first-use']);
    const { devices } = mei.side.people.get(LIN).trust;
    deepEqual(reachable(parts, ours, LIN, devices), devices);
    deepEqual(reachable({ ...parts, self: LIN }, id, LIN, devices), [], 'nobody writes to the very device');
    deepEqual(reachable(parts, id, LIN, devices), devices, 'though to one of the same number');
    mei.side.bundles.spend(LIN, id);
    deepEqual(reachable(parts, ours, LIN, devices), []);
    mei.side.sessions.put(ours, LIN, id, { identity: devices[0]!.identity, sessions: [{} as never] });
    deepEqual(reachable(parts, ours, LIN, devices), devices);
    equal(isAtHand(parts, ours, LIN), true);
  });

  it('needs no keys of a device that is one too many', async () => {
    const { mei, id, ours, asked } = await prepared();
    const parts = mei.side.parts();
    mei.side.people.meet(LIN, Array.from({ length: 300 }, (_, at) => ({ id: id + 1 + at, identity: new Uint8Array(32).fill(at) as never }))); // oxfmt-ignore
    mei.side.lists.hear(LIN, [listOf(id)]);
    equal(isAtHand(parts, ours, LIN), true);
    asked();
    await prepareDevices(parts, ours, LIN);
    deepEqual(asked(), []);
    deepEqual(mei.side.people.trustOf(LIN, id), undefined);
  });

  it('needs no keys of who is refused, and none of this device', async () => {
    const { mei, id, ours, asked } = await prepared();
    const parts = mei.side.parts();
    await prepareDevices(parts, ours, LIN);
    mei.side.bundles.spend(LIN, id);
    equal(isAtHand(parts, ours, LIN), false);
    mei.side.people.judge(LIN, (trust) => decideOn(trust, id, 'refused'));
    equal(isAtHand(parts, ours, LIN), true);
    asked();
    await prepareDevices(parts, ours, LIN);
    mei.side.lists.hear(MEI, [listOf(ours)]);
    equal(isAtHand(parts, ours, MEI), true);
    await prepareDevices(parts, ours, MEI);
    deepEqual(asked(), []);
  });

  it('is not there where the network fails, and nobody is taken for known', async () => {
    const { mei, id, ours } = await prepared();
    mei.isDown = true;
    deepEqual(await prepareDevices(mei.side.parts(), ours, LIN), { kind: 'offline' });
    mei.side.lists.hear(LIN, [listOf(id)]);
    deepEqual(await prepareDevices(mei.side.parts(), ours, LIN), { kind: 'offline' });
    equal(mei.side.people.get(LIN).isMet, false);
  });

  it('has no place for another key of a known device', async () => {
    const { mei, id, ours } = await prepared();
    const { people, bundles } = mei.side;
    people.meet(LIN, [{ id, identity: new Uint8Array(32).fill(9) as never }]);
    await prepareDevices(mei.side.parts(), ours, LIN);
    equal(bundles.get(LIN, id), undefined);
    deepEqual(mei.news.map(({ what }) => what), ['other-identity']); // oxfmt-ignore
    deepEqual(reachable(mei.side.parts(), ours, LIN, people.get(LIN).trust.devices), []);
  });
});
