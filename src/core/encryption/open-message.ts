// A message that came, opened as far as this device can: its key by the ratchet of the sender's device, then what it says.
//
// Where the payload does not open the step of the ratchet is not kept either: whoever put another payload beside a good key would
// otherwise have spent the key before the true message comes.
import type { KeyForDevice } from '../../xmpp/codecs/omemo-message.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import { EMPTY_KEY, openPayload } from './payload.ts';
import { openFromDevice, type Opening, type PeerDevice, type Unreadable } from './peer-device.ts';
import type { Primitives } from './primitives/curves.ts';
import type { Dialect } from './wire/dialect.ts';
import { OMEMO_2 } from './wire/omemo-2.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Opened = Extract<Opening, { outcome: 'opened' }>;

/** A message as far as this device can tell before it opens it. */
export interface ForUs {
  readonly sender: number;
  readonly key?: KeyForDevice;
  /** Further ones that may be for us, where devices are known by numbers alone. */
  readonly more?: readonly KeyForDevice[];
  readonly payload?: Bytes;
  readonly iv?: Bytes;
}

export type MessageOpening =
  | (Omit<Opened, 'plaintext'> & { readonly plaintext?: Bytes })
  | { readonly outcome: 'repeat' }
  /** It was written for other devices, perhaps before this one was known. */
  | { readonly outcome: 'not-for-this-device' }
  | { readonly outcome: 'refused'; readonly why: Unreadable | 'payload-changed' };

export interface Arrival<Message> {
  readonly message: Message;
  readonly own: OwnKeys;
  /** What is known of the sender's device. */
  readonly device: PeerDevice | undefined;
}

export function openMessage(primitives: Primitives, arrival: Arrival<ForUs>): Promise<MessageOpening> {
  const { payload } = arrival.message;
  return openBy(primitives, OMEMO_2, arrival, async (keyAndTag) => {
    // A key for a payload beside none: somebody took the payload away.
    if (!payload) return keyAndTag.length === EMPTY_KEY.length ? 'empty' : undefined;
    return openPayload(primitives, { payload, keyAndTag });
  });
}

/** As far as the payload, which each method opens in its own way. */
export async function openBy(
  primitives: Primitives,
  dialect: Dialect,
  { message, own, device }: Arrival<ForUs>,
  openWith: (keyAndTag: Bytes) => Promise<Bytes | 'empty' | undefined>,
): Promise<MessageOpening> {
  if (!message.key) return { outcome: 'not-for-this-device' };
  const opening = await openFromDevice(primitives, dialect, own, device, message.key);
  if (opening.outcome !== 'opened') return opening;
  const { plaintext: keyAndTag, ...step } = opening;
  const said = await openWith(keyAndTag);
  if (!said) return { outcome: 'refused', why: 'payload-changed' };
  return said === 'empty' ? step : { ...step, plaintext: said };
}
