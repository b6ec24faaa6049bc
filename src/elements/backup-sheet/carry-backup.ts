// Carries a backup between the core, which holds the key, and the file, which the page holds. A core that dies meanwhile is begun with anew.
import type { SessionClient } from '../../client/session-client.ts';
import { HEADER_BYTES, type BackupPiece, type RestoreStep } from '../../contracts/backup.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { FileSink } from './file-sink.ts';

export type Progress =
  | { stage: 'preparing' }
  | { stage: 'writing'; done: number; total: number; messages: number }
  | { stage: 'checking' | 'restoring'; done: number; total: number };

export interface Carrying {
  session: SessionClient;
  secret: string;
  tell(progress: Progress): void;
  isStopped(): boolean;
}

type Written = Extract<BackupPiece, { state: 'written' }>;
export type Brought = Extract<RestoreStep, { state: 'restored' | 'refused' }>;

/** A core that dies again and again may die of this. */
const MOST_TRIES = 3;
const CROWDED_MS = 200;
/** The file itself, not the core, could not be read or written. */
export class FileTrouble extends Error {}

const fileWork = <T>(work: Promise<T>): Promise<T> => work.catch((cause: unknown) => Promise.reject(new FileTrouble('file', { cause })));

/** Undefined where it was stopped: then nothing is kept. */
export async function writeBackup(carrying: Carrying, sink: FileSink): Promise<Answer<Written> | undefined> {
  const answer = await tryAnew(async () => {
    await fileWork(sink.restart());
    return writeOnce(carrying, sink);
  });
  if (answer?.ok) await fileWork(sink.close());
  else await sink.abort().catch(() => undefined);
  return answer;
}

async function writeOnce({ session, secret, tell, isStopped }: Carrying, sink: FileSink): Promise<Answer<Written> | undefined> {
  tell({ stage: 'preparing' });
  const begun = await session.beginBackup({ secret });
  if (!begun.ok) return begun;
  for (let piece = 0; !isStopped();) {
    const answer = await patiently(() => session.readBackup({ backup: begun.value, piece }));
    if (!answer.ok) return answer;
    if (answer.value.state === 'preparing') continue;
    await fileWork(sink.write(answer.value.bytes));
    const { conversations, messages, isLast } = answer.value;
    tell({ stage: 'writing', ...conversations, messages });
    if (isLast) return succeeded(answer.value);
    piece += 1;
  }
  void session.endBackup(begun.value);
  return undefined;
}

export const bringBackup = (carrying: Carrying, file: Blob): Promise<Answer<Brought> | undefined> =>
  tryAnew(() => bringOnce(carrying, file));

async function bringOnce({ session, secret, tell, isStopped }: Carrying, file: Blob): Promise<Answer<Brought> | undefined> {
  tell({ stage: 'preparing' });
  let answer = await session.beginRestore({ secret, size: file.size, header: await bytesOf(file, 0, HEADER_BYTES) });
  for (;;) {
    if (!answer.ok) return answer;
    const step = answer.value;
    if (step.state === 'refused' || step.state === 'restored') return succeeded(step);
    if (isStopped()) {
      void session.endBackup(step.restore);
      return undefined;
    }
    const [from, to] = step.state === 'reading' ? [step.from, step.to] : [0, 0];
    if (step.state === 'reading') tell({ stage: step.stage, done: from, total: file.size });
    const bytes = await bytesOf(file, from, to);
    answer = await patiently(() => session.giveToRestore({ restore: step.restore, from, bytes }));
  }
}

const bytesOf = async (file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await fileWork(file.slice(from, to).arrayBuffer()));

/** Whoever lost the core finds another, which knows nothing of this one. */
async function tryAnew<T>(work: () => Promise<Answer<T> | undefined>): Promise<Answer<T> | undefined> {
  let last: Failure = { kind: 'core-gone' };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const answer = await work();
    if (!answer || answer.ok || !['not-found', 'core-gone'].includes(answer.failure.kind)) return answer;
    last = answer.failure;
  }
  return failed(last);
}

async function patiently<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (;;) {
    const answer = await ask();
    if (answer.ok || answer.failure.kind !== 'too-many-requests') return answer;
    await new Promise((resolve) => setTimeout(resolve, CROWDED_MS));
  }
}
