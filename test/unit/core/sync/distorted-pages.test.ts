// R3 of the reliability table: whatever an archive makes of its pages, history is whole or shows a gap, and is whole once the archive is.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { Answer } from '../../../../src/model/failure.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine, type ModelPage } from '../../../kit/model-engine.ts';
import { PageDistortions } from '../../../kit/page-distortions.ts';
import { chance, type Chance } from '../../../kit/random.ts';
import { settled, stanza } from '../../../kit/scripted-connection.ts';

const PAGES = Number(process.env['WARBLER_PAGES'] ?? (process.env['WARBLER_NIGHTLY'] ? 10_000 : 500));
const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
const CAT = 'cat@app1.test' as ConversationId;

describe('distorted pages of an archive', () => {
  it(`are borne: ${PAGES} of them`, async () => {
    const count = { pages: 0 };
    for (let seed = 1; count.pages < PAGES; seed++) await tellStory(seed, count);
  });

  it('leave a gap where it is when they are of somebody else', async () => {
    const story = await begin(chance(1));
    const { engine } = story;
    await knowFromBefore(story);
    write(story, 300);
    const pages: ModelPage[] = [];
    engine.distort = (page) => (pages.push(page) === 1 ? page : undefined);
    story.device.open();
    await rest(story);
    const gap = story.device.book.get(CAT)?.gaps[0];
    assert.ok(gap);
    engine.distort = (page) => (pages.push(page), page);
    await fill(story, BEN);
    const ofBen = pages.at(-1)!;
    engine.distort = ({ queryId }) => ({
      ...ofBen,
      queryId,
      results: ofBen.results.map((one) => ({ ...one, attributes: { ...one.attributes, queryid: queryId } })),
    });
    assert.deepEqual(await fill(story, CAT), { ok: false, failure: { kind: 'no-answer' } });
    assert.deepEqual(story.device.book.get(CAT)?.gaps, [gap]);
    engine.distort = (page) => page;
    await recover(story);
    await judgeWhole(story);
  });
});

interface Story {
  engine: ModelEngine;
  clock: FakeClock;
  luck: Chance;
  device: MessageDevice;
  written: Map<ConversationId, string[]>;
  /** Which distortions there were, for whoever reads a failure. */
  told: string;
}

/** Some history is known from before, more came while the device was away; then the archive answers badly, and at last well. */
async function tellStory(seed: number, count: { pages: number }): Promise<void> {
  const story = await begin(chance(seed));
  const { engine, luck } = story;
  if (luck.below(2) === 0) await knowFromBefore(story);
  write(story, 40 + luck.below(400));
  const distortions = new PageDistortions();
  const kinds: string[] = [];
  engine.distort = (page) => {
    count.pages += 1;
    const kind = luck.below(3) === 0 ? 'as it is' : luck.oneOf(distortions.kinds);
    kinds.push(kind);
    return kind === 'as it is' ? page : distortions.apply(kind, page, luck);
  };
  story.device.open();
  await rest(story);
  for (let looks = luck.below(4); looks > 0; looks--) await fillSomeGap(story);
  story.told = `story ${seed}: ${kinds.join(', ')}`;
  await judge(story);
  engine.distort = (page) => page;
  await recover(story);
  await judgeWhole(story);
}

async function begin(luck: Chance): Promise<Story> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  return { engine, clock, luck, device: await messageDevice(engine, clock, `${ANN}/one`), written: new Map(), told: '' };
}

async function knowFromBefore(story: Story): Promise<void> {
  write(story, 10 + story.luck.below(100));
  story.device.open();
  await rest(story);
  story.device = await story.device.restart();
}

function write({ engine, clock, luck, written }: Story, count: number): void {
  for (let left = count; left > 0; left--) {
    clock.advance(1 + luck.below(60_000));
    const from = luck.below(4) === 0 ? CAT : BEN;
    const known = written.get(from) ?? [];
    written.set(from, known);
    const text = `text ${known.length + 1}`;
    known.push(text);
    const id = `${from}-${known.length}`;
    engine.write(`${from}/x`, ANN, stanza(`<message type="chat" id="${id}" to="${ANN}"><body>${text}</body></message>`));
  }
}

/** Nothing twice, nothing nobody wrote, in order; and where something is missing a gap stands, or the beginning is not called one. */
async function judge({ device, written, told }: Story): Promise<void> {
  for (const [other, all] of written) {
    const thread = await device.thread(other);
    const record = device.book.get(other);
    const places = thread.map(({ text }) => all.indexOf(text));
    assert.ok(!places.includes(-1), `${told}: a phantom`);
    assert.equal(new Set(places).size, places.length, `${told}: doubled`);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      `${told}: disorder`,
    );
    const isGap = (above: number, upTo: number): boolean => record?.gaps.some(({ below }) => below > above && below <= upTo) ?? false;
    const first = thread[0];
    const isBeginning = record?.complete || device.sync.isWhole(other);
    if (first && places[0] !== 0) assert.ok(!isBeginning || isGap(-Infinity, first.order), `${told}: a beginning that is none`);
    thread.forEach(({ order }, at) => {
      const next = thread[at + 1];
      const isNeighbour = next ? places[at + 1] === (places[at] ?? 0) + 1 : places[at] === all.length - 1;
      const isKnown = isNeighbour || isGap(order, next?.order ?? Infinity) || (!next && device.sync.position.fact.holes.length > 0);
      assert.ok(isKnown, `${told}: a silent gap with ${other} behind ${all[places[at] ?? 0]}`);
    });
  }
  assert.deepEqual(device.errors, [], told);
}

async function fillSomeGap(story: Story): Promise<void> {
  const { device, luck } = story;
  const open = [...device.book.all()].flatMap(({ id, gaps }) => gaps.map((gap) => ({ id, gap: gap.id })));
  if (open.length === 0) return;
  const { id, gap } = luck.oneOf(open);
  const filled = device.sync.filler.fill(id, gap);
  await rest(story);
  await filled;
}

async function fill(story: Story, other: ConversationId): Promise<Answer<void>> {
  const { device } = story;
  const filled = device.sync.filler.fill(other, device.book.get(other)?.gaps[0]?.id ?? '');
  await rest(story);
  return filled;
}

/** A fresh stream, and somebody who looks at every gap. */
async function recover(story: Story): Promise<void> {
  story.device = await story.device.restart();
  story.device.open();
  await rest(story);
  for (const other of story.written.keys()) story.device.sync.lookingBack.reach(other, (await story.device.thread(other))[0]);
  for (let looks = 0; looks < 60 && [...story.device.book.all()].some(({ gaps }) => gaps.length > 0); looks++) await fillSomeGap(story);
}

async function judgeWhole({ device, written, told }: Story): Promise<void> {
  for (const [other, all] of written) {
    const record = device.book.get(other);
    assert.deepEqual(
      (await device.thread(other)).map(({ text }) => text),
      all,
      `${told}: whole again`,
    );
    assert.deepEqual([record?.gaps, record?.complete || device.sync.isWhole(other)], [[], true], told);
  }
}

/** Until nothing moves on the line. */
async function rest({ device, clock }: Story): Promise<void> {
  for (let quiet = 0; quiet < 4;) {
    for (let steps = 0; steps < 200 && !device.line.isQuiet(); steps++) {
      device.line.take();
      device.line.pass();
      device.line.acknowledge();
    }
    clock.advance(60);
    await settled();
    quiet = device.line.isQuiet() ? quiet + 1 : 0;
  }
}
