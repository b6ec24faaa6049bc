// A message of this very device that comes back, held against what is remembered of its sessions: one that is ahead of them was sealed by
// the same keys after this copy of them was made.
import { isEqual } from '../../../base/bytes.ts';
import type { Address } from '../../../model/account.ts';
import { readKeysFor, type KeyForDevice } from '../../../xmpp/codecs/omemo-message.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Sessions } from '../devices/sessions.ts';
import type { RatchetState } from '../ratchet/state.ts';
import type { RatchetHeader } from '../wire/dialect.ts';
import { OMEMO_2 } from '../wire/omemo-2.ts';

export async function isAhead(sessions: Sessions, ours: number, recipient: Address, message: Element): Promise<boolean> {
  const keys = readKeysFor(message, recipient);
  await sessions.load(recipient, keys.map(({ device }) => device)); // oxfmt-ignore
  return keys.some((key) => {
    const header = headerOf(key);
    const known = sessions.get(ours, recipient, key.device)?.sessions ?? [];
    return header !== undefined && known.some((session) => isAheadOf(session.ratchet, header));
  });
}

/** Of the chain that the next message would go on. One that has ended is never gone on with: a new one is begun by chance. */
const isAheadOf = ({ own, sending }: RatchetState, { ratchet, n }: RatchetHeader): boolean =>
  own !== undefined && sending !== undefined && isEqual(own.public, ratchet) && n >= sending.next;

const headerOf = ({ bytes, withExchange }: KeyForDevice): RatchetHeader | undefined =>
  (withExchange ? OMEMO_2.readExchange(bytes)?.message : OMEMO_2.readMessage(bytes))?.header;
