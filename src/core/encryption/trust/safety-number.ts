// The safety number: 60 digits that two people compare, 30 for each side. Equal means that no key between them was exchanged for another.
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../../../base/bytes.ts';
import { toBytes } from '../../utf8.ts';
import { withoutSign } from '../primitives/edwards.ts';
import type { IdentityPublic } from '../primitives/keys.ts';

export interface Side {
  /** Without a resource. */
  readonly address: string;
  /** Of all the devices that the other side writes to. */
  readonly identities: readonly IdentityPublic[];
}

/** Raised when the computation changes: two versions must not look like two people. */
const VERSION = 1;
/** Who looks for a key with nearly the same digits has to do all of these for each try. */
const ROUNDS = 5200;
const GROUPS = 6;

/** Twelve groups of five digits, the same on both sides. */
export function safetyNumber(ours: Side, theirs: Side): string {
  return [halfOf(ours), halfOf(theirs)].toSorted().join(' ');
}

function halfOf({ address, identities }: Side): string {
  const keys = concatBytes(...identities.map(withoutSign).toSorted(compareBytes));
  let digest = sha256(concatBytes(Uint8Array.of(VERSION, identities.length), toBytes(address), Uint8Array.of(0), keys));
  for (let round = 1; round < ROUNDS; round++) digest = sha256(concatBytes(digest, keys));
  return Array.from({ length: GROUPS }, (_, at) => fiveDigits(digest.subarray(at * 5))).join(' ');
}

/** 40 bits give no five digits a visible advantage. */
function fiveDigits(bytes: Uint8Array): string {
  const number = bytes.subarray(0, 5).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 100_000).padStart(5, '0');
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
