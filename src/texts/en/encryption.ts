// Encryption and devices.
import type { EncryptionTexts } from '../keys/encryption-texts.ts';
import { plural } from '../plural.ts';

const newDevices = (count: number): string => plural('en', count, { one: 'new device', other: 'new devices' });
const contacts = (count: number): string => plural('en', count, { one: 'contact', other: 'contacts' });
const waits = (count: number): string => (count === 1 ? 'waits' : 'wait');

export const encryption: EncryptionTexts = {
  titleWith: (name) => `Encryption with ${name}`,
  loading: 'Reading devices…',

  explain: {
    verified: (name) =>
      name === undefined
        ? 'Keys were compared: only the members’ devices can read what is here.'
        : `You compared keys: only your devices and those of ${name} can read what is here.`,
    encrypted: (name) =>
      `Messages are encrypted, but keys were not compared yet. Until they are, somebody, even the organisation that carries the messages, could pose as a device of ${name ?? 'a member'}.`,
    organisation: () => 'Messages are protected on their way, but the organisation that runs this service can read them.',
    mixed: () =>
      'Some messages here are not encrypted, or by a legacy method; the organisation may be able to read those. Each is marked in the thread.',
  },
  explainOn: (name) => `Encryption is on: what you write from now on is encrypted for the devices of ${name}.`,
  explainOff: 'Encryption is off: the organisation can read what you write now. What was encrypted before stays so.',
  explainOnRoom: 'Encryption is on: what you write from now on is encrypted for the devices of all members.',
  knowsWho: 'Encrypted or not, the organisation knows who is in touch with whom, and when.',

  encryptMine: 'Encrypt what I write',
  encryptMineOn: (name) => `For the devices of ${name}, and your own others`,
  encryptMineOnRoom: 'For the devices of all members, and your own others',
  encryptMineOff: 'The organisation can read what you write',
  turnedOn: 'Encryption is on',
  turnedOff: 'Encryption is off: the organisation can read what you write',
  offTitle: (name) => `Write to ${name} without encryption?`,
  offText: (name) =>
    `The organisation can then read every message you write to ${name}, and ${name} may see each of them marked as not encrypted.`,
  offTextRoom: (name) =>
    `The organisation can then read every message you write in ${name}, and members may see each of them marked as not encrypted.`,
  offStay: 'Keep encrypting',
  offGo: (name) => `Do not encrypt for ${name}`,

  olderTitle: (name) => `Only an older method works with ${name}`,
  olderText:
    'Only the words are protected, and nothing in them says who wrote them to whom. That you type or have read is not told then, because it would be in clear. Use it?',
  olderHadNewer: (name) =>
    `${name} had devices for the newer method before. Somebody may be hiding them, even the organisation. Ask ${name} in another way first.`,
  olderGo: (name) => `Use the older method with ${name}`,
  olderLacking: (names) => `It does not reach ${names} yet: nothing is sent here until it does, or you go on without them.`,
  olderLackingText: 'Nothing is sent here until they switch on the older method as well, under “My devices”, or you go on without them.',
  olderGoRoom: (room) => `Use the older method in ${room}`,
  olderInUseRoom: (room) =>
    `What you write in ${room} goes by an older method: only the words are protected. Once everybody there has the newer one, that is used by itself.`,
  hasNoOlderDevice: 'No device of the older method',
  olderStay: 'Do not use it',
  olderTurnedOn: 'The older method is in use: only the words are protected',
  olderInUse: (name) =>
    `What you write to ${name} goes by an older method: only the words are protected. Once ${name} has the newer one, that is used by itself.`,
  olderMethod: 'Older method',
  speakOlder: 'Also speak the older method',
  speakOlderText: 'For programs that have nothing newer. Only the words are protected in it; each conversation asks before you write so.',
  speakOlderOn: 'The older method is on',
  speakOlderOff: 'The older method is off',

  undecided: (name, count) => `${newDevices(count)} of ${name} ${waits(count)} for your word`,
  undecidedOwn: (count) => `${newDevices(count)} of your account ${waits(count)} for your word`,
  undecidedText: 'Until you decide, nothing is sent in this conversation. Best compare with the other person first.',
  devicesOf: (name, count) => `Devices of ${name} (${count})`,
  ownDevices: (count) => `My devices (${count})`,
  noDevices: (name) => `No devices of ${name} yet. They show up here once ${name} signs in with a program that encrypts.`,
  noOwnDevices: 'The keys of this device are being made.',
  ownDevicesText: 'These devices can read encrypted messages sent to you. Refuse or remove one you do not know, and change your password.',
  unnamed: (id) => `Unnamed device ${id}`,
  unsigned: 'Name not signed by the device',
  thisDevice: 'This device',
  unlisted: 'No longer used by the account',
  firstSeen: (day) => `First seen: ${day}`,
  lastSeen: (day) => `Last seen: ${day}`,
  fingerprint: 'Fingerprint',
  trust: {
    'first-use': 'Trusted when first seen, not compared',
    verified: 'Compared',
    accepted: 'Accepted by you, not compared',
    undecided: 'New, waits for your word',
    refused: 'Refused by you, gets no messages',
  },
  told: {
    verified: 'Compared on another of your devices',
    refused: 'Refused on another of your devices, gets no messages',
  },
  exchangeText:
    'Once two of your devices have each scanned the other, they tell each other, encrypted, whose keys you compared or refused. Keys of the older method stay apart.',
  toldAt: (day) => `Told whose keys you compared or refused: ${day}`,
  tookOver: (people, day) => `Taken over from it: decisions on the keys of ${contacts(people)} (${day})`,
  doubtTitle: (device) => `No longer trust ${device}?`,
  doubtText: (people) =>
    `This device took over from it what was decided on the keys of ${contacts(people)}. Whoever counts as compared by its word waits for yours again.`,
  doubtStay: 'Keep trusting it',
  doubtGo: 'No longer trust it',
  verify: 'Fingerprint is the same',
  accept: 'Accept',
  unverify: 'Undo the comparison',
  refuse: 'Refuse',
  remove: 'Remove',
  actOn: (act, device) => `${act}: ${device}`,
  decided: {
    verified: (device) => `${device} was compared`,
    accepted: (device) => `${device} was accepted`,
    refused: (device) => `${device} was refused and gets no more messages`,
  },

  members: (count) => `Members beside you (${count})`,
  roles: { owner: 'Owner', admin: 'Administrator' },
  deviceCount: (count) => plural('en', count, { one: 'device', other: 'devices' }),
  waitingDevices: (count) => `${newDevices(count)} ${waits(count)} for your word`,
  notCompared: 'not compared',
  hasNoDevice: 'No device that encrypts',
  isPassedOver: 'left out by you',
  isNew: 'New',
  together: (names) => (names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')),
  cameTitle: (names) => `New in this room: ${names}`,
  cameText: 'Until you decide, nothing is sent here. Whoever is a member can read what you write from now on:',
  cameGo: (count) => (count === 1 ? 'May read' : 'All of them may read'),
  lackingTitle: (names) => `Nobody can encrypt for ${names}`,
  lackingText: 'Nothing is sent here until they sign in with a program that encrypts, or you go on without them.',
  passOver: (name) => `Go on without ${name}`,
  passOverTitle: (name) => `Write without ${name}?`,
  passOverText: (name) =>
    `${name} belongs to this room, but will not be able to read what you write, as long as it cannot be encrypted for any device of theirs.`,
  passOverStay: 'Wait',
  readersDecided: 'Decided: what waited is sent',
  unfit: {
    open: 'This room cannot be encrypted: it is not for members only.',
    anonymous: 'This room cannot be encrypted: it hides who its members are.',
    'lists-withheld': 'This room cannot be encrypted: it does not say who its members are.',
  },
  unfitOn: 'Nothing is sent here until the room is as it was, or you turn encryption off.',
  unfitOff: 'Only rooms of members who know each other can be encrypted. Its owner can change that.',

  number: 'Safety number',
  numberText: (name) =>
    `Read these digits together with ${name}, face to face or on the phone. If all are the same, nobody stands between.`,
  numberDone: (name) => `You and ${name} have compared. The digits change when either of you changes a device.`,
  same: 'The same',
  different: 'Different',
  verifiedNow: (name) => `All devices of ${name} are compared now`,
  numberChanged: 'The number has just changed. Compare the digits above again.',
  differentTitle: 'Do not send anything important yet',
  differentText: (name) =>
    `The digits differ: somebody may be pretending, or one of you has just changed a device. Reach ${name} in another way, find out which devices are theirs, and compare again. Refuse devices you are not sure of.`,
  understood: 'Got it',

  codes: 'Compare by QR code',
  codesTitle: (name) => `Compare by QR code with ${name}`,
  ownCodesTitle: 'Compare by QR code with my other device',
  ownCode: 'My QR code',
  ownCodeText: (name) => `Let ${name} scan it with their own device.`,
  ownCodeTextOwn: 'Scan it with your other device, and the code of that one here.',
  codeTooLong: 'There are too many devices for one code. Copy the text and compare that.',
  copyCode: 'Copy as text',
  theirCode: (name) => `QR code of ${name}`,
  theirCodeOwn: 'QR code of the other device',
  scan: 'Scan with the camera',
  stopScan: 'Stop the camera',
  choosePicture: 'Choose a picture',
  pasteCode: 'Or paste the text they copied',
  pasteHint: 'Get this text in another way, face to face or on the phone; not through this conversation.',
  pasteGo: 'Compare',
  scanning: 'Looking for a code… hold it in the middle of the picture.',
  cameraRefused: 'The browser does not allow the camera. Choose a picture, or paste the text.',
  cameraMissing: 'No camera was found. Choose a picture, or paste the text.',
  noCodeInPicture: 'No code was found in this picture.',
  isSame: (name) => `The same: the devices of ${name} are compared now.`,
  isSameOwn:
    'The same: that device is compared now, and is told, encrypted, whose keys you compared or refused. Let it scan this code too, and it tells the same.',
  isDifferent: (name) => `Different: the keys known here for ${name} are not those in the code. Do not send anything important yet.`,
  isDifferentOwn: 'Different: the keys known here are not those in the code. Look for a device you do not know.',
  isNoKey: 'This is not a code or text of keys.',
  goBack: 'Back',

  renew: 'Begin the encryption anew',
  renewText: (name) => `If ${name} cannot read your new messages, begin anew. What was sent is not sent again.`,
  renewGo: 'Begin anew',
  renewed: (name) => `With the next message the encryption with ${name} begins anew`,

  removeTitle: (device) => `Remove ${device}?`,
  removeText: 'Nobody encrypts for it any more. What it has received stays there. If the device is lost, change your password as well.',
  removeStay: 'Keep it',
  removeGo: 'Remove',
  removed: (device) => `${device} was removed`,
};
