// A message of this very device that comes back, held against what is remembered of its sessions: one that is ahead of them was sealed by
// the same keys after this copy of them was made.
import { isEqual } from '../../../base/bytes.ts';
import type { Address } from '../../../model/account.ts';
import type { KeyForDevice } from '../../../xmpp/codecs/omemo-message.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { People } from '../devices/people.ts';
import type { Sessions } from '../devices/sessions.ts';
import type { RatchetState } from '../ratchet/state.ts';
import type { Dialect, RatchetHeader } from '../wire/dialect.ts';
import type { Method } from '../method.ts';

export async function isAhead(
  { method, people, sessions }: { method: Method; people: People; sessions: Sessions },
  ours: number,
  recipient: Address,
  message: Element,
): Promise<boolean> {
  const all = method.keysFor(message, recipient);
  const keys = method.saysWho ? all : await ofDevices(people, recipient, all);
  await sessions.load(recipient, keys.map(({ device }) => device)); // oxfmt-ignore
  return keys.some((key) => {
    const header = headerOf(method.dialect, key);
    const known = sessions.get(ours, recipient, key.device)?.sessions ?? [];
    return header !== undefined && known.some((session) => isAheadOf(session.ratchet, header));
  });
}

/** Where no key says whose it is, those of this person's devices: in a room there are many of either. */
async function ofDevices(people: People, person: Address, keys: readonly KeyForDevice[]): Promise<readonly KeyForDevice[]> {
  await people.load(person);
  const { devices } = people.get(person).trust;
  return keys.filter(({ device }) => devices.some(({ id }) => id === device));
}

/** Of the chain that the next message would go on. One that has ended is never gone on with: a new one is begun by chance. */
const isAheadOf = ({ own, sending }: RatchetState, { ratchet, n }: RatchetHeader): boolean =>
  own !== undefined && sending !== undefined && isEqual(own.public, ratchet) && n >= sending.next;

const headerOf = (dialect: Dialect, { bytes, withExchange }: KeyForDevice): RatchetHeader | undefined =>
  (withExchange ? dialect.readExchange(bytes)?.message : dialect.readMessage(bytes))?.header;
