// Messages, RFC 6121 section 5: the frame and the words, without any extension. Threads are not used.
import { NS_CLIENT } from '../namespaces.ts';
import { child, childrenNamed, element, textOf, type Element } from '../xml.ts';

export type MessageType = 'chat' | 'groupchat' | 'normal' | 'headline' | 'error';

export interface MessageHead {
  type: MessageType;
  id?: string;
  from?: string;
  to?: string;
}

export interface MessageWords extends MessageHead {
  body?: string;
  /** An empty subject is one: it clears the room's. */
  subject?: string;
}

const TYPES: ReadonlySet<string> = new Set(['chat', 'groupchat', 'headline', 'error']);

export function writeMessage(head: MessageHead, body: string | undefined, extensions: readonly (Element | undefined)[] = []): Element {
  const { type, id, from, to } = head;
  const words = body === undefined ? undefined : element('body', NS_CLIENT, {}, [body]);
  return element('message', NS_CLIENT, { to, from, id, type }, [words, ...extensions]);
}

export function readMessage(stanza: Element): MessageWords | undefined {
  if (stanza.name !== 'message' || stanza.namespace !== NS_CLIENT) return undefined;
  const { type = 'normal', id, from, to } = stanza.attributes;
  const body = readWords(stanza, 'body');
  const subject = readWords(stanza, 'subject');
  // An unknown type has to be taken as `normal`.
  const words: MessageWords = { type: TYPES.has(type) ? (type as MessageType) : 'normal' };
  if (id) words.id = id;
  if (from) words.from = from;
  if (to) words.to = to;
  if (body !== undefined) words.body = body;
  if (subject !== undefined) words.subject = subject;
  return words;
}

export const writeSubject = (subject: string): Element => element('subject', NS_CLIENT, {}, [subject]);

/** Some send the same words in several languages: those without a language are meant for everybody, otherwise the first will do. */
function readWords(stanza: Element, name: 'body' | 'subject'): string | undefined {
  const first = child(stanza, name, NS_CLIENT);
  if (!first?.attributes['xml:lang']) return textOf(first);
  const all = childrenNamed(stanza, name, NS_CLIENT);
  return textOf(all.find((one) => !one.attributes['xml:lang']) ?? all[0]);
}
