// Conversations in the older method: chosen by a person, marked for good, and silent about what it cannot seal.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { MessageId } from '../../../../../src/model/message.ts';
import { LEGACY_STAND_IN } from '../../../../../src/xmpp/codecs/encrypted.ts';
import { NS_CLIENT } from '../../../../../src/xmpp/namespaces.ts';
import type { Element } from '../../../../../src/xmpp/xml.ts';
import { child, textOf, writeElement } from '../../../../../src/xmpp/xml.ts';
import type { FakeClock } from '../../../../kit/fake-clock.ts';
import type { MessageDevice } from '../../../../kit/message-device.ts';
import type { ModelEngine } from '../../../../kit/model-engine.ts';
import type { SealingWorld } from '../../../../kit/sealing-world.ts';
import { stanza } from '../../../../kit/scripted-connection.ts';
import { ANN, BEN, twoDevices, untilQuiet } from '../../../../kit/two-sealing-devices.ts';

let clock: FakeClock;
let engine: ModelEngine;
let world: SealingWorld;
let ann: MessageDevice;
let ben: MessageDevice;

beforeEach(async () => {
  ({ clock, engine, world, ann, ben } = await twoDevices('legacy'));
  ann.book.change(BEN, { kind: 'direct', standing: 'contact' });
  ben.book.change(ANN, { kind: 'direct', standing: 'contact' });
  await rest();
});

describe('a conversation in the older method', () => {
  it('is one because a person chose it, says so in the thread, and claims nothing', async () => {
    await say(ann, 'm1', 'before');
    assert.deepEqual([failuresOf(ann), wordsIn(engine)], [['keys-missing'], []]);
    ann.sync.keyChanges.switch(BEN, 'legacy');
    await rest();
    assert.deepEqual(failuresOf(ann), [], 'what waited goes');
    assert.deepEqual(
      (await ann.thread(BEN)).map(({ text, protection }) => [text, protection?.how]),
      [['before', 'legacy']],
    );
    const { encryption, legacy, badge } = ann.book.get(BEN) ?? {};
    assert.deepEqual({ encryption, legacy, badge }, { encryption: 'on', legacy: true, badge: 'mixed' });
    ann.sync.keyChanges.switch(BEN, 'off');
    ann.sync.keyChanges.switch(BEN, 'legacy');
    await rest();
    assert.deepEqual((await ann.thread(BEN)).slice(1).map(({ keyChange }) => keyChange?.what), ['encryption-off', 'encryption-legacy']); // oxfmt-ignore
  });

  it('says that something arrived, and never who reads or writes just now', async () => {
    for (const [device, other] of [
      [ann, BEN],
      [ben, ANN],
    ] as const)
      device.sync.keyChanges.switch(other, 'legacy');
    await say(ann, 'm1', 'hello');
    const top = (await ann.thread(BEN)).at(-1)?.order;
    assert.equal(ann.book.get(BEN)?.marks.deliveredUpTo, top, 'the receipt was asked for beside the seal, and believed');
    ben.sync.receipts.seen(ANN, 'm1');
    ben.sync.states.tell(ANN, true);
    await rest();
    assert.deepEqual([ann.book.get(BEN)?.marks.displayedUpTo, ann.sync.states.writing(BEN)], [-Infinity, []]);
    const said = engine.archiveOf(ANN).map(({ message }) => writeElement(message));
    assert.ok(said.some((text) => text.includes('urn:xmpp:receipts')));
    for (const text of said) assert.doesNotMatch(text, /chat-markers|composing/);
    assert.equal(said.filter((text) => text.includes(`<body>${LEGACY_STAND_IN}</body>`)).length, 1, 'where words are, and nowhere else');
    assert.deepEqual(wordsIn(engine), []);
  });

  it('turns encryption on where it came from the other side, and an answer waits for the question', async () => {
    ben.sync.keyChanges.switch(ANN, 'legacy');
    await ben.write(ANN, 'b1', 'hello');
    await rest();
    const { encryption, legacy, badge } = ann.book.get(BEN) ?? {};
    assert.deepEqual({ encryption, legacy, badge }, { encryption: 'on', legacy: undefined, badge: 'mixed' });
    await say(ann, 'm1', 'an answer');
    assert.deepEqual([failuresOf(ann), wordsIn(engine)], [['keys-missing'], []]);
  });

  it('is left for good as soon as they write in the newer, or can be written to so', async () => {
    for (const isOurs of [true, false]) {
      ann.book.change(BEN, { legacy: true, encryption: 'on', badge: 'mixed' });
      world.how = 'omemo-2';
      if (isOurs) await say(ann, `m${Number(isOurs)}`, 'newer');
      else await ben.write(ANN, 'b1', 'newer');
      await rest();
      const { legacy, badge } = ann.book.get(BEN) ?? {};
      assert.deepEqual({ legacy, badge }, { legacy: undefined, badge: 'mixed' }, 'what came before is no promise');
    }
    world.how = 'legacy';
    await say(ann, 'm9', 'not back');
    assert.deepEqual(failuresOf(ann), ['keys-missing']);
  });

  it('carries words alone: a file waits until the other has something newer, and says why', async () => {
    ann.sync.keyChanges.switch(BEN, 'legacy');
    const file = { name: 'a.pdf', type: 'application/pdf', size: 1, available: true };
    const fileSource = { url: 'https://files.app1.test/a.pdf', cipher: { key: new Uint8Array(32), iv: new Uint8Array(12) } };
    const record = ann.book.get(BEN);
    assert.ok(record);
    await ann.sync.outbox.write(record, { id: 'f1' as MessageId, text: '' }, { file, fileSource });
    await rest();
    assert.deepEqual([failuresOf(ann), wordsIn(engine)], [['legacy-no-files'], []]);
    world.how = 'omemo-2';
    await ann.sync.outbox.retry('f1' as MessageId);
    await rest();
    assert.deepEqual([failuresOf(ann), (await ann.thread(BEN)).map((one) => one.protection?.how)], [[], ['omemo-2']]);
  });

  it('believes nothing else that stands beside the seal', async () => {
    ann.sync.keyChanges.switch(BEN, 'legacy');
    ben.sync.keyChanges.switch(ANN, 'legacy');
    const { write } = engine;
    engine.write = (from, to, message) =>
      write.call(engine, from, to, isSealed(message) ? { ...message, children: [...message.children, ...BESIDE] } : message);
    await ben.write(ANN, 'b1', 'sealed');
    await rest();
    assert.deepEqual(
      (await ann.thread(BEN)).map(({ text }) => text),
      ['sealed'],
    );
    assert.deepEqual(ann.sync.states.writing(BEN), []);
  });
});

const BESIDE: Element['children'] = stanza(
  `<message><body>forged</body><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`,
).children;

const isSealed = ({ children }: Element): boolean => children.some((one) => typeof one !== 'string' && one.name === 'encrypted');

async function say(device: MessageDevice, id: string, text: string): Promise<void> {
  assert.equal(await device.write(BEN, id, text), true);
  if (device.book.get(BEN)?.encryption === undefined) device.book.change(BEN, { encryption: 'on', encryptedFrom: 1 });
  await rest();
}

/** In clear, in the engine's archive. */
const wordsIn = (carrier: ModelEngine): string[] =>
  carrier.archiveOf(ANN).flatMap(({ message }) => textOf(child(message, 'body', NS_CLIENT)) ?? []).filter((text) => text !== LEGACY_STAND_IN); // oxfmt-ignore

const failuresOf = (device: MessageDevice): (string | undefined)[] => [...device.sync.outbox.all()].map(({ failure }) => failure?.kind);

const rest = (): Promise<void> => untilQuiet(clock, [ann, ben]);
