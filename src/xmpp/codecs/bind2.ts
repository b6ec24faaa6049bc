// Binding within the sign-in, XEP-0386.
import { NS_BIND2, NS_SM } from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';

/** The engine makes the resource out of the tag and the device, so that a device keeps its address. */
export function writeBind2(tag: string, inline: readonly (Element | undefined)[]): Element {
  return element('bind', NS_BIND2, {}, [element('tag', NS_BIND2, {}, [tag]), ...inline]);
}

/** What the sign-in's success says about the bind: whether there was one, and the answer to an inline enable. */
export function readBound2(success: Element): { enabled?: Element } | undefined {
  const bound = child(success, 'bound', NS_BIND2);
  if (!bound) return undefined;
  const enabled = child(bound, 'enabled', NS_SM);
  return { ...(enabled && { enabled }) };
}
