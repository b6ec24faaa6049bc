// The core dies with each of its commits in turn, just before it reaches the disk and just after: no step of a ratchet is done twice, none is
// lost, and none stands on the disk apart from its words.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import { fakeClock, type FakeClock } from '../../../../kit/fake-clock.ts';
import { HistoryChecker, numbered } from '../../../../kit/history-checker.ts';
import { messageDevice, type MessageDevice } from '../../../../kit/message-device.ts';
import { ModelEngine } from '../../../../kit/model-engine.ts';
import { SealingWorld } from '../../../../kit/sealing-world.ts';
import { settled } from '../../../../kit/scripted-connection.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
const DEVICES = [`${ANN}/one`, `${ANN}/two`, `${BEN}/one`] as const;

interface Talk {
  clock: FakeClock;
  world: SealingWorld;
  devices: MessageDevice[];
  checker: HistoryChecker;
  /** One death in each talk, and what comes after it. */
  burial: Promise<void> | undefined;
}

describe('a core that dies with a commit', () => {
  for (const isBefore of [true, false]) {
    it(`${isBefore ? 'before it reached' : 'right after it reached'} the disk goes on where its words stand`, async () => {
      let at = 1;
      for (let talk = await converse({ at, isBefore }); talk.burial; talk = await converse({ at, isBefore })) {
        assert.deepEqual([...(await judge(talk)), ...talk.world.faults], [], `death at commit ${at}`);
        at += 1;
      }
      assert.ok(at > 30, `${at} commits`);
    });
  }
});

async function converse(death: { at: number; isBefore: boolean }): Promise<Talk> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  const world = new SealingWorld();
  world.death = death;
  const devices = await Promise.all(DEVICES.map((full) => messageDevice(engine, clock, full, undefined, world)));
  const talk: Talk = { clock, world, devices, checker: new HistoryChecker(), burial: undefined };
  for (const device of devices) device.open();
  await rest(talk);
  for (let number = 1; number <= 4; number++) {
    await say(talk, 0, BEN, number);
    if (number % 2 === 0) await say(talk, 2, ANN, number / 2);
    // A stream breaks with something on the way, so that the archive has to tell.
    if (number === 3) talk.devices[2]?.line.lose();
    await rest(talk);
  }
  await rest(talk);
  return talk;
}

/** What the dead core had not confirmed is written again under the same id, as a tab does. */
async function say(talk: Talk, at: number, to: ConversationId, number: number): Promise<void> {
  const sender = `writer${at}`;
  for (let isWritten = false; !isWritten;) {
    const writing = talk.devices[at]?.write(to, `${sender}-${number}`, numbered(sender, number)) ?? Promise.resolve(false);
    isWritten = await Promise.race([writing, afterDeath(talk)]);
  }
  talk.checker.accepted(sender, number);
}

async function afterDeath(talk: Talk): Promise<false> {
  const dead = await Promise.race(talk.devices.map((device, at) => device.died.then(() => at)));
  await bury(talk, dead);
  return false;
}

function bury(talk: Talk, dead: number): Promise<void> {
  return (talk.burial ??= revive(talk, dead));
}

async function revive(talk: Talk, dead: number): Promise<void> {
  talk.world.death = undefined;
  const revived = await (talk.devices[dead] as MessageDevice).restart();
  talk.devices[dead] = revived;
  revived.open();
}

async function rest(talk: Talk): Promise<void> {
  for (let quiet = 0; quiet < 5;) {
    for (const [at, device] of talk.devices.entries()) {
      if (await isDead(device)) await bury(talk, at);
      const { line } = talk.devices[at] as MessageDevice;
      if (!line.isUp) talk.devices[at]?.open();
      line.take();
      line.pass();
      line.acknowledge();
    }
    talk.clock.advance(200);
    await settled();
    quiet = talk.devices.every(({ line }) => line.isQuiet()) ? quiet + 1 : 0;
  }
}

const isDead = (device: MessageDevice): Promise<boolean> =>
  Promise.race([device.died.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);

async function judge({ devices, checker }: Talk): Promise<readonly unknown[]> {
  const screens = devices.map(async (device, at) => {
    assert.deepEqual(device.errors, []);
    assert.deepEqual([...device.sync.outbox.all()], [], 'nothing waits any more');
    return { person: DEVICES[at] ?? '', rows: await device.thread(at === 2 ? ANN : BEN) };
  });
  return checker.judge(await Promise.all(screens));
}
