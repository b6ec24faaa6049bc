// Finding words and days in a conversation. Loaded with the finder, not with the language.

export interface FinderTexts {
  older: string;
  newer: string;
  /** Which of them is shown, and how many there are; while the search goes on there may be more. */
  count(at: number, total: number, isAll: boolean): string;
  none: string;
  partly: string;
  fetchOn: string;
  fetching: string;
  stop: string;
  dayGo: string;
  dayMissing: string;
  dayLater: string;
  dayNone: string;
  dayUnfetched(why: string): string;
  backToPlace: string;
}
