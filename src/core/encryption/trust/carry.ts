// What was thought of somebody's devices elsewhere, taken over: it fills in what nobody has decided here, and never makes anybody more careless.
import type { Trust } from '../../../model/protection.ts';
import type { Address } from '../../../model/account.ts';
import type { CarriedDevice, CarriedTrust } from '../../carried-trust.ts';
import type { OwnRow } from '../own/own-device.ts';
import { isSameIdentity } from '../primitives/edwards.ts';
import type { IdentityPublic } from '../primitives/keys.ts';
import { DECIDED, judgementOn, type AccountTrust, type KnownDevice } from './decide.ts';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';

/** Nobody has more devices than are followed. */
const MOST_DEVICES = 300;

export function carriedOf(person: Address, { devices, isStrict }: AccountTrust, ours: OwnRow | undefined): CarriedTrust {
  const carried = devices.map(({ id, identity, trust, firstSeenAt }) => ({ id, fingerprint: fingerprintOf(identity), trust, firstSeenAt }));
  const { keys, madeAt = 0 } = ours ?? {};
  const trust = isStrict ? ('verified' as const) : ('first-use' as const);
  const own = keys ? [{ id: keys.deviceId, fingerprint: fingerprintOf(keys.identity.public), trust, firstSeenAt: madeAt }] : [];
  return { person, isStrict, devices: [...own, ...carried] };
}

/** The same object where it changes nothing. */
export function withCarried(account: AccountTrust, carried: CarriedTrust, ownDevice: number | undefined): AccountTrust {
  const isStrict = account.isStrict || carried.isStrict;
  let devices = account.devices;
  for (const one of carried.devices) if (one.id !== ownDevice) devices = withDevice({ isStrict, devices }, one);
  const judged = isStrict && !account.isStrict ? devices.map((device) => doubted(device, carried)) : devices;
  return judged === account.devices && isStrict === account.isStrict ? account : { ...account, isStrict, devices: judged };
}

export function countDecisions(before: AccountTrust, after: AccountTrust): number {
  const isNew = ({ id, trust }: KnownDevice): boolean => before.devices.find((one) => one.id === id)?.trust !== trust;
  return after.devices.filter((device) => DECIDED.has(device.trust) && isNew(device)).length;
}

/** It holds for the key, under each of its numbers here. Of a number that has another key it says nothing. */
function withDevice(account: AccountTrust, { id, fingerprint, trust, firstSeenAt }: CarriedDevice): readonly KnownDevice[] {
  const identity = readFingerprint(fingerprint);
  if (!identity) return account.devices;
  const devices = judgeKey(account.devices, identity, trust);
  if (devices.some((one) => one.id === id) || devices.length >= MOST_DEVICES) return devices;
  const toldBy = trust === 'verified' ? { toldBy: 0 } : {};
  const judgement = judgementOn(devices, identity) ?? { trust: account.isStrict && trust === 'first-use' ? 'undecided' : trust, ...toldBy };
  return [...devices, { id, identity, firstSeenAt, isListed: false, ...judgement }];
}

function judgeKey(devices: readonly KnownDevice[], identity: IdentityPublic, trust: Trust): readonly KnownDevice[] {
  const isDecision = DECIDED.has(trust);
  const isOpen = (one: KnownDevice): boolean => !DECIDED.has(one.trust) && one.trust !== trust && (isDecision || trust === 'undecided');
  const open = devices.filter((one) => isSameIdentity(one.identity, identity) && isOpen(one));
  if (open.length === 0) return devices;
  return devices.map((one) => (open.includes(one) ? { ...one, trust, ...(trust === 'verified' && { toldBy: 0 }) } : one));
}

/** Who merely came first here, and was not known where keys had been compared, waits for a word. */
function doubted(device: KnownDevice, carried: CarriedTrust): KnownDevice {
  const wasKnown = carried.devices.some(({ id, fingerprint }) => id === device.id && fingerprint === fingerprintOf(device.identity));
  return device.trust === 'first-use' && !wasKnown ? { ...device, trust: 'undecided' } : device;
}
