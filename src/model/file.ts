// A file in a message, as people see it.

/** What its sender says of it was made safe to show and to save under. */
export interface SharedFile {
  /** No signs that turn the direction of writing, no path, no name that a system keeps for itself; an ending before the last is plain to see. */
  name: string;
  /** What it claims to be, in lower case; `application/octet-stream` where nothing sensible is said. */
  type: string;
  size?: number;
  /** Of a picture. */
  width?: number;
  height?: number;
  /** At most `LARGEST_PREVIEW` bytes. It travelled inside the message. */
  preview?: Picture;
  /** It can be fetched. False: it is only named, because we do not speak its way, or do not trust its address. */
  available: boolean;
}

export interface Picture {
  type: 'image/jpeg' | 'image/webp' | 'image/png';
  bytes: Uint8Array<ArrayBuffer>;
}

export const PICTURE_TYPES: readonly Picture['type'][] = ['image/jpeg', 'image/webp', 'image/png'];

export const LARGEST_PREVIEW: number = 8 * 1024;
