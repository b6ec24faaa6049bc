// Dates in the language and the time zone of the reader. `now` comes in, so that midnight can be tested.

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs about 50 µs, using one about 1: they are kept. */
function format(locale: string, at: number, shape: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(shape)}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(locale, shape)));
  return known.format(at);
}

/** Whole days between two moments, by the calendar of this place. */
export function daysBetween(earlier: number, later: number): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY_MS);
}

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** When `timeInList` and `dayName` next say something else. */
export function nextMidnight(now: number): number {
  const day = new Date(now);
  return day.setHours(24, 0, 0, 0);
}

export function timeOfDay(locale: string, at: number): string {
  return format(locale, at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Short, for the end of a row: 14:31, yesterday, Tuesday, 18 Jul, 2025/7/18. */
export function timeInList(locale: string, at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOfDay(locale, at);
  if (days === 1) return relativeDay(locale, -1);
  if (days < 7) return format(locale, at, { weekday: 'short' });
  if (sameYear(at, now)) return format(locale, at, { month: 'short', day: 'numeric' });
  return format(locale, at, { year: 'numeric', month: 'numeric', day: 'numeric' });
}

/** The words of a day divider: today, yesterday, Friday 18 July, with the year where it is another. */
export function dayName(locale: string, at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) return relativeDay(locale, -days);
  const year = sameYear(at, now) ? {} : ({ year: 'numeric' } as const);
  return format(locale, at, { ...year, weekday: 'long', month: 'long', day: 'numeric' });
}

/** For a tooltip and for those who listen. */
export function fullTime(locale: string, at: number): string {
  return format(locale, at, { dateStyle: 'full', timeStyle: 'short' });
}

function relativeDay(locale: string, days: number): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
