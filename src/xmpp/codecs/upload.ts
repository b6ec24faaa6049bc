// Room for a file at an upload service, XEP-0363: what it takes, and where one file may go.
import { NS_UPLOAD } from '../namespaces.ts';
import { child, childrenNamed, element, textOf, type Element } from '../xml.ts';
import { readInfo, readInfoForm } from './disco-info.ts';
import { writeGet } from './iq.ts';

export interface UploadService {
  /** In bytes; absent where it says nothing. */
  largest?: number;
}

export interface UploadWish {
  name: string;
  size: number;
  type: string;
}

/** Where it goes, what has to be said with it, and where it is found then. */
export interface UploadSlot {
  put: string;
  headers: Readonly<Record<string, string>>;
  get: string;
}

/** All that a service may have us say; anything else would be a request of its own making. */
const HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'expires']);

export function readUploadService(iq: Element): UploadService | undefined {
  if (!readInfo(iq)?.features.includes(NS_UPLOAD)) return undefined;
  const largest = readSize(readInfoForm(iq, NS_UPLOAD)?.get('max-file-size'));
  return largest === undefined ? {} : { largest };
}

export const writeSlotRequest = (service: string, { name, size, type }: UploadWish): Element =>
  writeGet(element('request', NS_UPLOAD, { filename: name, size: String(size), 'content-type': type }), service);

export function readSlot(iq: Element): UploadSlot | undefined {
  const slot = child(iq, 'slot', NS_UPLOAD);
  const put = child(slot, 'put', NS_UPLOAD);
  const [to, from] = [put?.attributes['url'], child(slot, 'get', NS_UPLOAD)?.attributes['url']];
  if (!to || !from) return undefined;
  return { put: to, headers: Object.fromEntries(childrenNamed(put, 'header', NS_UPLOAD).flatMap(readHeader)), get: from };
}

/** A line end in a value would begin another header. */
function readHeader(header: Element): [string, string][] {
  const name = header.attributes['name']?.trim().toLowerCase() ?? '';
  return HEADERS.has(name) ? [[name, (textOf(header) ?? '').replaceAll(/[\r\n]/g, '')]] : [];
}

export function readSize(text: string | undefined): number | undefined {
  const size = text !== undefined && /^\d{1,16}$/.test(text.trim()) ? Number(text) : NaN;
  return Number.isSafeInteger(size) ? size : undefined;
}
