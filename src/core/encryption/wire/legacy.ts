// Legacy OMEMO on the wire (`eu.siacs.conversations.axolotl`): Signal's own messages as they were in 2015, which most clients still speak.
import { concatBytes } from '../../../base/bytes.ts';
import { agreementOf, identityOf } from '../primitives/edwards.ts';
import { readAgreementPublic, type AgreementPublic, type IdentityPublic, type Signature } from '../primitives/keys.ts';
import type { Dialect, RatchetMessage } from './dialect.ts';
import { readFields, writeFields, type Shape } from './protobuf.ts';

const MESSAGE = {
  ratchet: { at: 1, kind: 'bytes' },
  n: { at: 2, kind: 'number' },
  previous: { at: 3, kind: 'number' },
  ciphertext: { at: 4, kind: 'bytes' },
} as const satisfies Shape;

const EXCHANGE = {
  preKeyId: { at: 1, kind: 'number' },
  ephemeral: { at: 2, kind: 'bytes' },
  identity: { at: 3, kind: 'bytes' },
  message: { at: 4, kind: 'bytes' },
  signedPreKeyId: { at: 6, kind: 'number' },
} as const satisfies Shape;

const VERSION = Uint8Array.of(0x33);
const TAG_LENGTH = 8;
/** Before each key stands the kind of its curve. */
const CURVE = Uint8Array.of(5);

export const LEGACY: Dialect = {
  name: 'legacy',
  exchangeInfo: 'WhisperText',
  rootInfo: 'WhisperRatchet',
  messageInfo: 'WhisperMessageKeys',
  tagLength: TAG_LENGTH,
  associated: (sender, receiver) => concatBytes(encodeIdentity(sender), encodeIdentity(receiver)),
  signer,
  encodeAgreement: encodeKey,
  writeTagged: ({ ratchet, ...header }, ciphertext) =>
    concatBytes(VERSION, writeFields(MESSAGE, { ...header, ratchet: encodeKey(ratchet), ciphertext })),
  writeMessage: (tagged, tag) => concatBytes(tagged, tag),
  readMessage,
  writeExchange({ identity, ephemeral, ...ids }, message) {
    const keys = { identity: encodeIdentity(identity), ephemeral: encodeKey(ephemeral) };
    return concatBytes(VERSION, writeFields(EXCHANGE, { ...ids, ...keys, message }));
  },
  readExchange(bytes) {
    const fields = bytes[0] === VERSION[0] ? readFields(EXCHANGE, bytes.subarray(1)) : undefined;
    const identity = readLegacyIdentity(fields?.identity);
    const ephemeral = readLegacyKey(fields?.ephemeral);
    const message = fields && readMessage(fields.message);
    if (!fields || !identity || !ephemeral || !message) return undefined;
    const { preKeyId, signedPreKeyId } = fields;
    return { exchange: { preKeyId, signedPreKeyId, identity, ephemeral }, message };
  },
};

function readMessage(bytes: Uint8Array): RatchetMessage | undefined {
  const tagged = bytes.slice(0, -TAG_LENGTH);
  const fields = tagged[0] === VERSION[0] ? readFields(MESSAGE, tagged.subarray(1)) : undefined;
  const ratchet = readLegacyKey(fields?.ratchet);
  if (!fields || !ratchet) return undefined;
  const { n, previous, ciphertext } = fields;
  return { header: { n, previous, ratchet }, ciphertext, tagged, tag: bytes.slice(-TAG_LENGTH) };
}

/** Signatures of Signal's own kind keep the sign of the key in their last bit, where no number reaches. */
function signer(identity: IdentityPublic, signature: Signature): { key: IdentityPublic; signature: Signature } {
  const bit = signature[63]! & 0x80;
  const key = identity.slice() as IdentityPublic;
  const plain = signature.slice() as Signature;
  key[31] = (key[31]! & 0x7f) | bit;
  plain[63]! &= 0x7f;
  return { key, signature: plain };
}

export function readLegacyKey(bytes: Uint8Array | undefined): AgreementPublic | undefined {
  return bytes && bytes[0] === CURVE[0] ? readAgreementPublic(bytes.slice(1)) : undefined;
}

/** The same device whichever sign its signatures need: X25519's form does not tell. */
export function readLegacyIdentity(bytes: Uint8Array | undefined): IdentityPublic | undefined {
  const key = readLegacyKey(bytes);
  return key && identityOf(key);
}

function encodeKey(key: AgreementPublic): Uint8Array<ArrayBuffer> {
  return concatBytes(CURVE, key);
}

export function encodeIdentity(identity: IdentityPublic): Uint8Array<ArrayBuffer> {
  const key = agreementOf(identity);
  if (!key) throw new Error('an identity was taken over that is none');
  return encodeKey(key);
}
