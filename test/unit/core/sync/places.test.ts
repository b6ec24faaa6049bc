// Where messages of a page go among the known ones.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layOut, movesInOrder, ROOM } from '../../../../src/core/sync/places.ts';

const byOne = (places: readonly (number | undefined)[]) => places.map((place) => ({ author: 'a', place }));
const gap = (id: string, below: number) => ({ id, below });

describe('places of a page', () => {
  it('follow what is known where nothing is missing', () => {
    assert.deepEqual(layOut(byOne([4, 5, undefined, undefined]), { top: 5, gaps: [] }, { id: 'h', isOpen: false }), {
      places: [4, 5, 6, 7],
      gaps: [],
      top: 7,
    });
  });

  it('leave room behind a hole, and say where it is', () => {
    const { places, gaps, top } = layOut(byOne([undefined, undefined]), { top: 5, gaps: [] }, { id: 'h', isOpen: true });
    assert.deepEqual(places, [5 + ROOM, 6 + ROOM]);
    assert.deepEqual(gaps, [gap('h', 5 + ROOM)]);
    assert.equal(top, 6 + ROOM);
  });

  it('count down from above the hole as older pages come', () => {
    const { places, gaps } = layOut(byOne([undefined, undefined]), { top: 101, gaps: [gap('h', 100)] }, { id: 'h', isOpen: true });
    assert.deepEqual(places, [98, 99]);
    assert.deepEqual(gaps, [gap('h', 98)]);
  });

  it('stand in front of what came live before the page, and behind it what the page has more', () => {
    const { places, gaps, top } = layOut(
      byOne([undefined, 100, undefined]),
      { top: 100, gaps: [gap('h', 100)] },
      { id: 'h', isOpen: true },
    );
    assert.deepEqual(places, [99, 100, 101]);
    assert.deepEqual(gaps, [gap('h', 99)]);
    assert.equal(top, 101);
  });

  it('between two known neighbours go into the next hole above, never below what came before', () => {
    const { places } = layOut(byOne([1, undefined, 2, undefined]), { top: 100, gaps: [gap('h', 100)] }, { id: 'h', isOpen: false });
    assert.deepEqual(places, [1, 98, 2, 99]);
  });

  it('go into the hole they were missed in, though somebody else stands among them who has a place behind it', () => {
    const page = [
      { author: 'a', place: 1 },
      { author: 'a', place: undefined },
      { author: 'b', place: 101 },
      { author: 'a', place: undefined },
      { author: 'a', place: undefined },
    ];
    const { places, top } = layOut(page, { top: 101, gaps: [gap('h', 100)] }, { id: 'h', isOpen: true, isBelow: true });
    assert.deepEqual([places, top], [[1, 97, 101, 98, 99], 101]);
  });

  it('go to the end where there is no hole', () => {
    assert.deepEqual(layOut(byOne([1, undefined, 2]), { top: 2, gaps: [] }, undefined).places, [1, 3, 2]);
  });

  it('are exchanged among the messages of one author that came in another order', () => {
    const known = [
      { author: 'a', place: 3 },
      { author: 'b', place: 1 },
      { author: 'a', place: 2 },
      { author: 'a', place: 4 },
    ];
    assert.deepEqual(
      [...movesInOrder(known)],
      [
        [3, 2],
        [2, 3],
      ],
    );
  });

  it('leave those between them that the archive holds behind or before this stretch behind or before it', () => {
    const stretch = [3, 1, 7, 8, 9].map((place) => ({ author: 'a', place }));
    assert.deepEqual(
      [...movesInOrder(stretch, () => [0, 1, 2, 3, 7, 8, 9, 10])],
      [
        [2, 1],
        [3, 2],
        [1, 3],
      ],
    );
    const late = [1, 2, 3, 9, 7].map((place) => ({ author: 'a', place }));
    assert.deepEqual(
      [...movesInOrder(late, () => [8])],
      [
        [9, 7],
        [7, 8],
        [8, 9],
      ],
    );
  });
});
