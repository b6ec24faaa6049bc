// The lock: its face, and the sheet where it is set. Fetched with the first of them.

export interface LockTexts {
  // ---- the face ----
  lockedTitle: string;
  lockedText: string;
  passphrase: string;
  recoveryCode: string;
  unlock: string;
  unlocking: string;
  unlockByPasskey: string;
  useRecoveryCode: string;
  usePasskey: string;
  /** One answer for everything that does not open it. */
  notOpened: string;
  passphraseMissing: string;
  recoveryNotComplete: string;
  forgotten: string;
  forgottenTitle: string;
  forgottenText: string;
  forgottenGo: string;
  unlocked: string;

  // ---- the sheet ----
  loading: string;
  inMemory: string;
  modes: Readonly<Record<'none' | 'passphrase' | 'passkey', ModeTexts>>;
  protects: string;
  protectsNot: string;
  setPassphrase: string;
  setPasskey: string;
  changePassphrase: string;
  turnOff: string;
  turnOffText: string;
  turnOffGo: string;

  idle: string;
  hidden: string;
  after(minutes: number): string;
  always: string;

  current: string;
  currentByPasskey: string;
  currentRecoveryHint: string;
  newPassphrase: string;
  again: string;
  notTheSame: string;
  passphraseHint: string;
  screenLockOnly: string;
  strength: Readonly<Record<'empty' | 'short' | 'plain' | 'good' | 'strong', string>>;
  strengthIs(words: string): string;
  set: string;
  changing: string;
  lockSet: string;
  lockChanged: string;
  lockOff: string;

  passkeyText: string;
  passkeyMake: string;
  passkeyUnsupported: string;
  passkeyRefused: string;
  recoveryTitle: string;
  recoveryText: string;
  recoveryConfirm: string;
  recoveryWrong: string;
  copy: string;
  copied: string;
}

export interface ModeTexts {
  name: string;
  protects: string;
  not: string;
}
