// Devices, what is thought of them and what becomes known of them, and the switch of the older method, as sync and session see them.
import type { TrustCarrier } from './carried-trust.ts';
import type { DeviceDecision, KeysGlance, KeysOf } from '../contracts/keys.ts';
import type { OlderInRoom } from '../contracts/readers.ts';
import type { Address } from '../model/account.ts';
import type { Answer } from '../model/failure.ts';

export interface KeysNews {
  person: Address;
  device?: number;
  /** `told`: own devices told each other of keys; what was decided by it is told by itself. */
  what: 'new-device' | 'undecided-device' | 'other-identity' | 'decided' | 'told';
  /** Absent: OMEMO 2. */
  method?: 'legacy';
}

/** The older method, as far as a person wants it. */
export interface LegacySwitch {
  readonly isOn: boolean;
  /** Whether it is all that works with this person. */
  canReach(person: Address): Promise<Answer<boolean>>;
  /** Of everybody in a room: who can be reached by it alone. Nobody where it would not help, or that is not known. */
  among(people: readonly Address[]): Promise<OlderInRoom>;
  /** Their devices for it, counted as known now. */
  glance(people: readonly Address[]): Promise<readonly KeysGlance[]>;
  /** Off: its keys go, and its place on the account's list. */
  switch(to: 'on' | 'off'): Promise<Answer<void>>;
}

/** Devices and what is thought of them. Every decision is on the disk when it answers. */
export interface Trusting extends TrustCarrier {
  read(person: Address): Promise<Answer<KeysOf>>;
  /** Of many people at once, no more than is counted. As known now. */
  glance(people: readonly Address[]): Promise<readonly KeysGlance[]>;
  /** The key travels along, so that a decision never lands on another than was seen. */
  decide(person: Address, decision: DeviceDecision): Promise<Answer<void>>;
  /** All listed devices of the person whose keys this text from a picture names. */
  compare(person: Address, text: string): Promise<Answer<'same' | 'different' | 'not-a-key'>>;
  /** Both compared the numbers and they are the same: every listed device of the person counts as compared. */
  confirmNumber(person: Address, number: string): Promise<Answer<'same' | 'different'>>;
  /** Own sessions with this person begin anew with the next message. */
  renew(person: Address): Promise<Answer<void>>;
  /** An own device is no longer written to, by anybody who heeds our list. */
  remove(device: number): Promise<Answer<void>>;
  onChange(heard: (change: KeysNews) => void): void;
}
