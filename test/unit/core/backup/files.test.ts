// Backup files: what goes in comes out, and nothing comes out of a file that somebody has touched.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HEADER_BYTES, type RestoreRefusal } from '../../../../src/contracts/backup.ts';
import { SEALED_CHUNK_BYTES } from '../../../../src/core/backup/seal.ts';
import { keyFromWords } from '../../../../src/core/keys-from-words.ts';
import type { Address } from '../../../../src/model/account.ts';
import { anAccount, OWNER, quickly, readBackup, sourceOf, WORDS, writeBackup } from '../../../kit/backup-files.ts';
import { chance } from '../../../kit/random.ts';

const IS_NIGHT = process.env['WARBLER_NIGHTLY'] !== undefined;
const ROUND_TRIPS = IS_NIGHT ? 1_000 : 60;
const TOUCHED = IS_NIGHT ? 10_000 : 1_000;
/** Long enough for a dozen chunks. */
const LONG = 1_500;

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));

/** Refused, and nothing of it was taken. */
async function assertRefused(file: Uint8Array<ArrayBuffer>, why: RestoreRefusal | readonly RestoreRefusal[], what: string): Promise<void> {
  const { refusal, account } = await readBackup(file);
  assert.ok(refusal !== undefined && [why].flat().includes(refusal), `${what}: ${refusal}`);
  assert.equal(account.conversations.length + account.trust.length, 0, `${what}: something was taken`);
}

describe('a backup file', () => {
  it('gives back what was put in, whatever that was', async () => {
    for (let seed = 1; seed <= ROUND_TRIPS; seed++) {
      const account = anAccount(seed, seed % 20 === 0 ? LONG : 40);
      const { refusal, found, account: back } = await readBackup(await writeBackup(sourceOf(account)));
      assert.equal(refusal, undefined);
      assert.deepEqual(back, account, `seed ${seed}`);
      assert.equal(found?.conversations, account.conversations.length);
    }
  });

  it('says nothing of what is in it', async () => {
    const file = Buffer.from(await writeBackup(sourceOf(anAccount(3, 200))));
    for (const word of ['hello', '李雯', 'warbler.example', 'friend']) assert.ok(!file.includes(word), word);
  });

  it('opens with the true costs, by the same words however they are typed', async () => {
    const file = await writeBackup(sourceOf(anAccount(5)), WORDS, keyFromWords);
    assert.equal((await readBackup(file, ` ${WORDS.replaceAll(' ', '  ')}`, OWNER, keyFromWords)).refusal, undefined);
  });

  it('tells other words, another account, a later version and something else apart', async () => {
    const file = await writeBackup(sourceOf(anAccount(7)));
    assert.equal((await readBackup(file, 'five words that somebody guesses')).refusal, 'wrong-secret');
    assert.equal((await readBackup(file, WORDS, 'eve@warbler.example' as Address)).refusal, 'other-account');
    await assertRefused(joined(Buffer.from('WBK2'), file.subarray(4)), 'newer', 'a later version');
    await assertRefused(joined(Buffer.from('PK\u0003\u0004'), file.subarray(4)), 'not-a-backup', 'something else');
    await assertRefused(new Uint8Array(), 'not-a-backup', 'nothing');
  });
});

describe('a file that somebody has touched', () => {
  it('is refused wherever it is cut', async () => {
    const file = await writeBackup(sourceOf(anAccount(20, LONG)));
    const ends = new Set([4, 10, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 16, file.length - 1]);
    for (let end = HEADER_BYTES; end < file.length; end += SEALED_CHUNK_BYTES) for (const off of [-1, 0, 1]) ends.add(end + off);
    for (const end of ends) await assertRefused(file.slice(0, end), ['cut-short', 'damaged'], `cut at ${end}`);
    await assertRefused(joined(file, new Uint8Array(1)), 'damaged', 'one byte more');
    await assertRefused(joined(file, file.slice(HEADER_BYTES)), 'damaged', 'said twice');
  });

  it('is refused with chunks in another order, left out, or from another file', async () => {
    const [one, other] = await Promise.all([20, 40].map((seed) => writeBackup(sourceOf(anAccount(seed, LONG)))));
    assert.ok(one && other);
    const chunk = (file: Uint8Array, at: number): Uint8Array =>
      file.subarray(HEADER_BYTES + at * SEALED_CHUNK_BYTES, HEADER_BYTES + (at + 1) * SEALED_CHUNK_BYTES);
    const [head, rest] = [one.subarray(0, HEADER_BYTES), one.subarray(HEADER_BYTES + 2 * SEALED_CHUNK_BYTES)];
    await assertRefused(joined(head, chunk(one, 1), chunk(one, 0), rest), 'damaged', 'exchanged');
    await assertRefused(joined(head, chunk(one, 0), rest), ['damaged', 'cut-short'], 'left out');
    await assertRefused(joined(head, chunk(one, 0), chunk(other, 1), rest), 'damaged', 'mixed');
    await assertRefused(joined(other.subarray(0, HEADER_BYTES), one.subarray(HEADER_BYTES)), 'damaged', 'under the other header');
  });

  it('is refused whichever bit of its header is turned', async () => {
    const file = await writeBackup(sourceOf(anAccount(9)));
    const all: readonly RestoreRefusal[] = ['not-a-backup', 'newer', 'damaged', 'unsafe', 'wrong-secret'];
    for (let bit = 0; bit < HEADER_BYTES * 8; bit++) {
      const turned = file.slice();
      turned[bit >> 3]! ^= 1 << (bit & 7);
      await assertRefused(turned, all, `bit ${bit}`);
    }
  });

  it('is refused with any bit turned, however often that is tried', async () => {
    const files = await Promise.all([1, 2, 20].map((seed) => writeBackup(sourceOf(anAccount(seed, seed === 20 ? LONG : 40)))));
    const { below, oneOf } = chance(17);
    for (let count = 0; count < TOUCHED; count++) {
      const turned = oneOf(files).slice();
      const at = below(turned.length);
      turned[at]! ^= 1 + below(255);
      await assertRefused(turned, ['not-a-backup', 'newer', 'damaged', 'unsafe', 'wrong-secret', 'cut-short'], `byte ${at}`);
    }
  });

  it('makes nobody compute or hold more than a backup ever asks for, and never less', async () => {
    const file = await writeBackup(sourceOf(anAccount(11)));
    const costs: readonly (readonly [what: string, at: number, bytes: readonly number[]])[] = [
      ['memory without end', 8, [0xff, 0xff, 0xff, 0xff]],
      ['a little memory', 8, [0, 0, 0x10, 0]],
      ['one pass', 6, [0, 1]],
      ['passes without end', 6, [0xff, 0xff]],
      ['no lane', 5, [0]],
      ['many lanes', 5, [255]],
      ['another way', 4, [0]],
      ['huge chunks', 40, [0x40, 0, 0, 0]],
    ];
    for (const [what, at, bytes] of costs) {
      const made = file.slice();
      made.set(bytes, at);
      const sum = await crypto.subtle.digest('SHA-256', made.slice(0, 44));
      made.set(new Uint8Array(sum).subarray(0, 4), 44);
      let hasComputed = false;
      const { refusal } = await readBackup(made, WORDS, OWNER, (...how) => ((hasComputed = true), quickly(...how)));
      assert.equal(refusal, 'unsafe', what);
      assert.equal(hasComputed, false, what);
    }
  });
});
