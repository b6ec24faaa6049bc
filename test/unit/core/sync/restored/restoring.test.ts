// Bringing a backup back: lines that only one device had, cores that die, and what is never undone.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import type { StoredMessage } from '../../../../../src/core/ports.ts';
import { composeDisplayed } from '../../../../../src/core/sync/outgoing-message.ts';
import { backUp, restore } from '../../../../kit/backup-hands.ts';
import { body, comeToRest, range, texts } from '../../../../kit/device-talk.ts';
import { fakeClock, type FakeClock } from '../../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../../kit/message-device.ts';
import { ModelEngine } from '../../../../kit/model-engine.ts';
import { SealingWorld } from '../../../../kit/sealing-world.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;

let clock: FakeClock;
let engine: ModelEngine;
let one: MessageDevice;

beforeEach(async () => {
  clock = fakeClock();
  engine = new ModelEngine(() => clock.now());
  one = await messageDevice(engine, clock, `${ANN}/one`);
  one.open();
  await comeToRest(one, clock);
});

async function hear(numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    clock.advance(1_000);
    engine.write(`${BEN}/x`, ANN, body(`b${number}`, ANN, `text ${number}`));
  }
  await comeToRest(one, clock, numbers.length * 2 + 20);
}

/** A line that no archive has. */
async function draw(to: 'on' | 'off'): Promise<void> {
  clock.advance(1_000);
  one.sync.keyChanges.switch(BEN, to);
  await comeToRest(one, clock, 10);
}

async function another(): Promise<MessageDevice> {
  const two = await messageDevice(engine, clock, `${ANN}/two`);
  two.open();
  await comeToRest(two, clock, 400);
  return two;
}

const shown = (thread: readonly StoredMessage[]): string[] => thread.map(({ text, keyChange }) => keyChange?.what ?? text);
const textsOf = (from: number, to: number): string[] => range(from, to).map((number) => `text ${number}`);

describe('lines that only one device had', () => {
  it('find their place between messages that stand side by side, and the marks go along', async () => {
    await hear(range(1, 10));
    await draw('on');
    await hear(range(11, 300));
    await draw('off');
    await hear(range(301, 305));
    const expected = [...textsOf(1, 10), 'encryption-on', ...textsOf(11, 300), 'encryption-off', ...textsOf(301, 305)];
    assert.deepEqual(shown(await one.thread(BEN)), expected);
    const file = await backUp(one, clock);
    const two = await another();
    const before = await two.thread(BEN);
    two.sync.marks.read(BEN, before[303]?.order ?? 0);
    await two.journal.flush();
    await restore(two, clock, file);
    const thread = await two.thread(BEN);
    assert.deepEqual(shown(thread), expected);
    const { readUpTo } = two.book.get(BEN)?.marks ?? { readUpTo: NaN };
    assert.equal(thread.find(({ order }) => order === readUpTo)?.text, 'text 304');
    await restore(two, clock, file);
    assert.deepEqual(await two.thread(BEN), thread);
  });

  it('are not doubled where they come from', async () => {
    await hear(range(1, 3));
    await draw('on');
    await hear(range(4, 6));
    const thread = await one.thread(BEN);
    await restore(one, clock, await backUp(one, clock));
    assert.deepEqual(await one.thread(BEN), thread);
  });
});

describe('a restored conversation', () => {
  it('shows in the list how far our own last message came', async () => {
    await hear([1]);
    assert.ok(await one.write(BEN, 'a1', 'own'));
    await comeToRest(one, clock);
    engine.write(`${BEN}/x`, ANN, composeDisplayed('d1', ANN, 'a1'));
    await comeToRest(one, clock);
    const file = await backUp(one, clock);
    (engine.archiveOf(ANN) as unknown[]).splice(0);
    const two = await another();
    await restore(two, clock, file);
    assert.deepEqual(two.book.get(BEN)?.preview, { text: 'own', own: true, state: 'read' });
    assert.deepEqual(two.book.get(BEN)?.preview, one.book.get(BEN)?.preview);
  });
});

describe('a core that dies while a backup is brought back', () => {
  it('finds it as it would have been, once that is done again', async () => {
    await hear(range(1, 250));
    await draw('on');
    await hear(range(251, 450));
    const file = await backUp(one, clock);
    (engine.archiveOf(ANN) as unknown[]).splice(0, 100);
    const undisturbed = await another();
    await restore(undisturbed, clock, file);
    const expected = shown(await undisturbed.thread(BEN));
    for (let death = 1; ; death++) {
      const world = new SealingWorld();
      const two = await messageDevice(engine, clock, `${ANN}/two-${death}`, undefined, world);
      two.open();
      await comeToRest(two, clock, 400);
      world.death = { at: world.commits + Math.ceil(death / 2), isBefore: death % 2 === 0 };
      const outcome = await Promise.race([restore(two, clock, file), two.died]);
      world.death = undefined;
      if (outcome) return assert.ok(death > 6, 'it died at several commits');
      const again = await two.restart();
      again.open();
      await comeToRest(again, clock, 400);
      await restore(again, clock, file);
      assert.deepEqual(shown(await again.thread(BEN)), expected, `died at commit ${death}`);
    }
  });
});

describe('what was decided since', () => {
  it('stays: a draft, and that it is encrypted; what was chosen comes back', async () => {
    await hear([1]);
    one.book.change(BEN, { draft: 'an old one', muted: true, pinned: true, encryption: 'off' });
    const file = await backUp(one, clock);
    const two = await another();
    two.book.change(BEN, { draft: 'a new one', encryption: 'on', encryptedFrom: 1 });
    await restore(two, clock, file);
    const { draft, muted, pinned, encryption } = two.book.get(BEN) ?? {};
    assert.deepEqual({ draft, muted, pinned, encryption }, { draft: 'a new one', muted: true, pinned: true, encryption: 'on' });
  });

  it('and nothing in a backup makes anybody write in clear', async () => {
    await hear([1]);
    one.book.change(BEN, { encryption: 'off' });
    const two = await another();
    await restore(two, clock, await backUp(one, clock));
    assert.equal(two.book.get(BEN)?.encryption, undefined);
    assert.deepEqual(texts(await two.thread(BEN)), ['text 1']);
  });
});
