// Which changes touch which slice of the session.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Look } from '../../../src/client/session-client.ts';
import type { Address } from '../../../src/model/account.ts';
import { isTouched } from '../../../src/client/looks.ts';

const ying = 'ying@garden.example' as Address;
const bo = 'bo@garden.example' as Address;

test('a look at everything touches everyone', () => {
  const looks: Look[] = [{ about: 'everything' }];
  assert.ok(isTouched(looks, 'situation') && isTouched(looks, 'conversations') && isTouched(looks, 'keys', () => false));
});

test('other topics leave list and situation alone', () => {
  const looks: Look[] = [{ about: 'thread', conversation: ying }];
  assert.deepEqual([isTouched(looks, 'situation'), isTouched(looks, 'conversations'), isTouched(looks, 'thread')], [false, false, true]);
});

test('of one topic only what is shown counts', () => {
  const looks: Look[] = [{ about: 'keys', person: ying }, { about: 'situation' }];
  const isAbout = (person: Address): boolean => isTouched(looks, 'keys', (look) => look.person === person);
  assert.deepEqual([isAbout(ying), isAbout(bo)], [true, false]);
});
