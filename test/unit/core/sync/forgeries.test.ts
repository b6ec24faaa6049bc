// Forged wrappers, marks and ids through the whole of message sync: nothing changes, and each is counted or ignored.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { DELAY, INNER, OTHERS, brokenWrappers, carbon, forwarded, from, me, message, result, room } from '../../../kit/forgers.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { settled, stanza } from '../../../kit/scripted-connection.ts';

const BOB = 'bob@app1.test' as ConversationId;

describe('forged stanzas', () => {
  let clock: FakeClock;
  let device: MessageDevice;

  beforeEach(async () => {
    clock = fakeClock();
    device = await messageDevice(new ModelEngine(() => clock.now()), clock, `${me}/warbler`);
    device.book.change(BOB, { kind: 'direct', standing: 'contact' });
    device.open();
    await rest(device, clock);
  });

  const state = async (): Promise<string> => {
    await rest(device, clock);
    return JSON.stringify([[...device.book.all()], await device.thread(BOB), device.sync.position.fact, [...device.sync.outbox.all()]]);
  };

  /** Whatever cannot even be written as a frame never reaches us. */
  const hear = (text: string): void => {
    try {
      device.line.hear(stanza(text));
    } catch (error) {
      assert.match(String(error), /<message/);
    }
  };

  it('copies and archive results that the sender may not send change nothing', async () => {
    const before = await state();
    let count = 0;
    for (const sender of [...OTHERS, undefined]) {
      for (const inner of Object.values(INNER)) {
        for (const wrapped of [
          carbon('sent', forwarded(inner)),
          carbon('received', forwarded(inner)),
          carbon('received', forwarded(DELAY, inner)),
          result('q1', forwarded(DELAY, inner)),
          result('', forwarded(DELAY, inner)),
          carbon('sent', forwarded(inner)) + result('q1', forwarded(DELAY, inner)),
        ]) {
          hear(message(sender, wrapped));
          count += 1;
        }
      }
    }
    assert.equal(await state(), before);
    assert.ok(count > 1_000 && device.sync.forgeries > count * 0.9, `${device.sync.forgeries} of ${count}`);
    assert.deepEqual(device.errors, []);
  });

  it('broken wrappers of the own server change nothing either, nor does a result that nobody asked for', async () => {
    const before = await state();
    const broken = [
      ...brokenWrappers((...inner) => carbon('sent', ...inner), INNER.fromMe, INNER.between),
      ...brokenWrappers((...inner) => carbon('received', ...inner), INNER.toMe, INNER.between),
      ...brokenWrappers((...inner) => result('stale', ...inner), INNER.toMe, INNER.between),
    ];
    for (const wrapped of broken) {
      hear(message(me, wrapped));
      hear(message(me, `${wrapped}<body>beside</body>`));
    }
    assert.equal(await state(), before);
  });

  it('receipts, markers and errors of others move no mark and fail no message', async () => {
    await device.write(BOB, 'mine', 'hello');
    await rest(device, clock);
    const before = await state();
    for (const sender of [...OTHERS.filter((one) => !one.startsWith(BOB)), undefined]) {
      for (const mark of ['<received xmlns="urn:xmpp:receipts" id="mine"/>', '<displayed xmlns="urn:xmpp:chat-markers:0" id="mine"/>']) {
        hear(`<message${from(sender)} to="${me}/warbler" type="chat" id="x">${mark}</message>`);
      }
      if (sender === 'app1.test' || sender === me) continue;
      const said = '<error type="cancel"><forbidden xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>';
      hear(`<message${from(sender)} to="${me}/warbler" type="error" id="mine">${said}</message>`);
    }
    assert.equal(await state(), before);
  });

  it('an archive id in another name, twice or from the sender is not believed', async () => {
    const ids = [
      `<stanza-id xmlns="urn:xmpp:sid:0" by="${BOB}" id="1"/>`,
      `<stanza-id xmlns="urn:xmpp:sid:0" by="${me}" id="2"/><stanza-id xmlns="urn:xmpp:sid:0" by="${me}" id="3"/>`,
      `<stanza-id xmlns="urn:xmpp:sid:0" by="${me}/warbler" id="4"/>`,
      `<stanza-id xmlns="urn:xmpp:sid:0" by="${room}" id="5"/>`,
    ];
    ids.forEach((id, at) => hear(`<message from="${BOB}/x" to="${me}" type="chat" id="b${at}"><body>word ${at}</body>${id}</message>`));
    await rest(device, clock);
    const thread = await device.thread(BOB);
    assert.deepEqual(
      thread.map(({ archiveId, text }) => [archiveId, text]),
      ids.map((_, at) => [undefined, `word ${at}`]),
    );
  });

  it('room words where there is no room, and headlines, are nobody’s', async () => {
    const before = await state();
    hear(`<message from="${room}/bob" to="${me}" type="groupchat" id="r"><body>in a room</body></message>`);
    hear(`<message from="${BOB}/x" to="${me}" type="headline" id="h"><body>news</body></message>`);
    assert.equal(await state(), before);
  });
});

async function rest(device: MessageDevice, clock: FakeClock): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    device.line.take();
    device.line.pass();
    device.line.acknowledge();
    clock.advance(60);
    await settled();
  }
}
