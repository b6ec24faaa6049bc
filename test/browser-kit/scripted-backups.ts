// Backups that follow a script: pieces as they are handed out, steps as they are answered.
import type { BackupPiece, BackupPlace, RestoreStep } from '../../src/contracts/backup.ts';

export class ScriptedBackups {
  pieces: BackupPiece[] = [];
  steps: RestoreStep[] = [];

  piece({ piece }: BackupPlace): BackupPiece {
    return this.pieces[piece] ?? { state: 'preparing' };
  }

  /** The last one stands. */
  step(): RestoreStep {
    const step = this.steps.length > 1 ? this.steps.shift() : this.steps[0];
    return step ?? { state: 'refused', why: 'not-a-backup' };
  }
}
