// What a stanza of type error means to the person, RFC 6120 section 8.3.3.
import type { Failure, Refusal } from '../../model/failure.ts';
import { readStanzaError } from '../../xmpp/codecs/stanza-error.ts';
import type { Element } from '../../xmpp/xml.ts';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  forbidden: 'forbidden',
  'not-allowed': 'forbidden',
  'not-authorized': 'forbidden',
  'registration-required': 'members-only',
  'subscription-required': 'members-only',
  conflict: 'name-taken',
  'remote-server-not-found': 'unknown-person',
  gone: 'unknown-person',
  'jid-malformed': 'unknown-person',
};

export function failureOfStanza(stanza: Element): Failure {
  const { condition = '', type, blocked, text, detail } = readStanzaError(stanza) ?? {};
  if (blocked) return { kind: 'refused', reason: 'blocked' };
  if (detail === 'file-too-large') return { kind: 'refused', reason: 'too-large' };
  if (condition === 'item-not-found' || condition === 'recipient-unavailable') return { kind: 'not-found' };
  if (condition === 'remote-server-timeout') return { kind: 'no-answer' };
  if (condition === 'resource-constraint' && type === 'wait') return { kind: 'too-many-requests' };
  return { kind: 'refused', reason: REFUSALS[condition] ?? 'other', ...(text && { said: text }) };
}
