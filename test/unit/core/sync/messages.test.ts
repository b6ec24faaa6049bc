// One device's messages: what is sent, what comes, what is missing, what others are told.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { body, bodyOf, comeToRest, range, texts, textsIn } from '../../../kit/device-talk.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { stanza } from '../../../kit/scripted-connection.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
const CAT = 'cat@app1.test' as ConversationId;

let clock: FakeClock;
let engine: ModelEngine;
let device: MessageDevice;

beforeEach(async () => {
  clock = fakeClock();
  engine = new ModelEngine(() => clock.now());
  device = await messageDevice(engine, clock, `${ANN}/one`);
});

describe('sending', () => {
  it('happens only after the disk has it; a full disk sends nothing and says so', async () => {
    device.open();
    await rest();
    device.store.commit = () => Promise.resolve({ ok: false, failure: { kind: 'storage-full' } });
    assert.equal(await device.write(BEN, 'm1', 'hello'), false);
    await rest();
    assert.deepEqual(engine.archiveOf(ANN), []);
    assert.deepEqual([...device.sync.outbox.all()], []);
  });

  it('waits without a line and goes out in the order of writing', async () => {
    for (const number of [1, 2, 3]) assert.equal(await device.write(BEN, `m${number}`, `text ${number}`), true);
    assert.equal(device.sync.outbox.count().waiting, 3);
    device.open();
    await rest();
    assert.deepEqual(textsIn(engine.archiveOf(BEN)), ['text 1', 'text 2', 'text 3']);
    assert.deepEqual(texts(await device.thread(BEN)), ['text 1', 'text 2', 'text 3']);
    assert.equal(device.sync.outbox.count().waiting, 0);
  });

  it('sends the same bytes again after a restart, but not what the archive has', async () => {
    device.open();
    await rest();
    await device.write(BEN, 'm1', 'arrived without a word');
    await device.write(BEN, 'm2', 'never left');
    device.line.take();
    device = await device.restart();
    device.open();
    await rest();
    assert.deepEqual(textsIn(engine.archiveOf(BEN)), ['arrived without a word', 'never left']);
    assert.deepEqual(texts(await device.thread(BEN)), ['arrived without a word', 'never left']);
  });

  it('keeps a refused message to be seen, in its own conversation only', async () => {
    device.open();
    await rest();
    await device.write(BEN, 'm1', 'to Ben');
    device.line.hear(refusalOf('m1', BEN));
    await device.write(CAT, 'm2', 'to Cat');
    await rest();
    assert.equal(device.sync.outbox.get('m1' as MessageId)?.stage, 'failed');
    assert.deepEqual(texts(await device.thread(CAT)), ['to Cat']);
    assert.ok((await device.sync.outbox.retry('m1' as MessageId)).ok);
    await rest();
    assert.deepEqual(texts(await device.thread(BEN)), ['to Ben']);
  });

  it('brings back what was refused after it had been taken, unless it is known to have arrived', async () => {
    device.open();
    await rest();
    await device.write(BEN, 'm1', 'late no');
    await rest();
    device.line.hear(refusalOf('m1', BEN));
    await rest();
    assert.equal(device.sync.outbox.get('m1' as MessageId)?.stage, 'failed');
    await device.write(CAT, 'm2', 'arrived');
    await rest();
    device.line.hear(receiptFor('m2', CAT));
    await rest();
    device.line.hear(refusalOf('m2', CAT));
    await rest();
    assert.equal(device.sync.outbox.get('m2' as MessageId), undefined);
  });
});

describe('receiving', () => {
  it('counts what others wrote, not what was written on another device, which also reads', async () => {
    device.open();
    await rest();
    say(BEN, ANN, 'b1', 'one');
    say(BEN, ANN, 'b2', 'two');
    await rest();
    assert.equal(device.book.get(BEN)?.unread, 2);
    engine.write(`${ANN}/two`, BEN, body('a1', BEN, 'from my phone'));
    await rest();
    assert.equal(device.book.get(BEN)?.unread, 0);
    assert.deepEqual(
      (await device.thread(BEN)).map(({ own }) => own),
      [false, false, true],
    );
  });

  it('shows a resent stanza once, also across a restart', async () => {
    device.open();
    await rest();
    say(BEN, ANN, 'b1', 'once');
    await rest();
    say(BEN, ANN, 'b1', 'once');
    await rest();
    device = await device.restart();
    device.open();
    await rest();
    say(BEN, ANN, 'b1', 'once');
    await rest();
    assert.deepEqual(texts(await device.thread(BEN)), ['once']);
    assert.equal(device.book.get(BEN)?.unread, 1);
  });

  it('says that something arrived which cannot be read', async () => {
    device.open();
    await rest();
    engine.write(
      `${BEN}/x`,
      ANN,
      stanza(`<message type="chat" id="e1"><encrypted xmlns="urn:xmpp:omemo:2"/><body>fallback</body></message>`),
    );
    await rest();
    assert.deepEqual(
      (await device.thread(BEN)).map(({ content, text }) => [content, text]),
      [['unreadable', '']],
    );
  });

  it('tells accepted contacts that it arrived, at most once a second, and strangers nothing', async () => {
    device.book.change(BEN, { kind: 'direct', standing: 'contact' });
    device.open();
    await rest();
    for (let number = 1; number <= 20; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    say(CAT, ANN, 'c1', 'who is this?');
    await rest();
    clock.advance(1_500);
    await rest();
    const receipts = engine.archiveOf(ANN).filter(({ message }) => writeElement(message).includes('urn:xmpp:receipts') && !bodyOf(message));
    assert.deepEqual([...new Set(receipts.map(({ other }) => other))], [BEN]);
    assert.ok(receipts.length <= 3, `${receipts.length} receipts`);
    assert.match(writeElement(receipts.at(-1)?.message as never), /id="b20"/);
  });
});

describe('the archive', () => {
  it('fills a fresh device newest first, and knows the beginning when it is there', async () => {
    for (let number = 1; number <= 700; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    device.open();
    await rest(3_000);
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 700).map((number) => `text ${number}`),
    );
    assert.equal(device.book.get(BEN)?.complete, true);
    assert.deepEqual(device.book.get(BEN)?.gaps, []);
  });

  it('tells who shows the newest messages nothing about older pages, once the gap below them is closed', async () => {
    for (let number = 1; number <= 900; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    say(ANN, BEN, 'a1', 'all read');
    device.open();
    await rest(3_000);
    const [shown] = (await device.thread(BEN)).slice(-50);
    const bounded = device.told.filter((topic) => topic.about === 'thread' && topic.to !== undefined) as { from: number; to: number }[];
    const tops = bounded.map(({ to }) => to);
    assert.equal(tops[0], shown?.order, 'the first one ends where the gap was');
    assert.ok(tops.length > 3 && tops.slice(1).every((to) => to < (shown?.order ?? 0)), `all others end below: ${tops.join(' ')}`);
    assert.ok(device.told.filter((topic) => topic.about === 'conversations').length < 3);
  });

  it('goes on where a cut left it, and a restart too', async () => {
    for (let number = 1; number <= 900; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    device.open();
    await rest(160);
    assert.ok((device.book.get(BEN)?.gaps.length ?? 0) > 0, 'a hole is told');
    device = await device.restart();
    say(BEN, ANN, 'b901', 'text 901');
    device.open();
    await rest(3_000);
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 901).map((number) => `text ${number}`),
    );
    assert.deepEqual(device.book.get(BEN)?.gaps, []);
  });

  for (const [how, distort] of [
    ['repeated', (results) => results.flatMap((one) => [one, one])],
    ['turned round', (results) => results.toReversed()],
  ] as readonly [string, (results: readonly Element[]) => readonly Element[]][]) {
    it(`is read aright where results come ${how}`, async () => {
      for (let number = 1; number <= 300; number++) {
        clock.advance(1);
        say(BEN, ANN, `b${number}`, `text ${number}`);
      }
      engine.distort = (page) => ({ ...page, results: distort(page.results) });
      device.open();
      await rest(2_000);
      assert.deepEqual(
        texts(await device.thread(BEN)),
        range(1, 300).map((number) => `text ${number}`),
      );
    });
  }

  it('leaves a gap to be seen where a page comes without its end', async () => {
    for (let number = 1; number <= 300; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    let pages = 0;
    engine.distort = (page) => (++pages > 1 ? { ...page, results: page.results.slice(1) } : page);
    device.open();
    await rest(2_000);
    const record = device.book.get(BEN);
    assert.equal(record?.complete, false);
    assert.equal(record?.gaps.length, 1);
    engine.distort = (page) => page;
    assert.ok((await withRest(device.sync.filler.fill(BEN, record?.gaps[0]?.id ?? ''))).ok);
    for (let gap = device.book.get(BEN)?.gaps[0]; gap; gap = device.book.get(BEN)?.gaps[0])
      await withRest(device.sync.filler.fill(BEN, gap.id));
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 300).map((number) => `text ${number}`),
    );
    assert.equal(device.book.get(BEN)?.complete, true);
  });

  for (const before of [0, 30, 300]) {
    it(`misses nothing that was written behind the newest page and before our presence, with ${before} messages older`, async () => {
      for (let number = 1; number <= before; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
      device.line.isPresent = false;
      device.open();
      device.line.take();
      device.line.take();
      say(BEN, ANN, `b${before + 1}`, `text ${before + 1}`);
      say(CAT, ANN, 'c1', 'from Cat');
      device.line.isPresent = true;
      await rest(1_500);
      assert.deepEqual(
        texts(await device.thread(BEN)),
        range(1, before + 1).map((number) => `text ${number}`),
      );
      assert.deepEqual(texts(await device.thread(CAT)), ['from Cat']);
      assert.deepEqual([device.book.get(BEN)?.gaps, device.book.get(CAT)?.gaps], [[], []]);
    });
  }

  it('puts what was written before our presence in front of what was heard after it', async () => {
    device.open();
    say(BEN, ANN, 'b1', 'text 1');
    await rest();
    device.lose();
    device.line.isPresent = false;
    device.open();
    device.line.take();
    device.line.take();
    for (let number = 2; number <= 14; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    device.line.isPresent = true;
    const goOn = device.line.holdBack(({ name }) => name === 'iq');
    for (let number = 15; number <= 20; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    await rest(1_500);
    assert.deepEqual(texts(await device.thread(BEN)), ['text 1', ...range(15, 20).map((number) => `text ${number}`)]);
    goOn();
    await rest(1_500);
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 20).map((number) => `text ${number}`),
    );
    assert.deepEqual([device.book.get(BEN)?.gaps, device.book.get(BEN)?.unread], [[], 20]);
  });

  it('is asked after a resumed stream once that holds, and not each time the line breaks again', async () => {
    device.open();
    await rest();
    let asked = 0;
    const { line } = device;
    const ask = line.ask.bind(line);
    line.ask = (iq) => ((asked += writeElement(iq).includes('urn:xmpp:mam:2') ? 1 : 0), ask(iq));
    for (let times = 0; times < 5; times++) {
      device.sync.onOnline('resumed');
      await rest(40);
      device.sync.onOffline();
    }
    assert.equal(asked, 0);
    line.isUp = false;
    say(BEN, ANN, 'b1', 'kept for a stream that never heard it');
    line.isUp = true;
    device.sync.onOnline('resumed');
    await rest(300);
    assert.equal(asked, 1);
    assert.deepEqual(texts(await device.thread(BEN)), ['kept for a stream that never heard it']);
  });

  it('keeps own messages in order where a page in the middle holds what had come already', async () => {
    say(BEN, ANN, 'b0', 'before');
    device.open();
    await rest(1_000);
    device.lose();
    for (let number = 1; number <= 60; number++) say(ANN, BEN, `a${number}`, `own ${number}`);
    device.line.hear({ ...body('b1', ANN, 'heard'), attributes: { type: 'chat', id: 'b1', from: `${BEN}/x`, to: ANN } });
    say(BEN, ANN, 'b1', 'heard');
    device.open();
    await rest(3_000);
    const thread = texts(await device.thread(BEN));
    assert.deepEqual(
      thread.filter((text) => text.startsWith('own')),
      range(1, 60).map((number) => `own ${number}`),
    );
    assert.equal(thread.length, 62);
  });

  it('puts what came in another order right, however much was written since', async () => {
    say(BEN, ANN, 'b0', 'text 0');
    device.open();
    await rest(1_000);
    device.lose();
    const heard = (number: number) => ({ type: 'chat', id: `b${number}`, from: `${BEN}/x`, to: ANN });
    for (const number of [2, 1]) device.line.hear({ ...body(`b${number}`, ANN, `text ${number}`), attributes: heard(number) });
    for (let number = 1; number <= 1_300; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    device.open();
    await rest(5_000);
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(0, 1_300).map((number) => `text ${number}`),
    );
  });

  it('places what comes live during the fetching after everything older', async () => {
    for (let number = 1; number <= 400; number++) say(BEN, ANN, `b${number}`, `text ${number}`);
    device.open();
    say(BEN, ANN, 'b401', 'text 401');
    device.line.hear({ ...body('b401', ANN, 'text 401'), attributes: { type: 'chat', id: 'b401', from: `${BEN}/x`, to: ANN } });
    await rest(2_000);
    assert.deepEqual(
      texts(await device.thread(BEN)),
      range(1, 401).map((number) => `text ${number}`),
    );
  });
});

const say = (from: string, to: ConversationId, id: string, text: string): void => engine.write(`${from}/x`, to, body(id, to, text));
const refusalOf = (id: string, from: string) =>
  stanza(
    `<message type="error" id="${id}" from="${from}" to="${ANN}/one"><error type="cancel"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></message>`,
  );
const receiptFor = (id: string, from: string) =>
  stanza(`<message type="chat" id="r" from="${from}/x" to="${ANN}/one"><received xmlns="urn:xmpp:receipts" id="${id}"/></message>`);

const rest = (steps?: number): Promise<void> => comeToRest(device, clock, steps);

async function withRest<T>(work: Promise<T>): Promise<T> {
  await rest(600);
  return work;
}
