// What a device publishes so that others can write to it: OMEMO 2's bundle, XEP-0384, one item named by the device.
import { toBase64 } from '../../base/base64.ts';
import { bytesIn, readKeyId } from '../bytes-in-xml.ts';
import { NS_OMEMO } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import type { Item } from './pubsub.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface NumberedKey {
  id: number;
  key: Bytes;
}

export interface PublishedBundle {
  device: number;
  identity: Bytes;
  signed: NumberedKey & { signature: Bytes };
  preKeys: readonly NumberedKey[];
}

export function writeBundle({ device, identity, signed, preKeys }: PublishedBundle): Item {
  const payload = element('bundle', NS_OMEMO, {}, [
    writeKey('spk', signed),
    element('spks', NS_OMEMO, {}, [toBase64(signed.signature)]),
    element('ik', NS_OMEMO, {}, [toBase64(identity)]),
    element(
      'prekeys',
      NS_OMEMO,
      {},
      preKeys.map((key) => writeKey('pk', key)),
    ),
  ]);
  return { id: String(device), payload };
}

/** Undefined when a part is missing or is no base64. How long a key has to be is not asked here. */
export function readBundle({ id, payload }: Item): PublishedBundle | undefined {
  if (payload?.name !== 'bundle' || payload.namespace !== NS_OMEMO) return undefined;
  const device = readKeyId(id);
  const signed = readKey(child(payload, 'spk', NS_OMEMO));
  const signature = bytesIn(child(payload, 'spks', NS_OMEMO));
  const identity = bytesIn(child(payload, 'ik', NS_OMEMO));
  const preKeys = childrenNamed(child(payload, 'prekeys', NS_OMEMO), 'pk', NS_OMEMO).map(readKey);
  if (!device || !signed || !signature || !identity || !areAllThere(preKeys)) return undefined;
  return { device, identity, signed: { ...signed, signature }, preKeys };
}

const writeKey = (name: string, { id, key }: NumberedKey): Element => element(name, NS_OMEMO, { id: String(id) }, [toBase64(key)]);

function readKey(from: Element | undefined): NumberedKey | undefined {
  const id = readKeyId(from?.attributes['id']);
  const key = bytesIn(from);
  return id !== undefined && key ? { id, key } : undefined;
}

const areAllThere = <T>(all: readonly (T | undefined)[]): all is readonly T[] => all.every((one) => one !== undefined);
