// Who can read.
import type { TrustTexts } from '../keys/trust-texts.ts';

const whose = (name: string | undefined): string => name ?? 'Your account';

export const trust: TrustTexts = {
  readability: {
    verified: 'Verified',
    encrypted: 'Encrypted · not verified',
    organisation: 'Your organisation can read',
    mixed: 'Legacy or mixed encryption',
  },
  onlyYouAnd: (name) => `only you and ${name} can read`,
  onlyMembers: 'only members can read',
  writtenEncrypted: 'what you write is encrypted',
  whoCanRead: (words) => `Who can read: ${words}`,
  encryption: 'Encryption and devices',
  ownDevices: 'My devices',
  backup: 'Backup',

  marks: {
    plain: 'Not encrypted',
    legacy: 'Legacy encryption',
    accepted: 'Device not compared',
    undecided: 'Device undecided',
    refused: 'Device refused',
  },
  travelled: {
    plain: 'Not encrypted: your organisation can read it',
    legacy: 'Legacy encryption',
    accepted: 'Encrypted, device not compared',
    undecided: 'Encrypted, device waits for your word',
    refused: 'Encrypted, from a device you refused',
    'first-use': 'Encrypted, device not compared',
    verified: 'Encrypted, device compared',
  },
  unreadableWhy: {
    'not-for-this-device':
      'It was not encrypted for this device, perhaps because it was sent before this device was known. You can ask for it to be sent again.',
    'no-session':
      'The encryption with the device that sent it has lost its thread. You can begin it anew, then ask for it to be sent again.',
    tampered: 'It was changed on the way, so it is not shown. Reach the other person in another way.',
    'other-identity': 'It bears another key than the one that is known: somebody may be pretending. Compare devices first.',
    'unknown-sender': 'The room does not say who wrote it.',
    'unknown-method':
      'It is encrypted by a method that is not in use here. If it is the older OMEMO, you can switch it on under “My devices”, then ask for it to be sent again.',
  },
  keysChanged: {
    'new-device': (name) => `${whose(name)} has a new device, so the safety number changed`,
    'undecided-device': (name) => `${whose(name)} has a new device. It waits for your word; nothing is sent before`,
    'other-identity': (name) => `A device of ${name ?? 'your account'} showed another key: somebody may be pretending`,
    'member-came': (name) => `${whose(name)} is a new member. Nothing is sent before you decide`,
    'member-left': (name) => `${whose(name)} is no longer a member and cannot read what follows`,
    'room-unfit': () => 'This room cannot be encrypted any more. Nothing is sent before you decide',
    'encryption-on': () => 'Encrypted from here on',
    'encryption-legacy': () => 'By an older method from here on: only the words are protected',
    'encryption-off': () => 'Not encrypted from here on: your organisation can read',
  },
  compare: 'Compare',
  decide: 'Decide',
  lookAtKeys: 'Look at devices',
};
