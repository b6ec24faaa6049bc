// What we answer when somebody asks what we can do: engines ask, to know of which nodes we want to hear.
import type { Address } from '../../../model/account.ts';
import { nodeOf, OLDER_INFO, OLDER_VERSION, OWN_INFO, OWN_VERSION } from '../../../xmpp/codecs/caps.ts';
import { infoRequestClaim, readInfoRequest, writeInfo } from '../../../xmpp/codecs/disco-info.ts';
import { writeRefusal, writeResult } from '../../../xmpp/codecs/iq.ts';
import { bareOf, domainOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';
import { isClaimed } from '../authority/shape.ts';

/** Strangers get no answer of ours, so that the connection's plain refusal does not tell them that we are here. */
export function answerInfoRequest(iq: Element, self: Address, maySeeUs: (person: Address) => boolean): Element | undefined {
  if (!isClaimed(iq, infoRequestClaim)) return undefined;
  const { from } = iq.attributes;
  const asker = bareOf(from ?? self);
  if (asker !== self && asker !== domainOf(self) && !maySeeUs(asker)) return undefined;
  const node = readInfoRequest(iq)?.node;
  const info = node === nodeOf(OLDER_VERSION) ? OLDER_INFO : OWN_INFO;
  if (info === OWN_INFO && node !== undefined && node !== nodeOf(OWN_VERSION)) return writeRefusal(iq, 'item-not-found');
  return writeResult(iq, writeInfo(info, node));
}
