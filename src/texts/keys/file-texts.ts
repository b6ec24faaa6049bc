// Files: what is fetched with the first of them.

export interface FileTexts {
  size(bytes: number): string;
  /** How much of it has come or gone. */
  progress(done: number, total: number): string;
  sealed: string;
  onDevice: string;
  waits: string;
  checking: string;
  sending(progress: string): string;
  fetching(progress: string): string;
  notFetched(why: string): string;
  notAvailable: string;
  notShown: string;
  notDrawn: string;

  save(name: string): string;
  show(name: string): string;
  look(name: string): string;
  fetchAgain(name: string): string;
  stop(name: string): string;
  stopped(name: string): string;
  saved(name: string): string;
  fetched(name: string): string;
  saveShort: string;
  lookShort: string;
  showShort: string;
  stopShort: string;
  earlierPicture: string;
  laterPicture: string;
  noEarlierPicture: string;
  noLaterPicture: string;

  staged: string;
  remove(name: string): string;
  removed(name: string): string;
  earlier(name: string): string;
  later(name: string): string;
  moved(name: string, place: number, count: number): string;
  added(count: number): string;
  original: string;
  originalOf(name: string): string;
  originalWhy: string;
  cleaned: string;
  notCleaned: string;
  preparing: string;
  limit(size: string): string;
  tooLarge(limit: string): string;
  isEmpty: string;
  notReadable: string;
  tooMany(most: number): string;
  /** Beside those that cannot go. */
  removeFirst: string;
  captionFor(name: string): string;
  dropHere(name: string): string;
  pasted(kind: string): string;
  /** The file that a long text becomes. */
  longText: string;
}
