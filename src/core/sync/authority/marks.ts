// Receipts and markers: who may say that a message arrived or was seen.
import type { Address } from '../../../model/account.ts';
import { readMarker } from '../../../xmpp/codecs/markers.ts';
import { readReceipt } from '../../../xmpp/codecs/receipts.ts';
import { bareOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';

export interface Mark {
  conversation: Address;
  /** `self`: another device of this account has seen it. */
  by: 'other' | 'self';
  seen: boolean;
  /** The sender's id of the message. */
  id: string;
}

export interface MarkNeeds {
  ownBare: Address;
  /** Conversations with one person. A mark from anybody else says nothing. */
  isDirect(address: Address): boolean;
}

/** `message` is what came live, or what `unwrapCarbon` and `acceptArchiveResult` gave out. That the id is a known message is the caller's to ask. */
export function acceptMark(message: Element, needs: MarkNeeds): Mark | undefined {
  const receipt = readReceipt(message);
  const marker = readMarker(message);
  const { type = 'normal', from = '', to = '' } = message.attributes;
  const id = marker?.id ?? receipt;
  if (type === 'error' || id === undefined || (marker && receipt && marker.id !== receipt)) return undefined;
  const seen = marker !== undefined && marker.kind !== 'received';
  // Who has read what is nobody's business in a crowd.
  if (type === 'groupchat') return undefined;
  const sender = bareOf(from);
  // A receipt of another own device says only that it lives.
  if (sender === needs.ownBare) return seen ? about(bareOf(to), 'self', seen, id, needs) : undefined;
  return about(sender, 'other', seen, id, needs);
}

function about(conversation: Address, by: Mark['by'], seen: boolean, id: string, { isDirect }: MarkNeeds): Mark | undefined {
  return conversation !== '' && isDirect(conversation) ? { conversation, by, seen, id } : undefined;
}
