// What an engine hands on to a new stream, because the one before it never said that it had it: old words that come live, and that the
// archive tells as well. They stand where the archive has them.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { NS_IDS } from '../../../../src/xmpp/namespaces.ts';
import { writeDelay } from '../../../../src/xmpp/codecs/delay.ts';
import { element, type Element } from '../../../../src/xmpp/xml.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { body, comeToRest, range, texts } from '../../../kit/device-talk.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { enterAll, ROOM, RoomWorld, turnOn, wordsOf, type RoomDevice } from '../../../kit/rooms/room-device.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
/** More than the newest page holds. */
const MANY = 130;

const handedOn = (message: Element, by: string, id: string | undefined, delayed: { at: number; from: string }): Element => ({
  ...message,
  children: [...message.children, ...(id === undefined ? [] : [element('stanza-id', NS_IDS, { by, id })]), writeDelay(delayed)],
});

describe('words of two people that a new stream is handed', () => {
  let clock: FakeClock;
  let engine: ModelEngine;
  let device: MessageDevice;
  let written: number;

  beforeEach(async () => {
    clock = fakeClock();
    engine = new ModelEngine(() => clock.now());
    device = await messageDevice(engine, clock, `${ANN}/one`);
    written = 0;
    benWrites(3);
    device.open();
    await comeToRest(device, clock);
    device.lose();
  });

  it('stand where the archive has them, though many came after them', async () => {
    benWrites(MANY);
    device.begin();
    for (const { id, at, message } of engine.archiveOf(ANN).slice(3, 25))
      device.line.deliver(handedOn(message, ANN, id, { at, from: ANN }));
    device.arrive();
    await comeToRest(device, clock, 400);
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });

  it('are read where no archive tells them', async () => {
    const message = { ...body('b4', ANN, 'text 4'), attributes: { ...body('b4', ANN, '').attributes, from: `${BEN}/x` } };
    written += 1;
    engine.distort = () => undefined;
    device.begin();
    device.line.deliver(handedOn(message, ANN, undefined, { at: clock.now(), from: ANN }));
    device.arrive();
    await comeToRest(device, clock);
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });

  function benWrites(count: number): void {
    for (; count > 0; count--) {
      clock.advance(1_000);
      written += 1;
      engine.write(`${BEN}/x`, ANN, body(`b${written}`, ANN, `text ${written}`));
    }
  }

  const inOrder = (): string[] => range(1, written).map((number) => `text ${number}`);
});

describe('words of a room that a new stream is handed', () => {
  for (const isSealed of [false, true]) {
    it(`stand where the archive has them, ${isSealed ? 'sealed' : 'in clear'}`, async () => {
      const world = new RoomWorld('ann', 'ben');
      const [ann, ben] = (await enterAll(world, 'ann/1', 'ben/1')) as [RoomDevice, RoomDevice];
      if (isSealed) await turnOn(world, ann);
      await ann.say('begun');
      ben.offline();
      for (const number of range(1, MANY)) await ann.say(`words ${number}`);
      world.room.kept = world.room.archive.slice(1, 23).map(({ id, at, message }) => handedOn(message, ROOM, id, { at, from: BEN }));
      const again = await ben.restart();
      await again.online();
      assert.deepEqual(wordsOf(await again.thread()), ['begun', ...range(1, MANY).map((number) => `words ${number}`)]);
      assert.deepEqual(again.errors, []);
    });
  }
});
