// Sealing of rows with AES-256-GCM, and blinding of ids. A row is bound to its database, table, key and format: rows cannot be swapped.
import { hexOf } from './names.ts';
import { deflate, inflate } from './deflate.ts';

/** Raised when the bytes inside a sealed row change their meaning; older formats are then told apart by the first byte. */
const RAW = 1;
const DEFLATED = 2;
/** Bears its own name: the row's key is a digest that tells nobody what it stands for. */
const NAMED = 3;
const NONCE_LENGTH = 12;
export const ROOT_LENGTH = 32;
/** Of every name that is blinded. */
export const ID_LENGTH = 16;
const encoder = new TextEncoder();

export type TableName = 'facts' | 'conversations' | 'blocks' | 'outbox' | 'keyring' | 'files' | 'accounts';
export type Random = (byteCount: number) => Uint8Array<ArrayBuffer>;

/** Not exportable by any script; its bytes only where keys cannot be kept. */
export type Root = CryptoKey | Uint8Array<ArrayBuffer>;

export interface Vault {
  readonly database: string;
  readonly subtle: SubtleCrypto;
  sealingKey(table: TableName): Promise<CryptoKey>;
  blindingKey(): Promise<CryptoKey>;
}

/** The root never seals anything itself: each table has its own key, derived when it is first needed. */
export function openVault(subtle: SubtleCrypto, database: string, root: Root): Vault {
  const imported = root instanceof Uint8Array ? importRoot(subtle, root.slice()) : root;
  const derived = new Map<string, Promise<CryptoKey>>();
  const derive = (purpose: string, kind: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]): Promise<CryptoKey> => {
    const known = derived.get(purpose);
    if (known) return known;
    const info = encoder.encode(`warbler ${purpose}`);
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
    const key = Promise.resolve(imported).then((base) => subtle.deriveKey(hkdf, base, kind, false, usages));
    derived.set(purpose, key);
    return key;
  };
  return {
    database,
    subtle,
    sealingKey: (table) => derive(`seal ${table}`, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
    blindingKey: () => derive('blind', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  };
}

/** A fresh root, in the form in which it can be kept. */
export async function mintRoot(subtle: SubtleCrypto, random: Random): Promise<Root> {
  const bytes = random(ROOT_LENGTH);
  const root = await importRoot(subtle, bytes.slice());
  if (!isClonable(root)) return bytes;
  bytes.fill(0);
  return root;
}

/** WebKitGTK 2.50 clones no key in a shared worker (`DataCloneError`; in pages and dedicated workers it does), and what cannot be cloned cannot be stored. */
function isClonable(key: CryptoKey): boolean {
  try {
    return structuredClone(key) instanceof CryptoKey;
  } catch {
    return false;
  }
}

/** The bytes are overwritten. */
export async function importRoot(subtle: SubtleCrypto, bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const root = await subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
  bytes.fill(0);
  return root;
}

export interface Plain {
  table: TableName;
  /** The row's key as text. */
  key: string;
  bytes: Uint8Array<ArrayBuffer>;
  deflated?: boolean;
  named?: boolean;
}

/** What lies under a seal, as it was before sealing: deflated still, where it was. */
export interface Inner {
  kind: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export async function sealRow(vault: Vault, random: Random, row: Plain): Promise<Uint8Array<ArrayBuffer>> {
  const kind = row.deflated ? DEFLATED : row.named ? NAMED : RAW;
  return sealInner(vault, random, row, { kind, bytes: row.deflated ? await deflate(row.bytes) : row.bytes });
}

export async function sealInner(
  vault: Vault,
  random: Random,
  { table, key }: { table: TableName; key: string },
  { kind, bytes }: Inner,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = random(NONCE_LENGTH);
  const additionalData = boundTo(vault.database, table, key, kind);
  const sealed = await vault.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, await vault.sealingKey(table), bytes);
  const out = new Uint8Array(1 + NONCE_LENGTH + sealed.byteLength);
  out[0] = kind;
  out.set(iv, 1);
  out.set(new Uint8Array(sealed), 1 + NONCE_LENGTH);
  return out;
}

/** Undefined when the row is not what was sealed under this very key. */
export async function unsealRow(vault: Vault, table: TableName, key: string, sealed: unknown): Promise<Uint8Array | undefined> {
  const inner = await unsealInner(vault, table, key, sealed);
  try {
    return inner && (await plainOf(inner));
  } catch {
    return undefined;
  }
}

/** Whether what was sealed bears its name; its seal vouches for this byte. */
export const isNamed = ({ kind }: Inner): boolean => kind === NAMED;

export const plainOf = async ({ kind, bytes }: Inner): Promise<Uint8Array> => (kind === DEFLATED ? inflate(bytes) : bytes);

export async function unsealInner(vault: Vault, table: TableName, key: string, sealed: unknown): Promise<Inner | undefined> {
  if (!(sealed instanceof Uint8Array) || sealed.length < 1 + NONCE_LENGTH) return undefined;
  const kind = sealed[0] ?? 0;
  const additionalData = boundTo(vault.database, table, key, kind);
  const parameters = { name: 'AES-GCM', iv: sealed.slice(1, 1 + NONCE_LENGTH), additionalData };
  try {
    const bytes = await vault.subtle.decrypt(parameters, await vault.sealingKey(table), sealed.slice(1 + NONCE_LENGTH));
    return { kind, bytes: new Uint8Array(bytes) };
  } catch {
    return undefined;
  }
}

/** An id as the database may see it: a keyed digest, equal for equal ids of one account only. */
export async function blindId(vault: Vault, kind: 'conversation' | 'message' | 'key' | 'file', id: string): Promise<ArrayBuffer> {
  const digest = await vault.subtle.sign('HMAC', await vault.blindingKey(), encoder.encode(`${kind} ${id}`));
  return digest.slice(0, ID_LENGTH);
}

export const textOfKey = (blinded: ArrayBuffer): string => hexOf(new Uint8Array(blinded));

export const keyOfText = (text: string): ArrayBuffer =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer;

function boundTo(database: string, table: TableName, key: string, kind: number): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${database}|${table}|${key}|${kind}`);
}
