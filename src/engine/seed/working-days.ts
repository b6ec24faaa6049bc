// When people write: on working days between nine and six, in the organisation's own time zone.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Hangzhou, which knows no summer time. */
const ZONE = 8 * HOUR;
const OPENS = 9 * HOUR;
const OPEN_FOR = 9 * HOUR;
/** The day the story ends on has no fixed hours: its last scenes lie right before the end. */
const LAST_HOURS = 3 * HOUR;

export interface Slot {
  startsAt: number;
  lasts: number;
}

const dayOf = (at: number): number => Math.floor((at + ZONE) / DAY);
/** Day zero of the epoch was a Thursday. */
const isWorkingDay = (day: number): boolean => (day + 4) % 7 !== 0 && (day + 4) % 7 !== 6;

function workingDayBefore(day: number, count: number): number {
  let found = day - Math.floor(count / 5) * 7;
  // Whole weeks go at once. A last day on a weekend counts as the Monday after it.
  while (!isWorkingDay(found)) found += 1;
  for (let left = count % 5; left > 0;) {
    found -= 1;
    if (isWorkingDay(found)) left -= 1;
  }
  return found;
}

/** Place number `at` of `count` (0 is the first), spread over so many working days up to `end`; later places never start earlier. */
export function slotOf(at: number, count: number, days: number, end: number): Slot {
  const back = count - 1 - at;
  const daysBack = Math.floor((back * days) / count);
  const firstOfDay = Math.ceil((daysBack * count) / days);
  const ofDay = Math.ceil(((daysBack + 1) * count) / days) - firstOfDay;
  const fromDayEnd = back - firstOfDay + 1;
  if (daysBack === 0) return { startsAt: end - (LAST_HOURS * fromDayEnd) / ofDay, lasts: LAST_HOURS / ofDay };
  const startsDay = workingDayBefore(dayOf(end - DAY) + 1, daysBack) * DAY - ZONE + OPENS;
  return { startsAt: startsDay + (OPEN_FOR * (ofDay - fromDayEnd)) / ofDay, lasts: OPEN_FOR / ofDay };
}
