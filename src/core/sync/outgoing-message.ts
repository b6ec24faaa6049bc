// The stanza of an own message, written once: the same bytes go out at every attempt.
import type { ConversationId, ConversationKind } from '../../model/conversation.ts';
import { LONGEST_TEXT, type MessageId } from '../../model/message.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { writeChatState } from '../../xmpp/codecs/chat-state.ts';
import { isEncryptionName } from '../../xmpp/codecs/encrypted.ts';
import { writeHint } from '../../xmpp/codecs/hints.ts';
import { writeOriginId } from '../../xmpp/codecs/ids.ts';
import { writeMarkable } from '../../xmpp/codecs/markers.ts';
import { writeMessage } from '../../xmpp/codecs/message.ts';
import { writeReceipt, writeReceiptRequest } from '../../xmpp/codecs/receipts.ts';
import { writeDisplayed } from '../../xmpp/codecs/markers.ts';
import { NS_CLIENT } from '../../xmpp/namespaces.ts';
import { element, type Element } from '../../xmpp/xml.ts';
import type { SealedWords } from '../ports.ts';
import { cleanText } from './clean-text.ts';

export function composeMessage(id: MessageId, to: ConversationId, kind: ConversationKind, text: string): Element {
  const isDirect = kind === 'direct';
  return writeMessage({ type: typeOf(kind), id, to }, text, [
    writeOriginId(id),
    writeHint('store'),
    isDirect ? writeReceiptRequest() : undefined,
    isDirect ? writeMarkable() : undefined,
  ]);
}

/** What of such a message only those may read who can open it. In a room nobody tells who has read what. */
export const contentOfMessage = (text: string, kind: ConversationKind): Element[] => [
  element('body', NS_CLIENT, {}, [text]),
  ...(kind === 'direct' ? [writeReceiptRequest(), writeMarkable()] : []),
];

/** Where only the words are inside, the wish for a receipt stands beside. */
export const composeSealed = (id: string, to: ConversationId, kind: ConversationKind, { elements, protection }: SealedWords): Element =>
  writeMessage({ type: typeOf(kind), id, to }, undefined, [
    writeOriginId(id),
    writeHint('store'),
    protection.how === 'legacy' ? writeReceiptRequest() : undefined,
    ...elements,
  ]);

/** What programs tell each other: nothing beside the seal says that people should know of it. */
export const composeSealedAside = (
  id: string,
  to: ConversationId,
  kind: ConversationKind,
  elements: readonly Element[],
  hint: 'store' | 'no-store',
): Element =>
  writeMessage({ type: typeOf(kind), id, to }, undefined, [writeHint(hint), ...elements.filter((one) => !isEncryptionName(one))]);

const typeOf = (kind: ConversationKind): 'chat' | 'groupchat' => (kind === 'direct' ? 'chat' : 'groupchat');

export const composeReceipt = (id: string, to: ConversationId, messageId: string): Element =>
  writeMessage({ type: 'chat', id, to }, undefined, [writeReceipt(messageId), writeHint('store')]);

export const composeDisplayed = (id: string, to: ConversationId, messageId: string): Element =>
  writeMessage({ type: 'chat', id, to }, undefined, [writeDisplayed(messageId), writeHint('store')]);

export const composeWriting = (to: ConversationId, kind: ConversationKind, writing: boolean): Element =>
  writeChatState(writing ? 'composing' : 'paused', to, typeOf(kind));

/** The text as it will be sent and shown, or why it cannot be. */
export function checkText(text: string): Answer<string> {
  const clean = cleanText(text)
    .replace(/[^\S\n]+$/gm, '')
    .replace(/^\n+|\s+$/g, '');
  if (clean === '') return failed({ kind: 'message-empty' });
  return clean.length > LONGEST_TEXT ? failed({ kind: 'message-too-long', limit: LONGEST_TEXT }) : succeeded(clean);
}
