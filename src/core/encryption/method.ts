// What one OMEMO does in its own way beside its dialect: where keys are published, how a message looks, what its plaintext is.
import type { KeyForDevice } from '../../xmpp/codecs/omemo-message.ts';
import type { ListedDevice } from '../../xmpp/codecs/omemo-devices.ts';
import type { Item } from '../../xmpp/codecs/pubsub.ts';
import type { NS_LEGACY_OMEMO, NS_OMEMO } from '../../xmpp/namespaces.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Address } from '../../model/account.ts';
import type { Envelope } from '../../xmpp/codecs/envelope.ts';
import type { Bundle } from './exchange/bundle.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import type { Arrival, ForUs, MessageOpening } from './open-message.ts';
import type { Primitives, Random } from './primitives/curves.ts';
import type { Addressee, SealedFor } from './seal-message.ts';
import type { Dialect } from './wire/dialect.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface BundlePlace {
  readonly node: string;
  readonly item: string;
}

export interface Method {
  readonly dialect: Dialect;
  readonly namespace: typeof NS_OMEMO | typeof NS_LEGACY_OMEMO;
  /** What is inside says who wrote it where. */
  readonly saysWho: boolean;
  readonly devicesNode: string;
  bundlePlace(device: number): BundlePlace;
  askBundle(device: number, person: Address): Element;
  writeDevices(listed: readonly ListedDevice[]): Item;
  readDevices(item: Item): readonly ListedDevice[] | undefined;
  writeBundle(own: OwnKeys): Item;
  /** Undefined for what is none of this device. */
  readBundle(item: Item, device: number): Bundle | undefined;
  /** Undefined where nobody could say which part is meant. */
  read(message: Element, self: Address, device: number): ForUs | undefined;
  /** All the keys for devices of this person, perhaps with others'. */
  keysFor(message: Element, person: Address): readonly KeyForDevice[];
  open(primitives: Primitives, arrival: Arrival<ForUs>): Promise<MessageOpening>;
  /** Without a plaintext it is an empty message. */
  seal(primitives: Primitives, own: OwnKeys, addressees: readonly Addressee[], plaintext?: Bytes): Promise<SealedFor<Element>>;
  pack(random: Random, envelope: Envelope): Bytes;
  unpack(plaintext: Bytes): Envelope | undefined;
}
