// What a tab learns of keys and devices, and what a person can say about them.
import type { Address } from '../model/account.ts';
import type { Trust } from '../model/protection.ts';

export interface KeysOf {
  person: Address;
  /** This account itself: its other devices, this one among them. */
  isSelf: boolean;
  devices: readonly DeviceKeys[];
  /** 60 digits in twelve groups, the same on both sides; absent while one side has no device, and for oneself. */
  safetyNumber?: string;
  /** What the picture for the other side says: the own address with the keys of the own devices. */
  ownKeys: string;
  /** Somebody has compared keys of this person: new devices wait for a word. */
  isStrict: boolean;
  /** Absent where the older method is not asked about. */
  legacy?: LegacyState;
}

/** Of legacy OMEMO, in which only the words of a message are protected. */
export interface LegacyState {
  /** This account speaks it. */
  isOn: boolean;
  /** The person has devices for it, and says that there is none for the newer method. */
  isOnlyWay: boolean;
  /** Devices of theirs for the newer method were met before: somebody may hide them. */
  hadNewer: boolean;
}

export interface DeviceKeys {
  id: number;
  /** Absent: OMEMO 2. */
  method?: 'legacy';
  /** 64 hexadecimal digits in eight groups. */
  fingerprint: string;
  trust: Trust;
  /** What its owner calls it; `isSigned` where the device itself said so. */
  label?: { text: string; isSigned: boolean };
  firstSeenAt: number;
  /** When something of it was last read. */
  lastSeenAt?: number;
  /** Its account still writes to it. */
  isListed: boolean;
  isThisDevice: boolean;
  /** Not compared or refused at this device: another own device told of it, or a backup. */
  isTold?: true;
  /** Of an own device that was compared: when it was told of decisions last, and on how many people's keys its own were taken over. */
  exchange?: { toldAt?: number; took?: { people: number; at: number } };
}

export interface DeviceDecision {
  device: number;
  /** As it was shown when the person decided. */
  fingerprint: string;
  trust: 'verified' | 'accepted' | 'refused';
}

/** Of many people at once: no more than is counted. */
export interface KeysGlance {
  person: Address;
  /** Devices that are written to, and how many wait for a word. */
  devices: number;
  undecided: number;
  /** Of the least trusted of those. */
  trust: Trust;
  /** All that ever read along were compared. */
  isVerified: boolean;
}
