// Stanzas inside stanzas, XEP-0297. Carbons and the archive both wrap this way.
import { NS_CLIENT, NS_FORWARD } from '../namespaces.ts';
import type { Element } from '../xml.ts';
import { readDelays, type Delay } from './delay.ts';

export interface Forwarded {
  message: Element;
  delay?: Delay;
}

/** Exactly one wrapper around exactly one message: which of two would be the true one? */
export function readForwarded(parent: Element): Forwarded | undefined {
  const wrapper = onlyChildOf(parent, NS_FORWARD);
  const message = wrapper?.name === 'forwarded' ? onlyChildOf(wrapper, NS_CLIENT) : undefined;
  if (!wrapper || message?.name !== 'message') return undefined;
  const [delay] = readDelays(wrapper);
  return delay ? { message, delay } : { message };
}

/** Undefined where there are several of this namespace. */
function onlyChildOf(parent: Element, namespace: string): Element | undefined {
  let only: Element | undefined;
  for (const one of parent.children) {
    if (typeof one === 'string' || one.namespace !== namespace) continue;
    if (only) return undefined;
    only = one;
  }
  return only;
}
