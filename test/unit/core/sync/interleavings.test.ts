// Whatever happens in whatever order (cuts, acknowledgements, copies, a dying core): accepted means shown exactly once, each sender in order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { chance, type Chance } from '../../../kit/random.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { HistoryChecker, numbered, type Finding } from '../../../kit/history-checker.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { SealingWorld } from '../../../kit/sealing-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';

const STORIES = Number(process.env['WARBLER_STORIES'] ?? 150);
/** How long a story is, and how many of a hundred steps kill a core. */
const USUAL: Pace = { steps: 160, kills: 2 };
const DEADLY: Pace = { steps: 500, kills: 4 };
const DEADLY_STORIES = Math.ceil(STORIES / 15);
const FIRST_DEADLY = 420;
/** What came while a line was down is then more than one page. */
const SMALL_PAGE = 10;
const LARGEST_BURST = 40;
const DEVICES = ['ann@app1.test/one', 'ann@app1.test/two', 'ben@app1.test/one'] as const;
const OTHER: Readonly<Record<string, ConversationId>> = {
  ann: 'ben@app1.test' as ConversationId,
  ben: 'ann@app1.test' as ConversationId,
};

interface Pace {
  steps: number;
  kills: number;
}

interface Story {
  pace: Pace;
  clock: FakeClock;
  devices: MessageDevice[];
  checker: HistoryChecker;
  /** Each device numbers its own messages: it is the sender whose order counts. */
  numbers: number[];
}

const personOf = (at: number): string => DEVICES[at]?.split('@')[0] ?? '';
const senderOf = (at: number): string => `${personOf(at)}${at}`;

describe('messages in any order of events', () => {
  it(`loses, doubles and misplaces nothing in ${STORIES} stories`, async () => {
    for (let seed = 1; seed <= STORIES; seed++) {
      const findings = await tell(chance(seed), largestPageOf(seed));
      assert.deepEqual(findings, [], `story ${seed}`);
    }
  });

  it(`does no step of a ratchet twice, loses none, and parts none from its words in ${STORIES} encrypted stories`, async () => {
    for (let seed = 1; seed <= STORIES; seed++) {
      const world = new SealingWorld();
      const findings = await tell(chance(seed), largestPageOf(seed), world);
      assert.deepEqual([...findings, ...world.faults], [], `story ${seed}`);
    }
  });

  it(`loses, doubles and misplaces nothing in ${DEADLY_STORIES} stories in which cores die all the time`, async () => {
    for (let seed = FIRST_DEADLY; seed < FIRST_DEADLY + DEADLY_STORIES; seed++) {
      const findings = await tell(chance(seed), largestPageOf(seed), undefined, DEADLY);
      assert.deepEqual(findings, [], `story ${seed}`);
    }
  });
});

const largestPageOf = (seed: number): number => (seed % 2 === 0 ? SMALL_PAGE : Infinity);

async function tell(random: Chance, largestPage: number, world?: SealingWorld, pace: Pace = USUAL): Promise<readonly Finding[]> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  engine.largestPage = largestPage;
  const devices = await Promise.all(DEVICES.map((full) => messageDevice(engine, clock, full, undefined, world)));
  const story: Story = { pace, clock, devices, checker: new HistoryChecker(), numbers: DEVICES.map(() => 0) };
  for (const device of devices) device.open();
  for (let step = 0; step < pace.steps; step++) {
    await happen(random, story);
    await settled();
  }
  await comeToRest(story);
  for (const device of story.devices) assert.deepEqual(device.errors, []);
  return judge(story);
}

async function happen(random: Chance, story: Story): Promise<void> {
  const at = random.below(DEVICES.length);
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
function comeOrGo({ line, begin, arrive }: MessageDevice): void {
  if (!line.isUp) begin();
  else if (line.isOpening) arrive();
  else line.lose();
}

/** Not awaited to its end: the disk answers when time goes on. */
async function write({ devices, checker, numbers }: Story, at: number): Promise<void> {
  const number = (numbers[at] = (numbers[at] ?? 0) + 1);
  const sender = senderOf(at);
  const to = OTHER[personOf(at)] as ConversationId;
  const isAccepted = await (devices[at] as MessageDevice).write(to, `${sender}-${number}`, numbered(sender, number));
  if (isAccepted) checker.accepted(sender, number);
}

async function comeToRest({ clock, devices }: Story): Promise<void> {
  for (const device of devices) while (!device.line.isUp || device.line.isOpening) comeOrGo(device);
  for (let quiet = 0; quiet < 5;) {
    for (const { line } of devices) {
      line.take();
      line.pass();
      line.acknowledge();
    }
    clock.advance(100);
    await settled();
    quiet = devices.every(({ line }) => line.isQuiet()) ? quiet + 1 : 0;
  }
}

async function judge({ devices, checker }: Story): Promise<readonly Finding[]> {
  const screens = devices.map(async (device, at) => {
    const rows = await device.thread(OTHER[personOf(at)] as ConversationId);
    assert.deepEqual([...device.sync.outbox.all()], [], 'nothing waits any more');
    return { person: `${personOf(at)} on ${at}`, rows };
  });
  return checker.judge(await Promise.all(screens));
}
