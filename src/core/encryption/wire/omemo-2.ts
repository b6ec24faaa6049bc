// OMEMO 2 on the wire (XEP-0384 0.9, `urn:xmpp:omemo:2`): its words for the key derivations, and its three messages.
import { concatBytes } from '../../../base/bytes.ts';
import { readIdentityPublic } from '../primitives/edwards.ts';
import { readAgreementPublic } from '../primitives/keys.ts';
import type { Dialect, RatchetMessage } from './dialect.ts';
import { readFields, writeFields, type Shape } from './protobuf.ts';

const MESSAGE = {
  n: { at: 1, kind: 'number' },
  previous: { at: 2, kind: 'number' },
  ratchet: { at: 3, kind: 'bytes' },
  ciphertext: { at: 4, kind: 'bytes', optional: true },
} as const satisfies Shape;

const AUTHENTICATED = {
  tag: { at: 1, kind: 'bytes' },
  tagged: { at: 2, kind: 'bytes' },
} as const satisfies Shape;

const EXCHANGE = {
  preKeyId: { at: 1, kind: 'number' },
  signedPreKeyId: { at: 2, kind: 'number' },
  identity: { at: 3, kind: 'bytes' },
  ephemeral: { at: 4, kind: 'bytes' },
  message: { at: 5, kind: 'bytes' },
} as const satisfies Shape;

const TAG_LENGTH = 16;

export const OMEMO_2: Dialect = {
  name: 'omemo-2',
  exchangeInfo: 'OMEMO X3DH',
  rootInfo: 'OMEMO Root Chain',
  messageInfo: 'OMEMO Message Key Material',
  tagLength: TAG_LENGTH,
  associated: (sender, receiver, isSenderInitiator) => (isSenderInitiator ? concatBytes(sender, receiver) : concatBytes(receiver, sender)),
  signer: (key, signature) => ({ key, signature }),
  encodeAgreement: (key) => key,
  writeTagged: (header, ciphertext) => writeFields(MESSAGE, { ...header, ciphertext }),
  writeMessage: (tagged, tag) => writeFields(AUTHENTICATED, { tag, tagged }),
  readMessage,
  writeExchange: (exchange, message) => writeFields(EXCHANGE, { ...exchange, message }),
  readExchange(bytes) {
    const fields = readFields(EXCHANGE, bytes);
    const identity = readIdentityPublic(fields?.identity);
    const ephemeral = readAgreementPublic(fields?.ephemeral);
    const message = fields && readMessage(fields.message);
    if (!fields || !identity || !ephemeral || !message) return undefined;
    const { preKeyId, signedPreKeyId } = fields;
    return { exchange: { preKeyId, signedPreKeyId, identity, ephemeral }, message };
  },
};

function readMessage(bytes: Uint8Array): RatchetMessage | undefined {
  const outer = readFields(AUTHENTICATED, bytes);
  const inner = outer && readFields(MESSAGE, outer.tagged);
  const ratchet = readAgreementPublic(inner?.ratchet);
  if (outer?.tag.length !== TAG_LENGTH || !inner?.ciphertext || !ratchet) return undefined;
  const { n, previous, ciphertext } = inner;
  return { header: { n, previous, ratchet }, ciphertext, ...outer };
}
