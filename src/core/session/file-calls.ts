// What a tab asks of files: to send one, to fetch one, to be told how far they are.
import type { FileDraft, FilePlace, Transfer, UploadLimit } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import type { AccountSession } from './account-session.ts';

export async function readUploadLimit(_session: AccountSession, _conversation: ConversationId): Promise<Answer<UploadLimit | undefined>> {
  return succeeded(undefined);
}

export async function sendFile(_session: AccountSession, _to: ConversationId, _draft: FileDraft): Promise<Answer<Message>> {
  return failed({ kind: 'no-uploads' });
}

export async function fetchFile(_session: AccountSession, _file: FilePlace): Promise<Answer<void>> {
  return failed({ kind: 'not-found' });
}

export async function cancelTransfer(_session: AccountSession, _file: FilePlace): Promise<Answer<void>> {
  return failed({ kind: 'not-found' });
}

export async function readFile(_session: AccountSession, _file: FilePlace): Promise<Answer<Blob>> {
  return failed({ kind: 'not-fetched' });
}

export async function readTransfers(_session: AccountSession, _conversation: ConversationId): Promise<Answer<readonly Transfer[]>> {
  return succeeded([]);
}
