// What may befall a stored profile between two starts: rows, keys, tables, versions and whole databases.
import type { Chance } from '../kit/random.ts';
import { copyRaw, deleteRaw, flipped, putRaw, rawRows, replaceRaw, type RawRow } from './raw.ts';
import type { StoredProfile } from './stored-profile.ts';

export type Damage = (profile: StoredProfile, luck: Chance) => Promise<void>;

const SEALED = ['blocks', 'conversations', 'outbox', 'facts', 'keyring'] as const;
const EPOCHS = [Number.NaN, Infinity, 1e308, -1, 0.5, 'many', null] as const;
const FOREIGN: readonly unknown[] = ['no bytes', 7, null, {}, [], new Uint8Array(), new Uint8Array(9), new ArrayBuffer(40)];

/** Puts something else into the place of one to three rows. */
const rewrite =
  (change: (row: RawRow, luck: Chance, others: readonly RawRow[]) => unknown): Damage =>
  async ({ world: { databases }, account }, luck) => {
    for (let times = 1 + luck.below(3); times > 0; times--) {
      const table = luck.oneOf(SEALED);
      const rows = await rawRows(databases, account, table);
      if (rows.length === 0) continue;
      const row = luck.oneOf(rows);
      await putRaw(databases, account, table, [{ key: row.key, value: change(row, luck, rows) }]);
    }
  };

const flipOneBit = rewrite(({ value }, luck) => {
  const bytes = (value as Uint8Array).slice();
  if (bytes.length > 0) bytes[luck.below(bytes.length)]! ^= 1 << luck.below(8);
  return bytes;
});
const cutShort = rewrite(({ value }, luck) => (value as Uint8Array).slice(0, luck.below((value as Uint8Array).length)));

/** The key row becomes something else, with everything it opens still there. */
const spoilKey =
  (value: (root: unknown) => Promise<unknown>): Damage =>
  async ({ world: { databases }, account }) => {
    const [row] = await rawRows(databases, account, 'keys');
    await putRaw(databases, account, 'keys', [{ key: 'root', value: await value(row?.value) }]);
  };

const otherKey = async (): Promise<unknown> => ({
  mode: 'none',
  root: await crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'HKDF', false, ['deriveKey']),
});

const withoutTables =
  (which: 'account' | 'registry', count: number): Damage =>
  async (profile, luck) => {
    const { databases } = profile.world;
    const copy = await copyRaw(databases, profile[which]);
    const names = Object.keys(copy.stores);
    const kept = count === 0 ? [] : names.toSpliced(luck.below(names.length), count);
    await replaceRaw(databases, profile[which], {
      version: copy.version,
      stores: Object.fromEntries(kept.map((name) => [name, copy.stores[name]!])),
    });
  };

/** As an upgrade that did not end would leave it in a browser that keeps half of one. */
const halfMade: Damage = async ({ world: { databases }, account }) => {
  const { stores } = await copyRaw(databases, account);
  await replaceRaw(databases, account, { version: 5, stores: { keys: stores['keys']! } });
};

const gone =
  (...which: readonly ('account' | 'registry')[]): Damage =>
  async (profile) => {
    for (const one of which) await deleteRaw(profile.world.databases, profile[one]);
  };

/** The account's rows stand as they did before the last strict commit; the registry does not. */
const olderCopy: Damage = async ({ world: { databases }, account, older }) => replaceRaw(databases, account, older);

const registryOfLater: Damage = async ({ world: { databases }, registry }) => {
  const { stores } = await copyRaw(databases, registry);
  await replaceRaw(databases, registry, { version: 7, stores });
};

const spoilRegistry: Damage = async ({ world: { databases }, registry }, luck) => {
  const [epoch] = await rawRows(databases, registry, 'epochs');
  await putRaw(databases, registry, 'epochs', [{ key: epoch!.key, value: luck.oneOf(EPOCHS) }]);
  const [last] = await rawRows(databases, registry, 'accounts');
  await putRaw(databases, registry, 'accounts', [{ key: 'last', value: flipped(last!.value) }]);
};

export const DAMAGES: Readonly<Record<string, Damage>> = {
  'bits are turned round': flipOneBit,
  'rows are cut short': cutShort,
  'rows hold something foreign': rewrite((_row, luck) => luck.oneOf(FOREIGN)),
  'rows stand in the place of others': rewrite((_row, luck, others) => luck.oneOf(others).value),
  'the key is no key': spoilKey(() => Promise.resolve('nothing of use')),
  'the key is another one': spoilKey(otherKey),
  'a table is missing': withoutTables('account', 1),
  'every table is missing': withoutTables('account', 0),
  'it was half made': halfMade,
  'the database is gone': gone('account'),
  'an older copy came back': olderCopy,
  'the registry is gone': gone('registry'),
  'the registry and the key are gone': async (profile, luck) => {
    await gone('registry')(profile, luck);
    await spoilKey(() => Promise.resolve('nothing of use'))(profile, luck);
  },
  'the registry lacks a table': withoutTables('registry', 1),
  'the registry is of a later version': registryOfLater,
  'the registry holds nonsense': spoilRegistry,
};
