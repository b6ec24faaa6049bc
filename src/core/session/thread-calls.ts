// What a tab asks of one thread: to be shown it, to write in it, to say how far it is read.
import type { Gap, GapId, ThreadPage, ThreadWindow } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { Draft, Message, MessageId } from '../../model/message.ts';
import { parseAddress } from '../../xmpp/jid.ts';
import type { ConversationRecord, OutboxRecord } from '../ports.ts';
import { BEGINNING } from '../sync/gap-filler.ts';
import type { AccountSession } from './account-session.ts';
import { readThreadPage } from './thread-page.ts';

const LONGEST_ID = 128;

export async function readThread(session: AccountSession, window: ThreadWindow): Promise<Answer<ThreadPage>> {
  const { book, messages, store } = session;
  const record = book.get(window.conversation);
  if (!record) return failed({ kind: 'not-found' });
  const outbox = messages.outbox.of(record.id).map((waiting) => asMessage(session, waiting));
  const unstored = session.journal.unstored(record.id);
  const isWhole = messages.isWhole(record.id);
  const { lookingBack } = messages;
  const { page, lowest } = await readThreadPage(window, { store, lookingBack, record, isWhole, outbox, unstored });
  session.lookForLosses();
  if (session.connection.state().stage !== 'online') return succeeded(page);
  if (lowest.isEnd && !page.atStart) lookingBack.reach(record.id, lowest.message);
  const isSeen = ({ below }: Gap): boolean => below >= (lowest.message?.order ?? -Infinity) && isNear(below, page, record);
  const seen = lookingBack.shown(book.get(record.id) ?? record).findLast(isSeen);
  if (seen) lookingBack.fillSeen(record.id, seen);
  return succeeded(page);
}

const isNear = (below: number, page: ThreadPage, record: ConversationRecord): boolean =>
  below <= (page.messages.at(-1)?.order ?? Infinity) || below > record.top;

export async function fillGap(session: AccountSession, conversation: ConversationId, gap: GapId): Promise<Answer<void>> {
  const { connection, messages, store } = session;
  if (connection.state().stage !== 'online') return failed({ kind: 'offline' });
  const isKnown = session.book.get(conversation)?.gaps.some(({ id }) => id === gap);
  // Above the oldest known message there is no gap before somebody looks there.
  if (gap === BEGINNING && !isKnown) messages.lookingBack.reach(conversation, (await store.readAbove(conversation, -Infinity, 1))[0]);
  return messages.filler.fill(conversation, gap);
}

/** The same draft twice is the same message: its id decides, also after it has long been sent. */
export async function sendMessage(session: AccountSession, to: ConversationId, draft: Draft): Promise<Answer<Message>> {
  const record = findConversation(session, to, draft.id);
  if (!record.ok) return record;
  const sent = await findSent(session, record.value.id, draft.id);
  if (sent) return succeeded(sent);
  const { draft: before } = record.value;
  const written = await session.messages.outbox.write(record.value, draft);
  if (!written.ok) return written;
  // What somebody has typed since is another draft.
  const now = session.book.get(record.value.id)?.draft;
  if (now === before || now?.trim() === draft.text) session.book.change(record.value.id, { draft: undefined });
  return succeeded(wrote(session, written.value));
}

/** Where a message of this id may go; writing to somebody begins the conversation. */
export function findConversation(session: AccountSession, to: ConversationId, id: MessageId): Answer<ConversationRecord> {
  if (id === '' || id.length > LONGEST_ID) return failed({ kind: 'refused', reason: 'other' });
  const record = session.book.get(to) ?? beginConversation(session, to);
  return record ? succeeded(record) : failed({ kind: 'address-invalid', address: to });
}

/** Who wrote has read all there was. */
export function wrote(session: AccountSession, written: OutboxRecord): Message {
  const { book, messages } = session;
  messages.states.sent(written.conversation);
  messages.marks.read(written.conversation, book.get(written.conversation)?.top ?? 0);
  return asMessage(session, written);
}

export async function retryMessage(session: AccountSession, id: MessageId): Promise<Answer<Message>> {
  const answer = await session.messages.outbox.retry(id);
  return answer.ok ? succeeded(asMessage(session, answer.value)) : answer;
}

/** What had already its place when it was refused leaves it without a trace. */
export async function discardMessage(session: AccountSession, id: MessageId): Promise<Answer<void>> {
  const answer = await session.messages.outbox.discard(id);
  if (!answer.ok) return answer;
  const { conversation, file } = answer.value;
  if (file) await (await session.files.ask()).discarded(answer.value);
  const stored = await session.messages.own.find(conversation, id);
  if (stored) session.journal.change({ ...stored, withdrawn: true });
  session.journal.tell({ about: 'thread', conversation });
  session.journal.tell({ about: 'conversations' });
  return succeeded(undefined);
}

/** Up to this place, on this device: the badge goes, the other side and the other devices are told. */
export async function markRead(session: AccountSession, conversation: ConversationId, upTo: number): Promise<Answer<void>> {
  const { book, messages, store } = session;
  if (!book.get(conversation) || Number.isNaN(upTo)) return failed({ kind: 'not-found' });
  if (!messages.marks.read(conversation, upTo)) return succeeded(undefined);
  const newest = await store.readBelow(conversation, upTo + 0.5, 20);
  const ofOthers = newest.findLast((message) => !message.own);
  if (ofOthers?.originId !== undefined) messages.receipts.seen(conversation, ofOthers.originId);
  const archived = newest.findLast((message) => message.archiveId !== undefined);
  if (archived?.archiveId !== undefined) messages.readSync.tell(conversation, archived.archiveId);
  return succeeded(undefined);
}

export const asMessage = (session: AccountSession, record: OutboxRecord): Message =>
  session.messages.outbox.asMessage(record, session.ownAuthor(record.conversation));

/** Writing to somebody begins the conversation; only a well-formed address can be one. */
function beginConversation(session: AccountSession, to: ConversationId): ConversationRecord | undefined {
  const address = parseAddress(to);
  return address === to ? session.book.change(address, { kind: 'direct' }) : undefined;
}

export async function findSent(session: AccountSession, conversation: ConversationId, id: MessageId): Promise<Message | undefined> {
  const { outbox, own } = session.messages;
  const stored = outbox.get(id) ? undefined : await own.find(conversation, id);
  if (!stored) return undefined;
  const { archiveId: _, originId: __, withdrawn: ___, fileSource: ____, ...message } = stored;
  return message;
}
