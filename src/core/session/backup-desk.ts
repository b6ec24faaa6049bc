// Backups of one account: the one that is being written, the one that is being brought back. Loaded when somebody asks for one.
import type { BackupPiece, BackupPlace, BackupWish, RestorePiece, RestoreStep, RestoreWish } from '../../contracts/backup.ts';
import { canonicalSecret, isStrongSecret } from '../../base/backup-secret.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { parseAddress } from '../../xmpp/jid.ts';
import { Restoring } from '../backup/restoring.ts';
import { BackupWriting } from '../backup/writing.ts';
import { keyFromWords } from '../keys-from-words.ts';
import { backupSource } from './backup-source.ts';
import { backupTarget } from './backup-target.ts';
import type { DeskNeeds } from './desk-needs.ts';

interface Writing {
  readonly id: string;
  readonly job: BackupWriting;
  piece: number;
  /** Of that piece: whoever did not hear it asks again. */
  answer: Promise<Answer<BackupPiece>> | undefined;
}

/** Words become a key in seconds, on a slow device in many: whoever waits is told before they give up. */
const PATIENCE_MS = 3_000;
const LONGEST_SECRET = 1_000;
const LARGEST_PIECE = 1024 * 1024;
const NOT_FOUND = failed({ kind: 'not-found' });

export class BackupDesk {
  readonly #needs: DeskNeeds;
  #writing: Writing | undefined;
  #restoring: { readonly id: string; readonly job: Restoring } | undefined;

  constructor(needs: DeskNeeds) {
    this.#needs = needs;
  }

  /** One at a time: whoever begins another has given up the one before. */
  begin({ secret }: BackupWish): Answer<string> {
    if (typeof secret !== 'string' || secret.length > LONGEST_SECRET || !isStrongSecret(secret)) return NOT_FOUND;
    const { world, now, mintId } = this.#needs;
    const job = new BackupWriting({ world, now, derive: keyFromWords, source: backupSource(this.#needs) }, canonicalSecret(secret));
    this.#writing = { id: mintId(), job, piece: -1, answer: undefined };
    return succeeded(this.#writing.id);
  }

  async read({ backup, piece }: BackupPlace): Promise<Answer<BackupPiece>> {
    const writing = this.#writing;
    if (writing?.id !== backup) return NOT_FOUND;
    if (!(await this.#isSoon(writing.job.ready()))) return succeeded({ state: 'preparing' });
    if (piece === writing.piece + 1) {
      writing.piece = piece;
      writing.answer = writing.job.next().then((answer) => this.#heed(writing, answer));
    }
    return piece === writing.piece && writing.answer ? writing.answer : NOT_FOUND;
  }

  async beginRestore({ secret, size, header }: RestoreWish): Promise<Answer<RestoreStep>> {
    if (typeof secret !== 'string' || secret.length > LONGEST_SECRET || !Number.isSafeInteger(size) || !(header instanceof Uint8Array))
      return NOT_FOUND;
    const { world, mintId } = this.#needs;
    const id = mintId();
    const needs = { subtle: world.subtle, derive: keyFromWords, target: backupTarget(this.#needs), isAddress };
    const job = new Restoring(needs, id, { secret: canonicalSecret(secret), size, header: header.slice(0, LARGEST_PIECE) });
    this.#restoring = { id, job };
    return this.#stepOf(id, job);
  }

  /** What could not be taken in ends the restore: it is begun anew, and then finds what was taken before. */
  async give({ restore, from, bytes }: RestorePiece): Promise<Answer<RestoreStep>> {
    const restoring = this.#restoring;
    if (restoring?.id !== restore || !(bytes instanceof Uint8Array) || bytes.length > LARGEST_PIECE) return NOT_FOUND;
    if (bytes.length === 0) return this.#stepOf(restore, restoring.job);
    const answer = await restoring.job.take(from, bytes);
    if (!answer.ok) this.end(restore);
    return answer;
  }

  end(id: string): void {
    if (this.#writing?.id === id) this.#writing = undefined;
    if (this.#restoring?.id === id) this.#restoring = undefined;
  }

  #heed(writing: Writing, answer: Answer<BackupPiece>): Answer<BackupPiece> {
    if (!answer.ok && this.#writing === writing) this.#writing = undefined;
    return answer;
  }

  async #stepOf(restore: string, job: Restoring): Promise<Answer<RestoreStep>> {
    return succeeded((await this.#isSoon(job.ready())) ? await job.step() : { state: 'preparing', restore });
  }

  async #isSoon(ready: Promise<void>): Promise<boolean> {
    let cancel = (): void => undefined;
    const late = new Promise<false>((resolve) => (cancel = this.#needs.clock.after(PATIENCE_MS, () => resolve(false))));
    const isReady = await Promise.race([ready.then(() => true as const), late]);
    cancel();
    return isReady;
  }
}

const isAddress = (text: string): boolean => parseAddress(text) === text;
