// What a stanza of type error means to the person, RFC 6120 section 8.3.3.
import type { Failure, Refusal } from '../../model/failure.ts';
import { NS_BLOCKING_ERRORS, NS_CLIENT, NS_STANZAS } from '../../xmpp/namespaces.ts';
import { child, childElements, textOfChild, type Element } from '../../xmpp/xml.ts';

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
  const error = child(stanza, 'error', NS_CLIENT);
  const condition = childElements(error).find((one) => one.namespace === NS_STANZAS && one.name !== 'text')?.name ?? '';
  if (child(error, 'blocked', NS_BLOCKING_ERRORS)) return { kind: 'refused', reason: 'blocked' };
  if (condition === 'item-not-found' || condition === 'recipient-unavailable') return { kind: 'not-found' };
  if (condition === 'remote-server-timeout') return { kind: 'no-answer' };
  if (condition === 'resource-constraint' && error?.attributes['type'] === 'wait') return { kind: 'too-many-requests' };
  const said = textOfChild(error, 'text', NS_STANZAS);
  return { kind: 'refused', reason: REFUSALS[condition] ?? 'other', ...(said && { said }) };
}
