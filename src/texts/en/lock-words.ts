// The lock.
import type { LockTexts } from '../keys/lock-texts.ts';
import { plural } from '../plural.ts';

export const lock: LockTexts = {
  lockedTitle: 'Locked',
  lockedText: 'Nothing stored here can be read, and nothing is connected, until it is unlocked.',
  passphrase: 'Passphrase',
  recoveryCode: 'Recovery code',
  unlock: 'Unlock',
  unlocking: 'Unlocking…',
  unlockByPasskey: 'Unlock with passkey',
  useRecoveryCode: 'Use the recovery code',
  usePasskey: 'Use the passkey',
  notOpened: 'It does not open with this. Check it and try again.',
  passphraseMissing: 'Enter your passphrase.',
  recoveryNotComplete: 'A recovery code has 24 letters and figures.',
  forgotten: 'Forgotten?',
  forgottenTitle: 'Sign out and begin anew?',
  forgottenText:
    'Nobody can reset the lock. All that is stored on this device is erased: its history, its keys, what waits to be sent. You sign in again with your account’s password; what the service keeps comes back, what was encrypted for this device does not.',
  forgottenGo: 'Erase and sign out',
  unlocked: 'Unlocked',

  loading: 'Looking at the lock…',
  inMemory: 'Nothing of this account is stored on this device, so there is nothing to lock.',
  modes: {
    none: {
      name: 'No lock',
      protects: 'Casual reading: other programs, searches and backups find no words in what is stored.',
      not: 'Whoever copies this browser profile and knows this program can read all of it.',
    },
    passphrase: {
      name: 'Passphrase',
      protects:
        'A lost or copied device while it is locked: each guess costs as much time and memory as your unlocking does, and nothing else helps.',
      not: 'Whoever uses this device while it is unlocked, a changed browser, or a guess that hits. The name of the database still confirms an address to whoever guesses it.',
    },
    passkey: {
      name: 'Passkey',
      protects: 'A lost or copied device while it is locked: without your passkey, or the recovery code, there is nothing to guess.',
      not: 'Whoever uses this device while it is unlocked, a changed browser, or somebody who can use your passkey.',
    },
  },
  protects: 'Protects from',
  protectsNot: 'Does not protect from',
  setPassphrase: 'Set a passphrase',
  setPasskey: 'Use a passkey',
  changePassphrase: 'Change the passphrase',
  turnOff: 'Turn the lock off',
  turnOffText: 'From then on whoever copies this browser profile can read what is stored here.',
  turnOffGo: 'Turn off',

  idle: 'When nobody has touched it',
  hidden: 'When no tab is in sight',
  after: (minutes) => (minutes === 0 ? 'Never' : `After ${plural('en', minutes, { one: 'minute', other: 'minutes' })}`),
  always:
    'It is always locked when the browser starts, and when the last tab is closed. In Firefox and Safari going to another page in the only tab counts as that: a second tab keeps it open.',

  current: 'Passphrase as it is now',
  currentByPasskey: 'You are asked for your passkey first.',
  currentRecoveryHint: 'Only where the passkey is lost.',
  newPassphrase: 'New passphrase',
  again: 'Once more',
  notTheSame: 'The two are not the same.',
  passphraseHint: 'Five words that nobody would put together, or 12 characters or more. Nobody can reset it.',
  screenLockOnly:
    'Too easy to guess. A short code keeps the next person at the screen away, but does not encrypt anything against a copy of the disk.',
  strength: {
    empty: 'Nothing yet',
    short: 'Too short',
    plain: 'Too even: use more different characters or words',
    good: 'Good',
    strong: 'Strong',
  },
  strengthIs: (words) => `Strength: ${words}`,
  set: 'Lock with this',
  changing: 'Sealing everything anew…',
  lockSet: 'The lock is set. What was stored has been sealed anew.',
  lockChanged: 'The passphrase was changed. What was stored has been sealed anew.',
  lockOff: 'The lock is off.',

  passkeyText: 'Your device, phone or security key opens the lock. It is asked for now, then you are given a recovery code.',
  passkeyMake: 'Make a passkey',
  passkeyUnsupported: 'This browser or this passkey cannot open a lock. Choose another passkey, or a passphrase.',
  passkeyRefused: 'The passkey was not used. Try again when you are ready.',
  recoveryTitle: 'Your recovery code',
  recoveryText: 'It opens the lock when the passkey is lost. Write it down and keep it away from this device: it is shown only now.',
  recoveryConfirm: 'Type it to confirm',
  recoveryWrong: 'That is not the code above.',
  copy: 'Copy',
  copied: 'Copied',
};
