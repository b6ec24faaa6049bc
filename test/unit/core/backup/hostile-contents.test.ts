// Whoever made a file knew its words, and that is all that is known of them: what is not as it should be is refused, whatever it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordReader, writeRecord } from '../../../../src/core/backup/records.ts';
import { anAccount, readBackup, sourceOf, writeBackup, type PlainAccount } from '../../../kit/backup-files.ts';
import { chance, type Chance } from '../../../kit/random.ts';

const FILES = process.env['WARBLER_NIGHTLY'] ? 5_000 : 300;
const GARBAGE: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e300,
  '',
  'x'.repeat(80_000),
  [],
  {},
  { __proto__: null, toString: 1 },
  '__proto__',
];

/** One value somewhere in it is something else. */
function spoil(account: PlainAccount, { below, oneOf }: Chance): void {
  let at = account as unknown as Record<string, unknown>;
  for (;;) {
    const key = oneOf(Object.keys(at));
    const value = at[key];
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || below(6) === 0)
      return void (at[key] = oneOf(GARBAGE));
    at = value as Record<string, unknown>;
  }
}

test('a file that opens and says nonsense breaks nothing, and lets no nonsense in', async () => {
  let refused = 0;
  for (let seed = 1; seed <= FILES; seed++) {
    const luck = chance(seed);
    const account = anAccount(seed, 5);
    const { self } = account;
    spoil(account, luck);
    const file = await writeBackup({ ...sourceOf(account), self }).catch(() => undefined);
    if (!file) continue;
    const { refusal, account: back } = await readBackup(file);
    if (refusal) refused += 1;
    for (const { conversation, items } of back.conversations) {
      assert.ok(['direct', 'room'].includes(conversation.kind));
      for (const { message } of items) {
        assert.deepEqual(
          [message.id, message.text, message.author].map((one) => typeof one),
          ['string', 'string', 'string'],
        );
        assert.ok(Number.isSafeInteger(message.order) && message.text.length <= 70_000 && message.conversation === conversation.id);
      }
    }
  }
  assert.ok(refused > FILES / 4, `${refused} of ${FILES} were refused`);
});

test('a record says how long it is, and is never waited for beyond what may be', () => {
  const huge = new Uint8Array(5);
  new DataView(huge.buffer).setUint32(1, 2 ** 32 - 1);
  assert.equal(new RecordReader().take(huge), 'damaged');
  const record = writeRecord('account', { address: 'a' });
  const reader = new RecordReader();
  const found = Array.from(record, (byte) => reader.take(Uint8Array.of(byte))).flatMap((records) => (records === 'damaged' ? [] : records));
  assert.deepEqual(found, [{ type: 1, value: { address: 'a' } }]);
  assert.ok(reader.isAtRest);
});

test('records of a kind that nobody knows are passed over', () => {
  const record = writeRecord('trust', { later: true });
  record[0] = 77;
  assert.deepEqual(new RecordReader().take(record), [{ type: 77, value: { later: true } }]);
});
