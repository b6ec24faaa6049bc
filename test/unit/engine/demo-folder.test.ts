import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { claimFolder, recall, remember } from '../../../src/engine/demo-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'warbler-folders-'));
after(() => rmSync(base, { recursive: true }));

test('a claimed folder is nobody else’s until it is released', async () => {
  const one = await claimFolder(base, 'prosody');
  const two = await claimFolder(base, 'prosody');
  const other = await claimFolder(base, 'ejabberd');
  assert.deepEqual(
    [one, two, other].map(({ path }) => path),
    ['prosody', 'prosody-2', 'ejabberd'].map((name) => join(base, name)),
  );
  assert.ok(existsSync(two.path));
  one.release();
  const again = await claimFolder(base, 'prosody');
  assert.equal(again.path, one.path);
  for (const { release } of [two, other, again]) release();
});

test('what is remembered comes back, and half a memory is none', async () => {
  const folder = mkdtempSync(join(base, 'memory-'));
  assert.equal(recall(folder), undefined);
  await remember(folder, { filled: true, ports: [1, 2], enginePid: 3 });
  assert.deepEqual(recall(folder), { filled: true, ports: [1, 2], enginePid: 3 });
  writeFileSync(join(folder, 'demo.json'), '{"filled":true,"ports":[1');
  assert.equal(recall(folder), undefined);
  writeFileSync(join(folder, 'demo.json'), '{"filled":false,"ports":[]}');
  assert.equal(recall(folder), undefined);
});
