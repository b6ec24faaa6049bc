// Where messages of an archive page go among those that are known: pure arithmetic on places.
// Places ascend. New ones stand at the end; behind a hole with room for what is still missing; or counting down from above a hole.
import type { StoredGap } from '../ports.ts';

/** Room for what may turn out to be missing: more than any archive holds. */
export const ROOM: number = 2 ** 32;

export interface Layout {
  /** The place of each item of the page, the known ones' included. */
  places: readonly number[];
  gaps: readonly StoredGap[];
  top: number;
}

export interface Ground {
  top: number;
  gaps: readonly StoredGap[];
}

export interface PageHole {
  /** The gap this page lies in, by its name. */
  id: string;
  /** Whether older messages are still missing below this page. */
  isOpen: boolean;
  /** The page was asked for from below the island: what of it has a place in there was sent a second time. */
  isBelow?: boolean;
}

/** A message of a page: whose it is, and its place, or undefined for a new one. */
export interface OnPage {
  author: string;
  place: number | undefined;
}

/**
 * Of a page in the archive's order.
 * New ones in front of a known one that ends a hole go into the hole; those behind everything known go to the end. Between two known
 * neighbours there is no room: an own message had found its place while others were still on the way, and were lost. Those go into the next
 * hole above, or to the end: late, but every sender's in order. What was sent a second time stands behind others who came after it: nobody but
 * its own sender is held up by that.
 */
export function layOut(page: readonly OnPage[], ground: Ground, hole: PageHole | undefined): Layout {
  const gaps = new Map(ground.gaps.map((gap) => [gap.below, gap]));
  const island = ground.gaps.find((gap) => gap.id === hole?.id);
  const known = page.map(({ place }) => place);
  const places = [...known] as number[];
  const late: number[] = [];
  const floors = highestBefore(page);
  let ceiling = startingCeiling(known, island, hole?.isBelow);
  for (let at = known.length - 1; at >= 0; at--) {
    const place = known[at];
    const above = place === undefined && ceiling !== undefined ? nextGap(gaps, ceiling, floors[at] ?? -Infinity) : undefined;
    if (place !== undefined) ceiling = Math.min(ceiling ?? Infinity, place);
    else if (above === undefined) late.push(at);
    else {
      places[at] = lowerGap(gaps, above);
      if (above === ceiling) ceiling = above - 1;
    }
  }
  return placeLate(late.toReversed(), places, { top: ground.top, gaps: [...gaps.values()] }, island ? undefined : hole, known);
}

/** The nearest gap in front of this place, else the next one behind it; always above what its author wrote before it in the page. */
function nextGap(gaps: ReadonlyMap<number, StoredGap>, place: number, floor: number): number | undefined {
  const allowed = [...gaps.keys()].filter((below) => below > floor).toSorted((a, b) => a - b);
  return allowed.findLast((below) => below <= place) ?? allowed[0];
}

/** What came live may stand in another order than in the archive: nobody may be overtaken by an own later message. */
function highestBefore(page: readonly OnPage[]): number[] {
  const highest = new Map<string, number>();
  return page.map(({ author, place = -Infinity }) => {
    const before = highest.get(author) ?? -Infinity;
    highest.set(author, Math.max(before, place));
    return before;
  });
}

/** A page that reaches into the island ends where the island goes on; one that does not lies wholly below it. */
function startingCeiling(known: readonly (number | undefined)[], island: StoredGap | undefined, isBelow = false): number | undefined {
  if (!island) return undefined;
  const reachesIn = !isBelow && known.some((place) => place !== undefined && place >= island.below);
  return reachesIn ? undefined : island.below;
}

function lowerGap(gaps: Map<number, StoredGap>, below: number): number {
  const gap = gaps.get(below);
  gaps.delete(below);
  if (gap) gaps.set(below - 1, { ...gap, below: below - 1 });
  return below - 1;
}

function placeLate(
  late: readonly number[],
  places: number[],
  ground: Ground,
  hole: PageHole | undefined,
  known: readonly (number | undefined)[],
): Layout {
  const isApart = hole?.isOpen === true && late.length > 0 && known.every((place) => place === undefined);
  let next = isApart ? ground.top + ROOM : ground.top + 1;
  const gaps = isApart ? [...ground.gaps, { id: hole.id, below: next }] : ground.gaps;
  for (const at of late) places[at] = next++;
  return { places, gaps, top: late.length > 0 ? next - 1 : ground.top };
}

/**
 * Where known messages of one author stand against the archive's order: they change places among themselves. What stands between them and
 * is not in this stretch of the archive lies wholly before or behind it: on the side where it has more of the stretch before it.
 */
export function movesInOrder(
  stretch: readonly { author: string; place: number }[],
  placesOf: (author: string) => Iterable<number> = () => [],
): ReadonlyMap<number, number> {
  const places = new Map<string, number[]>();
  for (const { author, place } of stretch) places.get(author)?.push(place) ?? places.set(author, [place]);
  const moves = new Map<number, number>();
  for (const [author, found] of places) {
    if (found.every((place, at) => at === 0 || (found[at - 1] ?? 0) < place)) continue;
    const ordered = withThoseBetween(found, placesOf(author));
    const sorted = ordered.toSorted((a, b) => a - b);
    ordered.forEach((place, at) => place !== sorted[at] && moves.set(place, sorted[at] ?? place));
  }
  return moves;
}

function withThoseBetween(found: readonly number[], all: Iterable<number>): readonly number[] {
  const sorted = found.toSorted((a, b) => a - b);
  const [lowest = 0, highest = 0] = [sorted[0], sorted.at(-1)];
  const inStretch = new Set(found);
  const between = new Set([...all].filter((place) => place > lowest && place < highest && !inStretch.has(place)));
  const middle = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  const others = [...between].toSorted((a, b) => a - b);
  return [...others.filter((place) => place < middle), ...found, ...others.filter((place) => place >= middle)];
}
