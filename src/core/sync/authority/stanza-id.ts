// The id an archive gave a message. Everybody can write one; whose archive it is decides, and that it is the only one.
import type { Address } from '../../../model/account.ts';
import { readArchiveIds } from '../../../xmpp/codecs/ids.ts';
import { bareOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';

/** Longer than any engine makes them. */
const LONGEST = 256;

/**
 * `by` is the own bare address or the room, and only where that archive is known to strip what others claim in its name
 * (it offers `urn:xmpp:mam:2` or `urn:xmpp:sid:0`). Without one, nothing is believed.
 */
export function trustedArchiveId(message: Element, by: Address | undefined): string | undefined {
  if (!by) return undefined;
  // Engines strip the spelling they use themselves; another spelling of the same address is somebody else's.
  const claimed = readArchiveIds(message).filter((one) => bareOf(one.by) === by);
  const [only] = claimed;
  return only && claimed.length === 1 && only.by === by && only.id.length <= LONGEST ? only.id : undefined;
}
