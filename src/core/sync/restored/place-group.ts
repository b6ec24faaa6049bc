// Where a run of kept messages goes between two neighbours of the thread, and which gaps are left: pure arithmetic on places.
// A gap is left exactly where neither the thread nor the backup knows that nothing is missing.
import type { BackupItem } from '../../backup-ports.ts';
import type { ConversationRecord, StoredGap, StoredMessage } from '../../ports.ts';
import { ROOM } from '../places.ts';

export interface Spot {
  /** The neighbour below which nothing comes in between: the older one. Absent: nothing older is stored. */
  readonly older: StoredMessage | undefined;
  readonly newer: StoredMessage | undefined;
  /** The backup knows that nothing is missing between the older neighbour and the run, or between the run and the newer one. */
  readonly followsOlder: boolean;
  readonly meetsNewer: boolean;
  /** The thread may lack something older than all it has. */
  readonly isOpenBelow: boolean;
}

export interface Placed {
  readonly places: readonly number[];
  readonly gaps: readonly StoredGap[];
  /** The beginning of the conversation is among them. */
  readonly isBeginning: boolean;
}

/** In a hole that is left: more than any archive holds there. */
const HOLE = 2 ** 24;

type Ground = Pick<ConversationRecord, 'gaps'>;

/** Undefined where two neighbours stand side by side with no place in between. */
export function placeGroup(group: readonly BackupItem[], spot: Spot, { gaps }: Ground, mintId: () => string): Placed | undefined {
  const { older, newer } = spot;
  const low = older?.order ?? -Infinity;
  const gap = gaps.find(({ below }) => below > low && below <= (newer?.order ?? Infinity));
  const high = newer?.order ?? gap?.below ?? Infinity;
  const isLoose = gap !== undefined || newer === undefined || (older === undefined && spot.isOpenBelow);
  const places = isLoose ? placesWithHoles(group, spot, low, high) : placesInRow(group.length, low, high);
  if (!places) return undefined;
  const isBeginning = isLoose && older === undefined && spot.followsOlder;
  if (!isLoose) return { places, gaps, isBeginning };
  return { places, gaps: [...gaps.filter((one) => one !== gap), ...gapsLeft(group, places, spot, gap, mintId)], isBeginning };
}

function placesInRow(count: number, low: number, high: number): number[] | undefined {
  const first = low === -Infinity ? (high === Infinity ? 1 : high - count) : low + 1;
  return first + count > high ? undefined : row(first, count);
}

const row = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);

/** Next to the neighbour it follows or meets; with a hole wherever something may be missing. */
function placesWithHoles(
  group: readonly BackupItem[],
  { followsOlder, meetsNewer }: Spot,
  low: number,
  high: number,
): number[] | undefined {
  const inner = group.slice(1).filter(({ gap }) => gap).length;
  const holes = inner + (followsOlder ? 0 : 1) + (meetsNewer ? 0 : 1);
  const room = low === -Infinity || high === Infinity ? Infinity : high - low - 1 - group.length;
  const hole = Math.min(HOLE, Math.floor(room / Math.max(1, holes)));
  if (room < holes) return undefined;
  let place = firstPlace(group.length + inner * hole, hole, { followsOlder, meetsNewer, low, high });
  return group.map(({ gap }, at) => {
    if (at > 0) place += gap ? hole + 1 : 1;
    return place;
  });
}

function firstPlace(
  length: number,
  hole: number,
  { followsOlder, meetsNewer, low, high }: Pick<Spot, 'followsOlder' | 'meetsNewer'> & { low: number; high: number },
): number {
  if (low !== -Infinity) return followsOlder || !meetsNewer ? low + 1 + (followsOlder ? 0 : hole) : high - length;
  if (high === Infinity) return 1;
  return meetsNewer ? high - length : high - ROOM - length;
}

/** The uppermost keeps its name: whoever fetches what lies in it goes on there. */
function gapsLeft(
  group: readonly BackupItem[],
  places: readonly number[],
  { older, newer, followsOlder, meetsNewer }: Spot,
  gap: StoredGap | undefined,
  mintId: () => string,
): StoredGap[] {
  const left: StoredGap[] = [];
  const leave = (below: number, message: StoredMessage | undefined, before?: string, after?: string): void => {
    const beforeArchiveId = message?.archiveId ?? before;
    const afterArchiveId = after ?? gap?.afterArchiveId;
    const id = left.length === 0 && gap ? gap.id : `backup-${mintId()}`;
    left.push({
      id,
      below,
      ...(beforeArchiveId !== undefined && { beforeArchiveId }),
      ...(afterArchiveId !== undefined && { afterArchiveId }),
    });
  };
  const upper = gap?.below ?? newer?.order;
  if (upper !== undefined && !meetsNewer) leave(upper, newer, gap?.beforeArchiveId, group.at(-1)?.message.archiveId);
  for (let at = group.length - 1; at > 0; at--) {
    const inner = group[at]?.gap;
    if (inner) leave(places[at] ?? 0, group[at]!.message, inner.beforeArchiveId, inner.afterArchiveId ?? group[at - 1]?.message.archiveId);
  }
  const [first] = group;
  const isTold = older !== undefined || (gap !== undefined && left.length === 0);
  if (first && !followsOlder && isTold) leave(places[0] ?? 0, first.message, first.gap?.beforeArchiveId, older?.archiveId);
  return left;
}
