// Message carbons, XEP-0280: copies of what this account's other devices send and receive.
import type { Claim } from '../claim.ts';
import { NS_CARBONS, NS_CLIENT } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';
import { readForwarded } from './forward.ts';

export const receivedCarbonClaim: Claim = { stanza: 'message', child: ['received', NS_CARBONS] };
export const sentCarbonClaim: Claim = { stanza: 'message', child: ['sent', NS_CARBONS] };

export interface Carbon {
  direction: 'sent' | 'received';
  message: Element;
}

export const writeCarbonsEnable = (): Element => element('iq', NS_CLIENT, { type: 'set' }, [element('enable', NS_CARBONS)]);

/** Whether it is a wrapper at all, however badly made: then nothing else in it may be believed. */
export const isCarbon = (message: Element): boolean => message.children.some(isWrapper);

export function readCarbon(message: Element): Carbon | undefined {
  const wrappers = message.children.filter(isWrapper);
  const [wrapper] = wrappers;
  const forwarded = wrapper && wrappers.length === 1 ? readForwarded(wrapper) : undefined;
  return wrapper && forwarded && { direction: wrapper.name as Carbon['direction'], message: forwarded.message };
}

const isWrapper = (one: Element | string): one is Element =>
  typeof one !== 'string' && one.namespace === NS_CARBONS && (one.name === 'sent' || one.name === 'received');
