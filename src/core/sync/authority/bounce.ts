// Messages that came back: only from where they were sent, or from the own server, which could not send them on.
import type { Address } from '../../../model/account.ts';
import { bareOf, domainOf, resourceOf } from '../../../xmpp/jid.ts';

/** Whether an error with this sender can be about a message that was sent to `to`. */
export function mayBounce(from: string | undefined, to: Address, ownBare: Address): boolean {
  if (from === undefined) return true;
  const bare = bareOf(from);
  if (bare === '') return false;
  if (bare === to) return true;
  const isServer = resourceOf(from) === undefined && (bare === domainOf(to) || bare === domainOf(ownBare));
  return isServer || from === ownBare;
}
