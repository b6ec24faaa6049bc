// R9 of the reliability table: whatever happened to the disk, the next start tells it, shows nothing of it, and goes on.
import { rememberAccount } from '../../src/core/storage/registry.ts';
import { wipeAccount } from '../../src/core/storage/wipe-account.ts';
import { chance } from '../kit/random.ts';
import { equal, ok } from './assert.ts';
import { DAMAGES } from './damages.ts';
import { copyRaw, namesOfDatabases, replaceRaw } from './raw.ts';
import type { Test } from './store-contract.ts';
import { judgeFirstPage, judgeStore, MEI, storeProfile } from './stored-profile.ts';
import { lastAccount } from './world.ts';

/** `kinds` narrows it to some of the damages. */
export function damageSuite(test: Test, databases: () => IDBFactory, times: number, kinds = Object.keys(DAMAGES)): void {
  for (const [what, damage] of Object.entries(DAMAGES).filter(([name]) => kinds.includes(name)))
    test(`where ${what} the next start says so, and the one after is as if nothing had been`, async () => {
      for (let turn = 1; turn <= times; turn++) {
        const profile = await storeProfile(databases());
        await damage(profile, chance(turn));
        await judgeFirstPage(profile);
        await judgeStore(profile);
        equal(await judgeStore(profile), [], 'told once');
        await rememberAccount(profile.world, profile.names, MEI);
        equal(await lastAccount(profile.world, profile.names), MEI, 'it can be remembered');
        equal(await wipeAccount(profile.world, profile.names), { ok: true, value: undefined });
        const left = await namesOfDatabases(profile.world.databases);
        ok(!left.includes(profile.account) && !left.includes(profile.registry), 'and wiped');
      }
    });

  test('a database of a later version is left alone, however often it is met', async () => {
    const profile = await storeProfile(databases());
    const { stores } = await copyRaw(databases(), profile.account);
    const later = { version: 90, stores: { ...stores, 'of-later': [] } };
    await replaceRaw(databases(), profile.account, later);
    for (let turn = 0; turn < 3; turn++) equal(await judgeStore(profile), undefined);
    equal(await copyRaw(databases(), profile.account), later);
    await judgeFirstPage(profile);
  });
}
