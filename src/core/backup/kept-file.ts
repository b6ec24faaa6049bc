// The file of a message, as a backup writes it and as it is read back: bytes are text there. The file itself stays where it was uploaded.
import { fromBase64, toBase64 } from '../../base/base64.ts';
import type { SharedFile } from '../../model/file.ts';
import type { FileSource } from '../file-ports.ts';
import type { StoredMessage } from '../ports.ts';

type WithFile = Pick<StoredMessage, 'file' | 'fileSource'>;
type Fields = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 4_000;
const LONGEST_BYTES = 16_384;

/** Nothing for a message without one. */
export function writeFile({ file, fileSource }: WithFile): { file?: object } {
  if (!file || !fileSource) return {};
  const { preview, ...facts } = file;
  const { cipher, sha256, ...place } = fileSource;
  return {
    file: {
      ...facts,
      ...(preview && { preview: { type: preview.type, bytes: toBase64(preview.bytes) } }),
      source: {
        ...place,
        ...(cipher && { cipher: { key: toBase64(cipher.key), iv: toBase64(cipher.iv) } }),
        ...(sha256 && { sha256: toBase64(sha256) }),
      },
    },
  };
}

/** Undefined where it is none. What its name and its address may be is for whoever takes it in to say. */
export function readFile(value: unknown): WithFile | undefined {
  const { source, preview, ...facts } = fieldsOf(value);
  const { cipher, sha256, ...place } = fieldsOf(source);
  const picture = readPart(preview, readPicture);
  const opened = readPart(cipher, readCipher);
  const digest = readPart(sha256, (bytes) => readBytes(bytes, 32));
  if (!isFacts(facts) || !isPlace(place) || !picture || !opened || !digest) return undefined;
  return {
    file: { ...onlyOf(facts, FACTS), ...(picture.part && { preview: picture.part }) },
    fileSource: {
      ...onlyOf(place, PLACE),
      ...(opened.part && { cipher: opened.part }),
      ...(digest.part && { sha256: digest.part }),
    },
  };
}

/** What is not there is no fault; what is there must be what it should be. */
function readPart<T>(value: unknown, read: (value: unknown) => T | undefined): { part?: T } | undefined {
  if (value === undefined) return {};
  const part = read(value);
  return part === undefined ? undefined : { part };
}

type Facts = Omit<SharedFile, 'preview'>;
type Place = Pick<FileSource, 'url' | 'size'>;
const FACTS = ['name', 'type', 'available', 'size', 'width', 'height'] as const satisfies readonly (keyof Facts)[];
const PLACE = ['url', 'size'] as const satisfies readonly (keyof Place)[];

function isFacts(facts: Fields): facts is Fields & Facts {
  const { name, type, available, size, width, height } = facts;
  return isText(name) && isText(type) && typeof available === 'boolean' && [size, width, height].every(isExtent);
}

const isPlace = (place: Fields): place is Fields & Place => (place['url'] === undefined || isText(place['url'])) && isExtent(place['size']);

const onlyOf = <T extends object>(fields: T, names: readonly (keyof T)[]): T =>
  Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]])) as T;

function readPicture(value: unknown): SharedFile['preview'] {
  const { type, bytes } = fieldsOf(value);
  const read = readBytes(bytes);
  return read && (type === 'image/jpeg' || type === 'image/webp' || type === 'image/png') ? { type, bytes: read } : undefined;
}

function readCipher(value: unknown): FileSource['cipher'] {
  const { key, iv } = fieldsOf(value);
  const [secret, start] = [readBytes(key), readBytes(iv, 12)];
  return secret && start && (secret.length === 16 || secret.length === 32) ? { key: secret, iv: start } : undefined;
}

function readBytes(value: unknown, length?: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = typeof value === 'string' && value.length <= LONGEST_BYTES ? fromBase64(value) : undefined;
  return bytes && (length === undefined || bytes.length === length) ? bytes : undefined;
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;
const isExtent = (value: unknown): boolean => value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0);
