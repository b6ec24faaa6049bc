// Legacy OMEMO, XEP-0384 0.3 as clients really speak it: its device list, its bundles (a node for each device), its messages.
import { toBase64 } from '../../base/base64.ts';
import { bytesIn, readKeyId } from '../bytes-in-xml.ts';
import { NS_LEGACY_OMEMO } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import type { KeyForDevice } from './omemo-message.ts';
import type { NumberedKey } from './omemo-bundle.ts';
import type { Item } from './pubsub.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** More than anybody has: each of them costs everybody who writes to the account. */
const MOST_DEVICES = 100;
/** A number is nobody's alone in a room, and profanity seals twice for whoever is on a list and inside. */
const MOST_KEYS = 4;

/** Keys with the byte before them that names their curve. */
export interface LegacyBundle {
  identity: Bytes;
  signed: NumberedKey & { signature: Bytes };
  preKeys: readonly NumberedKey[];
}

export interface LegacyMessage {
  sender: number;
  iv: Bytes;
  /** For all accounts together: a device is known by its number alone. */
  keys: readonly KeyForDevice[];
  payload?: Bytes;
}

export interface LegacyMessageForUs extends Omit<LegacyMessage, 'keys'> {
  key?: KeyForDevice;
  more?: readonly KeyForDevice[];
}

export const writeLegacyDevices = (devices: readonly number[]): Item => ({
  id: 'current',
  payload: legacy(
    'list',
    {},
    devices.map((id) => legacy('device', { id: String(id) })),
  ),
});

export function readLegacyDevices({ payload }: Item): number[] | undefined {
  if (payload?.name !== 'list' || payload.namespace !== NS_LEGACY_OMEMO) return undefined;
  const ids = childrenNamed(payload, 'device', NS_LEGACY_OMEMO).flatMap(({ attributes: { id } }) => readKeyId(id) || []);
  return [...new Set(ids)].slice(0, MOST_DEVICES);
}

export function writeLegacyBundle({ identity, signed, preKeys }: LegacyBundle): Item {
  const payload = legacy('bundle', {}, [
    legacy('signedPreKeyPublic', { signedPreKeyId: String(signed.id) }, [toBase64(signed.key)]),
    legacy('signedPreKeySignature', {}, [toBase64(signed.signature)]),
    legacy('identityKey', {}, [toBase64(identity)]),
    legacy(
      'prekeys',
      {},
      preKeys.map(({ id, key }) => legacy('preKeyPublic', { preKeyId: String(id) }, [toBase64(key)])),
    ),
  ]);
  return { id: 'current', payload };
}

export function readLegacyBundle({ payload }: Item): LegacyBundle | undefined {
  if (payload?.name !== 'bundle' || payload.namespace !== NS_LEGACY_OMEMO) return undefined;
  const one = (name: string): Element | undefined => child(payload, name, NS_LEGACY_OMEMO);
  const signed = readKey(one('signedPreKeyPublic'), 'signedPreKeyId');
  const signature = bytesIn(one('signedPreKeySignature'));
  const identity = bytesIn(one('identityKey'));
  const preKeys = childrenNamed(one('prekeys'), 'preKeyPublic', NS_LEGACY_OMEMO).flatMap((key) => readKey(key, 'preKeyId') ?? []);
  return signed && signature && identity ? { identity, signed: { ...signed, signature }, preKeys } : undefined;
}

export function writeLegacyEncrypted({ sender, iv, keys, payload }: LegacyMessage): Element {
  const written = keys.map(({ device, bytes, withExchange }) =>
    legacy('key', { rid: String(device), prekey: withExchange ? 'true' : undefined }, [toBase64(bytes)]),
  );
  const header = legacy('header', { sid: String(sender) }, [...written, legacy('iv', {}, [toBase64(iv)])]);
  return legacy('encrypted', {}, [header, payload && legacy('payload', {}, [toBase64(payload)])]);
}

/** Undefined unless there is exactly one such element. */
export function readLegacyEncrypted(message: Element, device: number): LegacyMessageForUs | undefined {
  const [encrypted, another] = childrenNamed(message, 'encrypted', NS_LEGACY_OMEMO);
  const header = child(encrypted, 'header', NS_LEGACY_OMEMO);
  const sender = readKeyId(header?.attributes['sid']);
  const iv = bytesIn(child(header, 'iv', NS_LEGACY_OMEMO));
  const ours = childrenNamed(header, 'key', NS_LEGACY_OMEMO).filter((one) => readKeyId(one.attributes['rid']) === device);
  const payload = child(encrypted, 'payload', NS_LEGACY_OMEMO);
  const [key, ...more] = ours.slice(0, MOST_KEYS).flatMap((one) => readKeyFor(one, device) ?? []);
  const sealed = bytesIn(payload);
  if (!sender || another || !iv || (ours.length > 0 && !key) || (payload && !sealed)) return undefined;
  return { sender, iv, ...(key && { key }), ...(more.length > 0 && { more }), ...(sealed && { payload: sealed }) };
}

/** All the keys in it: whose devices they are for is not said. */
export function readLegacyKeysIn(message: Element): readonly KeyForDevice[] {
  const header = child(child(message, 'encrypted', NS_LEGACY_OMEMO), 'header', NS_LEGACY_OMEMO);
  return childrenNamed(header, 'key', NS_LEGACY_OMEMO).flatMap((one) => {
    const device = readKeyId(one.attributes['rid']);
    return (device && readKeyFor(one, device)) || [];
  });
}

function readKeyFor(from: Element, device: number): KeyForDevice | undefined {
  const bytes = bytesIn(from);
  const { prekey } = from.attributes;
  return bytes && { device, bytes, withExchange: prekey === 'true' || prekey === '1' };
}

function readKey(from: Element | undefined, numberedBy: string): NumberedKey | undefined {
  const id = readKeyId(from?.attributes[numberedBy]);
  const key = bytesIn(from);
  return id !== undefined && key ? { id, key } : undefined;
}

const legacy = (
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly (Element | string | undefined)[] = [],
): Element => element(name, NS_LEGACY_OMEMO, attributes, children);
