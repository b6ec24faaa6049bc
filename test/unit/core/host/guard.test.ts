// S7: what a hostile page may try on its port. 100,000 generated messages, and none of them reaches a call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../kit/properties.ts';
import { SESSION_CALLS } from '../../../../src/contracts/session.ts';
import { Guard, type Judgement } from '../../../../src/core/host/guard.ts';
import { MOST_CHARACTERS } from '../../../../src/core/host/plain.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

const raw = (value: unknown): unknown => ({ type: 'RAW', value });
const call = (name: string, ...args: unknown[]): Record<string, unknown> => ({
  id: '1-2-3',
  type: 'APPLY',
  path: [name],
  argumentList: ['call-1', ...args].map(raw),
});

test('a call in good order is admitted, rebuilt from its parts', () => {
  const sent = { ...call('sendMessage', 'ying@garden.example', { text: 'hello' }), extra: 'left out' };
  assert.deepEqual(new Guard(fakeClock()).judge(sent, false), { admit: call('sendMessage', 'ying@garden.example', { text: 'hello' }) });
});

test('a file is admitted where one is sent, with a small picture, and nowhere else', () => {
  const file = { file: new Blob(['words']), preview: { type: 'image/png', bytes: new Uint8Array(8_000) } };
  const sent = call('sendFile', 'ying@garden.example', file);
  assert.deepEqual(new Guard(fakeClock()).judge(sent, false), { admit: sent });
  const large = call('sendFile', 'ying@garden.example', { preview: { bytes: new Uint8Array(512 * 1024 + 1) } });
  assert.ok('answer' in (new Guard(fakeClock()).judge(large, false) as object));
  assert.equal(new Guard(fakeClock()).judge(call('sendMessage', 'ying@garden.example', file), false), 'drop');
  assert.equal(new Guard(fakeClock()).judge(call('sendFile', 'ying@garden.example', { file: new Date() }), false), 'drop');
});

function sparseArray(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}

const evilNames = fc.constantFrom(
  'constructor',
  '__proto__',
  'prototype',
  'then',
  'toString',
  'apply',
  'bind',
  'sendmessage',
  '',
  'hasOwnProperty',
);
const anyName = fc.oneof(fc.constantFrom<string>(...SESSION_CALLS), evilNames, fc.string());
const notOneListed = fc.oneof(
  fc.array(anyName, { minLength: 2, maxLength: 5 }),
  fc.constant([]),
  evilNames.map((name) => [name]),
  fc.anything().filter((path) => !Array.isArray(path)),
);
const wireValue = fc.oneof(
  fc.constantFrom('HANDLER', 'proxy', 'throw', 'raw').map((type) => ({ type, name: 'proxy', value: 1 })),
  fc.anything().filter((value) => (value as { type?: unknown } | null)?.type !== 'RAW'),
);
const foreignArgument = fc.constantFrom<() => unknown>(
  () => new Date(),
  () => new Map(),
  () => new Uint8Array(3),
  () => () => 1,
  () => Symbol('x'),
  () => 10n,
  () => JSON.parse('{"__proto__":{"a":1}}'),
  () => ({ constructor: 1 }),
  () => [[[[[[[[[1]]]]]]]]],
);

const hostile = fc.oneof(
  fc.anything(),
  fc.record({ id: fc.string(), type: fc.constantFrom('GET', 'SET', 'CONSTRUCT', 'ENDPOINT', 'RELEASE', 'apply'), path: fc.array(anyName) }),
  notOneListed.map((path) => ({ ...call('signOut'), path })),
  fc.tuple(fc.constantFrom<string>(...SESSION_CALLS), fc.array(wireValue, { minLength: 1, maxLength: 4 })).map(([name, argumentList]) => ({
    ...call(name),
    argumentList,
  })),
  fc
    .tuple(fc.constantFrom('signIn', 'listConversations', 'readThread'), foreignArgument)
    .map(([name, make]) => call(name, { deep: make() })),
  fc.constantFrom<string>(...SESSION_CALLS).map((name) => call(name, 1, 2, 3)),
  fc.constantFrom(5, '', 'x'.repeat(101), null, {}).map((id) => ({ ...call('signOut'), id })),
);

test('100,000 hostile messages reach nothing', () => {
  const clock = fakeClock();
  let escapes = 0;
  fc.assert(
    fc.property(hostile, (message) => {
      const judgement = new Guard(clock).judge(message, false);
      if (judgement !== 'drop') escapes += 1;
      return judgement === 'drop';
    }),
    { numRuns: 100_000 },
  );
  assert.equal(escapes, 0);
});

test('a piece of a file passes where one is awaited, and nowhere else', () => {
  const piece = (bytes: number): object => ({ restore: 'r', from: 0, bytes: new Uint8Array(bytes) });
  const judge = (name: string, argument: object): Judgement => new Guard(fakeClock()).judge(call(name, argument), false);
  assert.ok('admit' in (judge('giveToRestore', piece(300_000)) as object));
  assert.ok('answer' in (judge('giveToRestore', piece(600_000)) as object));
  assert.equal(judge('readThread', piece(1)), 'drop');
  assert.equal(judge('giveToRestore', { ...piece(1), bytes: new Float64Array(1) }), 'drop');
  assert.equal(judge('giveToRestore', { ...piece(1), bytes: new Uint8Array(new SharedArrayBuffer(1)) }), 'drop');
});

test('a call that brings ports along is dropped', () => {
  assert.equal(new Guard(fakeClock()).judge(call('signOut'), true), 'drop');
});

test('a message too long is answered with the limit, and costs no more than the bound', () => {
  const long = call('sendMessage', 'ying@garden.example', { text: 'x'.repeat(MOST_CHARACTERS + 1) });
  const answer = { id: '1-2-3', type: 'RAW', value: { ok: false, failure: { kind: 'message-too-long', limit: MOST_CHARACTERS } } };
  assert.deepEqual(new Guard(fakeClock()).judge(long, false), { answer });
  const sparse = call('listConversations', { from: 0, count: 1, matching: sparseArray(2 ** 32 - 1) });
  assert.deepEqual(new Guard(fakeClock()).judge(sparse, false), { answer });
});

test('calls beyond the rate are told so, and a second later go through again', () => {
  const clock = fakeClock();
  const guard = new Guard(clock);
  const judgements = Array.from({ length: 700 }, () => guard.judge(call('signOut'), false));
  assert.equal(judgements.filter((judgement) => judgement !== 'drop' && 'admit' in judgement).length, 600);
  assert.deepEqual(judgements.at(-1), {
    answer: { id: '1-2-3', type: 'RAW', value: { ok: false, failure: { kind: 'too-many-requests' } } },
  });
  assert.equal(guard.isHostile(), false);
  clock.advance(1_000);
  assert.ok('admit' in (guard.judge(call('signOut'), false) as object));
});

test('a port that keeps sending nonsense is known for hostile after a thousand', () => {
  const guard = new Guard(fakeClock());
  for (let count = 0; count < 1_000; count += 1) guard.judge({ path: ['constructor'] }, false);
  assert.equal(guard.isHostile(), false);
  guard.judge(null, false);
  assert.equal(guard.isHostile(), true);
});
