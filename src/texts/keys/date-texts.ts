// Days in words. Written out, because a browser's first `Intl.DateTimeFormat` costs 15–25 ms, more than drawing a thread's worth of bubbles.

export interface DateTexts {
  today: string;
  yesterday: string;
  /** Friday, July 18 */
  day(date: Date): string;
  /** Friday, July 18, 2025 */
  dayOfYear(date: Date): string;
  /** Friday, July 18, 2025 at 14:05 */
  moment(day: string, time: string): string;
  /** Fri */
  weekday(date: Date): string;
  /** Jul 18 */
  shortDay(date: Date): string;
  /** 7/18/2025 */
  shortDate(date: Date): string;
}
