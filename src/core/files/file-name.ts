// What a file is called on this device.
import { toBase64 } from '../../base/base64.ts';
import type { MessageId } from '../../model/message.ts';
import type { FileSource } from '../file-ports.ts';

/** An own one, from before it has an address. */
export const ownName = (id: MessageId): string => `own ${id}`;

/** One that was chosen and is no message yet. It keeps the name when it becomes one. */
export const stagedName = (id: MessageId): string => `staged ${id}`;

/** A key is one file's alone, wherever it lies; and whatever else its sender claims of it makes it another file. */
export function nameOf({ url = '', cipher, sha256, size }: FileSource): string {
  const what = cipher ? `key ${toBase64(cipher.key)} ${toBase64(cipher.iv)}` : `at ${url}`;
  return `${what} ${sha256 ? toBase64(sha256) : ''} ${size ?? ''}`;
}
