// What one own device thinks of people's devices, in a form that another one can take over.
import type { Address } from '../model/account.ts';
import type { Answer } from '../model/failure.ts';
import type { Trust } from '../model/protection.ts';

/** What is thought of one person's devices, named by their keys. */
export interface CarriedTrust {
  readonly person: Address;
  readonly isStrict: boolean;
  readonly devices: readonly CarriedDevice[];
}

export interface CarriedDevice {
  readonly id: number;
  /** 64 hexadecimal digits. */
  readonly fingerprint: string;
  readonly trust: Trust;
  readonly firstSeenAt: number;
}

export interface TrustCarrier {
  /** What is thought of the devices of these people, to be taken elsewhere; of those whose keys were never seen nothing. */
  carry(people: readonly Address[]): Promise<readonly CarriedTrust[]>;
  /** What was decided here is not undone by it. Answers on how many devices it decided. */
  takeCarried(carried: readonly CarriedTrust[]): Promise<Answer<number>>;
}
