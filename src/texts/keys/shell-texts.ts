// Launcher, panel, header, menus, bars and notices.

export interface ShellTexts {
  /** The name of the launcher: purpose, state and what waits. */
  launcherClosed(unread: number, mentioned: boolean): string;
  launcherOpen: string;
  panel: string;
  close: string;
  back: string;
  cancel: string;
  retry: string;
  dismiss: string;
  regionHeader: string;

  unread(count: number): string;
  unreadWithMention(count: number): string;

  accountMenu: string;
  signOut: string;
  signOutTitle: string;
  /** Asked only where unsent messages would be lost. */
  signOutUnsent(count: number): string;
  signOutErases: string;
  signOutAnyway: string;
  signingOut: string;
  lock: string;
  lockNow: string;
  language: string;
  theme: string;
  themeAuto: string;
  themeLight: string;
  themeDark: string;

  starting: string;
  restoring: string;
  connecting: string;
  reconnecting: string;
  online: string;
  backOnline: string;
  slow: string;
  offlineShort: string;
  offlineBar: string;
  offlineBarWaiting(waiting: number): string;
  unreachableBar: string;
  stoppedBar: string;
  tryNow: string;
  catchingUp: string;
  waiting(count: number): string;

  storageMemory: string;
  storageFull: string;
  storageReadOnly: string;
  storageHeld: string;
  noticeRefetched(since: string): string;
  noticeTrimmed: string;
  /** `from`: what the device calls itself. */
  noticeKeysTold(people: number, from: string | undefined): string;
  noticeOutboxLost: string;
  noticeClock(minutes: number): string;
  noticeMemoryOnly: string;
  noticeStorageFull: string;

  reload: string;
  startAgain: string;
  signInAgain: string;
  onlyRead: string;
  continueHere: string;

  chooseConversation: string;
  chooseConversationText: string;
  failedToLoad: string;

  keys: string;
  keysMove: string;
  keysRegion: string;
  keysNeighbour: string;
  keysBack: string;
  keysLetters: string;
  keysEnter: string;
  keysBreak: string;
  keysSingle: string;
}
