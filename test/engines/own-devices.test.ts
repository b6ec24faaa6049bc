// Two own devices compare each other over a real engine. What was decided on a contact's keys reaches the one that was away, from the archive,
// and neither the engine's files nor the line hold whose keys it was about.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import 'fake-indexeddb/auto';
import type { KeysOf } from '../../src/contracts/keys.ts';
import type { Address } from '../../src/model/account.ts';
import type { Situation } from '../../src/model/situation.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { devicesOf, startCore, type CoreDevice } from '../kit/engines/core-device.ts';
import { contentOf, until } from '../kit/engines/looking.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { nextCall } from '../kit/node-world.ts';
import { valueOf } from '../kit/peer.ts';

for (const kind of ENGINE_KINDS) {
  describe(`own devices over ${kind}`, () => {
    test('tell each other whose keys were compared or refused', { timeout: 120_000 }, () => tell(kind));
  });
}

async function tell(kind: EngineKind): Promise<void> {
  const contacts = (name: string) => [{ name, displayName: name, groups: [] }];
  const users = [
    { name: 'ann', password: 'ann', contacts: contacts('ben') },
    { name: 'ben', password: 'ben', contacts: contacts('ann') },
  ];
  const engine = await startEngine({ engine: kind, users });
  const [frames, errors]: [string[], string[]] = [[], []];
  const start = (name: string, profile: string, databases?: IDBFactory): Promise<CoreDevice> =>
    startCore(engine, name, { profile, frames, errors, ...(databases && { databases }) });
  const [ann, ben] = [`ann@${engine.domain}` as Address, `ben@${engine.domain}` as Address];
  const benOne = await start('ben', 'three');
  const one = await start('ann', 'one');
  let two = await start('ann', 'two');
  await Promise.all([devicesOf(one, ann, 2), devicesOf(two, ann, 2), devicesOf(one, ben, 1), devicesOf(two, ben, 1)]);

  await compare(one, ann, two);
  await compare(two, ann, one);
  await two.core.close();
  await compare(one, ben, benOne);
  await until('it was told', async () => (await keysOf(one, ann)).devices.some(({ exchange }) => exchange?.toldAt !== undefined));
  two = await start('ann', 'two', two.databases);
  await until('what was decided has come over', async () => (await theirs(two, ben)).trust === 'verified');
  assert.equal((await theirs(two, ben)).isTold, true);
  const { notices } = await situationOf(two);
  assert.deepEqual(
    notices.filter(({ kind: what }) => what === 'keys-told').map((notice) => 'people' in notice && notice.people),
    [1],
  );

  const { id, fingerprint } = await theirs(two, ben);
  valueOf(await two.session.decideOnDevice(nextCall(), ben, { device: id, fingerprint, trust: 'refused' }));
  await until('a refusal goes the other way, live', async () => (await theirs(one, ben)).trust === 'refused');

  for (const { session } of [one, two]) {
    const { rows } = valueOf(await session.listConversations(nextCall(), { from: 0, count: 50 }));
    assert.ok(!rows.some((row) => row.id === ann), 'nothing to be seen of it');
  }
  for (const { core } of [one, two, benOne]) await core.close();
  const hidden = ['urn:xmpp:tm:1', 'urn:xmpp:atm:1', 'key-owner'];
  const files = await contentOf(engine.dir);
  assert.ok(files.includes('urn:xmpp:omemo:2'), 'it was looked through');
  assert.deepEqual(hidden.filter((word) => files.includes(word) || frames.some((frame) => frame.includes(word))), []); // oxfmt-ignore
  assert.deepEqual(errors, []);
  await engine.stop();
}

const keysOf = async ({ session }: CoreDevice, person: Address): Promise<KeysOf> => valueOf(await session.readKeys(nextCall(), person));
const situationOf = async ({ session }: CoreDevice): Promise<Situation> => valueOf(await session.readSituation(nextCall()));

async function theirs(device: CoreDevice, person: Address): Promise<KeysOf['devices'][number]> {
  await until(`keys of ${person}`, async () => (await device.session.readKeys(nextCall(), person)).ok);
  const [found] = (await keysOf(device, person)).devices;
  assert.ok(found);
  return found;
}

/** `device` is shown the code of `other`, whose account this is. */
async function compare(device: CoreDevice, person: Address, other: CoreDevice): Promise<void> {
  const { ownKeys } = await keysOf(other, person);
  assert.equal(valueOf(await device.session.compareKeys(nextCall(), person, ownKeys)), 'same');
}
