// A file in a message, read and written: what of it may be believed and shown, where it is fetched, and which words are only its address.
import { fromBase64, toBase64 } from '../../base/base64.ts';
import { LARGEST_PREVIEW, PICTURE_TYPES, type Picture, type SharedFile } from '../../model/file.ts';
import { readEncryptedLink } from '../../xmpp/codecs/encrypted-link.ts';
import { readFileSharing, type FileLocation, type FileSharing } from '../../xmpp/codecs/file-sharing.ts';
import { readOutOfBand } from '../../xmpp/codecs/out-of-band.ts';
import type { Element } from '../../xmpp/xml.ts';
import { isSpeakable, nameInAddress } from '../file-address.ts';
import type { FileSource } from '../file-ports.ts';
import { cleanText } from './clean-text.ts';
import { cleanFileName, cleanType } from './file-names.ts';

/** What a message says with its file: the caption stands for its text. */
export interface WithFile {
  text: string;
  file: SharedFile;
  fileSource: FileSource;
}

const LARGEST_SIDE = 65_535;
/** What the pictures that we draw begin with: whatever calls itself so and is something else is no picture. */
const BEGINNINGS: Readonly<Record<Picture['type'], string>> = { 'image/jpeg': 'ÿØÿ', 'image/png': '\u0089PNG', 'image/webp': 'RIFF' };

/** Undefined for a message without a file. An encrypted address is one only where nobody else could read it. */
export function readSharedFile(message: Element, body: string, isSealed: boolean): WithFile | undefined {
  const sharing = readFileSharing(message) ?? (isSealed ? readLinked(body) : undefined) ?? readBare(message, body);
  if (!sharing) return undefined;
  const source = sharing.sources.find(({ url }) => isSpeakable(url));
  const preview = readPreview(sharing.thumbnail);
  const { size, width = 0, height = 0, sha256 } = sharing;
  const hasExtent = width > 0 && height > 0 && Math.max(width, height) <= LARGEST_SIDE;
  return {
    text: cleanText(sharing.caption ?? withoutAddresses(body, sharing.sources)).trim(),
    file: {
      name: cleanFileName(sharing.name ?? nameInAddress(sharing.sources[0]?.url ?? '')),
      type: cleanType(sharing.type),
      ...(size !== undefined && { size }),
      ...(hasExtent && { width, height }),
      ...(preview && { preview }),
      available: source !== undefined,
    },
    fileSource: { ...source, ...(sha256 && { sha256 }), ...(size !== undefined && { size }) },
  };
}

/** How it is told to others. The source must have its address. */
export function describeFile({ text, file, fileSource }: WithFile): FileSharing {
  const { name, type, width, height, preview } = file;
  const { url = '', cipher, size, sha256 } = fileSource;
  return {
    name,
    type,
    ...(size !== undefined && { size }),
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(sha256 && { sha256 }),
    ...(text !== '' && { caption: text }),
    ...(preview && { thumbnail: `data:${preview.type};base64,${toBase64(preview.bytes)}` }),
    sources: [{ url, ...(cipher && { cipher }) }],
  };
}

/** As if it had just come: what a backup says of a file is believed no more than what its sender said. */
export function checkKeptFile<M extends Partial<WithFile>>(message: M): M {
  const { file, fileSource } = message;
  if (!file || !fileSource) return message;
  const { preview: said, name, type, ...facts } = file;
  const { url, ...rest } = fileSource;
  const preview = said && checkPreview(said);
  const isFetched = url !== undefined && isSpeakable(url);
  return {
    ...message,
    file: { ...facts, name: cleanFileName(name), type: cleanType(type), ...(preview && { preview }), available: isFetched },
    fileSource: { ...(isFetched && { url }), ...rest },
  };
}

/** Undefined where it is no picture, or more than a preview needs. */
export function checkPreview({ type, bytes }: Picture): Picture | undefined {
  if (!PICTURE_TYPES.includes(type) || bytes.length > LARGEST_PREVIEW) return undefined;
  const begins = [...BEGINNINGS[type]].every((sign, at) => bytes[at] === sign.charCodeAt(0));
  return begins ? { type, bytes } : undefined;
}

function readPreview(uri: string | undefined): Picture | undefined {
  if (uri === undefined || uri.length > LARGEST_PREVIEW * 2) return undefined;
  const [, type, text] = /^data:([a-z/]+);base64,([A-Za-z0-9+/]+=*)$/.exec(uri) ?? [];
  const bytes = text === undefined ? undefined : fromBase64(text);
  return bytes && checkPreview({ type: type as Picture['type'], bytes });
}

function readLinked(body: string): FileSharing | undefined {
  const link = readEncryptedLink(body);
  return link && { sources: [link], caption: '', ...typeByName(link.url) };
}

/** Other programs send an address as words and say that it is a file. */
function readBare(message: Element, body: string): FileSharing | undefined {
  const url = readOutOfBand(message);
  if (url === undefined || body.trim() !== url || !isSpeakable(url)) return undefined;
  return { sources: [{ url }], ...typeByName(url) };
}

const BY_ENDING: Readonly<Record<string, string>> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };

function typeByName(url: string): { type?: string } {
  const type = BY_ENDING[nameInAddress(url).toLowerCase().split('.').at(-1) ?? ''];
  return type === undefined ? {} : { type };
}

/** Programs that know no files show the words alone: there the address stands in them. */
function withoutAddresses(body: string, sources: readonly FileLocation[]): string {
  const lines = body.split('\n');
  const isAddress = (line: string): boolean => sources.some(({ url }) => line.trim() === url);
  return lines.filter((line) => !isAddress(line)).join('\n');
}
