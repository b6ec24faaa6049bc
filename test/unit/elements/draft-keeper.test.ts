// One draft in many tabs: each shows what the core has, unless somebody writes there.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DraftKeeper } from '../../../src/elements/composer/draft-keeper.ts';
import { fakeClock, type FakeClock } from '../../kit/fake-clock.ts';
import { chance, type Chance } from '../../kit/random.ts';

const SAVED_MS = 400;

/** A tab's field and its keeper, between it and the core what is on its way. */
class Field {
  text = '';
  /** By its own hands. */
  written = '';
  readonly onTheWay: string[] = [];
  readonly keeper: DraftKeeper;

  constructor(clock: FakeClock) {
    this.keeper = new DraftKeeper(clock, (text) => this.onTheWay.push(text));
    this.keeper.open('');
  }

  write(text: string): void {
    this.text = this.written = text;
    this.keeper.write(text);
  }

  hear(draft: string, isWriting = false): void {
    this.text = this.keeper.hear(draft, isWriting) ?? this.text;
  }
}

describe('a draft in several tabs', () => {
  it('follows another tab also where the cursor stands in the field, as long as nobody writes there', () => {
    const field = new Field(fakeClock());
    field.hear('so');
    for (const draft of ['so is', 'so is it', '']) field.hear(draft, true);
    assert.equal(field.text, '');
    field.write('mine');
    field.hear('theirs', true);
    assert.equal(field.text, 'mine');
  });

  it('does not keep what another tab took back, although this one took back its own', () => {
    const clock = fakeClock();
    const field = new Field(clock);
    for (const text of ['mine', '']) {
      field.write(text);
      clock.advance(SAVED_MS);
    }
    field.hear('theirs');
    field.hear('');
    assert.equal(field.text, '');
  });

  it('is not thrown back by its own words of before', () => {
    const clock = fakeClock();
    const field = new Field(clock);
    for (const text of ['a', 'ab', 'abc']) {
      field.write(text);
      clock.advance(SAVED_MS);
    }
    for (const draft of ['a', 'ab']) {
      field.hear(draft);
      assert.equal(field.text, 'abc');
    }
  });

  it('is in the end what the core has or what was written here, never what another tab has long taken back', () => {
    for (let seed = 1; seed <= 2_000; seed++) assert.deepEqual(tell(chance(seed)), [], `seed ${seed}`);
  });
});

/** What one of three tabs shows and is neither, after a while of writing, sending and hearing late. */
function tell(luck: Chance): readonly string[] {
  const clock = fakeClock();
  const fields = [0, 1, 2].map(() => new Field(clock));
  let draft = '';
  const deliver = ({ onTheWay }: Field): void => void (draft = onTheWay.shift() ?? draft);
  const steps: ((field: Field) => unknown)[] = [
    (field) => field.write(`words ${luck.below(4)}`),
    () => clock.advance(SAVED_MS),
    deliver,
    (field) => field.hear(draft),
    // Sent, and answered: the core has cleared it, and so does the tab.
    (field) => ((draft = ''), field.write(''), field.keeper.flush()),
  ];
  for (let step = 0; step < 60; step++) luck.oneOf(steps)(luck.oneOf(fields));
  clock.advance(SAVED_MS);
  for (const field of fields) while (field.onTheWay.length > 0) deliver(field);
  for (const field of fields) field.hear(draft);
  return fields.filter(({ text, written }) => text !== draft && text !== written).map(({ text }) => `${text}, not ${draft}`);
}
