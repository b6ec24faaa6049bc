// The envelope as the bytes that are sealed, and whether what it says of itself agrees with the message it came in.
import { parseFrame, writeElement } from '../../xmpp/xml.ts';
import { readEnvelope, writeEnvelope, type Envelope } from '../../xmpp/codecs/envelope.ts';
import { toBytes, toText } from '../utf8.ts';
import type { Random } from './primitives/curves.ts';

const LONGEST_PADDING = 200;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Clocks are wrong, and outboxes wait; but nobody's message is days old when it is sent. */
const LARGEST_DELAY_MS = 2 * 24 * 3_600_000;

export const packEnvelope = (random: Random, envelope: Envelope): Uint8Array<ArrayBuffer> =>
  toBytes(writeElement(writeEnvelope(envelope, pad(random))));

/** Random letters of random length: otherwise the length of the words would show from outside. */
function pad(random: Random): string {
  const length = new DataView(random(2).buffer).getUint16(0);
  return Array.from(random(length % (LONGEST_PADDING + 1)), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** Undefined for what is no envelope: strict XML in strict UTF-8. */
export function unpackEnvelope(bytes: Uint8Array): Envelope | undefined {
  const text = toText(bytes);
  const frame = text === undefined ? undefined : parseFrame(text);
  return frame?.ok ? readEnvelope(frame.element) : undefined;
}

/** The message around it, as far as its claims were found true. Addresses without a resource. */
export interface Outside {
  /** The person's own address, in a room too. */
  sender: string;
  recipient: string;
  isRoom: boolean;
  sentAt: number;
}

export type EnvelopeFault = 'other-sender' | 'other-recipient' | 'no-recipient' | 'other-time';

/** Anything but a wrong time means that somebody put this envelope where it does not belong: it must not be shown as a message. */
export function faultsOf({ from, to, sealedAt }: Envelope, { sender, recipient, isRoom, sentAt }: Outside): EnvelopeFault[] {
  const faults: EnvelopeFault[] = [];
  if (from !== undefined && from !== sender) faults.push('other-sender');
  if (to !== undefined && to !== recipient) faults.push('other-recipient');
  if (to === undefined && isRoom) faults.push('no-recipient');
  if (sealedAt !== undefined && Math.abs(sealedAt - sentAt) > LARGEST_DELAY_MS) faults.push('other-time');
  return faults;
}
