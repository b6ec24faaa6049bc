// Everything at hand that writing to somebody's devices needs: their list, the keys of those that were never met, the sessions there are.
import type { Address } from '../../../model/account.ts';
import type { Failure } from '../../../model/failure.ts';
import type { OwnDevice } from '../own/own-device.ts';
import { isSameIdentity } from '../primitives/edwards.ts';
import type { IdentityPublic } from '../primitives/keys.ts';
import type { KnownDevice } from '../trust/decide.ts';
import type { Bundles } from './bundles.ts';
import type { DeviceLists } from './device-lists.ts';
import type { People } from './people.ts';
import type { Sessions } from './sessions.ts';

export interface ReachParts {
  readonly self: Address;
  readonly own: OwnDevice;
  readonly people: People;
  readonly lists: DeviceLists;
  readonly bundles: Bundles;
  readonly sessions: Sessions;
}

/** May run beside a turn: it steps no ratchet. Answers the network's failure; a device whose keys are broken is none. */
export async function prepareDevices(parts: ReachParts, ours: number, person: Address): Promise<Failure | undefined> {
  const { people, lists, bundles, sessions } = parts;
  const learnt = await lists.learn(person);
  if (!learnt.ok) return learnt.failure;
  const ids = (people.get(person).listed ?? []).map(({ id }) => id).filter((id) => !isThis(parts, ours, person, id));
  await sessions.load(person, ids);
  const lacking = ids.filter((id) => isLacking(parts, ours, person, id));
  const failure = await bundles.fetch(person, lacking);
  meetFetched(parts, person, lacking);
  if (!failure) people.markMet(person);
  return failure;
}

/** As it is known now, nothing would be asked. */
export function isAtHand(parts: ReachParts, ours: number, person: Address): boolean {
  const { people, lists } = parts;
  const { listed = [] } = people.get(person);
  return lists.isKnown(person) && listed.every(({ id }) => isThis(parts, ours, person, id) || !isLacking(parts, ours, person, id));
}

/** Only of our own: somebody else's may bear the same number. */
const isThis = ({ self }: ReachParts, ours: number, person: Address, id: number): boolean => person === self && id === ours;

function isLacking({ people, sessions }: ReachParts, ours: number, person: Address, id: number): boolean {
  const trust = people.trustOf(person, id);
  if (trust === undefined) return !people.isFull(person, id);
  return trust !== 'refused' && !sessions.canWrite(ours, person, id);
}

/**
 * Keys under another name than before are told of and never used. Nor are this device's own under another number: whoever refused that as
 * unknown would tell the own other devices to refuse this one.
 */
function meetFetched({ self, own, people, bundles }: ReachParts, person: Address, ids: readonly number[]): void {
  const isOurs = (identity: IdentityPublic): boolean =>
    person === self && own.keys !== undefined && isSameIdentity(identity, own.keys.identity.public);
  const found = ids.flatMap((id) => {
    const identity = bundles.get(person, id)?.identity;
    return identity ? [{ id, identity }] : [];
  });
  const others = found.filter((device) => isOurs(device.identity) || people.isAnother(person, device));
  for (const { id } of others) bundles.spoil(person, id);
  people.meet(person, found.filter((device) => !others.includes(device))); // oxfmt-ignore
}

/** Those of them that something can be written to now. */
export function reachable(parts: ReachParts, ours: number, person: Address, devices: readonly KnownDevice[]): readonly KnownDevice[] {
  const { sessions, bundles } = parts;
  const canReach = (id: number): boolean => sessions.canWrite(ours, person, id) || bundles.get(person, id) !== undefined;
  return devices.filter(({ id }) => !isThis(parts, ours, person, id) && canReach(id));
}
