// What the last sign-in taught about a service, so that the next one needs not ask first. Only a guess: offers are looked at again before any proof.
import type { StreamFeatures } from '../../xmpp/codecs/stream-features.ts';
import type { ServiceKnowledge } from '../ports.ts';

export type Knowledge = readonly ServiceKnowledge[];

export const NOTHING_KNOWN: Omit<ServiceKnowledge, 'service'> = { pace: 'flight' };

export const knowledgeOf = (knowledge: Knowledge, service: string): ServiceKnowledge =>
  knowledge.find((one) => one.service === service) ?? { service, ...NOTHING_KNOWN };

export function learn(knowledge: Knowledge, lesson: ServiceKnowledge): Knowledge {
  return [...knowledge.filter((one) => one.service !== lesson.service), lesson];
}

/** Sign-in by one request is worth it only where it binds as well. */
export function sasl2Of(features: StreamFeatures): ServiceKnowledge['sasl2'] {
  return features.sasl2?.bind ? features.sasl2 : undefined;
}
