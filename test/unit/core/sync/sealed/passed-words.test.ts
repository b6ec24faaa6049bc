// Passing words that an archive brings once more, when the ratchet no longer knows that it read them: nobody is told of them.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { PassedWords } from '../../../../../src/core/sync/sealed/passed-words.ts';
import type { KeptKeys } from '../../../../../src/core/ports.ts';
import { ANN, BEN, twoDevices, untilQuiet, type TwoDevices } from '../../../../kit/two-sealing-devices.ts';

let two: TwoDevices;
const rest = (): Promise<void> => untilQuiet(two.clock, [two.ann, two.ben]);

beforeEach(async () => {
  two = await twoDevices();
  await rest();
  const { ann, ben } = two;
  for (let at = 1; at <= 12; at++) {
    assert.ok(await ann.write(BEN, `a${at}`, `words ${at}`));
    ben.book.change(ANN, { standing: 'contact' });
    await rest();
    two.clock.advance(2_000);
    await rest();
  }
});

describe('passing words that were read', () => {
  it('are known again when a page of the archive holds them, though the ratchet has forgotten', async () => {
    assert.ok(two.engine.archiveOf(ANN).length > 20, 'each message has its receipt');
    two.world.mostBehind = 3;
    two.ann.lose();
    two.ann.open();
    await rest();
    assert.deepEqual(await unreadable(), []);
  });

  it('are so for a core that was started anew', async () => {
    two.world.mostBehind = 3;
    two.ann = await two.ann.restart();
    two.ann.open();
    await rest();
    assert.deepEqual(await unreadable(), []);
  });

  it('hide no words: what was never opened, and cannot be any more, is told', async () => {
    const { ann, ben, engine, clock, world } = two;
    ann.lose();
    assert.ok(await ben.write(ANN, 'late', 'never read'));
    await untilQuiet(clock, [ben]);
    for (let at = 1; at <= 5; at++) assert.ok(await ben.write(ANN, `b${at}`, `further ${at}`));
    await untilQuiet(clock, [ben]);
    const kept = engine.archiveOf(ANN).find(({ message }) => message.attributes['id'] === 'late');
    engine.distort = (page) => ({ ...page, results: page.results.filter(({ attributes }) => attributes['id'] !== kept?.id) });
    ann.open();
    await rest();
    engine.distort = (page) => page;
    world.mostBehind = 3;
    ann.lose();
    ann.open();
    await rest();
    assert.deepEqual(await unreadable(), ['late']);
  });

  const unreadable = async (): Promise<(string | undefined)[]> =>
    (await two.ann.thread(BEN)).filter(({ content }) => content === 'unreadable').map(({ originId }) => originId);
});

describe('what is kept of them', () => {
  it('has a bound: the oldest go, and nothing on the disk grows', async () => {
    const disk = new Map<string, unknown>();
    const open = async (): Promise<PassedWords> => {
      const keep = (keys: readonly KeptKeys[]): void => keys.forEach(({ name, value }) => disk.set(name, value));
      const passed = new PassedWords({ store: { keys: (name) => Promise.resolve(disk.get(name) as never) }, journal: { keep } });
      await passed.load();
      return passed;
    };
    const passed = await open();
    for (let at = 0; at < 5_000; at++) passed.note([`id ${at}`]);
    const known = (words: PassedWords): string[] => Array.from({ length: 5_000 }, (_, at) => `id ${at}`).filter((id) => words.has(id));
    assert.ok(known(passed).length >= 900 && known(passed).length <= 1_024, `${known(passed).length}`);
    assert.equal(known(passed).at(-1), 'id 4999');
    assert.deepEqual(known(await open()), known(passed));
    assert.equal(disk.size, 16);
    const size = JSON.stringify([...disk]).length;
    passed.note(Array.from({ length: 3_000 }, (_, at) => `id ${at}`));
    assert.ok(JSON.stringify([...disk]).length < size * 1.2);
    assert.deepEqual(known(await open()), known(passed));
  });
});
