// Encrypted conversations of one device: what waits for what, what goes sealed, what is marked, and what is never said in clear.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../../src/model/message.ts';
import type { OutboxRecord, StoredMessage } from '../../../../../src/core/ports.ts';
import { writeElement, type Element } from '../../../../../src/xmpp/xml.ts';
import type { FakeClock } from '../../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../../kit/message-device.ts';
import type { ModelEngine } from '../../../../kit/model-engine.ts';
import { bodyOfSealed, type SealingWorld } from '../../../../kit/sealing-world.ts';
import { settled, stanza } from '../../../../kit/scripted-connection.ts';
import { ANN, BEN, twoDevices, untilQuiet } from '../../../../kit/two-sealing-devices.ts';

const CAT = 'cat@app1.test' as ConversationId;

let clock: FakeClock;
let engine: ModelEngine;
let world: SealingWorld;
let ann: MessageDevice;
let ben: MessageDevice;

beforeEach(async () => {
  ({ clock, engine, world, ann, ben } = await twoDevices());
  await rest();
});

describe('the first words of a conversation', () => {
  it('are encrypted where the other side can read them so, and from then on everything is', async () => {
    await say(ann, BEN, 'm1', 'hello');
    await say(ben, ANN, 'm2', 'hello back');
    assert.deepEqual(clearTexts(), []);
    for (const [device, other] of [
      [ann, BEN],
      [ben, ANN],
    ] as const) {
      assert.deepEqual(texts(await device.thread(other)), ['hello', 'hello back']);
      assert.deepEqual(stateOf(device, other), { encryption: 'on', badge: 'encrypted' });
    }
  });

  it('go in clear where the other side has no device for it, and decide nothing for good', async () => {
    await say(ann, CAT, 'm1', 'hello');
    assert.deepEqual(clearTexts(), ['hello']);
    assert.deepEqual(stateOf(ann, CAT), { encryption: undefined, badge: undefined });
  });

  it('go in clear where a person has said so before', async () => {
    ann.book.change(BEN, { kind: 'direct', standing: 'contact' });
    ann.sync.keyChanges.switch(BEN, 'off');
    await say(ann, BEN, 'm1', 'as I said');
    assert.deepEqual([clearTexts(), stateOf(ann, BEN).encryption], [['as I said'], 'off']);
    assert.deepEqual(texts(await ann.thread(BEN)), ['as I said']);
  });

  it('change nothing where there is a history in clear', async () => {
    engine.write(`${BEN}/old`, ANN, plain('o1', 'in clear'));
    await rest();
    await say(ann, BEN, 'm1', 'as ever');
    assert.deepEqual(clearTexts(), ['in clear', 'as ever']);
    assert.equal(stateOf(ann, BEN).encryption, undefined);
  });

  it('wait for the history of a device that has just been set up', async () => {
    engine.write(`${BEN}/old`, ANN, plain('o1', 'in clear'));
    await rest();
    const fresh = await messageDevice(engine, clock, `${ANN}/two`, undefined, world);
    fresh.open();
    await say(fresh, BEN, 'm1', 'as ever');
    assert.deepEqual([clearTexts(), recordsOf(fresh).length], [['in clear'], 1]);
    ann = fresh;
    await rest();
    assert.deepEqual(clearTexts(), ['in clear', 'as ever']);
    assert.equal(stateOf(fresh, BEN).encryption, undefined);
  });

  it('wait where it cannot be known yet', async () => {
    const { isLoaded, load } = held();
    world.isLoaded = isLoaded;
    world.canBeAsked = false;
    await say(ann, BEN, 'm1', 'patience');
    assert.deepEqual([clearTexts(), ann.sync.outbox.count().waiting], [[], 1]);
    world.canBeAsked = true;
    load();
    clock.advance(20_000);
    await rest();
    assert.deepEqual(texts(await ben.thread(ANN)), ['patience']);
    assert.deepEqual(clearTexts(), []);
  });
});

describe('what comes sealed', () => {
  it('waits until it can be opened, what comes behind it as well; other conversations do not', async () => {
    await say(ben, ANN, 'm1', 'first');
    const { isLoaded, load } = held();
    world.isLoaded = isLoaded;
    ann = await ann.restart();
    ann.open();
    await rest();
    ann.line.hear(await sealedBy(ben, ANN, 'm2', 'sealed'));
    ann.line.hear(stanza(`<message from='${BEN}/x' to='${ANN}' type='chat' id='m3'><body>behind it</body></message>`));
    ann.line.hear(stanza(`<message from='${CAT}/x' to='${ANN}' type='chat' id='c1'><body>elsewhere</body></message>`));
    await rest();
    assert.deepEqual(texts(await ann.thread(CAT)), ['elsewhere']);
    assert.deepEqual(texts(await ann.thread(BEN)), ['first']);
    load();
    await rest();
    assert.deepEqual(texts(await ann.thread(BEN)), ['first', 'sealed', 'behind it']);
  });

  it('is asked for again by a core that died while it waited', async () => {
    await say(ben, ANN, 'm1', 'first');
    const sealed = await sealedBy(ben, ANN, 'm2', 'sealed before');
    world.isLoaded = held().isLoaded;
    engine.write(`${BEN}/one`, ANN, sealed);
    await rest();
    for (let at = 0; at < 60; at++) engine.write(`${CAT}/x`, ANN, plain(`c${at}`, `later ${at}`));
    await rest();
    // The archive is believed to stand still below what is some seconds old.
    clock.advance(20_000);
    engine.write(`${CAT}/x`, ANN, plain('c60', 'later 60'));
    await rest();
    world.isLoaded = Promise.resolve();
    ann = await ann.restart();
    ann.open();
    await rest();
    assert.deepEqual(texts(await ann.thread(BEN)), ['first', 'sealed before']);
    assert.deepEqual(world.faults, []);
  });

  it('that nobody can open is shown as such, and what stands beside it in clear is not believed', async () => {
    await say(ann, BEN, 'm1', 'mine');
    const forged = stanza(
      `<message from='${BEN}/one' to='${ANN}' type='chat' id='f1'><body>forged</body><received xmlns='urn:xmpp:receipts' id='m1'/>` +
        `<encrypted xmlns='urn:xmpp:omemo:2' sid='99'/></message>`,
    );
    const before = ann.book.get(BEN)?.marks;
    ann.line.hear(forged);
    await rest();
    const last = (await ann.thread(BEN)).at(-1);
    assert.deepEqual([last?.content, last?.text, last?.unreadable], ['unreadable', '', 'not-for-this-device']);
    assert.deepEqual(ann.book.get(BEN)?.marks, before);
  });

  it('and was too far ahead in a newer page is opened once the pages below it were read', async () => {
    await say(ben, ANN, 'm0', 'begun');
    ann.line.lose();
    const written = Array.from({ length: 120 }, (_, at) => `words ${at}`);
    for (const [at, text] of written.entries()) await say(ben, ANN, `m${at + 1}`, text);
    world.mostAhead = 40;
    ann.open();
    await rest();
    assert.deepEqual(texts(await ann.thread(BEN)), ['begun', ...written]);
    assert.ok((await ann.thread(BEN)).every(({ content, unreadable }) => content === 'text' && unreadable === undefined));
    assert.equal(ann.book.get(BEN)?.preview?.text, 'words 119');
    assert.deepEqual([world.faults, ann.errors], [[], []]);
  });

  it('in another way than ours says so and turns nothing on', async () => {
    ann.line.hear(
      stanza(
        `<message from='${CAT}/x' to='${ANN}' type='chat' id='x1'><body>fallback</body><openpgp xmlns='urn:xmpp:openpgp:0'/></message>`,
      ),
    );
    await rest();
    assert.deepEqual(
      (await ann.thread(CAT)).map(({ text, unreadable }) => [text, unreadable]),
      [['', 'unknown-method']],
    );
    assert.equal(stateOf(ann, CAT).encryption, undefined);
  });
});

describe('what comes in clear into an encrypted conversation', () => {
  it('is marked and lowers the badge; what stood there before is not', async () => {
    engine.write(`${BEN}/old`, ANN, plain('o1', 'before'));
    await rest();
    ann.sync.keyChanges.switch(BEN, 'on');
    await say(ann, BEN, 'm1', 'sealed');
    assert.equal(stateOf(ann, BEN).badge, 'encrypted');
    engine.write(`${BEN}/old`, ANN, plain('o2', 'after'));
    await rest();
    const rows = (await ann.thread(BEN)).filter(({ content }) => content === 'text');
    assert.deepEqual(
      rows.map(({ text, protection }) => [text, protection?.how]),
      [
        ['before', undefined],
        ['sealed', 'omemo-2'],
        ['after', 'plain'],
      ],
    );
    assert.equal(stateOf(ann, BEN).badge, 'mixed');
  });
});

describe('sending sealed', () => {
  it('fails while a person has to decide, and goes by itself in the order of writing once they did', async () => {
    await say(ann, BEN, 'm0', 'begun');
    world.undecided.add(BEN);
    await say(ann, BEN, 'm1', 'one');
    await say(ann, BEN, 'm2', 'two');
    assert.deepEqual(failuresOf(ann), ['keys-undecided', 'keys-undecided']);
    assert.deepEqual(texts(await ben.thread(ANN)), ['begun']);
    world.decide(BEN);
    await rest();
    assert.deepEqual(texts(await ben.thread(ANN)), ['begun', 'one', 'two']);
    assert.deepEqual(clearTexts(), []);
  });

  it('fails where nobody is left to read it, and never goes in clear', async () => {
    ann.book.change(CAT, { encryption: 'on', encryptedFrom: 1, standing: 'contact' });
    await say(ann, CAT, 'm1', 'nobody reads this');
    assert.deepEqual(failuresOf(ann), ['keys-missing']);
    ann.sync.keyChanges.switch(CAT, 'off');
    assert.ok((await ann.sync.outbox.retry('m1' as MessageId)).ok);
    await rest();
    assert.deepEqual([failuresOf(ann), clearTexts()], [['keys-missing'], []]);
  });

  it('takes along what waited in clear when it was turned on', async () => {
    engine.write(`${BEN}/old`, ANN, plain('o1', 'before'));
    await rest();
    ann.line.lose();
    await ann.write(BEN, 'm1', 'written in clear');
    ann.sync.keyChanges.switch(BEN, 'on');
    ann.open();
    await rest();
    assert.deepEqual(clearTexts(), ['before']);
    assert.equal(texts(await ben.thread(ANN)).at(-1), 'written in clear');
  });

  it('sends the same bytes again after a restart', async () => {
    await say(ann, BEN, 'm0', 'begun');
    const sent: string[] = [];
    const { write } = engine;
    engine.write = (_from, _to, message) => {
      if (message.attributes['id'] === 'm1') sent.push(writeElement(message));
    };
    await ann.write(BEN, 'm1', 'once');
    await settled();
    ann.line.take();
    ann = await ann.restart();
    ann.open();
    await rest();
    engine.write = write;
    assert.equal(sent.length, 2);
    assert.equal(sent[0], sent[1]);
  });

  it('brings its words to the disk together with the bytes that go out, where nobody has to be asked', async () => {
    await say(ann, BEN, 'm0', 'begun');
    const stored: string[][] = [];
    world.refuses = ({ outbox = [] }) => (
      stored.push(outbox.map(({ id, stanza: bytes }) => `${id} ${bytes === '' ? 'words' : 'sealed'}`)),
      false
    );
    await say(ann, BEN, 'm1', 'at once');
    assert.deepEqual(
      stored.filter((records) => records.length > 0),
      [['m1 sealed']],
    );
    assert.deepEqual(texts(await ben.thread(ANN)), ['begun', 'at once']);
  });

  it('goes in the order of writing, whether or not one was waited for before the next', async () => {
    await say(ann, BEN, 'm0', 'begun');
    await Promise.all([1, 2, 3, 4].map((at) => ann.write(BEN, `m${at}`, `word ${at}`)));
    await rest();
    assert.deepEqual(texts(await ben.thread(ANN)), ['begun', 'word 1', 'word 2', 'word 3', 'word 4']);
    assert.deepEqual(world.faults, []);
  });

  it('keeps what the disk refused as it was sealed', async () => {
    await say(ann, BEN, 'm0', 'begun');
    world.refuses = ({ outbox }) => outbox?.some(({ stanza: bytes }) => bytes !== '') === true;
    await say(ann, BEN, 'm1', 'twice tried');
    assert.deepEqual(texts(await ben.thread(ANN)), ['begun']);
    world.refuses = () => false;
    clock.advance(20_000);
    await rest();
    assert.deepEqual(texts(await ben.thread(ANN)), ['begun', 'twice tried']);
    assert.deepEqual(world.faults, []);
  });

  it('seals again what was refused after it had been taken', async () => {
    await say(ann, BEN, 'm1', 'late no');
    ann.book.change(BEN, { marks: { deliveredUpTo: -Infinity, displayedUpTo: -Infinity, readUpTo: -Infinity } });
    ann.line.hear(stanza(`<message type='error' id='m1' from='${BEN}' to='${ANN}/one'><error type='cancel'/></message>`));
    await rest();
    assert.deepEqual(
      recordsOf(ann).map(({ stage, stanza: bytes }) => [stage, bytes]),
      [['failed', '']],
    );
    assert.ok((await ann.sync.outbox.retry('m1' as MessageId)).ok);
    await rest();
    assert.deepEqual([clearTexts(), recordsOf(ann)], [[], []]);
  });
});

describe('passing words in an encrypted conversation', () => {
  it('say that it arrived, was seen, and that somebody writes, only inside', async () => {
    await say(ann, BEN, 'm1', 'hello');
    ben.book.change(ANN, { standing: 'contact' });
    ann.book.change(BEN, { standing: 'contact' });
    await say(ann, BEN, 'm2', 'and again');
    const top = (await ann.thread(BEN)).at(-1)?.order;
    assert.equal(ann.book.get(BEN)?.marks.deliveredUpTo, top);
    ben.sync.receipts.seen(ANN, 'm2');
    await rest();
    assert.equal(ann.book.get(BEN)?.marks.displayedUpTo, top);
    ben.sync.states.tell(ANN, true);
    await rest();
    assert.deepEqual(ann.sync.states.writing(BEN), [BEN]);
    const said = engine.archiveOf(ANN).map(({ message }) => writeElement(message));
    assert.ok(said.length > 2);
    for (const text of said) assert.doesNotMatch(text, /receipts|chat-markers|chatstates/);
  });
});

describe('changes of keys', () => {
  it('stand in the thread, count for nothing and are never the preview', async () => {
    await say(ann, BEN, 'm1', 'hello');
    const { unread, preview } = ann.book.get(BEN) ?? {};
    ann.sync.keyChanges.switch(BEN, 'off');
    ann.sync.keyChanges.switch(BEN, 'off');
    await rest();
    const last = (await ann.thread(BEN)).at(-1);
    assert.deepEqual([last?.content, last?.keyChange, last?.own], ['keys-changed', { what: 'encryption-off' }, true]);
    assert.equal((await ann.thread(BEN)).length, 2);
    assert.deepEqual([ann.book.get(BEN)?.unread, ann.book.get(BEN)?.preview?.text], [unread, preview?.text]);
    assert.deepEqual(stateOf(ann, BEN), { encryption: 'off', badge: undefined });
    await say(ann, BEN, 'm2', 'in clear, as a person said');
    assert.deepEqual(clearTexts(), ['in clear, as a person said']);
  });

  it('leave the badge what it was until everything was compared, and take it back when that is doubted', async () => {
    await say(ann, BEN, 'm1', 'hello');
    for (const [trust, badge] of [
      ['first-use', 'encrypted'],
      ['verified', 'verified'],
      ['accepted', 'encrypted'],
    ] as const) {
      world.devicesAre(trust);
      world.decide(BEN);
      await rest();
      assert.equal(stateOf(ann, BEN).badge, badge, trust);
    }
  });
});

async function say(device: MessageDevice, to: ConversationId, id: string, text: string): Promise<void> {
  assert.equal(await device.write(to, id, text), true);
  await rest();
}

/** As it goes over the line, without anybody having heard it. */
async function sealedBy(device: MessageDevice, to: ConversationId, id: string, text: string): Promise<Element> {
  const said: Element[] = [];
  const { isLoaded } = world;
  world.isLoaded = Promise.resolve();
  const { write } = engine;
  engine.write = (from, _to, message) => void said.push({ ...message, attributes: { ...message.attributes, from } });
  await say(device, to, id, text);
  engine.write = write;
  world.isLoaded = isLoaded;
  const message = said.find((one) => one.attributes['id'] === id);
  assert.ok(message && bodyOfSealed(message) === text);
  return message;
}

const plain = (id: string, text: string): Element => stanza(`<message type='chat' id='${id}'><body>${text}</body></message>`);

function held(): { isLoaded: Promise<void>; load: () => void } {
  let load = (): void => undefined;
  const isLoaded = new Promise<void>((resolve) => (load = resolve));
  return { isLoaded, load };
}

const clearTexts = (): string[] =>
  engine
    .archiveOf(ANN)
    .flatMap(({ message }) =>
      message.children.flatMap((one) => (typeof one !== 'string' && one.name === 'body' ? [String(one.children[0])] : [])),
    );

const texts = (rows: readonly StoredMessage[]): string[] => rows.map(({ text }) => text);

const recordsOf = (device: MessageDevice): OutboxRecord[] => [...device.sync.outbox.all()];
const failuresOf = (device: MessageDevice): (string | undefined)[] => recordsOf(device).map(({ failure }) => failure?.kind);

function stateOf(device: MessageDevice, conversation: ConversationId): { encryption: string | undefined; badge: string | undefined } {
  const { encryption, badge } = device.book.get(conversation) ?? {};
  return { encryption, badge };
}

const rest = (): Promise<void> => untilQuiet(clock, [ann, ben]);
