// Whom to trust: whoever came first until a person has compared keys once, and after that nobody who was not compared or let in.
import type { Trust } from '../../../model/protection.ts';
import type { IdentityPublic } from '../primitives/keys.ts';
import { isSameIdentity } from '../primitives/edwards.ts';

export interface KnownDevice {
  readonly id: number;
  readonly identity: IdentityPublic;
  readonly trust: Trust;
  readonly firstSeenAt: number;
  /** Its account says that it still writes to it. */
  readonly isListed: boolean;
}

/** One account's devices, a contact's or our own. */
export interface AccountTrust {
  readonly devices: readonly KnownDevice[];
  /** From the first comparison on, for good: forgetting the device that was compared does not make anybody careless again. */
  readonly isStrict: boolean;
}

export const NOBODY_KNOWN: AccountTrust = { devices: [], isStrict: false };

/** A device is met: its key was fetched, or it wrote. One that is known under another key stays as it is, and nothing is let in. */
export function meetDevice(account: AccountTrust, id: number, identity: IdentityPublic, now: number): AccountTrust {
  if (account.devices.some((one) => one.id === id)) return account;
  const trust: Trust = account.isStrict ? 'undecided' : 'first-use';
  return { ...account, devices: [...account.devices, { id, identity, trust, firstSeenAt: now, isListed: true }] };
}

export const isAnother = (account: AccountTrust, id: number, identity: IdentityPublic): boolean =>
  account.devices.some((one) => one.id === id && !isSameIdentity(one.identity, identity));

/** What the account itself says now. Devices that it does not name stay known: it may name them again. */
export const listDevices = (account: AccountTrust, ids: readonly number[]): AccountTrust => ({
  ...account,
  devices: account.devices.map((one) => ({ ...one, isListed: ids.includes(one.id) })),
});

/** A person has compared these keys. The others that merely came first now wait for a word as well. */
export function verifyDevices(account: AccountTrust, compared: readonly IdentityPublic[]): AccountTrust {
  const isCompared = (one: KnownDevice): boolean => compared.some((key) => isSameIdentity(key, one.identity));
  if (!account.devices.some(isCompared)) return account;
  const judge = (one: KnownDevice): Trust => (isCompared(one) ? 'verified' : one.trust === 'first-use' ? 'undecided' : one.trust);
  return { isStrict: true, devices: account.devices.map((one) => ({ ...one, trust: judge(one) })) };
}

/** Who has compared anybody's keys is strict with their own account as well: an own device that an engine slips in reads everything. */
export const becomeStrict = (account: AccountTrust): AccountTrust => ({ ...account, isStrict: true });

export const decideOn = (account: AccountTrust, id: number, trust: 'accepted' | 'refused'): AccountTrust => ({
  ...account,
  devices: account.devices.map((one) => (one.id === id ? { ...one, trust } : one)),
});

export type Recipients =
  | { readonly ok: true; readonly devices: readonly KnownDevice[] }
  | { readonly ok: false; readonly undecided: readonly KnownDevice[] };

/** To whom a message goes. As long as anybody is undecided it goes to nobody: leaving one out unasked would be a decision too. */
export function recipientsOf({ devices }: AccountTrust): Recipients {
  const listed = devices.filter((one) => one.isListed);
  const undecided = listed.filter((one) => one.trust === 'undecided');
  return undecided.length > 0 ? { ok: false, undecided } : { ok: true, devices: listed.filter((one) => one.trust !== 'refused') };
}
