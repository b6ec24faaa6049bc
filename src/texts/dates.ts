// Dates in the language and the time zone of the reader. `now` comes in, so that midnight can be tested.
import type { DateTexts } from './keys/date-texts.ts';

const DAY_MS = 86_400_000;

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

/** 09:05, in every language we speak. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((figure) => String(figure).padStart(2, '0')).join(':');
}

/** Short, for the end of a row: 14:31, yesterday, Tuesday, 18 Jul, 2025/7/18. */
export function timeInList(words: DateTexts, at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOfDay(at);
  if (days === 1) return words.yesterday;
  const date = new Date(at);
  if (days < 7) return words.weekday(date);
  return sameYear(at, now) ? words.shortDay(date) : words.shortDate(date);
}

/** The words of a day divider: today, yesterday, Friday 18 July, with the year where it is another. */
export function dayName(words: DateTexts, at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  return sameYear(at, now) ? words.day(new Date(at)) : words.dayOfYear(new Date(at));
}

/** For a tooltip and for those who listen. */
export function fullTime(words: DateTexts, at: number): string {
  return words.moment(words.dayOfYear(new Date(at)), timeOfDay(at));
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
