// The XML of one frame: strict reading, strict writing, nothing a stanza has no use for. Here: looking into an element.
import type { Element } from './element.ts';

export { element, type Element } from './element.ts';
export { parseFrame, type Frame } from './parse.ts';
export { writeElement } from './write.ts';

export function child(parent: Element | undefined, name: string, namespace: string): Element | undefined {
  if (!parent) return undefined;
  const { children } = parent;
  // By number, here where every stanza passes many times: an iterator makes an object a step until it is compiled.
  for (let at = 0; at < children.length; at++) {
    const one = children[at];
    if (typeof one === 'object' && one.name === name && one.namespace === namespace) return one;
  }
  return undefined;
}

export function childrenNamed(parent: Element | undefined, name: string, namespace: string): Element[] {
  if (!child(parent, name, namespace)) return [];
  return childElements(parent).filter((one) => one.name === name && one.namespace === namespace);
}

export function childElements(parent: Element | undefined): Element[] {
  return parent ? parent.children.filter((one): one is Element => typeof one !== 'string') : [];
}

/** The element's own text, without that of its descendants. Empty text is a text; an absent element has none. */
export function textOf(element: Element | undefined): string | undefined {
  if (!element) return undefined;
  const { children } = element;
  if (children.length === 1 && typeof children[0] === 'string') return children[0];
  return children.filter((one) => typeof one === 'string').join('');
}

export const textOfChild = (parent: Element | undefined, name: string, namespace: string): string | undefined =>
  textOf(child(parent, name, namespace));
