// Addresses of XMPP (RFC 7622), brought to the one form in which they may be compared.
import { remembered } from '../base/remembered.ts';
import type { Address } from '../model/account.ts';

export interface Jid {
  local?: string;
  domain: string;
  resource?: string;
}

/** Each part at most this many bytes of UTF-8. */
const LONGEST_PART = 1023;
/** Spaces, controls, and what would make one address look like two. */
const NOT_IN_LOCAL = /[\s\p{C}"&'/:<>@]/u;
const NOT_IN_DOMAIN = /[\s\p{C}"&'<>@/\\?#%^`{|}]/u;
const NOT_IN_RESOURCE = /\p{C}/u;
/** What most addresses are: nothing to normalise, nothing to forbid. */
const PLAIN = /^(?:[a-z0-9._+-]+@)?(?:[a-z0-9-]+\.)*[a-z0-9-]+$/;
const SHORT = 255;

/** The same few people write again and again: what their addresses come to is kept, up to so many. */
const MOST_KEPT = 256;

interface Read {
  jid: Readonly<Jid> | undefined;
  bare: Address;
}

/** Undefined for what is no address. Local and domain part come back in lower case. */
export const parseJid = (text: string): Readonly<Jid> | undefined => read(text).jid;

const read = remembered(MOST_KEPT, (text): Read => {
  const jid = split(text);
  return { jid, bare: (jid ? writeBare(jid) : '') as Address };
});

function split(text: string): Jid | undefined {
  const slash = text.indexOf('/');
  const bare = slash < 0 ? text : text.slice(0, slash);
  const at = bare.indexOf('@');
  const local = at < 0 ? undefined : readLocal(bare.slice(0, at));
  const domain = readDomain(bare.slice(at + 1));
  const resource = slash < 0 ? undefined : readResource(text.slice(slash + 1));
  if (!domain || (at >= 0 && !local) || (slash >= 0 && !resource)) return undefined;
  return { ...(local && { local }), domain, ...(resource && { resource }) };
}

/** The empty address, which belongs to nobody, where the text is none: compare only with addresses known to be good. */
export function bareOf(text: string): Address {
  if (text.length < SHORT && !text.includes('/') && PLAIN.test(text)) return text as Address;
  return read(text).bare;
}

export const resourceOf = (text: string): string | undefined => parseJid(text)?.resource;

export const domainOf = (text: string): string | undefined => parseJid(text)?.domain;

/** A good address without a resource, in the form that `bareOf` gives. */
export const isBare = (text: string): boolean => text !== '' && bareOf(text) === text;

/** Undefined unless it is the address of a person or a room: with a local part, without a resource. */
export function parseAddress(text: string): Address | undefined {
  const jid = parseJid(text.trim());
  return jid?.local && !jid.resource ? (writeBare(jid) as Address) : undefined;
}

export const writeJid = (jid: Jid): string => (jid.resource ? `${writeBare(jid)}/${jid.resource}` : writeBare(jid));

/** The same entity, resource included. Two texts that are no addresses are not the same. */
export function isSameJid(a: string, b: string): boolean {
  const left = parseJid(a);
  const right = parseJid(b);
  return left !== undefined && right !== undefined && writeJid(left) === writeJid(right);
}

const writeBare = (jid: Jid): string => (jid.local ? `${jid.local}@${jid.domain}` : jid.domain);

function readLocal(text: string): string | undefined {
  const local = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  return isPart(local, NOT_IN_LOCAL) ? local : undefined;
}

function readDomain(text: string): string | undefined {
  const domain = text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\.$/, '');
  return isPart(domain, NOT_IN_DOMAIN) && !domain.startsWith('.') && !domain.includes('..') ? domain : undefined;
}

function readResource(text: string): string | undefined {
  const resource = text.normalize('NFC');
  return isPart(resource, NOT_IN_RESOURCE) ? resource : undefined;
}

const isPart = (text: string, forbidden: RegExp): boolean => text !== '' && !isTooLong(text) && !forbidden.test(text);

function isTooLong(text: string): boolean {
  if (text.length * 3 <= LONGEST_PART) return false;
  let bytes = 0;
  for (const char of text) bytes += byteLength(char.codePointAt(0) ?? 0);
  return bytes > LONGEST_PART;
}

const byteLength = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
