// Generated stories of a conversation: devices write, lines carry, break and come back, cores die, in an order that chance decides. What was
// accepted is judged at the end.
import assert from 'node:assert/strict';
import type { ConversationId } from '../../src/model/conversation.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { HistoryChecker, numbered, type Finding } from './history-checker.ts';
import { messageDevice, type MessageDevice } from './message-device.ts';
import { ModelEngine } from './model-engine.ts';
import type { Chance } from './random.ts';
import type { SealingWorld } from './sealing-world.ts';
import { settled } from './scripted-connection.ts';
import { pass, untilQuiet } from './two-sealing-devices.ts';

/** How long a story is, and how many of a hundred steps kill a core. */
export interface Pace {
  steps: number;
  kills: number;
}

/** Where it takes place. */
export interface Setting {
  /** Full addresses. */
  devices: readonly string[];
  /** Where the device of this number writes and reads. */
  conversationOf(at: number): ConversationId;
  /** What an engine of this story is like. */
  build(engine: ModelEngine, clock: FakeClock): void;
  /** Everybody is online. */
  begin(devices: readonly MessageDevice[], clock: FakeClock): Promise<void>;
}

interface Story {
  setting: Setting;
  pace: Pace;
  clock: FakeClock;
  devices: MessageDevice[];
  checker: HistoryChecker;
  /** Each device numbers its own messages: it is the sender whose order counts. */
  numbers: number[];
}

export const USUAL: Pace = { steps: 160, kills: 2 };
export const DEADLY: Pace = { steps: 500, kills: 4 };
const LARGEST_BURST = 40;

export async function tell(random: Chance, setting: Setting, world?: SealingWorld, pace: Pace = USUAL): Promise<readonly Finding[]> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  setting.build(engine, clock);
  const devices = await Promise.all(setting.devices.map((full) => messageDevice(engine, clock, full, undefined, world)));
  const story: Story = { setting, pace, clock, devices, checker: new HistoryChecker(), numbers: devices.map(() => 0) };
  for (const device of devices) device.open();
  await setting.begin(devices, clock);
  for (let step = 0; step < pace.steps; step++) {
    await happen(random, story);
    await settled();
  }
  await comeToRest(story);
  for (const device of story.devices) assert.deepEqual(device.errors, []);
  return judge(story);
}

async function happen(random: Chance, story: Story): Promise<void> {
  const at = random.below(story.devices.length);
  const device = story.devices[at] as MessageDevice;
  const what = random.below(100);
  if (what < 22) await write(story, at);
  else if (what < 25) for (let count = random.below(LARGEST_BURST); count > 0; count--) await write(story, at);
  else if (what < 50) device.line.take();
  else if (what < 75) device.line.pass();
  else if (what < 84) device.line.acknowledge();
  else if (what < 90) story.clock.advance(random.below(4_000));
  else if (what < 96) comeOrGo(device);
  else if (what < 96 + story.pace.kills) story.devices[at] = await device.restart();
  else if (!device.line.isUp || device.line.isOpening) comeOrGo(device);
}

/** What was asked as the stream was bound may be answered long before anybody calls it online. */
function comeOrGo({ line, begin, arrive, lose }: MessageDevice): void {
  if (!line.isUp) begin();
  else if (line.isOpening) arrive();
  else lose();
}

/** Not awaited to its end: the disk answers when time goes on. */
async function write({ setting, devices, checker, numbers }: Story, at: number): Promise<void> {
  const number = (numbers[at] = (numbers[at] ?? 0) + 1);
  const sender = senderAt(setting, at);
  const isAccepted = await (devices[at] as MessageDevice).write(
    setting.conversationOf(at),
    `${sender}-${number}`,
    numbered(sender, number),
  );
  if (isAccepted) checker.accepted(sender, number);
}

const personAt = ({ devices }: Setting, at: number): string => devices[at]?.split('@')[0] ?? '';
const senderAt = (setting: Setting, at: number): string => `${personAt(setting, at)}${at}`;

async function comeToRest({ setting, clock, devices }: Story): Promise<void> {
  for (const device of devices) while (!device.line.isUp || device.line.isOpening) comeOrGo(device);
  await untilQuiet(clock, devices);
  // What is tried again after a while.
  for (let minutes = 0; minutes < 6; minutes++) {
    clock.advance(60_000);
    await untilQuiet(clock, devices);
  }
  for (const [at, device] of devices.entries()) await lookBack(device, setting.conversationOf(at), { clock, devices });
  await untilQuiet(clock, devices);
}

/** As a person does who scrolls up, until nothing is missing any more. */
async function lookBack(
  { book, sync }: MessageDevice,
  conversation: ConversationId,
  { clock, devices }: Pick<Story, 'clock' | 'devices'>,
): Promise<void> {
  for (let gap = book.get(conversation)?.gaps.at(-1); gap; gap = book.get(conversation)?.gaps.at(-1)) {
    let isDone = false;
    const filled = sync.filler.fill(conversation, gap.id).finally(() => (isDone = true));
    while (!isDone) await pass(clock, devices);
    assert.ok((await filled).ok, 'what is missing can be fetched');
  }
}

async function judge({ setting, devices, checker }: Story): Promise<readonly Finding[]> {
  const screens = devices.map(async (device, at) => {
    const rows = (await device.thread(setting.conversationOf(at))).filter(({ content }) => content !== 'keys-changed');
    assert.deepEqual([...device.sync.outbox.all()], [], 'nothing waits any more');
    return { person: `${personAt(setting, at)} on ${at}`, rows };
  });
  return checker.judge(await Promise.all(screens));
}
