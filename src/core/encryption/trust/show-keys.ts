// Devices and keys of a person as somebody is shown them.
import type { DeviceKeys, KeysOf } from '../../../contracts/keys.ts';
import type { Address } from '../../../model/account.ts';
import type { ListedDevice } from '../../../xmpp/codecs/omemo-devices.ts';
import type { People, Person } from '../devices/people.ts';
import { isLabelSigned } from '../exchange/label.ts';
import type { OwnDevice } from '../own/own-device.ts';
import type { Curves } from '../primitives/curves.ts';
import type { IdentityPublic } from '../primitives/keys.ts';
import type { KnownDevice } from './decide.ts';
import { showFingerprint, writeKeysUri, type NamedKeys } from './fingerprint.ts';
import { safetyNumber } from './safety-number.ts';

export interface ShowParts {
  readonly self: Address;
  readonly curves: Curves;
  readonly own: OwnDevice;
  readonly people: People;
}

export async function showKeys(parts: ShowParts, person: Address): Promise<KeysOf> {
  const { self, people } = parts;
  const known = people.get(person);
  const isSelf = person === self;
  const number = isSelf ? undefined : numberWith(parts, person);
  const others = await Promise.all(known.trust.devices.map((device) => showDevice(parts, known, device)));
  return {
    person,
    isSelf,
    devices: isSelf ? [...(await showThisDevice(parts)), ...others] : others,
    ...(number !== undefined && { safetyNumber: number }),
    ownKeys: writeKeysUri({ address: self, devices: ownDevices(parts).slice(0, isSelf ? 1 : undefined) }),
    isStrict: known.trust.isStrict,
  };
}

/** Both sides count the devices that are listed and not refused: whoever was slipped in shows on one side only. */
export function numberWith(parts: ShowParts, person: Address): string | undefined {
  const ours = ownDevices(parts).map(({ identity }) => identity);
  const theirs = heeded(parts.people.get(person)).map(({ identity }) => identity);
  if (ours.length === 0 || theirs.length === 0) return undefined;
  return safetyNumber({ address: parts.self, identities: ours }, { address: person, identities: theirs });
}

export const heeded = ({ trust }: Person): readonly KnownDevice[] => trust.devices.filter((one) => one.isListed && one.trust !== 'refused');

function ownDevices({ self, own, people }: ShowParts): NamedKeys['devices'] {
  const { keys } = own;
  return [...(keys ? [{ id: keys.deviceId, identity: keys.identity.public }] : []), ...heeded(people.get(self))];
}

async function showDevice({ curves }: ShowParts, { listed, seen }: Person, device: KnownDevice): Promise<DeviceKeys> {
  const { id, identity, trust, firstSeenAt, isListed, toldBy } = device;
  const label = await showLabel(
    curves,
    identity,
    listed?.find((one) => one.id === id),
  );
  const lastSeenAt = seen[id];
  return {
    id,
    fingerprint: showFingerprint(identity),
    trust,
    ...(label && { label }),
    firstSeenAt,
    ...(lastSeenAt !== undefined && { lastSeenAt }),
    isListed,
    isThisDevice: false,
    ...(toldBy !== undefined && { isTold: true }),
  };
}

async function showThisDevice({ curves, own, people, self }: ShowParts): Promise<readonly DeviceKeys[]> {
  const { keys, madeAt } = own.row;
  if (!keys) return [];
  const { deviceId: id, identity } = keys;
  const listed = people.get(self).listed?.find((one) => one.id === id);
  const label = await showLabel(curves, identity.public, listed);
  const shown = { id, fingerprint: showFingerprint(identity.public), trust: 'verified', firstSeenAt: madeAt } as const;
  return [{ ...shown, ...(label && { label }), isListed: listed !== undefined, isThisDevice: true }];
}

async function showLabel(curves: Curves, identity: IdentityPublic, listed: ListedDevice | undefined): Promise<DeviceKeys['label']> {
  if (!listed?.label) return undefined;
  return { text: listed.label, isSigned: await isLabelSigned(curves, identity, listed) };
}
