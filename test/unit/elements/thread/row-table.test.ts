// Where rows stand: beside a table that sums everything anew at every question.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateHeight } from '../../../../src/elements/thread/estimate-height.ts';
import { NO_ROWS, RowTable, type RowSize } from '../../../../src/elements/thread/row-table.ts';
import type { Row } from '../../../../src/elements/thread/rows.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { fc } from '../../../kit/properties.ts';

const WIDTH = 400;

const row = (name: number, text: string = `message ${name}`): Row =>
  ({ message: { id: `m${name}`, text }, startsNew: false, startsConversation: false, first: true, last: true }) as unknown as Row;
const rows = (from: number, count: number): Row[] => Array.from({ length: count }, (_, index) => row(from + index));
const id = (name: number): MessageId => `m${name}` as MessageId;

const tableOf = (shown: readonly Row[]): RowTable => {
  const table = new RowTable();
  table.setRows(shown, WIDTH);
  return table;
};

describe('the table of rows', () => {
  it('estimates what was never seen and keeps what was measured', () => {
    const table = tableOf(rows(1, 3));
    assert.equal(table.end, 3 * estimateHeight(row(1), WIDTH));
    assert.equal(table.measure(1, { height: 100, lead: 30 }), true);
    assert.equal(table.start(2), estimateHeight(row(1), WIDTH) + 100);
    assert.deepEqual(table.size(1), { ...table.size(1), height: 100, lead: 30 });
  });

  it('tells whether a measure is news', () => {
    const table = tableOf(rows(1, 1));
    assert.equal(table.measure(0, { height: 50, lead: 8 }), true);
    assert.equal(table.measure(0, { height: 50, lead: 8 }), false);
    assert.equal(table.measure(0, { height: 50, lead: 9 }), true);
    assert.equal(table.measure(7, { height: 50, lead: 9 }), false);
  });

  it('takes along what is known when older rows come in above', () => {
    const table = tableOf(rows(10, 2));
    table.measure(0, { height: 77, lead: 0 });
    const before = table.start(1) - table.start(0);
    table.setRows(rows(5, 7), WIDTH);
    const index = table.indexOf(id(10)) ?? -1;
    assert.equal(index, 5);
    assert.equal(table.start(6) - table.start(5), before);
  });

  it('estimates anew what was estimated for other words', () => {
    const table = tableOf([row(1)]);
    const before = table.end;
    table.setRows([row(1, 'a much longer text '.repeat(40))], WIDTH);
    assert.ok(table.end > before * 3);
  });

  it('moves all rows with the first', () => {
    const table = tableOf(rows(1, 9));
    const starts = [0, 4, 9].map((index) => table.start(index));
    const at = table.indexAt(300);
    table.origin = -120;
    assert.deepEqual(
      [0, 4, 9].map((index) => table.start(index)),
      starts.map((start) => start - 120),
    );
    assert.equal(table.indexAt(180), at);
  });

  it('has no row where there is none', () => {
    const table = tableOf([]);
    assert.equal(table.indexAt(10), -1);
    assert.deepEqual(table.between(0, 100, 3), NO_ROWS);
    assert.equal(table.end, 0);
  });

  it('forgets rows that are gone', () => {
    const table = tableOf(rows(1, 3));
    table.measure(0, { height: 500, lead: 0 });
    table.setRows(rows(2, 2), WIDTH);
    assert.equal(table.indexOf(id(1)), undefined);
    table.setRows(rows(1, 3), WIDTH);
    assert.equal(table.size(0).height, estimateHeight(row(1), WIDTH));
  });
});

type Step = { act: 'measure'; at: number; height: number } | { act: 'show'; from: number; count: number } | { act: 'look'; offset: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('measure' as const), at: fc.nat(40), height: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ act: fc.constant('show' as const), from: fc.nat(30), count: fc.nat(40) }),
    fc.record({ act: fc.constant('look' as const), offset: fc.integer({ min: -50, max: 6000 }) }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** Knows the measured heights and adds them up whenever it is asked. */
class NaiveTable {
  #shown: readonly Row[] = [];
  #measured = new Map<MessageId, number>();

  show(shown: readonly Row[]): void {
    this.#shown = shown;
    this.#measured = new Map([...this.#measured].filter(([known]) => shown.some((one) => one.message.id === known)));
  }

  measure(at: number, height: number): void {
    const measured = this.#shown[at];
    if (measured) this.#measured.set(measured.message.id, height);
  }

  start(index: number): number {
    let sum = 0;
    for (const one of this.#shown.slice(0, index)) sum += this.#measured.get(one.message.id) ?? estimateHeight(one, WIDTH);
    return sum;
  }

  indexAt(offset: number): number {
    let found = this.#shown.length === 0 ? -1 : 0;
    for (let index = 0; index < this.#shown.length; index++) if (this.start(index) <= offset) found = index;
    return found;
  }

  get count(): number {
    return this.#shown.length;
  }
}

function doBoth(table: RowTable, naive: NaiveTable, step: Step): void {
  if (step.act === 'show') {
    const shown = rows(step.from, step.count);
    table.setRows(shown, WIDTH);
    naive.show(shown);
  } else if (step.act === 'measure') {
    const size: RowSize = { height: step.height, lead: 0 };
    table.measure(step.at, size);
    naive.measure(step.at, step.height);
  } else assert.equal(table.indexAt(step.offset), naive.indexAt(step.offset));
}

it('stands as a naive table does, whatever is shown and measured in whatever order', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const table = new RowTable();
      const naive = new NaiveTable();
      for (const step of story) doBoth(table, naive, step);
      for (let index = 0; index <= naive.count; index++) assert.equal(table.start(index), naive.start(index));
      assert.equal(table.end, naive.start(naive.count));
    }),
  );
});
