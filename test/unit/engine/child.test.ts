import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild } from '../../../src/engine/child.ts';
import type { EngineChild } from '../../../src/engine/child.ts';

describe('a child on a leash', () => {
  const directory = mkdtempSync(join(tmpdir(), 'warbler-child-'));
  const outputFile = join(directory, 'output.log');
  after(() => rmSync(directory, { recursive: true }));
  const run = (script: string, program = 'sh', patienceMs = 200): EngineChild =>
    startChild({ program, arguments: ['-c', script], environment: { WORD: 'hello' }, directory, outputFile, patienceMs });

  test('is stopped in order', async () => {
    const child = run('exec sleep 60');
    assert.equal(child.isAlive(), true);
    await child.stop();
    assert.deepEqual(await child.ended, { code: null, signal: 'SIGTERM' });
    assert.equal(child.isAlive(), false);
    await child.stop();
  });

  test('is stopped even when it does not listen', async () => {
    const child = run('trap "" TERM; echo deaf; while :; do sleep 1; done');
    while (!readFileSync(outputFile, 'utf8').includes('deaf')) await wait(5);
    await child.stop();
    assert.equal((await child.ended).signal, 'SIGKILL');
  });

  test('reads the end of its input when nobody holds the leash, and what it prints is kept', async () => {
    const child = run('echo "$WORD"; echo world >&2');
    assert.deepEqual(await child.ended, { code: 0, signal: null });
    assert.match(readFileSync(outputFile, 'utf8'), /hello\nworld\n/);
  });

  test('that cannot be started tells why', async () => {
    const child = run('', join(directory, 'no-such-program'));
    assert.match((await child.ended).error ?? '', /ENOENT/);
    assert.equal(child.isAlive(), false);
    await child.stop();
  });
});
