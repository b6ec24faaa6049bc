// R12 of the reliability table: a profile of the first version, and an upgrade that breaks off again and again.
import { AccountDatabase } from '../../src/core/storage/account-database.ts';
import { readFirstPage } from '../../src/core/storage/first-page.ts';
import { MIGRATIONS, type Migration } from '../../src/core/storage/migrations.ts';
import { equal, ok } from './assert.ts';
import { HALL, LIN } from './messages.ts';
import { copyRaw, replaceRaw, type RawDatabase } from './raw.ts';
import type { Test } from './store-contract.ts';
import { storeProfile, type StoredProfile } from './stored-profile.ts';
import { openFor } from './world.ts';

export function upgradeSuite(test: Test, databases: () => IDBFactory): void {
  test('a profile of the first version opens with all it held, its first page without waiting, and keeps keys from now on', async () => {
    const profile = await storeProfile(databases());
    const whole = await readWhole(profile);
    const before = await asFirstVersion(profile);
    const first = await readFirstPage(databases(), crypto.subtle, profile.names, { conversation: HALL, count: 50 });
    equal(first?.open?.page.messages.length, 50);
    equal(await copyRaw(databases(), profile.account), before, 'reading upgrades nothing');
    equal(await readWhole(profile), whole);
    const store = await openFor(profile.world, profile.names);
    equal(await store.keys('own'), undefined);
    ok((await store.commit({ keys: [{ name: 'own', value: 1 }] }, 'strict')).ok, 'committed');
    await store.close();
    const again = await openFor(profile.world, profile.names);
    equal([again.rolledBack, await again.keys('own')], [undefined, 1]);
    await again.close();
  });

  test('an upgrade to the table of keys, interrupted again and again, leaves the first version whole, and then happens', async () => {
    const profile = await storeProfile(databases());
    const whole = await readWhole(profile);
    const before = await asFirstVersion(profile);
    for (let times = 0; times < 20; times++) {
      equal(await AccountDatabase.open(databases(), profile.account, profile.world.clock, INTERRUPTED), 'refused');
      equal(await copyRaw(databases(), profile.account), before);
    }
    equal(await readWhole(profile), whole);
  });
}

const INTERRUPTED: readonly Migration[] = MIGRATIONS.map((step) =>
  step.version === 2 ? { ...step, upgrade: () => Promise.reject(new Error('interrupted')) } : step,
);

async function readWhole({ world, names }: StoredProfile): Promise<unknown> {
  const store = await openFor(world, names);
  const messages = await Promise.all([HALL, LIN].map((id) => store.readBelow(id, Infinity, 1e4)));
  const rest = [await store.outbox(), await store.conversations(), await store.fact('roster'), store.losses(), store.rolledBack];
  await store.close();
  return [messages, ...rest];
}

/** As it lay on the disk before there was a table of keys. */
async function asFirstVersion({ world: { databases }, account }: StoredProfile): Promise<RawDatabase> {
  const { stores } = await copyRaw(databases, account);
  const { keyring: _later, files: _latest, ...first } = stores;
  await replaceRaw(databases, account, { version: 10, stores: first });
  return copyRaw(databases, account);
}
