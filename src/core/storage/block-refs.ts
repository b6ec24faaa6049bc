// Sorted lists of block references: finding a place in them, and replacing some by others.
import type { BlockRef } from './schema.ts';

/** The number of blocks that begin below `place`. */
export function countBelow(refs: readonly BlockRef[], place: number): number {
  let low = 0;
  let high = refs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((refs[middle]?.first ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The block that would hold `place`: the last one that begins at or below it. */
export const blockAt = (refs: readonly BlockRef[], place: number): BlockRef | undefined => refs[countBelow(refs, place + 1) - 1];

/** Which blocks hold the `count` messages below `below`, ascending. The newest of them may reach beyond it. */
export function refsBelow(refs: readonly BlockRef[], below: number, count: number): readonly BlockRef[] {
  const end = countBelow(refs, below);
  let start = end;
  for (let held = 0; start > 0 && held < count; start--) {
    const ref = refs[start - 1];
    held += ref && start === end ? surelyBelow(ref, below) : (ref?.count ?? 0);
  }
  return refs.slice(start, end);
}

/** Which blocks hold the `count` messages above `above`. Only the first may begin below it. */
export function refsAbove(refs: readonly BlockRef[], above: number, count: number): readonly BlockRef[] {
  const start = Math.max(0, countBelow(refs, above + 1) - 1);
  let end = start;
  for (let held = 0; end < refs.length && held < count; end++) held += surelyAbove(refs[end], above);
  return refs.slice(start, end);
}

export function replaceRefs(refs: readonly BlockRef[], dropped: readonly BlockRef[], written: readonly BlockRef[]): readonly BlockRef[] {
  const last = refs.at(-1)?.first ?? -Infinity;
  // One batch may add at the end and change what stands further up: only what is wholly new may simply follow.
  const isAfter = written.every((ref, at) => ref.first > (at === 0 ? last : (written[at - 1]?.first ?? last)));
  if (dropped.length === 0 && isAfter) return [...refs, ...written];
  const gone = new Set(dropped.map((ref) => ref.first));
  for (const ref of written) gone.add(ref.first);
  return [...refs.filter((ref) => !gone.has(ref.first)), ...written].toSorted((a, b) => a.first - b.first);
}

export const countOf = (refs: readonly BlockRef[]): number => refs.reduce((sum, ref) => sum + ref.count, 0);

/** Of a block that may reach over the edge only its nearest message is certain. */
function surelyBelow(ref: BlockRef, below: number): number {
  return below === Infinity || (ref.last !== undefined && ref.last < below) ? ref.count : 1;
}

function surelyAbove(ref: BlockRef | undefined, above: number): number {
  if (!ref) return 0;
  if (ref.first > above) return ref.count;
  return ref.last !== undefined && ref.last > above ? 1 : 0;
}
