// From one form of the curve to the other (RFC 7748, page 5): an identity is sent about as Ed25519 and agrees as X25519.
import { isEqual } from '../../../base/bytes.ts';
import { isLong, KEY_LENGTH, type AgreementPublic, type IdentityPublic } from './keys.ts';

const P = 2n ** 255n - 19n;

/**
 * Where bytes from outside become an identity: written in its one right form, and no point of small order. Of such a point anybody knows what
 * it agrees on, and not every browser refuses what anybody can sign for it.
 */
export const readIdentityPublic = (bytes: Uint8Array | undefined): IdentityPublic | undefined =>
  isLong(bytes, KEY_LENGTH) && isOfLargeOrder(heightOf(bytes)) ? (bytes as IdentityPublic) : undefined;

/** In y: orders one and two, four, eight. Of order eight are the points whose double is of order four: d y⁴ + 2 y² = 1, d = -121665/121666. */
function isOfLargeOrder(y: bigint): boolean {
  const square = y * y;
  const eighth = 121_666n * (2n * square - 1n) - 121_665n * square * square;
  return y < P && (y * (square - 1n) * eighth) % P !== 0n;
}

/** u = (1 + y) / (1 - y). Undefined for a key that is not in its one right form, or of which anybody knows what it agrees on. */
export function agreementOf(identity: IdentityPublic): AgreementPublic | undefined {
  const y = heightOf(identity);
  if (y >= P || y === 1n || y === P - 1n) return undefined;
  return bytesOf(((1n + y) * inverse(1n - y)) % P) as AgreementPublic;
}

/** y = (u - 1) / (u + 1). X25519 does not know the sign; it is not set unless a signature says that it has to be. */
export function identityOf(agreement: AgreementPublic, isNegative = false): IdentityPublic | undefined {
  const u = numberOf(agreement);
  if (u >= P || u === 0n || u === P - 1n) return undefined;
  const identity = bytesOf(((u - 1n + P) * inverse(u + 1n)) % P);
  if (isNegative) identity[KEY_LENGTH - 1]! |= 0x80;
  return identity as IdentityPublic;
}

/** What is left of a point without its sign. */
const heightOf = (point: Uint8Array): bigint => numberOf(point) & (2n ** 255n - 1n);

export const isNegative = (identity: IdentityPublic): boolean => (identity[KEY_LENGTH - 1]! & 0x80) !== 0;

/** Without the sign, which legacy OMEMO does not tell and no agreement needs: what a person compares. */
export const withoutSign = (identity: IdentityPublic): IdentityPublic =>
  identity.with(KEY_LENGTH - 1, identity[KEY_LENGTH - 1]! & 0x7f) as IdentityPublic;

export const isSameIdentity = (one: IdentityPublic, other: IdentityPublic): boolean => isEqual(withoutSign(one), withoutSign(other));

/** By Fermat: what is inverted here is public, so that it may take the time it takes. */
function inverse(value: bigint): bigint {
  let base = ((value % P) + P) % P;
  let result = 1n;
  for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P;
    base = (base * base) % P;
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  let hex = '';
  for (const byte of bytes) hex = byte.toString(16).padStart(2, '0') + hex;
  return BigInt(`0x${hex}`);
}

function bytesOf(number: bigint): Uint8Array<ArrayBuffer> {
  const hex = number.toString(16).padStart(KEY_LENGTH * 2, '0');
  return Uint8Array.from({ length: KEY_LENGTH }, (_, at) =>
    Number.parseInt(hex.slice((KEY_LENGTH - 1 - at) * 2, (KEY_LENGTH - at) * 2), 16),
  );
}
