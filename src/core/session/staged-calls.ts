// What a tab asks of files that were chosen and not sent yet. A conversation's record says how many there are, so that no tab asks in vain.
import type { StagedDraft, StagedOrder } from '../../contracts/staged.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { cleanFileName } from '../sync/file-names.ts';
import type { StagedFiles } from '../files/staged-files.ts';
import type { AccountSession } from './account-session.ts';
import { findSent } from './thread-calls.ts';

const NOT_FOUND = failed({ kind: 'not-found' });

export async function keepStaged(session: AccountSession, conversation: ConversationId, draft: StagedDraft): Promise<Answer<void>> {
  if (!session.book.get(conversation)) return NOT_FOUND;
  if (!(draft.file instanceof Blob)) return failed({ kind: 'refused', reason: 'other' });
  const as = { conversation, id: String(draft.id) as MessageId, name: cleanFileName(String(draft.name)), asIs: draft.asIs };
  const { staged } = await session.files.ask();
  const kept = await staged.keep(as, draft.file);
  count(session, conversation, staged);
  return kept;
}

export async function arrangeStaged(session: AccountSession, conversation: ConversationId, { files }: StagedOrder): Promise<Answer<void>> {
  if (!session.book.get(conversation) || !Array.isArray(files)) return NOT_FOUND;
  const { staged } = await session.files.ask();
  await staged.arrange(conversation, { files: files.map(({ id, asIs }) => ({ id, asIs })) });
  count(session, conversation, staged);
  return succeeded(undefined);
}

/** A core that died between sending one and letting go of it has left it here. */
export async function readStaged(session: AccountSession, conversation: ConversationId): Promise<Answer<readonly StagedDraft[]>> {
  if (!session.book.get(conversation)) return NOT_FOUND;
  const { staged } = await session.files.ask();
  const drafts: StagedDraft[] = [];
  for (const { as, file } of await staged.read(conversation)) {
    const isSent = session.messages.outbox.get(as.id) !== undefined || (await findSent(session, conversation, as.id)) !== undefined;
    if (isSent) await staged.drop(as.id);
    else drafts.push({ id: as.id, name: as.name, asIs: as.asIs, file });
  }
  count(session, conversation, staged);
  return succeeded(drafts);
}

/** It is a message now. */
export async function unstage(session: AccountSession, conversation: ConversationId, id: MessageId): Promise<void> {
  if (!session.book.get(conversation)?.staged) return;
  const { staged } = await session.files.ask();
  await staged.drop(id);
  count(session, conversation, staged);
}

function count(session: AccountSession, conversation: ConversationId, staged: StagedFiles): void {
  const now = staged.count(conversation) || undefined;
  if (session.book.get(conversation)?.staged !== now) session.book.change(conversation, { staged: now });
}
