// A file in a message: what it is (XEP-0446, hashes XEP-0300, a small picture XEP-0264) and where it is found (XEP-0447), encrypted or not (XEP-0448).
import { toBase64 } from '../../base/base64.ts';
import { bytesIn } from '../bytes-in-xml.ts';
import { NS_ENCRYPTED_FILES, NS_FILE_METADATA, NS_FILE_SHARING, NS_HASHES, NS_THUMBNAILS, NS_URL_DATA } from '../namespaces.ts';
import { child, childrenNamed, element, textOfChild, type Element } from '../xml.ts';
import { readSize } from './upload.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface FileSharing {
  name?: string;
  type?: string;
  size?: number;
  width?: number;
  height?: number;
  /** Of what the person sent, not of what lies at the address. */
  sha256?: Bytes;
  /** What its sender says about it. */
  caption?: string;
  /** A picture inside the message, as an address that bears its own bytes. */
  thumbnail?: string;
  sources: readonly FileLocation[];
}

/** Without a cipher it lies there as it is. */
export interface FileLocation {
  url: string;
  cipher?: FileCipher;
}

export interface FileCipher {
  key: Bytes;
  iv: Bytes;
}

/** By the length of the key alone the two are told apart. */
const CIPHERS: Readonly<Record<string, number>> = {
  'urn:xmpp:ciphers:aes-256-gcm-nopadding:0': 32,
  'urn:xmpp:ciphers:aes-128-gcm-nopadding:0': 16,
};
const CIPHER = 'urn:xmpp:ciphers:aes-256-gcm-nopadding:0';
const IV_LENGTH = 12;
const MOST_SOURCES = 8;

export function writeFileSharing({ sources, ...file }: FileSharing): Element {
  return element('file-sharing', NS_FILE_SHARING, { disposition: file.thumbnail === undefined ? 'attachment' : 'inline' }, [
    writeMetadata(file),
    element('sources', NS_FILE_SHARING, {}, sources.map(writeSource)),
  ]);
}

export function readFileSharing(message: Element): FileSharing | undefined {
  const sharing = child(message, 'file-sharing', NS_FILE_SHARING);
  const file = child(sharing, 'file', NS_FILE_METADATA);
  if (!sharing || !file) return undefined;
  return { ...readMetadata(file), sources: readSources(child(sharing, 'sources', NS_FILE_SHARING)) };
}

function writeMetadata({ name, type, size, width, height, sha256, caption, thumbnail }: Omit<FileSharing, 'sources'>): Element {
  const part = (tag: string, text: string | number | undefined): Element | undefined =>
    text === undefined ? undefined : element(tag, NS_FILE_METADATA, {}, [String(text)]);
  return element('file', NS_FILE_METADATA, {}, [
    part('media-type', type),
    part('name', name),
    part('size', size),
    part('width', width),
    part('height', height),
    sha256 && element('hash', NS_HASHES, { algo: 'sha-256' }, [toBase64(sha256)]),
    part('desc', caption),
    thumbnail === undefined ? undefined : element('thumbnail', NS_THUMBNAILS, { uri: thumbnail, 'media-type': typeOfData(thumbnail) }),
  ]);
}

const typeOfData = (uri: string): string | undefined => /^data:([^;,]+)/.exec(uri)?.[1];

function readMetadata(file: Element): Omit<FileSharing, 'sources'> {
  const text = (tag: string): string | undefined => textOfChild(file, tag, NS_FILE_METADATA) || undefined;
  const found = {
    name: text('name'),
    type: text('media-type'),
    size: readSize(text('size')),
    ...readExtent(text('width'), text('height'), text('dimensions')),
    sha256: readHash(file),
    caption: text('desc'),
    thumbnail: childrenNamed(file, 'thumbnail', NS_THUMBNAILS)[0]?.attributes['uri'],
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** Earlier versions of the standard had one element for both. */
function readExtent(width: string | undefined, height: string | undefined, both: string | undefined): { width?: number; height?: number } {
  const [, w = width, h = height] = /^(\d{1,6})x(\d{1,6})$/.exec(both ?? '') ?? [];
  const [across, down] = [readSize(w), readSize(h)];
  return across && down ? { width: across, height: down } : {};
}

function readHash(file: Element): Bytes | undefined {
  const hash = childrenNamed(file, 'hash', NS_HASHES).find(({ attributes }) => attributes['algo'] === 'sha-256');
  const bytes = bytesIn(hash);
  return bytes?.length === 32 ? bytes : undefined;
}

function writeSource({ url, cipher }: FileLocation): Element {
  const place = element('url-data', NS_URL_DATA, { target: url });
  if (!cipher) return place;
  return element('encrypted', NS_ENCRYPTED_FILES, { cipher: CIPHER }, [
    element('key', NS_ENCRYPTED_FILES, {}, [toBase64(cipher.key)]),
    element('iv', NS_ENCRYPTED_FILES, {}, [toBase64(cipher.iv)]),
    element('sources', NS_FILE_SHARING, {}, [place]),
  ]);
}

function readSources(sources: Element | undefined): FileLocation[] {
  const plain = readPlaces(sources).map((url) => ({ url }));
  const encrypted = childrenNamed(sources, 'encrypted', NS_ENCRYPTED_FILES).flatMap((one) => {
    const cipher = readCipher(one);
    return cipher ? readPlaces(child(one, 'sources', NS_FILE_SHARING)).map((url) => ({ url, cipher })) : [];
  });
  return [...encrypted, ...plain].slice(0, MOST_SOURCES);
}

const readPlaces = (sources: Element | undefined): string[] =>
  childrenNamed(sources, 'url-data', NS_URL_DATA).flatMap(({ attributes }) => attributes['target'] || []);

function readCipher(encrypted: Element): FileCipher | undefined {
  const length = CIPHERS[encrypted.attributes['cipher'] ?? ''];
  const key = bytesIn(child(encrypted, 'key', NS_ENCRYPTED_FILES));
  const iv = bytesIn(child(encrypted, 'iv', NS_ENCRYPTED_FILES));
  return length !== undefined && key?.length === length && iv?.length === IV_LENGTH ? { key, iv } : undefined;
}
