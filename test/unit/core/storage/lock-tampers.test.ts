// S16: whatever is changed in what holds the root, nothing opens. WARBLER_NIGHTLY makes it ten thousand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLock, openLock, type LockPlan } from '../../../../src/core/storage/lock/lock-row.ts';
import { LEAST_COST } from '../../../../src/core/keys-from-words.ts';
import { calibrate, chooseCost, isBearable } from '../../../../src/core/storage/lock/stretch.ts';
import type { Cost, LockRow, Wrap } from '../../../../src/core/storage/schema.ts';
import { chance, type Chance } from '../../../kit/random.ts';
import { CHEAP, planOf, secretOf } from '../../../storage/lock-suite.ts';

const TAMPERS = process.env['WARBLER_NIGHTLY'] ? 10_000 : 500;
const tools = {
  subtle: crypto.subtle,
  random: (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count)),
  least: CHEAP,
};
const passkeyPlan: LockPlan = {
  ...planOf(''),
  mode: 'passkey',
  secrets: [
    { by: 'passkey', bytes: tools.random(32) },
    { by: 'recovery', bytes: secretOf('CODE').bytes.slice() },
  ],
  passkey: { credential: tools.random(20), salt: tools.random(32) },
};

void test(`of ${TAMPERS} changed rows none opens, and the untouched one does`, async () => {
  const rows = [
    { row: (await makeLock(tools, 'db', planOf('one'))).row, secret: secretOf('one') },
    { row: (await makeLock(tools, 'db', passkeyPlan)).row, secret: secretOf('CODE', 'recovery') },
    { row: (await makeLock(tools, 'db', passkeyPlan)).row, secret: passkeyPlan.secrets[0]! },
  ];
  const luck = chance(Number(process.env['WARBLER_SEED'] ?? 16));
  for (const { row, secret } of rows) assert.ok(await openLock(tools, 'db', structuredClone(row), secret), 'untouched it opens');
  for (let at = 0; at < TAMPERS; at += 1) {
    const { row, secret } = luck.oneOf(rows);
    const { changed, what } = tamper(structuredClone(row) as unknown as Writable, luck, secret.by);
    assert.equal(await openLock(tools, 'db', changed, secret), undefined, `${what} was not noticed`);
  }
});

type Writable = { mode: string; wraps: (Omit<Wrap, 'cost'> & { cost: Record<string, unknown> })[]; passkey?: LockRow['passkey'] };

/** Of the way in that the secret takes: what stands beside it may be anything. */
function tamper(row: Writable, luck: Chance, by: Wrap['by']): { changed: unknown; what: string } {
  const wrap = row.wraps.find((one) => one.by === by)!;
  const kinds: Record<string, () => unknown> = {
    'a bit of what is sealed': () => flip(wrap.sealed, luck),
    'a bit of the salt': () => flip(wrap.salt, luck),
    'a shorter seal': () => void (wrap.sealed = wrap.sealed.slice(0, luck.below(wrap.sealed.length))),
    'another way': () => void (wrap.by = luck.oneOf(['passphrase', 'passkey', 'recovery'] as const).replace(by, 'passphrase2') as never),
    'another mode': () => void (row.mode = row.mode === 'passkey' ? 'passphrase' : 'passkey'),
    'no mode': () => void (row.mode = luck.oneOf(['none', '', 'hkdf'])),
    'other costs': () => void (wrap.cost = otherCost(wrap.cost, luck)),
    'another shape': () => void Object.assign(row, luck.oneOf([{ wraps: [] }, { wraps: 'none' }, { wraps: [null] }, { mode: undefined }])),
    'the passkey asked with': () => {
      if (row.passkey) flip(luck.oneOf([row.passkey.credential, row.passkey.salt]), luck);
      else row.passkey = { credential: tools.random(4), salt: tools.random(32) };
    },
  };
  const what = luck.oneOf(Object.keys(kinds));
  kinds[what]!();
  return { changed: row, what };
}

function otherCost(cost: Record<string, unknown>, luck: Chance): Record<string, unknown> {
  const others: readonly Record<string, unknown>[] = [
    { kind: 'hkdf' },
    { kind: 'pbkdf2', rounds: 600_000 },
    { kind: 'pbkdf2', rounds: 1 },
    { kind: 'argon2id', memoryKiB: 8, passes: 2 },
    { kind: 'argon2id', memoryKiB: 9, passes: 1 },
    { kind: 'argon2id', memoryKiB: 4_000_000_000, passes: 1 },
    { kind: 'argon2id', memoryKiB: NaN, passes: 1 },
    { kind: 'scrypt' },
    {},
  ];
  return luck.oneOf(others.filter((other) => other['kind'] !== cost['kind'] || cost['kind'] === 'argon2id'));
}

function flip(bytes: Uint8Array, luck: Chance): void {
  bytes[luck.below(bytes.length)]! ^= 1 << luck.below(8);
}

void test('a cheaper guess than the least is refused unseen, and so is one that only keeps the device busy', async () => {
  const { row } = await makeLock(tools, 'db', planOf('one'));
  assert.equal(await openLock({ ...tools, least: LEAST_COST }, 'db', row, secretOf('one')), undefined);
  const argon = (memoryKiB: number, passes: number): Cost => ({ kind: 'argon2id', memoryKiB, passes });
  const judged = [argon(19 * 1024, 2), argon(19 * 1024 - 1, 2), argon(64 * 1024, 1), argon(1 << 22, 2), argon(19 * 1024, 1000)];
  assert.deepEqual(judged.map((cost) => isBearable(cost, LEAST_COST)), [true, false, false, false, false]); // oxfmt-ignore
  assert.deepEqual([599_999, 600_000, 1e9].map((rounds) => isBearable({ kind: 'pbkdf2', rounds }, LEAST_COST)), [false, true, false]); // oxfmt-ignore
});

void test('a slow device pays the least there is, a fast one more memory first and passes then', () => {
  const { memoryKiB, passes } = LEAST_COST;
  assert.deepEqual(chooseCost(10_000), { kind: 'argon2id', memoryKiB, passes });
  assert.deepEqual(chooseCost(60), { kind: 'argon2id', memoryKiB: 25 * 1024, passes: 2 });
  assert.deepEqual(chooseCost(10), { kind: 'argon2id', memoryKiB: 64 * 1024, passes: 4 });
  for (const probe of [0, 0.01, 1, 5, 20, 100, 1e6]) assert.ok(isBearable(chooseCost(probe), LEAST_COST));
  let now = 0;
  const cost = calibrate(() => (now += 30));
  assert.equal(cost.kind, 'argon2id');
  assert.ok(isBearable(cost, LEAST_COST));
});

void test('a wrong secret, a row that was touched and one that is missing are answered alike', async () => {
  const { row } = await makeLock(tools, 'db', planOf('one'));
  const answers = await Promise.all([
    openLock(tools, 'db', row, secretOf('two')),
    openLock(tools, 'db', undefined, secretOf('one')),
    openLock(tools, 'db', { mode: 'none' }, secretOf('one')),
    openLock(tools, 'other', row, secretOf('one')),
  ]);
  assert.deepEqual(answers, [undefined, undefined, undefined, undefined]);
});
