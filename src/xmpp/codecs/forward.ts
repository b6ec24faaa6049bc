// Stanzas inside stanzas, XEP-0297. Carbons and the archive both wrap this way.
import { NS_CLIENT, NS_FORWARD } from '../namespaces.ts';
import { child, childElements, element, type Element } from '../xml.ts';
import { readDelays, writeDelay, type Delay } from './delay.ts';

export interface Forwarded {
  message: Element;
  delay?: Delay;
}

export function writeForwarded({ message, delay }: Forwarded): Element {
  return element('forwarded', NS_FORWARD, {}, [delay && writeDelay(delay), message]);
}

/** Exactly one wrapper around exactly one message: which of two would be the true one? */
export function readForwarded(parent: Element): Forwarded | undefined {
  const wrappers = childElements(parent).filter((one) => one.namespace === NS_FORWARD);
  const [wrapper] = wrappers;
  if (!wrapper || wrappers.length > 1 || wrapper.name !== 'forwarded') return undefined;
  const stanzas = childElements(wrapper).filter((one) => one.namespace === NS_CLIENT);
  const message = child(wrapper, 'message', NS_CLIENT);
  if (!message || stanzas.length > 1) return undefined;
  const [delay] = readDelays(wrapper);
  return { message, ...(delay && { delay }) };
}
