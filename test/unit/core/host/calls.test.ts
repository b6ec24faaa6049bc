import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SESSION_CALLS, type CallId, type Session } from '../../../../src/contracts/session.ts';
import { succeeded } from '../../../../src/model/failure.ts';
import { Answered } from '../../../../src/core/host/answered.ts';
import { callsOf } from '../../../../src/core/host/calls.ts';
import { fitsCall } from '../../../../src/core/host/call-shapes.ts';
import type { LogFacts } from '../../../../src/core/ports.ts';

const id = (text: string): CallId => text as CallId;

function sessionThatCounts(): { session: Session; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  const session = Object.fromEntries(
    SESSION_CALLS.map((name) => [name, async () => succeeded(counts.set(name, (counts.get(name) ?? 0) + 1).get(name))]),
  );
  return { session: session as unknown as Session, counts };
}

const quiet = { error() {}, info() {}, debug() {} };

test('the calls are the listed ones and nothing else, not even what every object has', () => {
  const calls = callsOf(sessionThatCounts().session, 'tab', new Answered(), quiet);
  assert.deepEqual(Object.keys(calls), SESSION_CALLS);
  assert.equal(Object.getPrototypeOf(calls), null);
  assert.equal('constructor' in calls, false);
});

test('a call repeated with its id answers again and acts once; reading is simply done again', async () => {
  const { session, counts } = sessionThatCounts();
  const answered = new Answered<never>();
  const before = callsOf(session, 'tab', answered, quiet);
  const after = callsOf(session, 'tab', answered, quiet);
  const other = callsOf(session, 'other tab', answered, quiet);
  assert.deepEqual(await before['sendMessage']?.(id('1'), 'to', {}), await after['sendMessage']?.(id('1'), 'to', {}));
  await other['sendMessage']?.(id('1'), 'to', {});
  await before['readThread']?.(id('2'), {});
  await before['readThread']?.(id('2'), {});
  assert.deepEqual(
    [...counts],
    [
      ['sendMessage', 2],
      ['readThread', 2],
    ],
  );
});

test('a defect is logged by name and place, answered as a failure, and its words stay here', async () => {
  const { session } = sessionThatCounts();
  const logged: LogFacts[] = [];
  const log = { ...quiet, error: (_what: string, facts: LogFacts = {}) => void logged.push(facts) };
  session.saveDraft = () => {
    throw new RangeError('what somebody wrote');
  };
  const answer = await callsOf(session, 'tab', new Answered(), log)['saveDraft']?.(id('1'), 'to', 'what somebody wrote');
  assert.deepEqual(answer, { ok: false, failure: { kind: 'refused', reason: 'other' } });
  assert.equal(logged[0]?.['defect'], 'RangeError');
  assert.doesNotMatch(JSON.stringify(logged), /somebody wrote/);
});

test('every listed call has a shape', () => {
  for (const name of SESSION_CALLS) {
    const fits = [[], ['a'], ['a', 'b'], ['a', {}], ['a', 1], ['a', true], [1], [{}]].filter((args) => fitsCall(name, ['1', ...args]));
    assert.equal(fits.length, 1, name);
  }
});
