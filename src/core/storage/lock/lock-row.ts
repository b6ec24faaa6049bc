// The root, wrapped: AES-256-GCM under a key that one secret gives. Bound to it is all that stands beside it, so that nothing can be turned down.
import { toBase64 } from '../../../base/base64.ts';
import { ROOT_LENGTH, importRoot, type Random } from '../vault.ts';
import type { Cost, LockRow, Wrap } from '../schema.ts';
import type { OpenedLock } from '../open-store.ts';
import { LEAST_COST } from '../../keys-from-words.ts';
import { isBearable, stretch } from './stretch.ts';
import type { LeastCost } from './stretch.ts';

export interface LockTools {
  subtle: SubtleCrypto;
  random: Random;
  /** Tests take less. */
  least?: LeastCost;
}

/** What opens it. The bytes are overwritten by whoever made them. */
export interface Secret {
  by: Wrap['by'];
  bytes: Uint8Array<ArrayBuffer>;
}

/** How a root shall be held from now on. */
export interface LockPlan {
  mode: LockRow['mode'];
  /** Each opens it alone. */
  secrets: readonly Secret[];
  /** For what can be guessed. */
  cost: Cost;
  passkey?: NonNullable<LockRow['passkey']>;
}

const SALT_LENGTH = 16;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** A fresh root. Its bytes exist here for a moment only. */
export async function makeLock(tools: LockTools, database: string, plan: LockPlan): Promise<OpenedLock> {
  const bytes = tools.random(ROOT_LENGTH);
  const wraps: Wrap[] = [];
  for (const { by, bytes: secret } of plan.secrets) {
    const wrap = { by, cost: by === 'passkey' ? ({ kind: 'hkdf' } as const) : plan.cost, salt: tools.random(SALT_LENGTH) };
    const key = await keyFor(tools.subtle, secret, wrap, ['encrypt']);
    const iv = tools.random(NONCE_LENGTH);
    const additionalData = boundTo(database, plan, wrap);
    const sealed = new Uint8Array(await tools.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes));
    wraps.push({ ...wrap, sealed: joined(iv, sealed) });
  }
  const root = await importRoot(tools.subtle, bytes);
  return { row: { mode: plan.mode, wraps, ...(plan.passkey && { passkey: plan.passkey }) }, root };
}

/** Undefined for a wrong secret, and for a row that is not as it was made: nobody learns which. */
export async function openLock(tools: LockTools, database: string, row: unknown, secret: Secret): Promise<OpenedLock | undefined> {
  const lock = readLockRow(row);
  const wrap = lock?.wraps.find(({ by }) => by === secret.by);
  if (!lock || !wrap || !isBearable(wrap.cost, tools.least ?? LEAST_COST)) return undefined;
  const key = await keyFor(tools.subtle, secret.bytes, wrap, ['decrypt']);
  const parameters = { name: 'AES-GCM', iv: wrap.sealed.slice(0, NONCE_LENGTH), additionalData: boundTo(database, lock, wrap) };
  try {
    const bytes = new Uint8Array(await tools.subtle.decrypt(parameters, key, wrap.sealed.slice(NONCE_LENGTH)));
    return { row: lock, root: await importRoot(tools.subtle, bytes) };
  } catch {
    return undefined;
  }
}

async function keyFor(
  subtle: SubtleCrypto,
  secret: Uint8Array<ArrayBuffer>,
  { cost, salt }: Pick<Wrap, 'cost' | 'salt'>,
  usages: KeyUsage[],
): Promise<CryptoKey> {
  const bytes = await stretch(subtle, secret, salt, cost);
  try {
    return await subtle.importKey('raw', bytes, 'AES-GCM', false, usages);
  } finally {
    bytes.fill(0);
  }
}

/** Mode, way, cost and salt, the passkey, the database: none of it can be exchanged. */
function boundTo(
  database: string,
  { mode, passkey }: Pick<LockRow, 'mode' | 'passkey'>,
  wrap: Omit<Wrap, 'sealed'>,
): Uint8Array<ArrayBuffer> {
  const asked = passkey ? [toBase64(passkey.credential), toBase64(passkey.salt)] : [];
  const { cost } = wrap;
  const paid = cost.kind === 'argon2id' ? [cost.memoryKiB, cost.passes] : cost.kind === 'pbkdf2' ? [cost.rounds] : [];
  const text = JSON.stringify(['warbler lock', database, mode, wrap.by, cost.kind, paid, toBase64(wrap.salt), asked]);
  return new TextEncoder().encode(text);
}

/** Built from nothing but checked parts: what lies on a disk may have been put there by anybody. */
export function readLockRow(row: unknown): LockRow | undefined {
  const { mode, wraps, passkey } = { ...(row as Partial<LockRow> | undefined) };
  if ((mode !== 'passphrase' && mode !== 'passkey') || !Array.isArray(wraps)) return undefined;
  const read = wraps.map(readWrap).filter((wrap) => wrap !== undefined);
  if (read.length !== wraps.length || read.length === 0 || read.length > 2) return undefined;
  if (passkey === undefined) return mode === 'passphrase' ? { mode, wraps: read } : undefined;
  const { credential, salt } = { ...passkey };
  if (mode !== 'passkey' || !isBytes(credential, 1, 1024) || !isBytes(salt, 32, 32)) return undefined;
  return { mode, wraps: read, passkey: { credential, salt } };
}

function readWrap(given: unknown): Wrap | undefined {
  const { by, cost, salt, sealed } = { ...(given as Partial<Wrap> | undefined) };
  if (by !== 'passphrase' && by !== 'passkey' && by !== 'recovery') return undefined;
  const sealedLength = NONCE_LENGTH + ROOT_LENGTH + TAG_LENGTH;
  const readable = cost && readCost(cost);
  if (!readable || !isBytes(salt, SALT_LENGTH, SALT_LENGTH) || !isBytes(sealed, sealedLength, sealedLength)) return undefined;
  return (by === 'passkey') === (readable.kind === 'hkdf') ? { by, cost: readable, salt, sealed } : undefined;
}

function readCost(cost: Partial<Record<string, unknown>> & Cost): Cost | undefined {
  if (cost.kind === 'hkdf') return { kind: 'hkdf' };
  if (cost.kind === 'pbkdf2') return { kind: 'pbkdf2', rounds: Number(cost.rounds) };
  return cost.kind === 'argon2id' ? { kind: 'argon2id', memoryKiB: Number(cost.memoryKiB), passes: Number(cost.passes) } : undefined;
}

const isBytes = (value: unknown, least: number, most: number): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array && value.length >= least && value.length <= most;

function joined(iv: Uint8Array, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(iv.length + sealed.length);
  out.set(iv);
  out.set(sealed, iv.length);
  return out;
}
