// An identity as people and pictures carry it: 64 hexadecimal digits of its X25519 form, and an address with such keys behind it.
import { agreementOf, identityOf } from '../primitives/edwards.ts';
import { readAgreementPublic, type IdentityPublic } from '../primitives/keys.ts';

/** Eight groups of eight, as other programs show them. */
export const showFingerprint = (identity: IdentityPublic): string => (fingerprintOf(identity).match(/.{8}/g) ?? []).join(' ');

export function fingerprintOf(identity: IdentityPublic): string {
  return Array.from(agreementOf(identity) ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface NamedKeys {
  readonly address: string;
  readonly devices: readonly { readonly id: number; readonly identity: IdentityPublic }[];
}

const DEVICE = /^omemo-sid-(\d{1,10})=([0-9a-f]{64})$/;
const LONGEST = 20_000;

/** What the code in a picture says, in the form that other programs write and read. */
export function writeKeysUri({ address, devices }: NamedKeys): string {
  const keys = devices.map(({ id, identity }) => `omemo-sid-${id}=${fingerprintOf(identity)}`);
  return `xmpp:${encodeURIComponent(address).replaceAll('%40', '@')}?${keys.join(';')}`;
}

/** Undefined for what is no such address, or names no key. Parts of another kind are passed over; a broken key spoils all. */
export function readKeysUri(text: string): NamedKeys | undefined {
  const [, address, query] = text.length > LONGEST ? [] : (/^xmpp:([^?#]+)\?([^#]*)$/.exec(text) ?? []);
  const keys = query?.split(/[;&]/).filter((part) => part.startsWith('omemo-sid-'));
  const devices = (keys ?? []).map(readDevice);
  if (!address || devices.length === 0 || devices.includes(undefined)) return undefined;
  const decoded = decode(address);
  return decoded === undefined ? undefined : { address: decoded, devices: devices.filter((one) => one !== undefined) };
}

function readDevice(part: string): NamedKeys['devices'][number] | undefined {
  const [, id, hex = ''] = DEVICE.exec(part.toLowerCase()) ?? [];
  const identity = readFingerprint(hex);
  return identity && { id: Number(id), identity };
}

/** Undefined for what is no key. */
export function readFingerprint(hex: string): IdentityPublic | undefined {
  const key = readAgreementPublic(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  return key && identityOf(key);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
