// A message whose seal was opened reads as if it had come in clear: what was inside stands for whatever may only stand inside.
import type { Protection, UnreadableWhy } from '../../../model/protection.ts';
import { mayStandInside } from '../../../xmpp/codecs/envelope.ts';
import { isEncryption } from '../../../xmpp/codecs/encrypted.ts';
import type { Element } from '../../../xmpp/xml.ts';

/** A message as it is to be read, with what is known of how it travelled. */
export interface Reading {
  message: Element;
  protection?: Protection;
  unreadable?: UnreadableWhy;
  /** What is inside tells another time. */
  timeCertain?: false;
}

type Node = Element['children'][number];

export const openedMessage = (message: Element, content: readonly Element[]): Element => ({
  ...message,
  children: [...message.children.filter((one) => !isForInside(one) && !isSeal(one)), ...content],
});

/** Still sealed: what stands beside the seal in clear was not written by the sender, or not for us. */
export const unopenedMessage = (message: Element): Element => ({
  ...message,
  children: message.children.filter((one) => !isForInside(one)),
});

/** In clear where everything goes sealed: the words are shown for what they are. That others were read, or that somebody writes, is not believed. */
export const plainMessage = (message: Element): Element => ({
  ...message,
  children: message.children.filter((one) => !isForInside(one) || isWords(one)),
});

/** A file is words too, with or without any. */
const WORDS: ReadonlySet<string> = new Set(['body', 'file-sharing', 'x']);
const isWords = (one: Node): boolean => typeof one !== 'string' && WORDS.has(one.name);
const isForInside = (one: Node): boolean => typeof one !== 'string' && mayStandInside(one);
const isSeal = (one: Node): boolean => typeof one !== 'string' && isEncryption(one);
