// The two key derivations of the Double Ratchet: a root and an agreement make a chain, a chain makes its next message key.
import { hkdfSha256, hmacSha256, hmacsSha256 } from '../primitives/hashes.ts';
import type { Agreed, ChainKey, MessageKey, RootKey } from '../primitives/keys.ts';

const MESSAGE_STEP = Uint8Array.of(1);
const CHAIN_STEP = Uint8Array.of(2);

export function nextRoot(root: RootKey, agreed: Agreed, info: string): { root: RootKey; chain: ChainKey } {
  const bytes = hkdfSha256(agreed, root, info, 64);
  return { root: bytes.slice(0, 32) as RootKey, chain: bytes.slice(32) as ChainKey };
}

export function nextMessage(chain: ChainKey): { message: MessageKey; chain: ChainKey } {
  const [message, next] = hmacsSha256(chain, MESSAGE_STEP, CHAIN_STEP);
  return { message: message as MessageKey, chain: next as ChainKey };
}

/** The message that lies there is passed over. */
export const nextChain = (chain: ChainKey): ChainKey => hmacSha256(chain, CHAIN_STEP) as ChainKey;
