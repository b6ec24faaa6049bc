// What could not be opened when it came, and opens later: its words are shown, and where it held none nothing is left of it.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { MessageId } from '../../../../../src/model/message.ts';
import type { StoredMessage } from '../../../../../src/core/ports.ts';
import { settled } from '../../../../kit/scripted-connection.ts';
import { ANN, BEN, twoDevices, untilQuiet, type TwoDevices } from '../../../../kit/two-sealing-devices.ts';

let two: TwoDevices;
const rest = (): Promise<void> => untilQuiet(two.clock, [two.ann, two.ben]);

beforeEach(async () => {
  two = await twoDevices();
  await rest();
  two.ben.book.change(ANN, { standing: 'contact' });
  assert.ok(await two.ann.write(BEN, 'a0', 'begun'));
  await rest();
  two.clock.advance(2_000);
  await rest();
});

describe('what opens later', () => {
  it('and held no words is not shown any more, counts for nothing, and tells what it has to tell', async () => {
    await annWritesDeaf(60);
    await annComesBack();
    assert.deepEqual(await shown(), ['begun', ...Array.from({ length: 60 }, (_, at) => `words ${at + 1}`)]);
    const record = two.ann.book.get(BEN);
    assert.deepEqual([record?.unread, record?.preview?.text, record?.preview?.state], [0, 'words 60', 'delivered']);
    assert.deepEqual([two.world.faults, two.ann.errors], [[], []]);
  });

  it('and held no words is known again when an archive brings it once more', async () => {
    await annWritesDeaf(60);
    await annComesBack();
    two.world.mostBehind = 3;
    two.ann = await two.ann.restart();
    two.ann.open();
    await rest();
    assert.equal((await shown()).length, 61);
    assert.equal(two.ann.book.get(BEN)?.unread, 0);
  });

  it('brings its file along', async () => {
    const { ann, ben, clock } = two;
    ann.lose();
    const file = { name: '合同.pdf', type: 'application/pdf', size: 4, available: true } as const;
    const cipher = { key: new Uint8Array(32), iv: new Uint8Array(12) };
    const fileSource = { url: 'https://files.app1.test/1', size: 4, sha256: new Uint8Array(32), cipher };
    await benWrites(75);
    const record = ben.book.get(ANN) ?? assert.fail();
    assert.ok((await ben.sync.outbox.write(record, { id: 'file' as MessageId, text: '' }, { file, fileSource })).ok);
    await untilQuiet(clock, [ben]);
    two.world.mostAhead = 10;
    const opened = (await reopened()).find(({ originId }) => originId === 'file');
    assert.deepEqual([opened?.content, opened?.file?.name, opened?.fileSource?.url], ['text', file.name, fileSource.url]);
  });

  it('though it came live', async () => {
    const { ann, ben, clock, world } = two;
    ann.lose();
    await benWrites(30);
    world.mostAhead = 10;
    const release = ann.line.holdBack(({ name }) => name === 'iq');
    ann.open();
    assert.ok(await ben.write(ANN, 'live', 'live'));
    for (let step = 0; step < 12; step++) {
      ben.line.take();
      ann.line.pass();
      clock.advance(50);
      await settled();
    }
    assert.equal((await ann.thread(BEN)).at(-1)?.unreadable, 'no-session');
    release();
    await rest();
    assert.deepEqual((await shown()).slice(1), [...Array.from({ length: 30 }, (_, at) => `missed ${at + 1}`), 'live']);
  });
});

/** What comes back meanwhile is lost with the line. */
async function annWritesDeaf(count: number): Promise<void> {
  const { ann, ben, clock } = two;
  for (let at = 1; at <= count; at++) {
    assert.ok(await ann.write(BEN, `a${at}`, `words ${at}`));
    for (let step = 0; step < 8; step++) {
      for (const { line } of [ann, ben]) {
        line.take();
        line.acknowledge();
      }
      ben.line.pass();
      clock.advance(400);
      await settled();
    }
  }
}

async function benWrites(count: number): Promise<void> {
  for (let at = 1; at <= count; at++) {
    assert.ok(await two.ben.write(ANN, `b${at}`, `missed ${at}`));
    await untilQuiet(two.clock, [two.ben]);
  }
}

/** What is more than ten steps ahead cannot be opened before what lies between. */
async function annComesBack(): Promise<void> {
  two.world.mostAhead = 10;
  two.ann.lose();
  two.ann.open();
  await rest();
}

async function reopened(): Promise<readonly StoredMessage[]> {
  two.ann.open();
  await rest();
  return two.ann.thread(BEN);
}

const shown = async (): Promise<string[]> =>
  (await two.ann.thread(BEN)).filter(({ withdrawn }) => !withdrawn).map(({ text, unreadable }) => unreadable ?? text);
