// Copies of what the account's other devices said and heard. Only the own server makes them; engines pass on forged ones untouched.
import type { Address } from '../../../model/account.ts';
import { isArchiveResult } from '../../../xmpp/codecs/archive.ts';
import { isCarbon, readCarbon, type Carbon } from '../../../xmpp/codecs/carbons.ts';
import { bareOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Judged } from './judged.ts';

export function unwrapCarbon(stanza: Element, ownBare: Address): Judged<Carbon> {
  if (!isCarbon(stanza)) return undefined;
  const carbon = readCarbon(stanza);
  const { from, type } = stanza.attributes;
  if (!carbon || from !== ownBare || type === 'error' || isArchiveResult(stanza)) return 'forged';
  return isOwnTraffic(carbon, ownBare) ? carbon : 'forged';
}

/** A copy of what we sent comes from us, one of what we heard goes to us; rooms are never copied, and a wrapper in a wrapper is a trick. */
function isOwnTraffic({ direction, message }: Carbon, ownBare: Address): boolean {
  const { from = '', to = '', type } = message.attributes;
  if (type === 'groupchat' || isCarbon(message) || isArchiveResult(message)) return false;
  if (bareOf(from) === '') return false;
  return bareOf(direction === 'sent' ? from : to) === ownBare && (direction === 'received' || bareOf(to) !== '');
}
