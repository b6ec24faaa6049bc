// What was thought of somebody's devices elsewhere, taken over: it fills in what nobody has decided here, and never makes anybody more careless.
import type { Trust } from '../../../model/protection.ts';
import type { Address } from '../../../model/account.ts';
import type { CarriedDevice, CarriedTrust } from '../../carried-trust.ts';
import type { OwnRow } from '../own/own-device.ts';
import { isSameIdentity } from '../primitives/edwards.ts';
import { isAnother, type AccountTrust, type KnownDevice } from './decide.ts';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';

const DECIDED: readonly Trust[] = ['verified', 'accepted', 'refused'];
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
  return after.devices.filter((device) => DECIDED.includes(device.trust) && isNew(device)).length;
}

/** A key that is another than the one known here decides nothing. */
function withDevice(account: AccountTrust, { id, fingerprint, trust, firstSeenAt }: CarriedDevice): readonly KnownDevice[] {
  const { devices } = account;
  const identity = readFingerprint(fingerprint);
  if (!identity || isAnother(account, id, identity)) return devices;
  const known = devices.find((one) => one.id === id && isSameIdentity(one.identity, identity));
  const fresh = {
    id,
    identity,
    trust: account.isStrict && trust === 'first-use' ? 'undecided' : trust,
    firstSeenAt,
    isListed: false,
    ...(trust === 'verified' && { toldBy: 0 }),
  } as const;
  if (!known) return devices.length < MOST_DEVICES ? [...devices, fresh] : devices;
  const isOpen = !DECIDED.includes(known.trust) && known.trust !== trust && (DECIDED.includes(trust) || trust === 'undecided');
  return isOpen ? devices.map((one) => (one === known ? { ...one, trust, ...(trust === 'verified' && { toldBy: 0 }) } : one)) : devices;
}

/** Who merely came first here, and was not known where keys had been compared, waits for a word. */
function doubted(device: KnownDevice, carried: CarriedTrust): KnownDevice {
  const wasKnown = carried.devices.some(({ id, fingerprint }) => id === device.id && fingerprint === fingerprintOf(device.identity));
  return device.trust === 'first-use' && !wasKnown ? { ...device, trust: 'undecided' } : device;
}
