// What saxes makes of a frame: the same plain tree ours makes, or a refusal, and what it met on the way that we refuse on purpose.
import { SaxesParser } from 'saxes';
import type { Element } from '../../../src/xmpp/xml.ts';

export interface PlainElement {
  name: string;
  namespace: string;
  attributes: [string, string][];
  children: (PlainElement | string)[];
}

const byName = (a: [string, string], b: [string, string]): number => (a[0] < b[0] ? -1 : 1);

export interface Verdict {
  tree: PlainElement | undefined;
  /** Things a frame must not hold although XML allows them. */
  met: Set<string>;
}

/** What our own parser made, in the same form. */
export function asPlain(element: Element): PlainElement {
  return {
    name: element.name,
    namespace: element.namespace,
    attributes: Object.keys(element.attributes)
      .map((name) => [name, element.attributes[name]!] as [string, string])
      .toSorted(byName),
    children: element.children.map((one) => (typeof one === 'string' ? one : asPlain(one))),
  };
}

export function askSaxes(text: string): Verdict {
  const met = new Set<string>();
  const parser = new SaxesParser({ xmlns: true });
  const open: PlainElement[] = [];
  let root: PlainElement | undefined;
  const add = (words: string): void => {
    const children = open.at(-1)?.children;
    if (!children || words === '') return;
    if (typeof children.at(-1) === 'string') children[children.length - 1] += words;
    else children.push(words);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('xmldecl', () => met.add('declaration'));
  parser.on('comment', () => met.add('comment'));
  parser.on('processinginstruction', () => met.add('processing instruction'));
  parser.on('doctype', () => met.add('document type'));
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes);
    if (attributes.length > 256) met.add('attributes');
    if ([tag.name, ...attributes.map((one) => one.name)].some((name) => !isQualified(name))) met.add('name');
    // saxes trims it.
    if (attributes.some((one) => (one.name === 'xmlns' || one.prefix === 'xmlns') && /\s/.test(one.value))) met.add('space in a namespace');
    const element: PlainElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: attributes
        .filter((one) => one.name === 'xml:lang' || (one.prefix === '' && one.local !== 'xmlns'))
        .map((one): [string, string] => [one.name, one.value])
        .toSorted(byName),
      children: [],
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    if (open.push(element) > 64) met.add('depth');
  });
  parser.on('closetag', () => open.pop());
  if (!text.startsWith('<')) met.add('beginning');
  if (/&#x?[0-9a-fA-F]{11,};/.test(text.replace(/<!\[CDATA\[[^]*?\]\]>/g, ''))) met.add('endless reference');
  if (/[\ud800-\udfff]/u.test(text)) met.add('half a pair');
  try {
    parser.write(text).close();
    return { tree: root, met };
  } catch {
    return { tree: undefined, met };
  }
}

/** Saxes asks of the whole name only that it be one, not of what stands behind the colon. */
const isQualified = (name: string): boolean => name.length <= 256 && !/:(?:[-.0-9\u00b7\u203f\u2040]|[\u0300-\u036f])/.test(name);
