// Launcher, panel, header, menus, bars and notices.
import type { ShellTexts } from '../keys/shell-texts.ts';
import { plural } from '../plural.ts';

const unread = (count: number): string => `${count.toLocaleString('en')} unread`;
const messages = (count: number): string => plural('en', count, { one: 'message', other: 'messages' });

export const shell: ShellTexts = {
  launcherClosed: (count, mentioned) =>
    `Messages, ${count > 0 ? `${unread(count)}, ${mentioned ? 'you were mentioned, ' : ''}` : ''}closed`,
  launcherOpen: 'Messages, open',
  panel: 'Messages',
  close: 'Close',
  back: 'Back to conversations',
  cancel: 'Cancel',
  retry: 'Try again',
  dismiss: 'Got it',
  regionHeader: 'Header',

  unread,
  unreadWithMention: (count) => `${unread(count)}, you were mentioned`,

  accountMenu: 'Account and settings',
  signOut: 'Sign out',
  signOutTitle: 'Sign out?',
  signOutUnsent: (count) => `${messages(count)} not sent yet will be deleted.`,
  signOutErases: 'Signing out erases the messages and keys on this device. What the server keeps is not touched.',
  signOutAnyway: 'Sign out anyway',
  signingOut: 'Signing out…',
  lock: 'Lock',
  lockNow: 'Lock now',
  language: 'Language',
  theme: 'Appearance',
  themeAuto: 'System',
  themeLight: 'Light',
  themeDark: 'Dark',

  starting: 'Starting…',
  restoring: 'Restoring…',
  connecting: 'Connecting…',
  reconnecting: 'Connection lost, reconnecting…',
  online: 'Online',
  backOnline: 'Back online',
  slow: 'Slow connection',
  offlineShort: 'Offline',
  offlineBar: 'Offline · messages go out when you are back',
  offlineBarWaiting: (count) => `Offline · ${messages(count)} will go out when you are back`,
  unreachableBar: 'Service unreachable · messages go out later',
  stoppedBar: 'Connection ended',
  tryNow: 'Try now',
  catchingUp: 'Catching up…',
  waiting: (count) => `${count.toLocaleString('en')} waiting`,

  storageMemory: 'Nothing can be kept here: gone when the page closes',
  storageFull: 'Storage is full: new messages are not kept on this device',
  storageReadOnly: 'Reading only: new messages cannot be kept just now',
  storageHeld: 'The storage is busy. If another window of this site hangs, close it',
  noticeRefetched: (since) => `Some messages on this device were missing. They were fetched again from ${since} on.`,
  noticeKeysTold: (people, from) =>
    `What you decided on the keys of ${plural('en', people, { one: 'contact', other: 'contacts' })} was taken over from ${from || 'your other device'}.`,
  noticeTrimmed:
    'The storage of this device is nearly full: the oldest messages were removed here. They load again when you scroll to them.',
  noticeOutboxLost:
    'A message that waited to be sent could not be read any more. Please look whether something is missing, and send it again.',
  noticeClock: (minutes) =>
    `This device's clock is off by about ${plural('en', minutes, { one: 'minute', other: 'minutes' })}, so times may be wrong. Set it right in your system settings.`,
  noticeMemoryOnly: 'The browser does not let us keep anything: your messages here are gone when the page closes.',
  noticeStorageFull: 'The storage of this device is full. Make some room and new messages will be kept again.',

  reload: 'Reload',
  startAgain: 'Try again',
  signInAgain: 'Sign in again',
  onlyRead: 'Only read what is here',
  continueHere: 'Go on here',

  chooseConversation: 'Choose a conversation',
  chooseConversationText: 'Pick one from the list, or begin a new one.',
  failedToLoad: 'This part did not load.',

  keys: 'Keyboard shortcuts',
  keysMove: 'Move',
  keysRegion: 'Next part; with Shift, back',
  keysNeighbour: 'Other conversation',
  keysBack: 'Close; on a message, back to writing',
  keysLetters: 'Find by first letters',
  keysEnter: 'On a message, what can be done with it; while writing, send',
  keysBreak: 'New line',
  keysSingle: 'Use shortcuts of a single character',
};
