// Names of databases and files: digests, so that no address, AppID or profile name stands in clear on the disk.
import { digestName } from '../../base/digest.ts';
import type { CoreIdentity } from '../../contracts/port.ts';

/** Whose history a store holds. */
export interface StoreNames extends CoreIdentity {
  address: string;
}

/** Holds which account was signed in last, and the epochs of all accounts of this organisation and profile. */
export const registryName = ({ organisation, profile }: CoreIdentity): string => `warbler-${digestName('registry', organisation, profile)}`;

/** Rows are bound to it. Behind it comes the suffix of the drawer that the database lies in. */
export const accountName = ({ organisation, profile, address }: StoreNames): string =>
  `warbler-${digestName('account', organisation, profile, address)}`;

export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
