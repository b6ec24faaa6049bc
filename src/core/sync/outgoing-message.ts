// The stanza of an own message, written once: the same bytes go out at every attempt.
import type { ConversationId, ConversationKind } from '../../model/conversation.ts';
import { LONGEST_TEXT, type MessageId } from '../../model/message.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { writeChatState } from '../../xmpp/codecs/chat-state.ts';
import { isEncryptionName, LEGACY_STAND_IN } from '../../xmpp/codecs/encrypted.ts';
import { writeHint } from '../../xmpp/codecs/hints.ts';
import { writeOriginId } from '../../xmpp/codecs/ids.ts';
import { writeMarkable } from '../../xmpp/codecs/markers.ts';
import { writeMessage } from '../../xmpp/codecs/message.ts';
import { writeReceipt, writeReceiptRequest } from '../../xmpp/codecs/receipts.ts';
import { writeDisplayed } from '../../xmpp/codecs/markers.ts';
import { NS_CLIENT } from '../../xmpp/namespaces.ts';
import { element, type Element } from '../../xmpp/xml.ts';
import { writeFileSharing } from '../../xmpp/codecs/file-sharing.ts';
import { writeOutOfBand } from '../../xmpp/codecs/out-of-band.ts';
import type { SharedFile } from '../../model/file.ts';
import type { FileSource } from '../file-ports.ts';
import type { SealedWords } from '../ports.ts';
import { cleanText } from './clean-text.ts';
import { describeFile, type WithFile } from './shared-file.ts';

/** What somebody says: words, or a file that has its address by now, with words or without. */
export interface Words {
  text: string;
  file?: SharedFile | undefined;
  fileSource?: FileSource | undefined;
}

export function composeMessage(id: MessageId, to: ConversationId, kind: ConversationKind, words: Words): Element {
  const isDirect = kind === 'direct';
  const shared = fileOf(words);
  const url = shared?.fileSource.url ?? '';
  const body = shared ? [words.text, url].filter(Boolean).join('\n') : words.text;
  return writeMessage({ type: typeOf(kind), id, to }, body, [
    shared && writeFileSharing(describeFile(shared)),
    shared && writeOutOfBand(url),
    writeOriginId(id),
    writeHint('store'),
    isDirect ? writeReceiptRequest() : undefined,
    isDirect ? writeMarkable() : undefined,
  ]);
}

/** What of such a message only those may read who can open it. In a room nobody tells who has read what. */
export function contentOfMessage(words: Words, kind: ConversationKind): Element[] {
  const shared = fileOf(words);
  return [
    ...(words.text === '' ? [] : [element('body', NS_CLIENT, {}, [words.text])]),
    ...(shared ? [writeFileSharing(describeFile(shared))] : []),
    ...(kind === 'direct' ? [writeReceiptRequest(), writeMarkable()] : []),
  ];
}

/** Nobody could fetch its file: it is not uploaded, or lies there in clear while its message goes sealed. */
export const isWithoutAddress = ({ file, fileSource }: Words, isSealed: boolean): boolean =>
  file !== undefined && (fileSource?.url === undefined || (isSealed && fileSource.cipher === undefined));

const fileOf = ({ text, file, fileSource }: Words): WithFile | undefined => file && fileSource && { text, file, fileSource };

/** Where only the words are inside, the wish for a receipt stands beside, and something in their place. */
export function composeSealed(id: string, to: ConversationId, kind: ConversationKind, { elements, protection }: SealedWords): Element {
  const isLegacy = protection.how === 'legacy';
  return writeMessage({ type: typeOf(kind), id, to }, isLegacy ? LEGACY_STAND_IN : undefined, [
    writeOriginId(id),
    writeHint('store'),
    kind === 'direct' && isLegacy ? writeReceiptRequest() : undefined,
    ...elements,
  ]);
}

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

/** The text as it will be sent and shown, or why it cannot be. A caption may be empty. */
export function checkText(text: string, isCaption = false): Answer<string> {
  const clean = cleanText(text)
    .replace(/[^\S\n]+$/gm, '')
    .replace(/^\n+|\s+$/g, '');
  if (clean === '' && !isCaption) return failed({ kind: 'message-empty' });
  return clean.length > LONGEST_TEXT ? failed({ kind: 'message-too-long', limit: LONGEST_TEXT }) : succeeded(clean);
}
