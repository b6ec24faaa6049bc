// The lock as tabs ask for it: set, locked from any tab or by itself, opened by a new core, changed, taken off, forgotten.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AutoLocker } from '../../../../src/core/session/auto-lock.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { nextCall } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { ANN, BOB, bytesOf, Life, LOCKED, OTHER, SECRET, secretOf, WRONG } from './lockable-life.ts';

describe('the lock', () => {
  it('keeps a session going while it is set, and lets nobody in afterwards without what opens it', async () => {
    const life = await Life.signedIn();
    equal((await life.situation()).lock, undefined);
    ok((await life.pass(life.set(SECRET))).ok);
    await life.until(async () => (await life.situation()).connection.stage === 'online');
    deepEqual([(await life.situation()).lock, await life.waiting()], [{ mode: 'passphrase', idle: 15 }, ['one']]);
    await life.pass(life.core.close());

    const next = new Life(life.buckets);
    deepEqual(await next.firstPage(), { warbler: 'first-page', locked: 'passphrase', conversations: [] });
    await next.until(async () => (await next.situation()).sign === 'locked');
    const { account, unread, connection } = await next.situation();
    deepEqual([account, unread.messages, connection.stage, await next.waiting()], [undefined, 0, 'idle', 'locked']);
    deepEqual(await next.pass(next.unlock('seven green kettles whistle')), WRONG);
    deepEqual(await next.pass(next.signIn()), LOCKED);
    equal(next.server.wires.length, 0, 'nothing is connected');
    ok((await next.pass(next.unlock(SECRET))).ok);
    await next.until(async () => (await next.situation()).connection.stage === 'online');
    deepEqual([(await next.situation()).account?.address, await next.waiting()], [ANN, ['one']]);
    ok((await next.pass(next.send('two'))).ok);
    deepEqual([life.errors, next.errors], [[], []]);
    await next.pass(next.core.close());
  });

  it('takes everything away at once when it is locked, and ends the core behind that', async () => {
    const life = await Life.locked();
    const answer = life.session.lockNow(nextCall());
    await life.until(() => life.locked === 1);
    deepEqual([(await life.situation()).sign, await life.waiting()], ['locked', 'locked']);
    ok((await life.pass(answer)).ok);
    await life.until(() => life.hasEnded);
    equal(life.server.wires.every((wire) => wire.isClosed), true); // oxfmt-ignore
    ok((await life.pass(life.session.lockNow(nextCall()))).ok, 'once more is the same');
    equal(life.locked, 1);
  });

  it('is opened by the next core only: what reaches the one that goes is left unanswered, and so asked again', async () => {
    const life = await Life.locked();
    const locking = life.session.lockNow(nextCall());
    await life.until(() => life.locked === 1);
    let isAnswered = false;
    void life.unlock(SECRET).then(() => (isAnswered = true));
    await life.pass(locking);
    await life.until(() => life.hasEnded);
    const next = new Life(life.buckets);
    await next.until(async () => (await next.situation()).sign === 'locked');
    ok((await next.pass(next.unlock(SECRET))).ok);
    deepEqual(await next.waiting(), ['one']);
    // As long as that took, the first one would have been open too.
    deepEqual([isAnswered, (await life.situation()).sign], [false, 'locked']);
    await next.pass(next.core.close());
  });

  it('loses no words that were handed in a moment before', async () => {
    let life = await Life.locked();
    const texts = ['one'];
    for (const turns of [1, 2, 3, 5, 8]) {
      texts.push(`after ${turns}`);
      const sending = life.send(`after ${turns}`);
      for (let turn = 0; turn < turns; turn++) await settled();
      await life.pass(life.session.lockNow(nextCall()));
      ok((await life.pass(sending)).ok, `after ${turns}`);
      await life.until(() => life.hasEnded);
      const next = new Life(life.buckets);
      await next.until(async () => (await next.situation()).sign === 'locked');
      ok((await next.pass(next.unlock(SECRET))).ok);
      deepEqual(await next.waiting(), texts);
      deepEqual(life.errors, []);
      life = next;
    }
    await life.pass(life.core.close());
  });

  it('brings back what was open, to the tab that showed it and to a new one', async () => {
    const life = await Life.locked();
    const open = (of: Life, tab: string): Promise<unknown> => of.pass(of.core.sessionFor(tab).readLastOpen(nextCall()));
    await life.pass(life.core.sessionFor('first').reportTab(nextCall(), { visible: true, conversation: BOB }));
    await life.pass(life.session.lockNow(nextCall()));
    await life.until(() => life.hasEnded);
    const next = new Life(life.buckets);
    await next.until(async () => (await next.situation()).sign === 'locked');
    deepEqual(await open(next, 'first'), { ok: false, failure: { kind: 'locked' } });
    ok((await next.pass(next.session.unlock(nextCall(), secretOf(SECRET)))).ok);
    deepEqual(
      [await open(next, 'first'), await open(next, 'another')],
      [1, 2].map(() => ({ ok: true, value: BOB })),
    );
    await next.pass(next.core.close());
  });

  it('takes along what was chosen and not sent, and lets go of it once it is sent', async () => {
    const life = await Life.signedIn();
    const draft = { id: 'chosen' as MessageId, name: 'a ‮list.txt', file: new Blob(['eleven rows']), asIs: true };
    ok((await life.pass(life.session.keepStaged(nextCall(), BOB, draft))).ok);
    ok((await life.pass(life.set(SECRET))).ok);
    await life.pass(life.core.close());
    const next = new Life(life.buckets);
    await next.until(async () => (await next.situation()).sign === 'locked');
    ok((await next.pass(next.unlock(SECRET))).ok);
    const staged = await next.pass(next.session.readStaged(nextCall(), BOB));
    ok(staged.ok);
    deepEqual(
      [staged.value.length, staged.value[0]?.name, staged.value[0]?.asIs, await staged.value[0]?.file.text()],
      [1, 'a list.txt', true, 'eleven rows'],
    );
    const count = async (): Promise<number | undefined> => {
      const answer = await next.pass(next.session.readConversation(nextCall(), BOB));
      return answer.ok ? answer.value.staged : -1;
    };
    equal(await count(), 1);
    ok((await next.pass(next.session.sendFile(nextCall(), BOB, { ...staged.value[0]!, text: '', type: 'text/plain' }))).ok);
    deepEqual([await count(), await next.pass(next.session.readStaged(nextCall(), BOB))], [undefined, { ok: true, value: [] }]);
    await next.pass(next.core.close());
  });

  it('is changed and taken off only by whoever opens it, and a weak one is not taken', async () => {
    const life = await Life.locked();
    deepEqual(await life.pass(life.set(OTHER)), WRONG);
    deepEqual(await life.pass(life.set(OTHER, OTHER)), WRONG);
    deepEqual(await life.pass(life.set('short', SECRET)), { ok: false, failure: { kind: 'refused', reason: 'other' } });
    equal((await life.situation()).sign, 'signed-in', 'nothing was disturbed');
    ok((await life.pass(life.set(OTHER, SECRET))).ok);
    ok((await life.pass(life.session.setLock(nextCall(), { mode: 'none', current: secretOf(OTHER) }))).ok);
    deepEqual([(await life.situation()).lock, await life.waiting()], [undefined, ['one']]);
    equal((await life.firstPage())?.account?.address, ANN);
    deepEqual(await life.pass(life.session.lockNow(nextCall())), { ok: false, failure: { kind: 'not-found' } });
    deepEqual(life.errors, []);
    await life.pass(life.core.close());
  });

  it('is left behind by whoever has forgotten what opens it: all is erased, and one signs in anew', async () => {
    const life = await Life.locked();
    await life.pass(life.core.close());
    const next = new Life(life.buckets);
    await next.until(async () => (await next.situation()).sign === 'locked');
    ok((await next.pass(next.session.signOut(nextCall()))).ok);
    deepEqual([(await next.situation()).sign, await next.buckets.keys()], ['signed-out', []]);
    ok((await next.pass(next.signIn())).ok);
    deepEqual([(await next.situation()).lock, await next.waiting()], [undefined, 'not-found']);
    deepEqual(next.errors, []);
    await next.pass(next.core.close());
  });

  it('goes with everything else when somebody signs out', async () => {
    const life = await Life.locked();
    ok((await life.pass(life.session.signOut(nextCall()))).ok);
    deepEqual([(await life.situation()).lock, await life.buckets.keys()], [undefined, []]);
    ok((await life.pass(life.signIn())).ok);
    deepEqual(life.errors, []);
    await life.pass(life.core.close());
  });

  it('locks by itself when nobody has touched a tab for as long as was chosen', async () => {
    const life = await Life.locked();
    deepEqual(await life.pass(life.session.setAutoLock(nextCall(), { idle: 3 as 5, hidden: 0 })), {
      ok: false,
      failure: { kind: 'not-found' },
    });
    ok((await life.pass(life.session.setAutoLock(nextCall(), { idle: 5, hidden: 0 }))).ok);
    life.clock.advance(4 * 60_000);
    await life.session.tellPresent(nextCall());
    life.clock.advance(4 * 60_000);
    equal(life.locked, 0, 'somebody was here');
    life.clock.advance(2 * 60_000);
    await life.until(() => life.hasEnded);
    equal(life.locked, 1);
  });

  it('overwrites what it was given', async () => {
    const life = await Life.signedIn();
    const wish = { mode: 'passphrase', passphrase: bytesOf(SECRET) } as const;
    ok((await life.pass(life.session.setLock(nextCall(), wish))).ok);
    ok(wish.passphrase.every((byte) => byte === 0));
    const secret = secretOf(SECRET);
    await life.pass(life.session.unlock(nextCall(), secret));
    ok(secret.bytes.every((byte) => byte === 0));
    await life.pass(life.core.close());
  });
});

describe('locking by itself', () => {
  const begin = (): { clock: ReturnType<typeof fakeClock>; auto: AutoLocker; locked: () => number } => {
    const clock = fakeClock();
    let count = 0;
    return { clock, auto: new AutoLocker(clock, () => (count += 1)), locked: () => count };
  };

  it('counts from when the last tab went out of sight, and not while one is seen', () => {
    const { clock, auto, locked } = begin();
    auto.follow({ idle: 0, hidden: 1 });
    clock.advance(3_600_000);
    equal(locked(), 0);
    auto.setVisible(false);
    clock.advance(50_000);
    auto.setVisible(true);
    clock.advance(3_600_000);
    auto.setVisible(false);
    clock.advance(59_000);
    equal(locked(), 0);
    clock.advance(16_000);
    equal(locked(), 1);
  });

  it('counts the time that the machine slept: whoever comes back finds it locked', () => {
    const { clock, auto, locked } = begin();
    auto.follow({ idle: 15, hidden: 0 });
    clock.sleep(16 * 60_000);
    auto.touched();
    equal(locked(), 1);
  });

  it('stops with the lock, and runs no timer where nothing is chosen', () => {
    const { clock, auto, locked } = begin();
    auto.follow({ idle: 0, hidden: 0 });
    equal(clock.pending(), 0);
    auto.follow({ idle: 1, hidden: 1 });
    auto.follow(undefined);
    clock.advance(3_600_000);
    deepEqual([clock.pending(), locked()], [0, 0]);
  });
});
