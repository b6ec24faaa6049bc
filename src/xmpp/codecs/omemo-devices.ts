// Which devices of an account can be written to in OMEMO 2, XEP-0384: a single item of a node that everybody may read.
import { fromBase64, toBase64 } from '../../base/base64.ts';
import { readKeyId } from '../bytes-in-xml.ts';
import { NS_OMEMO } from '../namespaces.ts';
import { childrenNamed, element } from '../xml.ts';
import type { Item } from './pubsub.ts';

export interface ListedDevice {
  id: number;
  /** What its owner calls it. Anybody who may change the list could have written it, unless the signature holds. */
  label?: string;
  labelSignature?: Uint8Array<ArrayBuffer>;
}

export const writeDevices = (devices: readonly ListedDevice[]): Item => ({
  id: 'current',
  payload: element(
    'devices',
    NS_OMEMO,
    {},
    devices.map(({ id, label, labelSignature }) =>
      element('device', NS_OMEMO, { id: String(id), label, labelsig: labelSignature && toBase64(labelSignature) }),
    ),
  ),
});

/** More than anybody has: each of them costs everybody who writes to the account. */
const MOST_DEVICES = 100;

/** The standard advises 53 letters. What is longer is no name, and everybody's list is kept. */
const LONGEST_LABEL = 200;
const LONGEST_SIGNATURE = 64;

/** Each device once, the first hundred. An empty list is one: then nobody can be written to. */
export function readDevices({ payload }: Item): ListedDevice[] | undefined {
  if (payload?.name !== 'devices' || payload.namespace !== NS_OMEMO) return undefined;
  const devices = new Map<number, ListedDevice>();
  for (const { attributes } of childrenNamed(payload, 'device', NS_OMEMO)) {
    const id = readKeyId(attributes['id']);
    if (!id || devices.has(id) || devices.size === MOST_DEVICES) continue;
    const { label, labelsig } = attributes;
    const labelSignature = labelsig ? fromBase64(labelsig) : undefined;
    const isName = label !== undefined && label !== '' && label.length <= LONGEST_LABEL;
    const isSignature = labelSignature !== undefined && labelSignature.length <= LONGEST_SIGNATURE;
    devices.set(id, { id, ...(isName && { label }), ...(isSignature && { labelSignature }) });
  }
  return [...devices.values()];
}
