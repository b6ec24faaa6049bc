// 日期。
import type { DateTexts } from '../keys/date-texts.ts';

const weekdayOf = (date: Date): string => '日一二三四五六'.charAt(date.getDay());
const shortDay = (date: Date): string => `${date.getMonth() + 1}月${date.getDate()}日`;
const day = (date: Date): string => `${shortDay(date)}星期${weekdayOf(date)}`;

export const dates: DateTexts = {
  today: '今天',
  yesterday: '昨天',
  day,
  dayOfYear: (date) => `${date.getFullYear()}年${day(date)}`,
  moment: (when, time) => `${when} ${time}`,
  weekday: (date) => `周${weekdayOf(date)}`,
  shortDay,
  shortDate: (date) => `${date.getFullYear()}/${date.getMonth() + 1}/${date.getDate()}`,
};
