// Devices of many people, counted: a room shows no more of them before somebody looks closer.
import type { KeysGlance } from '../../../contracts/keys.ts';
import type { Address } from '../../../model/account.ts';
import { leastTrust } from '../../../model/protection.ts';
import type { People } from '../devices/people.ts';
import type { KnownDevice } from './decide.ts';

export async function glanceAt(people: People, persons: readonly Address[]): Promise<readonly KeysGlance[]> {
  await Promise.all(persons.map((person) => people.load(person)));
  return persons.map((person) => count(person, people.get(person).trust.devices));
}

function count(person: Address, devices: readonly KnownDevice[]): KeysGlance {
  const written = devices.filter(({ isListed, trust }) => isListed && trust !== 'refused');
  return {
    person,
    devices: written.length,
    undecided: written.filter(({ trust }) => trust === 'undecided').length,
    trust: leastTrust(written.map(({ trust }) => trust)),
    isVerified: written.length > 0 && devices.every(({ trust }) => trust === 'verified'),
  };
}
