// Whether a stanza has the shape a codec claims.
import type { Claim } from '../../../xmpp/claim.ts';
import { child, type Element } from '../../../xmpp/xml.ts';
import { NS_CLIENT } from '../../../xmpp/namespaces.ts';

export function isClaimed(stanza: Element, claim: Claim): boolean {
  if (stanza.name !== claim.stanza || stanza.namespace !== NS_CLIENT || !child(stanza, ...claim.child)) return false;
  return !claim.types || claim.types.includes(stanza.attributes['type'] ?? '');
}
