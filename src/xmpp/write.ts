// Writes an element as one frame. Whatever text it is given, what leaves is well-formed: an engine ends the stream over one bad character.
import type { Element } from './element.ts';

const REPLACEMENT = '\ufffd';
/** What XML cannot say at all, lone surrogates included. Typed text may hold them: half an emoji, a pasted control character. */
const UNSPEAKABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const IN_TEXT = /[&<>\r]/g;
const IN_ATTRIBUTE = /[&<>"\t\n\r]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** `xmlns` is written only where it differs from the parent's; `outerNamespace` is that of the place the text is put into. */
export function writeElement(element: Element, outerNamespace = ''): string {
  const { name, namespace, attributes, children } = element;
  let text = `<${name}`;
  if (namespace !== outerNamespace) text += ` xmlns="${escape(namespace, IN_ATTRIBUTE)}"`;
  for (const key in attributes) text += ` ${key}="${escape(attributes[key] ?? '', IN_ATTRIBUTE)}"`;
  if (children.length === 0) return `${text}/>`;
  text += '>';
  for (const one of children) text += typeof one === 'string' ? escape(one, IN_TEXT) : writeElement(one, namespace);
  return `${text}</${name}>`;
}

function escape(text: string, special: RegExp): string {
  return text.replace(UNSPEAKABLE, REPLACEMENT).replace(special, (one) => ESCAPES[one] ?? one);
}
