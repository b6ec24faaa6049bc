// Devices of both methods as one list. A decision names a number and a key, and lands in each method that knows this number by this key.
import type { KeysOf } from '../../../contracts/keys.ts';
import type { Address } from '../../../model/account.ts';
import { succeeded, type Answer } from '../../../model/failure.ts';
import type { Trusting } from '../../key-ports.ts';
import type { LegacyHalf } from '../legacy-half.ts';
import type { Side } from '../side.ts';

/** `dressed`: what own devices told each other, beside the keys. */
export function trustInBoth({ trust }: Side, legacy: LegacyHalf, dressed: (keys: KeysOf) => KeysOf): Trusting {
  const inBoth = (ask: (trusting: Trusting) => Promise<Answer<void>>): Promise<Answer<void>> =>
    legacy.side ? either(ask(trust), ask(legacy.side.trust)) : ask(trust);
  return {
    ...trust,
    async read(person) {
      const keys = await read(trust, legacy, person);
      return keys.ok ? succeeded(dressed(keys.value)) : keys;
    },
    decide: (person, decision) => inBoth((one) => one.decide(person, decision)),
    compare: (person, text) => compare(trust, legacy, person, text),
    renew: (person) => inBoth((one) => one.renew(person)),
    remove: (device) => inBoth((one) => one.remove(device)),
  };
}

async function either(newer: Promise<Answer<void>>, older: Promise<Answer<void>>): Promise<Answer<void>> {
  const answers = await Promise.all([newer, older]);
  return answers.find((one) => !one.ok && one.failure.kind !== 'not-found') ?? answers.find(({ ok }) => ok) ?? answers[0];
}

async function read(newer: Trusting, legacy: LegacyHalf, person: Address): Promise<Answer<KeysOf>> {
  const keys = await newer.read(person);
  if (!keys.ok) return keys;
  const state = await legacy.stateWith(person);
  const older = await legacy.side?.trust.read(person);
  const devices = older?.ok ? older.value.devices.map((device) => ({ ...device, method: 'legacy' as const })) : [];
  return succeeded({ ...keys.value, devices: [...keys.value.devices, ...devices], legacy: state });
}

/** Programs that speak only the older method show the keys of that one. */
async function compare(newer: Trusting, { side }: LegacyHalf, person: Address, text: string): ReturnType<Trusting['compare']> {
  const answer = await newer.compare(person, text);
  const isOpen = answer.ok && answer.value === 'different' && side;
  return isOpen ? side.trust.compare(person, text) : answer;
}
