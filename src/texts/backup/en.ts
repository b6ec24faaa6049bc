// Backups, in English.
import type { BackupTexts } from '../keys/backup-texts.ts';
import { plural } from '../plural.ts';

const count = (value: number, one: string, other: string): string => plural('en', value, { one, other });

export const en: BackupTexts = {
  title: 'Backup',
  intro:
    'One encrypted file with what is kept on this device. Only the words or the code that belong to it open it: nobody can recover them for you.',
  holds: [
    'The messages of all conversations, also those that were encrypted',
    'Which devices you have compared, accepted or refused',
    'Contacts, drafts, and what is muted or pinned',
  ],
  holdsNot: 'Not in it: the keys of this device and your sign-in. A device on which you restore it stays a new device.',
  make: 'Make a backup',
  bring: 'Restore a backup',
  goBack: 'Back',

  makeTitle: 'Make a backup',
  code: 'With a recovery code',
  codeText: 'Write it down and keep it apart from the file.',
  copy: 'Copy',
  copied: 'Copied',
  noted: 'I have written the code down',
  passphrase: 'With words of my own',
  ownWords: 'Your words',
  passphraseText: 'At least five words that nobody connects with you. A saying or a line of a song is not enough.',
  strength: {
    empty: 'At least five words',
    'too-short': 'Too short: at least five words',
    repeated: 'Too easy: five different words',
    fair: 'Good',
    good: 'Very good',
    code: 'A recovery code',
  },
  mustNote: 'Write the code down first, then confirm it.',
  mustBeStrong: 'At least five different words are needed.',
  start: 'Save backup',
  inMemory: 'This browser keeps the file in memory until it is complete, then saves it as a download.',

  bringTitle: 'Restore a backup',
  bringText: 'What is in the file is added to what is here. Nothing is doubled and nothing is lost; you can do it again at any time.',
  file: 'Choose a file',
  drop: 'or drop it here',
  chosen: (name) => `Chosen: ${name}`,
  secret: 'Its words or recovery code',
  mustChoose: 'Choose the file first.',
  mustTell: 'Enter the words or the code that belong to the file.',
  bringStart: 'Restore',

  preparing: 'Making the key…',
  writing: 'Writing the backup…',
  written: (done, total, messages) =>
    `${done.toLocaleString('en')} of ${count(total, 'conversation', 'conversations')}, ${count(messages, 'message', 'messages')}`,
  checking: 'Checking the file…',
  restoring: 'Restoring…',
  percent: (share) => `${share}%`,
  cancel: 'Cancel',
  stopped: 'The backup was cancelled. No file was kept.',
  bringStopped: 'Cancelled. What was restored so far stays.',

  done: (name, messages) => `${name} holds ${count(messages, 'message', 'messages')}.`,
  keepSecret: 'Without its words or code nobody can open it, you included.',
  restored: (day, conversations, added) =>
    `From the backup of ${day}: ${count(conversations, 'conversation', 'conversations')}, ${count(added, 'message', 'messages')} added.`,
  recovered: (value) => `${count(value, 'message', 'messages')} can be read again.`,
  decisions: (value) => `What you decided on ${count(value, 'device', 'devices')} is known here again.`,
  nowNew: 'For your contacts this is a new device.',
  askToCompare: 'Ask them to compare its keys with you: whoever has verified you cannot write to it encrypted until then.',
  ownDevices: 'Show my devices',
  couldNotSave: 'The file could not be saved. Choose another place, or free some space.',
  couldNotRead: 'The file could not be read. Choose it again.',
  refused: {
    'not-a-backup': 'This is no backup of Warbler. Choose another file.',
    newer: 'This backup was made by a later version. Reload the page, then try again.',
    unsafe: 'This file was not made as Warbler makes backups. Do not use it.',
    'wrong-secret': 'These are not the words or the code of this file. Check them and try again.',
    damaged: 'The file is damaged or was changed. Nothing of it was taken. Use another copy of it.',
    'cut-short': 'The end of the file is missing. Nothing of it was taken. Download or copy it again.',
    'other-account': 'This backup belongs to another account. Sign in there to restore it.',
  },
};
