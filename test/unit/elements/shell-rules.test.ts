// The rules of the frame, the list and the sign-in, without a page around them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colourOf, initialOf } from '../../../src/elements/avatar/face.ts';
import { faceOf, type Standing } from '../../../src/elements/chat/face-of.ts';
import { readTrouble } from '../../../src/elements/connection-bar/bar-trouble.ts';
import { findByLetters, rowAfterKey } from '../../../src/elements/conversation-list/list-keys.ts';
import { rangeInSight, scrollToShow } from '../../../src/elements/conversation-list/scroll-window.ts';
import { keepOrder } from '../../../src/elements/controllers/keep-order.ts';
import { fieldOf, findFaults, serviceHost } from '../../../src/elements/sign-in/check-sign-in.ts';
import type { Address } from '../../../src/model/account.ts';
import type { Conversation } from '../../../src/model/conversation.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { Situation } from '../../../src/model/situation.ts';

const situation: Situation = {
  sign: 'signed-in',
  connection: { stage: 'online', slow: false },
  storage: 'durable',
  unread: { messages: 0, conversations: 0, mentioned: false },
  waiting: 0,
  unsent: 0,
  catchingUp: false,
  notices: [],
};
const standing: Standing = {
  client: 'attached',
  clientFailure: undefined,
  situation,
  situationFailure: undefined,
  restored: false,
  locked: false,
};
const stopped = (failure: Failure): Situation['connection'] => ({ stage: 'stopped', failure });

test('the face follows from where the session stands', () => {
  assert.equal(faceOf({ ...standing, situation: undefined, client: undefined }).kind, 'starting');
  assert.equal(faceOf({ ...standing, situation: undefined, restored: true }).kind, 'main');
  assert.equal(faceOf({ ...standing, situation: { ...situation, sign: 'restoring' } }).kind, 'main');
  assert.deepEqual(faceOf({ ...standing, situation: { ...situation, sign: 'signed-out' } }), { kind: 'sign-in', busy: false });
  assert.deepEqual(faceOf({ ...standing, situation: { ...situation, sign: 'signing-in' } }), { kind: 'sign-in', busy: true });
  assert.equal(faceOf(standing).kind, 'main');
});

test('what is locked stays so until a core that has looked at the disk says otherwise', () => {
  const account: NonNullable<Situation['account']> = { address: 'mia@chat.example' as Address, name: 'Mia', services: [] };
  const locked = { ...standing, locked: true };
  const restoring = { ...situation, sign: 'restoring' } as const;
  assert.equal(faceOf({ ...locked, situation: undefined }).kind, 'locked');
  assert.equal(faceOf({ ...locked, situation: restoring }).kind, 'locked', 'the next core has only begun');
  assert.equal(faceOf({ ...locked, situation: { ...situation, sign: 'locked' } }).kind, 'locked');
  assert.equal(faceOf({ ...locked, situation: { ...restoring, account } }).kind, 'main', 'it is open, and not connected yet');
  assert.equal(faceOf({ ...locked, situation: { ...situation, sign: 'signed-out' } }).kind, 'sign-in');
});

test('trouble has a face, and says whether there is something to read behind it', () => {
  const elsewhere = stopped({ kind: 'signed-in-elsewhere' });
  assert.deepEqual(faceOf({ ...standing, situation: { ...situation, connection: elsewhere } }), {
    kind: 'trouble',
    failure: { kind: 'signed-in-elsewhere' },
    keeps: true,
  });
  assert.deepEqual(faceOf({ ...standing, client: 'refused', clientFailure: { kind: 'reload-needed', older: 'core' } }), {
    kind: 'trouble',
    failure: { kind: 'reload-needed', older: 'core' },
    keeps: false,
  });
  assert.equal(faceOf({ ...standing, client: 'lost', clientFailure: { kind: 'core-gone' } }).kind, 'trouble');
  assert.equal(faceOf({ ...standing, situation: undefined, situationFailure: { kind: 'no-answer' } }).kind, 'trouble');
});

test('a wrong password comes back to the form, a disabled account gets a screen', () => {
  const signedOut = { ...situation, sign: 'signed-out' } as const;
  assert.equal(faceOf({ ...standing, situation: { ...signedOut, connection: stopped({ kind: 'wrong-credentials' }) } }).kind, 'sign-in');
  assert.equal(faceOf({ ...standing, situation: { ...signedOut, connection: stopped({ kind: 'account-disabled' }) } }).kind, 'trouble');
});

test('the bar tells one thing: the connection before the storage, and nothing to somebody who is not signed in', () => {
  const waiting: Situation['connection'] = { stage: 'waiting', retryAt: 0, attempt: 2, failure: { kind: 'offline' } };
  assert.equal(readTrouble(situation), undefined);
  assert.deepEqual(readTrouble({ ...situation, connection: waiting, storage: 'full', waiting: 2 }), {
    kind: 'offline',
    waiting: 2,
    canRetry: true,
  });
  assert.equal(readTrouble({ ...situation, connection: { stage: 'connecting', attempt: 3 } })?.kind, 'unreachable');
  assert.equal(readTrouble({ ...situation, connection: { stage: 'connecting', attempt: 1 } }), undefined);
  assert.equal(readTrouble({ ...situation, storage: 'full' })?.kind, 'storage-full');
  assert.equal(readTrouble({ ...situation, sign: 'restoring', storage: 'held' })?.kind, 'held');
  assert.equal(readTrouble({ ...situation, sign: 'signed-out', connection: waiting }), undefined);
});

test('rows keep their order while they are held; what is new comes last', () => {
  const row = (id: string, title = id): Conversation => ({ id, title }) as unknown as Conversation;
  const kept = keepOrder([row('a'), row('b'), row('c')], [row('c', 'C!'), row('d'), row('a')]);
  assert.deepEqual(
    kept.map(({ id, title }) => [id, title]),
    [
      ['a', 'a'],
      ['c', 'C!'],
      ['d', 'd'],
    ],
  );
});

test('the stretch covers what is in sight and a page on either side, and rests during small scrolls', () => {
  const sight = { scrolled: 64_000, height: 512, rowHeight: 64 };
  const { from, count } = rangeInSight(sight);
  assert.ok(from <= 1000 - 8 && from + count >= 1008 + 8, `${from} + ${count}`);
  assert.ok(count <= 40);
  assert.deepEqual(rangeInSight({ ...sight, scrolled: 64_010 }), { from, count });
  assert.equal(rangeInSight({ scrolled: -30, height: 0, rowHeight: 64 }).from, 0);
});

test('scrolling to a row moves as little as possible', () => {
  const sight = { scrolled: 640, height: 320, rowHeight: 64 };
  assert.equal(scrollToShow(11, sight), 640);
  assert.equal(scrollToShow(3, sight), 192);
  assert.equal(scrollToShow(20, sight), 21 * 64 - 320);
});

test('keys stop at the ends, and mean nothing where they mean nothing', () => {
  assert.equal(rowAfterKey('ArrowUp', 0, 5, 3), 0);
  assert.equal(rowAfterKey('PageDown', 3, 5, 3), 4);
  assert.equal(rowAfterKey('End', 0, 5, 3), 4);
  assert.equal(rowAfterKey('x', 0, 5, 3), undefined);
});

test('one letter goes to the next, more letters refine', () => {
  const titles = ['Omar', 'Jana', 'Olga', '李雯'];
  assert.equal(findByLetters(titles, 'o', 0, 'en'), 2);
  assert.equal(findByLetters(titles, 'o', 2, 'en'), 0);
  assert.equal(findByLetters(titles, 'om', 0, 'en'), 0);
  assert.equal(findByLetters(titles, '李', 0, 'zh-CN'), 3);
  assert.equal(findByLetters(titles, 'z', 0, 'en'), undefined);
});

test('a face takes the first letter one would say, and a colour that stays', () => {
  assert.deepEqual(['李雯 · 售后', 'omar', '“Mia”', '🐦 bird', '  ', '9to5'].map(initialOf), ['李', 'O', 'M', 'B', '?', '9']);
  assert.equal(colourOf('li@warbler.example'), colourOf('li@warbler.example'));
  const colours = new Set(Array.from({ length: 100 }, (_, index) => colourOf(`person${index}@warbler.example`)));
  assert.deepEqual(
    [...colours].toSorted((one, other) => (one < other ? -1 : 1)),
    [1, 2, 3, 4, 5],
  );
});

test('a sign-in is checked field by field', () => {
  const good = { services: [], service: 'wss://chat.example/ws', address: 'mia@chat.example', password: 'x' };
  assert.deepEqual(findFaults(good), {});
  assert.deepEqual(findFaults({ ...good, service: 'chat.example' }), { service: 'serviceNotWebSocket' });
  assert.deepEqual(findFaults({ ...good, services: ['wss://given.example'], service: '' }), {});
  assert.deepEqual(findFaults({ ...good, address: 'mia', password: '' }), { address: 'addressNotComplete', password: 'passwordMissing' });
  assert.deepEqual(findFaults({ ...good, address: 'mia@chat.example/phone' }), { address: 'addressNotComplete' });
});

test('only WebSocket addresses have a host to show', () => {
  assert.deepEqual(['wss://chat.example:5443/ws', 'ws://127.0.0.1/x', 'https://chat.example', 'javascript:alert(1)', ''].map(serviceHost), [
    'chat.example:5443',
    '127.0.0.1',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a refusal knows its field', () => {
  assert.equal(fieldOf({ kind: 'wrong-credentials' }), 'password');
  assert.equal(fieldOf({ kind: 'address-invalid', address: 'x' }), 'address');
  assert.equal(fieldOf({ kind: 'no-answer' }), undefined);
});
