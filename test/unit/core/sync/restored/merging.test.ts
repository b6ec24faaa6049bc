// A backup and the archive, brought together in any order, are one thread: each message once, in its place, and nothing missing in silence.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import type { StoredMessage } from '../../../../../src/core/ports.ts';
import { backUp, restore } from '../../../../kit/backup-hands.ts';
import { body, comeToRest } from '../../../../kit/device-talk.ts';
import { fakeClock, type FakeClock } from '../../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../../kit/message-device.ts';
import { ModelEngine } from '../../../../kit/model-engine.ts';
import { chance, type Chance } from '../../../../kit/random.ts';
import { settled } from '../../../../kit/scripted-connection.ts';
import { SealingWorld } from '../../../../kit/sealing-world.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
const STORIES = process.env['WARBLER_NIGHTLY'] ? 2_000 : 60;
const SECOND = 1_000;

interface Story {
  clock: FakeClock;
  engine: ModelEngine;
  luck: Chance;
  world: SealingWorld | undefined;
  one: MessageDevice;
  ben: MessageDevice | undefined;
  /** The ids of all that was said, in the order in which it was. */
  said: string[];
}

async function begin(seed: number): Promise<Story> {
  const luck = chance(seed);
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  engine.largestPage = luck.oneOf([5, 20, 250]);
  const world = luck.below(2) === 0 ? new SealingWorld() : undefined;
  const ben = world && (await messageDevice(engine, clock, `${BEN}/x`, undefined, world));
  const one = await messageDevice(engine, clock, `${ANN}/one`, undefined, world);
  ben?.open();
  return { clock, engine, luck, world, one, ben, said: [] };
}

/** Whoever writes is heard before somebody else does: what is compared here is not who was faster. */
async function say({ clock, engine, luck, one, ben, said }: Story, count: number, text: string): Promise<void> {
  for (let number = 0; number < count; number++) {
    clock.advance(SECOND);
    const id = `${text}${said.length}`;
    const isOwn = !ben && one.line.isUp && one.line.isQuiet() && luck.below(3) === 0;
    if (isOwn) await one.write(BEN, id, `${id} of Ann`);
    else if (ben) await ben.write(ANN, id, `${id} of Ben`);
    else engine.write(`${BEN}/x`, ANN, body(id, ANN, `${id} of Ben`));
    if (ben) await comeToRest(ben, clock, 20);
    if (isOwn || luck.below(2) === 0) await comeToRest(one, clock, 20);
    said.push(id);
  }
}

/** The first device comes and goes, now and then before it has heard everything. */
async function liveThrough(story: Story): Promise<void> {
  const { luck, one, clock } = story;
  for (let phase = 2 + luck.below(5); phase > 0; phase--) {
    await say(story, luck.below(25), 'm');
    if (one.line.isUp) one.lose();
    else one.open();
    await comeToRest(one, clock, luck.oneOf([5, 15, 200]));
  }
  if (story.said.length === 0) await say(story, 1, 'm');
  if (!one.line.isUp) one.open();
  await comeToRest(one, clock, luck.oneOf([15, 300]));
}

const idsOf = (thread: readonly StoredMessage[]): string[] => thread.map(({ originId }) => originId ?? '?');

/** Words, and nothing of what programs tell each other under the same seal. */
const wordsOf = async (device: MessageDevice, { said }: Story): Promise<StoredMessage[]> =>
  (await device.thread(BEN)).filter(({ originId = '' }) => said.includes(originId)).toSorted((a, b) => a.order - b.order);

/** Old ones leave the archive, as engines are told to let them. */
function expire({ engine, luck }: Story): void {
  const archive = engine.archiveOf(ANN) as unknown[];
  if (luck.below(3) === 0) archive.splice(0, luck.below(archive.length));
}

async function bringTogether(story: Story, two: MessageDevice, file: Uint8Array<ArrayBuffer>): Promise<void> {
  const { luck, clock } = story;
  const order = luck.below(4);
  if (order > 0) two.open();
  if (order > 1) await comeToRest(two, clock, luck.oneOf([5, 12, 40, 300]));
  const [step] = await Promise.all([restore(two, clock, file), order === 3 ? comeToRest(two, clock, 60) : undefined]);
  assert.equal(step.state, 'restored');
  if (order === 0) two.open();
  await say(story, luck.below(5), 'late');
  await comeToRest(two, clock, 600);
}

/** Neighbours with something between them have a gap between them. */
function assertNothingMissesInSilence(two: MessageDevice, thread: readonly StoredMessage[], expected: readonly string[]): void {
  const { gaps = [] } = two.book.get(BEN) ?? {};
  thread.forEach((message, at) => {
    const before = thread[at - 1];
    if (!before) return;
    const between = expected.indexOf(message.originId ?? '') - expected.indexOf(before.originId ?? '') - 1;
    const isTold = gaps.some(({ below }) => below > before.order && below <= message.order);
    assert.ok(between === 0 || isTold, `${between} missing in silence between ${before.originId} and ${message.originId}`);
  });
}

async function fillAll({ clock }: Story, two: MessageDevice): Promise<void> {
  for (let round = 0; round < 80; round++) {
    const [lowest] = await two.thread(BEN);
    two.sync.lookingBack.reach(BEN, lowest);
    const gaps = two.book.get(BEN)?.gaps ?? [];
    if (gaps.length === 0) return;
    for (const { id } of gaps) void two.sync.filler.fill(BEN, id);
    await comeToRest(two, clock, 60);
    two.sync.filler.forgetFailures();
  }
  assert.fail('a gap that nothing fills');
}

async function tell(seed: number): Promise<void> {
  const story = await begin(seed);
  const { clock, engine, one, said } = story;
  await liveThrough(story);
  const file = await backUp(one, clock);
  const kept = await wordsOf(one, story);
  await say(story, story.luck.below(20), 'n');
  expire(story);
  const two = await messageDevice(engine, clock, `${ANN}/two`, undefined, story.world);
  await bringTogether(story, two, file);
  const archived = new Set(engine.archiveOf(ANN).map(({ message }) => message.attributes['id']));
  const known = new Set(idsOf(kept));
  const expected = said.filter((id) => archived.has(id) || known.has(id));
  assertNothingMissesInSilence(two, await wordsOf(two, story), expected);
  await fillAll(story, two);
  const thread = await wordsOf(two, story);
  assert.deepEqual(idsOf(thread), expected);
  for (const { originId, text, content } of kept) {
    const here = thread.find((message) => message.originId === originId);
    if (content === 'text') assert.equal(here?.text, text, 'what the backup could read can be read');
  }
  await restore(two, clock, file);
  await settled();
  assert.deepEqual(await wordsOf(two, story), thread, 'a second time changes nothing');
  const before = await one.thread(BEN);
  await restore(one, clock, file);
  assert.deepEqual(await one.thread(BEN), before, 'nothing is doubled where it was written');
  assert.deepEqual(two.errors, []);
}

describe('a backup and the archive', () => {
  it('are one thread, whichever comes first', async () => {
    for (let seed = 1; seed <= STORIES; seed++) {
      await tell(seed).catch((fault: unknown) => {
        throw new Error(`story ${seed}: ${fault instanceof Error ? (fault.stack ?? '') : ''}`);
      });
    }
  });
});
