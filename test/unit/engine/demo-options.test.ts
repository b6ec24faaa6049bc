import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from '../../../src/engine/demo-options.ts';

test('without words it is Prosody on a free port', () => {
  assert.deepEqual(parseOptions([]), { ok: true, value: { engine: 'prosody', fresh: false, dev: false, help: false } });
});

test('every word is understood', () => {
  assert.deepEqual(parseOptions(['--engine', 'ejabberd', '--fresh', '--dev', '--port=8080', '-h']), {
    ok: true,
    value: { engine: 'ejabberd', fresh: true, dev: true, help: true, port: 8080 },
  });
});

for (const words of [
  ['--port', '0'],
  ['--port', '65536'],
  ['--port', '80a'],
  ['--port', '-1'],
  ['--port'],
  ['--engine'],
  ['--engine', 'Prosody'],
  ['extra'],
  ['--fresh=yes'],
]) {
  test(`"${words.join(' ')}" is answered with one sentence`, () => {
    const parsed = parseOptions(words);
    assert.equal(parsed.ok, false);
    assert.match(parsed.ok ? '' : parsed.said, /^[^\n]+\.$/);
  });
}
