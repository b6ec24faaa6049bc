// What the sheet about backups says. It comes with the sheet, in every language.

export interface BackupTexts {
  title: string;
  intro: string;
  holds: readonly string[];
  holdsNot: string;
  make: string;
  bring: string;
  goBack: string;

  makeTitle: string;
  code: string;
  codeText: string;
  copy: string;
  copied: string;
  noted: string;
  passphrase: string;
  ownWords: string;
  passphraseText: string;
  strength: Readonly<Record<'empty' | 'too-short' | 'repeated' | 'fair' | 'good' | 'code', string>>;
  mustNote: string;
  mustBeStrong: string;
  start: string;
  inMemory: string;

  bringTitle: string;
  bringText: string;
  file: string;
  drop: string;
  chosen(name: string): string;
  secret: string;
  mustChoose: string;
  mustTell: string;
  bringStart: string;

  preparing: string;
  writing: string;
  written(done: number, total: number, messages: number): string;
  checking: string;
  restoring: string;
  percent(share: number): string;
  cancel: string;
  stopped: string;
  bringStopped: string;

  done(name: string, messages: number): string;
  keepSecret: string;
  restored(day: string, conversations: number, added: number): string;
  recovered(count: number): string;
  decisions(count: number): string;
  nowNew: string;
  askToCompare: string;
  ownDevices: string;
  couldNotSave: string;
  couldNotRead: string;
  refused: Readonly<Record<'not-a-backup' | 'newer' | 'unsafe' | 'wrong-secret' | 'damaged' | 'cut-short' | 'other-account', string>>;
}
