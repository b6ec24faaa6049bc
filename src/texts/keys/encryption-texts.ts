// What the sheets about keys and devices say. It comes with them: no thread waits for it.
import type { ProtectionMark } from './trust-texts.ts';

export interface EncryptionTexts {
  titleWith(name: string): string;
  loading: string;

  /** Who can read, in sentences. Without a name it is a room. */
  explain: Readonly<Record<'verified' | 'encrypted' | 'organisation' | 'mixed', (name: string | undefined) => string>>;
  explainOn(name: string): string;
  explainOff: string;
  explainOnRoom: string;
  knowsWho: string;

  encryptMine: string;
  encryptMineOn(name: string): string;
  encryptMineOnRoom: string;
  encryptMineOff: string;
  turnedOn: string;
  turnedOff: string;
  offTitle(name: string): string;
  offText(name: string): string;
  offTextRoom(name: string): string;
  offStay: string;
  offGo(name: string): string;

  /** The older method, which some programs have only. */
  olderTitle(name: string): string;
  olderText: string;
  olderHadNewer(name: string): string;
  olderGo(name: string): string;
  /** Of a room: who would not read it. */
  olderLacking(names: string): string;
  olderLackingText: string;
  olderGoRoom(room: string): string;
  olderInUseRoom(room: string): string;
  hasNoOlderDevice: string;
  olderStay: string;
  olderTurnedOn: string;
  olderInUse(name: string): string;
  /** Of a device. */
  olderMethod: string;
  speakOlder: string;
  speakOlderText: string;
  speakOlderOn: string;
  speakOlderOff: string;

  undecided(name: string, count: number): string;
  undecidedOwn(count: number): string;
  undecidedText: string;
  devicesOf(name: string, count: number): string;
  ownDevices(count: number): string;
  noDevices(name: string): string;
  noOwnDevices: string;
  ownDevicesText: string;
  unnamed(id: number): string;
  unsigned: string;
  thisDevice: string;
  unlisted: string;
  firstSeen(day: string): string;
  lastSeen(day: string): string;
  fingerprint: string;
  trust: Readonly<Record<DeviceTrust, string>>;
  /** Decided on another own device, which told of it. */
  told: Readonly<Record<'verified' | 'refused', string>>;
  /** Own devices that were compared tell each other whose keys were compared or refused. */
  exchangeText: string;
  toldAt(day: string): string;
  tookOver(people: number, day: string): string;
  doubtTitle(device: string): string;
  doubtText(people: number): string;
  doubtStay: string;
  doubtGo: string;
  verify: string;
  accept: string;
  /** Of a device that was compared by mistake. */
  unverify: string;
  refuse: string;
  remove: string;
  /** What a button does, to which device. */
  actOn(act: string, device: string): string;
  decided: Readonly<Record<'verified' | 'accepted' | 'refused', (device: string) => string>>;

  /** Of a room: who belongs to it. */
  members(count: number): string;
  roles: Readonly<Record<'owner' | 'admin', string>>;
  deviceCount(count: number): string;
  waitingDevices(count: number): string;
  notCompared: string;
  hasNoDevice: string;
  isPassedOver: string;
  isNew: string;
  /** Names one after the other. */
  together(names: readonly string[]): string;
  cameTitle(names: string): string;
  cameText: string;
  cameGo(count: number): string;
  lackingTitle(names: string): string;
  lackingText: string;
  passOver(name: string): string;
  passOverTitle(name: string): string;
  passOverText(name: string): string;
  passOverStay: string;
  readersDecided: string;
  /** Why a room cannot be encrypted, and what follows from that. */
  unfit: Readonly<Record<'open' | 'anonymous' | 'lists-withheld', string>>;
  unfitOn: string;
  unfitOff: string;

  number: string;
  numberText(name: string): string;
  numberDone(name: string): string;
  same: string;
  different: string;
  verifiedNow(name: string): string;
  numberChanged: string;
  differentTitle: string;
  differentText(name: string): string;
  understood: string;

  codes: string;
  codesTitle(name: string): string;
  ownCodesTitle: string;
  ownCode: string;
  ownCodeText(name: string): string;
  ownCodeTextOwn: string;
  codeTooLong: string;
  copyCode: string;
  theirCode(name: string): string;
  theirCodeOwn: string;
  scan: string;
  stopScan: string;
  choosePicture: string;
  pasteCode: string;
  pasteHint: string;
  pasteGo: string;
  scanning: string;
  cameraRefused: string;
  cameraMissing: string;
  noCodeInPicture: string;
  isSame(name: string): string;
  isSameOwn: string;
  isDifferent(name: string): string;
  isDifferentOwn: string;
  isNoKey: string;
  goBack: string;

  renew: string;
  renewText(name: string): string;
  renewGo: string;
  renewed(name: string): string;

  removeTitle(device: string): string;
  removeText: string;
  removeStay: string;
  removeGo: string;
  removed(device: string): string;
}

export type DeviceTrust = Exclude<ProtectionMark, 'plain' | 'legacy'> | 'first-use' | 'verified';
