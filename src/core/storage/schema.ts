// The tables, and the one form each key has. Shared by the small first stage and the full store.
import { ROOT_LENGTH, textOfKey } from './vault.ts';
import type { Root } from './vault.ts';

/** IndexedDB's own version is ten times Dexie's: Dexie leaves room between two of its versions. */
const SCHEMA_VERSION = 3;
export const DATABASE_VERSION: number = SCHEMA_VERSION * 10;
/** From here on the tables of the first stage are what they are today: it need not wait for an upgrade. */
const FIRST_STAGE_SINCE = 10;

export const isForFirstStage = (version: number): boolean => version >= FIRST_STAGE_SINCE && version <= DATABASE_VERSION;

/** `keys` holds the account's own key to all that follows; `keyring` what encryption keeps: sessions, trust, own keys; `files` what was sent and fetched. */
export const TABLES = ['keys', 'facts', 'conversations', 'blocks', 'outbox', 'keyring', 'files'] as const;
export type Table = (typeof TABLES)[number];

/** Under this name lies the account's key in `keys`. */
export const ROOT_KEY = 'root';

/** How the root is held: as it is, or wrapped by a lock (`lock/`). Who does not know a mode leaves it alone. */
export type KeyRow = BareKeyRow | LockRow;
export interface BareKeyRow {
  mode: 'none';
  root: Root;
}

/** All of it is bound to what is wrapped: a row that was touched opens with nothing. */
export interface LockRow {
  mode: 'passphrase' | 'passkey';
  /** One of them is enough. */
  wraps: readonly Wrap[];
  /** What the page asks the authenticator with. */
  passkey?: { credential: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer> };
}

/** The root as one secret opens it, and what it costs to try. */
export interface Wrap {
  by: 'passphrase' | 'passkey' | 'recovery';
  cost: Cost;
  salt: Uint8Array<ArrayBuffer>;
  sealed: Uint8Array<ArrayBuffer>;
}

/** `hkdf`: what an authenticator answers cannot be guessed, so that nothing has to slow a guess down. */
export type Cost = { kind: 'argon2id'; memoryKiB: number; passes: number } | { kind: 'pbkdf2'; rounds: number } | { kind: 'hkdf' };

export const isKeyRow = (row: unknown): row is BareKeyRow =>
  typeof row === 'object' && row !== null && 'mode' in row && row.mode === 'none' && 'root' in row && isRoot(row.root);

const isRoot = (root: unknown): root is Root => root instanceof CryptoKey || (root instanceof Uint8Array && root.length === ROOT_LENGTH);

/** A root that cannot be had from here: locked, or held in a way only a later version knows. Nothing beside it may be touched. */
export const isWrappedKeyRow = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && 'mode' in row && typeof row.mode === 'string' && row.mode !== 'none';

/** One stored run of messages. Only this lies in clear of it, behind the blinded conversation. */
export interface BlockRef {
  /** The place of its first message. */
  readonly first: number;
  readonly count: number;
  /** Full and deflated; fresh blocks still wait for it. */
  readonly folded: boolean;
  /** The place of its last message, once it has been read or written. */
  last?: number;
}

export type BlockKey = [conversation: ArrayBuffer, first: number, count: number, folded: number];

export const blockKey = (conversation: ArrayBuffer, ref: BlockRef): BlockKey => [conversation, ref.first, ref.count, ref.folded ? 1 : 0];

export const refOfKey = ([, first, count, folded]: BlockKey): BlockRef => ({ first, count, folded: folded === 1 });

export const textOfBlockKey = (conversation: ArrayBuffer, ref: BlockRef): string =>
  `${textOfKey(conversation)} ${ref.first} ${ref.count} ${ref.folded ? 1 : 0}`;

/** All blocks of one conversation: an array sorts behind every number. */
export const blocksOf = (conversation: ArrayBuffer): IDBKeyRange => IDBKeyRange.bound([conversation], [conversation, []]);
