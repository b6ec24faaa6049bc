// Days in English.
import type { DateTexts } from '../keys/date-texts.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const weekdayOf = (date: Date): string => WEEKDAYS[date.getDay()] ?? '';
const monthOf = (date: Date): string => MONTHS[date.getMonth()] ?? '';
const day = (date: Date): string => `${weekdayOf(date)}, ${monthOf(date)} ${date.getDate()}`;

export const dates: DateTexts = {
  today: 'Today',
  yesterday: 'Yesterday',
  day,
  dayOfYear: (date) => `${day(date)}, ${date.getFullYear()}`,
  moment: (when, time) => `${when} at ${time}`,
  weekday: (date) => weekdayOf(date).slice(0, 3),
  shortDay: (date) => `${monthOf(date).slice(0, 3)} ${date.getDate()}`,
  shortDate: (date) => `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`,
};
