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
  /** Not compared or refused here: the own device that told of it, or 0 for a backup. */
  readonly toldBy?: number;
  /** The own device whose refusal a person has overruled here: it does not come back by being told again. */
  readonly overruled?: number;
}

/** A key that an own device told of and that nobody has seen here. */
export interface AwaitedKey {
  readonly identity: IdentityPublic;
  readonly trust: 'verified' | 'refused';
  readonly toldBy: number;
}

/** One account's devices, a contact's or our own. */
export interface AccountTrust {
  readonly devices: readonly KnownDevice[];
  /** From the first comparison on, for good: forgetting the device that was compared does not make anybody careless again. */
  readonly isStrict: boolean;
  readonly awaited?: readonly AwaitedKey[];
}

export const DECIDED: ReadonlySet<Trust> = new Set(['verified', 'accepted', 'refused']);

export const NOBODY_KNOWN: AccountTrust = { devices: [], isStrict: false };

/**
 * A device is met: its key was fetched, or it wrote. One that is known under another key stays as it is, and nothing is let in. A decision is
 * one on a key: it holds under each number that an account lists it by.
 */
export function meetDevice(account: AccountTrust, id: number, identity: IdentityPublic, now: number): AccountTrust {
  if (account.devices.some((one) => one.id === id)) return account;
  const awaited = account.awaited?.find((one) => isSameIdentity(one.identity, identity));
  const told = awaited && { trust: awaited.trust, toldBy: awaited.toldBy };
  const judgement = judgementOn(account.devices, identity) ?? told ?? { trust: account.isStrict ? 'undecided' : 'first-use' };
  const met: KnownDevice = { id, identity, firstSeenAt: now, isListed: true, ...judgement };
  const rest = awaited && { awaited: account.awaited?.filter((one) => one !== awaited) ?? [] };
  return { ...account, ...rest, devices: [...account.devices, met] };
}

type Judgement = Pick<KnownDevice, 'trust' | 'toldBy' | 'overruled'>;

/** What was decided on this key, under whatever number. */
export function judgementOn(devices: readonly KnownDevice[], identity: IdentityPublic): Judgement | undefined {
  const decided = devices.filter((one) => DECIDED.has(one.trust) && isSameIdentity(one.identity, identity));
  const { trust, toldBy, overruled } = decided.find((one) => one.trust === 'refused') ?? decided[0] ?? {};
  return trust && { trust, ...(toldBy !== undefined && { toldBy }), ...(overruled !== undefined && { overruled }) };
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
  const judge = (one: KnownDevice): KnownDevice =>
    isCompared(one) ? decidedHere(one, 'verified') : one.trust === 'first-use' ? { ...one, trust: 'undecided' } : one;
  return { ...account, isStrict: true, devices: account.devices.map(judge) };
}

/** By a person, at this device: it rests on nobody else's word any more. */
function decidedHere({ toldBy, ...device }: KnownDevice, trust: Trust): KnownDevice {
  const isOverruled = device.trust === 'refused' && trust !== 'refused' && toldBy;
  return { ...device, trust, ...(isOverruled && { overruled: toldBy }) };
}

export const isComparedHere = ({ trust, toldBy }: KnownDevice): boolean => trust === 'verified' && toldBy === undefined;

/** Who has compared anybody's keys is strict with their own account as well: an own device that an engine slips in reads everything. */
export const becomeStrict = (account: AccountTrust): AccountTrust => ({ ...account, isStrict: true });

export function decideOn(account: AccountTrust, id: number, trust: 'accepted' | 'refused'): AccountTrust {
  const shown = account.devices.find((one) => one.id === id);
  if (!shown) return account;
  const judge = (one: KnownDevice): KnownDevice => (isSameIdentity(one.identity, shown.identity) ? decidedHere(one, trust) : one);
  return { ...account, devices: account.devices.map(judge) };
}

export type Recipients =
  | { readonly ok: true; readonly devices: readonly KnownDevice[] }
  | { readonly ok: false; readonly undecided: readonly KnownDevice[] };

/** To whom a message goes. As long as anybody is undecided it goes to nobody: leaving one out unasked would be a decision too. */
export function recipientsOf({ devices }: AccountTrust): Recipients {
  const listed = devices.filter((one) => one.isListed);
  const undecided = listed.filter((one) => one.trust === 'undecided');
  return undecided.length > 0 ? { ok: false, undecided } : { ok: true, devices: listed.filter((one) => one.trust !== 'refused') };
}
