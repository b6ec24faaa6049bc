// Names of databases and files: digests, so that no address, AppID or profile name stands in clear on the disk.
import type { CoreIdentity } from '../../contracts/port.ts';

/** Whose history a store holds. */
export interface StoreNames extends CoreIdentity {
  address: string;
}

/** Holds which account was signed in last, and the epochs of all accounts of this organisation and profile. */
export const registryName = (subtle: SubtleCrypto, identity: CoreIdentity): Promise<string> =>
  digestName(subtle, ['registry', identity.organisation, identity.profile]);

export const accountName = (subtle: SubtleCrypto, names: StoreNames): Promise<string> =>
  digestName(subtle, ['account', names.organisation, names.profile, names.address]);

/** JSON keeps the parts apart: no two lists of parts read the same. */
async function digestName(subtle: SubtleCrypto, parts: readonly string[]): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(parts)));
  return `warbler-${hexOf(new Uint8Array(digest, 0, 16))}`;
}

export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
