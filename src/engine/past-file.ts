// How a file in a past message is told: what it is (XEP-0446), where it lies (XEP-0447), and its address for programs that know neither.
import { createHash } from 'node:crypto';
import { escapeXml } from './escape-xml.ts';
import type { PastFile, PastMessage } from './population.ts';

const NS_METADATA = 'urn:xmpp:file:metadata:0';

/** Puts it where the engine keeps what was uploaded, and answers with its address. */
export type KeepFile = (message: PastMessage, file: PastFile) => string;

/** Nobody else's, and the same each time. */
export const slotOf = ({ id }: Pick<PastMessage, 'id'>): string => createHash('sha256').update(`file ${id}`).digest('hex').slice(0, 24);

/** Its own name stands in the message alone: not every engine finds names with letters beyond ASCII. */
export const keptName = ({ name }: PastFile): string => `file.${name.split('.').at(-1)}`;

/** Undefined for a message without one. */
export const keepFileOf = (message: PastMessage, keep: KeepFile): string | undefined =>
  'text' in message && message.file ? keep(message, message.file) : undefined;

export function fileElements(file: PastFile, caption: string, url: string): string {
  const address = escapeXml(url);
  const source = `<sources><url-data xmlns='http://jabber.org/protocol/url-data' target='${address}'/></sources>`;
  const sharing = `<file-sharing xmlns='urn:xmpp:sfs:0' disposition='${file.thumbnail ? 'inline' : 'attachment'}'>${metadata(file, caption)}${source}</file-sharing>`;
  return `<body>${address}</body>${sharing}<x xmlns='jabber:x:oob'><url>${address}</url></x>`;
}

function metadata({ name, type, bytes, width, height, thumbnail }: PastFile, caption: string): string {
  const hash = createHash('sha256').update(bytes).digest('base64');
  const part = (tag: string, value: string | number | undefined): string =>
    value === undefined || value === '' ? '' : `<${tag}>${escapeXml(String(value))}</${tag}>`;
  const small = thumbnail && `data:image/png;base64,${Buffer.from(thumbnail).toString('base64')}`;
  return [
    `<file xmlns='${NS_METADATA}'>`,
    part('media-type', type),
    part('name', name),
    part('size', bytes.length),
    part('width', width),
    part('height', height),
    `<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>${hash}</hash>`,
    part('desc', caption),
    small ? `<thumbnail xmlns='urn:xmpp:thumbs:1' uri='${small}' media-type='image/png'/>` : '',
    '</file>',
  ].join('');
}
