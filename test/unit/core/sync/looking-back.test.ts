// How far back the archive is looked through: for own messages without a word, and not so little that anything is taken for new.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { body, comeToRest, range, texts, textsIn } from '../../../kit/device-talk.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine, sentCopy } from '../../../kit/model-engine.ts';
import { settled, stanza } from '../../../kit/scripted-connection.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;

let clock: FakeClock;
let engine: ModelEngine;
let device: MessageDevice;

beforeEach(async () => {
  clock = fakeClock();
  engine = new ModelEngine(() => clock.now());
  device = await messageDevice(engine, clock, `${ANN}/one`);
});

const rest = (steps?: number): Promise<void> => comeToRest(device, clock, steps);
const hearFromBen = (id: string, text: string): void => engine.write(`${BEN}/x`, ANN, body(id, ANN, text));

describe('looking back in the archive', () => {
  it('looks for own messages behind what it had heard since', async () => {
    device.open();
    await rest();
    engine.largestPage = 5;
    const writeAndTake = async (number: number): Promise<void> => {
      await device.write(BEN, `a${number}`, `own ${number}`);
      device.line.take();
    };
    for (const number of range(1, 4)) await writeAndTake(number);
    hearFromBen('b1', 'heard');
    device.line.pass();
    await settled();
    for (const number of range(5, 6)) await writeAndTake(number);
    device.lose();
    device.open();
    await rest(1_000);
    const thread = texts(await device.thread(BEN));
    assert.deepEqual(
      thread.filter((text) => text.startsWith('own')),
      range(1, 6).map((number) => `own ${number}`),
    );
    assert.equal(textsIn(engine.archiveOf(BEN)).length, 7, 'nothing was sent twice');
  });

  it('doubles nothing of what came live while it was looked for once more, though much more came since', async () => {
    for (let number = 1; number <= 1_100; number++) hearFromBen(`b${number}`, `text ${number}`);
    device.open();
    device.line.take();
    device.line.take();
    for (let step = 0; step < 60; step++) device.line.pass();
    await settled();
    for (let number = 1_101; number <= 1_400; number++) hearFromBen(`b${number}`, `text ${number}`);
    const { line } = device;
    const lookedAgain = line.holdBack((iq) => writeElement(iq).includes('<after>'));
    await rest(3_000);
    lookedAgain();
    await rest(1_000);
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 1_400).map((number) => `text ${number}`),
    );
  });

  it('does not take the silence of the last stream for the word of this one', async () => {
    engine.largestPage = 5;
    device.open();
    await rest();
    for (const number of range(1, 20)) {
      await device.write(BEN, `a${number}`, `own ${number}`);
      device.line.take();
    }
    device.lose();
    device.open();
    for (let step = 0; step < 12; step++) {
      device.line.take();
      device.line.pass();
    }
    await settled();
    device.lose();
    device.begin();
    await settled();
    device.arrive();
    await rest(1_000);
    assert.deepEqual(textsIn(engine.archiveOf(BEN)).length, 20, 'nothing was sent twice');
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 20).map((number) => `own ${number}`),
    );
  });

  it('lets what had arrived go on being so where the archive has it in another order', async () => {
    device.open();
    await rest();
    device.lose();
    const stamped = (number: number): Element => ({
      ...body(`a${number}`, BEN, `own ${number}`),
      attributes: { type: 'chat', id: `a${number}`, from: `${ANN}/two`, to: BEN },
    });
    for (const number of [2, 1]) device.line.hear(sentCopy(ANN, stamped(number)));
    device.line.hear(
      stanza(`<message type="chat" id="r" from="${BEN}/x" to="${ANN}/one"><received xmlns="urn:xmpp:receipts" id="a2"/></message>`),
    );
    await rest();
    for (const number of [1, 2]) engine.write(`${ANN}/two`, BEN, stamped(number));
    device.open();
    await rest(1_000);
    const thread = await device.thread(BEN);
    assert.deepEqual(texts(thread), ['own 1', 'own 2']);
    assert.equal(device.book.get(BEN)?.marks.deliveredUpTo, thread[1]?.order);
  });
});
