// What a tab asks of files: to send one, to fetch one, to be told how far they are.
import type { FileDraft, FileOrder, FilePlace, Transfer, UploadLimit } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { SharedFile } from '../../model/file.ts';
import type { Message, MessageId } from '../../model/message.ts';
import type { FileSource } from '../file-ports.ts';
import type { OutboxRecord, StoredMessage } from '../ports.ts';
import { checkText } from '../sync/outgoing-message.ts';
import { cleanFileName, cleanType } from '../sync/file-names.ts';
import { checkPreview } from '../sync/shared-file.ts';
import type { AccountSession } from './account-session.ts';
import { unstage } from './staged-calls.ts';
import { asMessage, discardMessage, findConversation, findSent, wrote } from './thread-calls.ts';

const NOT_FOUND = failed({ kind: 'not-found' });
const NO_FILES = failed({ kind: 'legacy-no-files' });
const LARGEST_SIDE = 65_535;

/** Everywhere the same, since the account's own service takes all files; but the older encryption carries none. */
export async function readUploadLimit(session: AccountSession, id: ConversationId): Promise<Answer<UploadLimit | undefined>> {
  const record = session.book.get(id);
  if (!record) return NOT_FOUND;
  if (record.legacy) return NO_FILES;
  if (session.connection.state().stage !== 'online') return failed({ kind: 'offline' });
  return (await session.files.ask()).limit();
}

/** The same draft twice is the same message, and its file is stored once. */
export async function sendFile(session: AccountSession, to: ConversationId, draft: FileDraft): Promise<Answer<Message>> {
  const id = String(draft.id) as MessageId;
  const record = findConversation(session, to, id);
  if (!record.ok) return record;
  if (!(draft.file instanceof Blob)) return failed({ kind: 'refused', reason: 'other' });
  const conversation = record.value.id;
  if (record.value.legacy) return NO_FILES;
  const sent = await findSent(session, conversation, id);
  if (sent) return succeeded(sent);
  const waiting = session.messages.outbox.get(id);
  if (waiting) return succeeded(asMessage(session, waiting));
  const text = checkText(String(draft.text), true);
  if (!text.ok) return text;
  const kept = await (await session.files.ask()).keep({ conversation, message: id }, draft.file, draft.isStaged === true);
  if (!kept.ok) return kept;
  const attached = { file: describe(draft), fileSource: kept.value };
  const written = await session.messages.outbox.write(record.value, { id, text: text.value }, attached);
  if (!written.ok) return written;
  await unstage(session, conversation, id);
  return succeeded(wrote(session, written.value));
}

/** Built from nothing but checked parts: it comes from a port. */
function describe({ name, type, file, width = 0, height = 0, preview }: FileDraft): SharedFile {
  const isSide = (side: number): boolean => Number.isSafeInteger(side) && side > 0 && side <= LARGEST_SIDE;
  const picture = preview && preview.bytes instanceof Uint8Array ? checkPreview(preview) : undefined;
  return {
    name: cleanFileName(String(name)),
    type: cleanType(String(type)),
    size: file.size,
    ...(isSide(width) && isSide(height) && { width, height }),
    ...(picture && { preview: picture }),
    available: true,
  };
}

export async function fetchFile(session: AccountSession, wish: FileOrder): Promise<Answer<void>> {
  const found = await findFile(session, wish);
  if (!found) return NOT_FOUND;
  const { place, source, isPrivate } = found;
  return (await session.files.ask()).fetch({ place, source, isPrivate, byItself: wish.byItself === true });
}

export async function cancelTransfer(session: AccountSession, wish: FilePlace): Promise<Answer<void>> {
  const found = await findFile(session, wish);
  if (!found) return NOT_FOUND;
  if (found.waits) return discardMessage(session, found.place.message);
  await (await session.files.ask()).cancel(found.place, found.source);
  return succeeded(undefined);
}

export async function readFile(session: AccountSession, wish: FilePlace): Promise<Answer<Blob>> {
  const found = await findFile(session, wish);
  return found ? (await session.files.ask()).read(found.place, found.source) : NOT_FOUND;
}

export async function readTransfers(session: AccountSession, conversation: ConversationId): Promise<Answer<readonly Transfer[]>> {
  return session.book.get(conversation) ? succeeded((await session.files.ask()).list(conversation)) : NOT_FOUND;
}

interface FoundFile {
  place: FilePlace;
  source: FileSource;
  isPrivate: boolean;
  waits: boolean;
}

async function findFile(session: AccountSession, { conversation, message, order }: FilePlace): Promise<FoundFile | undefined> {
  const record = session.book.get(conversation);
  const waiting = session.messages.outbox.get(message);
  const found: OutboxRecord | StoredMessage | undefined =
    waiting?.conversation === conversation ? waiting : record && (await findStored(session, conversation, message, order));
  if (!found?.fileSource) return undefined;
  const isSealed = found.protection !== undefined && found.protection.how !== 'plain';
  const place = { conversation, message, ...('order' in found && { order: found.order }) };
  return { place, source: found.fileSource, isPrivate: isSealed && record?.kind === 'direct', waits: !('order' in found) };
}

async function findStored(
  session: AccountSession,
  conversation: ConversationId,
  id: MessageId,
  order: number | undefined,
): Promise<StoredMessage | undefined> {
  const { messages, store, journal } = session;
  if (order === undefined) return messages.own.find(conversation, id);
  if (!Number.isFinite(order)) return undefined;
  await journal.flush();
  const [message] = await store.readAbove(conversation, order - 1, 1);
  return message?.id === id && !message.withdrawn ? message : undefined;
}
