// How far a file is, as its bubble tells it: one word, out of what its message and its transfer say.
import type { Transfer } from '../../contracts/files.ts';
import type { Failure } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';

export interface FileState {
  /** `away`: it can be fetched. `named`: it cannot, there is only its name. */
  stage: 'away' | 'named' | 'waiting' | 'running' | 'failed' | 'here';
  direction: 'up' | 'down';
  done: number;
  total: number;
  failure?: Failure;
}

export function fileState(message: Message, transfer: Transfer | undefined): FileState {
  const { outbox, file } = message;
  const nothing = { done: 0, total: file?.size ?? 0 };
  if (outbox?.stage === 'failed') return { stage: 'failed', direction: 'up', ...nothing, failure: outbox.failure };
  if (transfer) return transfer;
  if (outbox) return { stage: 'waiting', direction: 'up', ...nothing };
  return { stage: file?.available ? 'away' : 'named', direction: 'down', ...nothing };
}

export const isUnderway = ({ stage }: FileState): boolean => stage === 'waiting' || stage === 'running';
