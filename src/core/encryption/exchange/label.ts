// What a device is called by its owner, signed by the device, so that nobody else can give it another name.
import type { Curves } from '../primitives/curves.ts';
import type { Identity } from '../primitives/identity.ts';
import { readSignature, type IdentityPublic } from '../primitives/keys.ts';
import { toBytes } from '../../utf8.ts';

const LONGEST = 53;

export interface Label {
  readonly label: string;
  readonly labelSignature: Uint8Array<ArrayBuffer>;
}

export async function signLabel(curves: Curves, { seed }: Identity, wanted: string): Promise<Label> {
  const label = Array.from(wanted).slice(0, LONGEST).join('');
  return { label, labelSignature: await curves.sign(seed, toBytes(label)) };
}

/** A label without a signature that holds may be shown as what somebody says of the device, never as its name. */
export async function isLabelSigned(curves: Curves, identity: IdentityPublic, label: Partial<Label>): Promise<boolean> {
  const signature = readSignature(label.labelSignature);
  return label.label !== undefined && signature !== undefined && curves.verify(identity, toBytes(label.label), signature);
}
