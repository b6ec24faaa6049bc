// The first 64 bytes of a backup: how its key is made. Read before anything is computed, so that nobody is made to compute without end.
//   magic 'WBK' · version · kdf · lanes · passes (2) · memory in KiB (4) · salt (16) · nonce base (12) · chunk size (4) · checksum (4) · check (16)
import { concatBytes } from '../../base/bytes.ts';
import { HEADER_BYTES, type RestoreRefusal } from '../../contracts/backup.ts';
import { LEAST_COST, type WordsCost } from '../keys-from-words.ts';
import { toBytes, toText } from '../utf8.ts';

export const CHUNK_BYTES: number = 64 * 1024;

export interface Header {
  cost: WordsCost;
  salt: Uint8Array<ArrayBuffer>;
  nonceBase: Uint8Array<ArrayBuffer>;
  /** Everything before `check`: what all chunks are bound to. */
  fields: Uint8Array<ArrayBuffer>;
  /** What the right secret makes of it. */
  check: Uint8Array<ArrayBuffer>;
}

const MAGIC = 'WBK';
const VERSION = '1';
const ARGON2ID = 1;
/** No honest file asks for more: beyond it a file is made to exhaust whoever opens it. */
const MOST_COST: WordsCost = { memoryKiB: 256 * 1024, passes: 10, lanes: 4 };
const [LANES_AT, PASSES_AT, MEMORY_AT, SALT_AT, NONCE_AT, CHUNK_AT, SUM_AT, CHECK_AT] = [5, 6, 8, 12, 28, 40, 44, 48];

export async function writeFields(
  subtle: SubtleCrypto,
  { cost, salt, nonceBase }: Pick<Header, 'cost' | 'salt' | 'nonceBase'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const fields = new Uint8Array(SUM_AT);
  const view = new DataView(fields.buffer);
  fields.set(toBytes(MAGIC + VERSION));
  view.setUint8(4, ARGON2ID);
  view.setUint8(LANES_AT, cost.lanes);
  view.setUint16(PASSES_AT, cost.passes);
  view.setUint32(MEMORY_AT, cost.memoryKiB);
  fields.set(salt, SALT_AT);
  fields.set(nonceBase, NONCE_AT);
  view.setUint32(CHUNK_AT, CHUNK_BYTES);
  return concatBytes(fields, await checksum(subtle, fields));
}

/** Damage is told from a wrong secret by the checksum; whoever means harm is told by `check`. */
export async function readHeader(subtle: SubtleCrypto, bytes: Uint8Array<ArrayBuffer>): Promise<Header | RestoreRefusal> {
  const magic = toText(bytes.subarray(0, 4)) ?? '';
  if (!magic.startsWith(MAGIC)) return 'not-a-backup';
  if (magic !== MAGIC + VERSION) return /^[2-9A-Z]$/.test(magic.slice(3)) ? 'newer' : 'damaged';
  if (bytes.length < HEADER_BYTES) return 'cut-short';
  const sum = await checksum(subtle, bytes.subarray(0, SUM_AT));
  if (sum.some((byte, at) => byte !== bytes[SUM_AT + at])) return 'damaged';
  return readFields(bytes);
}

function readFields(bytes: Uint8Array<ArrayBuffer>): Header | RestoreRefusal {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const cost = { lanes: view.getUint8(LANES_AT), passes: view.getUint16(PASSES_AT), memoryKiB: view.getUint32(MEMORY_AT) };
  if (view.getUint8(4) !== ARGON2ID || view.getUint32(CHUNK_AT) !== CHUNK_BYTES || !isWithin(cost)) return 'unsafe';
  return {
    cost,
    salt: bytes.slice(SALT_AT, NONCE_AT),
    nonceBase: bytes.slice(NONCE_AT, CHUNK_AT),
    fields: bytes.slice(0, CHECK_AT),
    check: bytes.slice(CHECK_AT, HEADER_BYTES),
  };
}

const isWithin = (cost: WordsCost): boolean =>
  (['lanes', 'passes', 'memoryKiB'] as const).every((part) => cost[part] >= LEAST_COST[part] && cost[part] <= MOST_COST[part]);

const checksum = async (subtle: SubtleCrypto, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await subtle.digest('SHA-256', bytes)).subarray(0, CHECK_AT - SUM_AT);
