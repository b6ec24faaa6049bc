// Writing everything that is kept of an account into one sealed file, and bringing it back. The page holds the file, a piece at a time;
// the core holds the key.

export interface BackupWish {
  /** A passphrase of at least five words, or a recovery code. */
  secret: string;
}

/** Which backup, and which of its pieces: the first, or the one behind the last that came. */
export interface BackupPlace {
  backup: string;
  piece: number;
}

/** `preparing`: the key is being made of the words, which takes seconds on purpose: ask again. */
export type BackupPiece =
  | { state: 'preparing' }
  | { state: 'written'; bytes: Uint8Array<ArrayBuffer>; isLast: boolean; conversations: { done: number; total: number }; messages: number };

export interface RestoreWish {
  secret: string;
  /** Of the file, in bytes. */
  size: number;
  /** Its beginning, as far as `HEADER_BYTES`. */
  header: Uint8Array<ArrayBuffer>;
}

export interface RestorePiece {
  restore: string;
  /** Where in the file these bytes stand: what the last step asked for. */
  from: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The file is read twice: nothing of it is taken before all of it is known to be whole. */
export type RestoreStep =
  | { state: 'preparing'; restore: string }
  | { state: 'reading'; restore: string; stage: 'checking' | 'restoring'; from: number; to: number }
  | { state: 'restored'; restore: string; found: Restored }
  | { state: 'refused'; why: RestoreRefusal };

export interface Restored {
  writtenAt: number;
  conversations: number;
  /** That were not here before. */
  added: number;
  /** That stood here and could not be read. */
  recovered: number;
  /** Of devices of other people, and of own ones. */
  decisions: number;
}

/** Why a file is not taken, told by what a person can do about it. */
export type RestoreRefusal = 'not-a-backup' | 'newer' | 'unsafe' | 'wrong-secret' | 'damaged' | 'cut-short' | 'other-account';

export const HEADER_BYTES = 64;
