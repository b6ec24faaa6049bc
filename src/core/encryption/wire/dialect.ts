// What OMEMO 2 and legacy OMEMO differ in. The ratchet, the key exchange and the sessions are the same for both.
import type { AgreementPublic, IdentityPublic, Signature } from '../primitives/keys.ts';

export type DialectName = 'omemo-2' | 'legacy';

export interface RatchetHeader {
  readonly n: number;
  /** How many messages the sender's previous chain had. */
  readonly previous: number;
  readonly ratchet: AgreementPublic;
}

/** One message of the ratchet. The bytes that the tag is over are kept as they came: writing them again could give others. */
export interface RatchetMessage {
  readonly header: RatchetHeader;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
  readonly tagged: Uint8Array<ArrayBuffer>;
  readonly tag: Uint8Array<ArrayBuffer>;
}

export interface KeyExchange {
  readonly preKeyId: number;
  readonly signedPreKeyId: number;
  readonly identity: IdentityPublic;
  readonly ephemeral: AgreementPublic;
}

export interface Dialect {
  readonly name: DialectName;
  readonly exchangeInfo: string;
  readonly rootInfo: string;
  readonly messageInfo: string;
  readonly tagLength: number;
  /** What the tag is over beside the message: who began the session, and with whom. */
  associated(sender: IdentityPublic, receiver: IdentityPublic, isSenderInitiator: boolean): Uint8Array<ArrayBuffer>;
  /** What really has to be checked: legacy signatures carry a bit of the key they need. */
  signer(identity: IdentityPublic, signature: Signature): { key: IdentityPublic; signature: Signature };
  /** What a signed prekey's signature is over. */
  encodeAgreement(key: AgreementPublic): Uint8Array<ArrayBuffer>;
  writeTagged(header: RatchetHeader, ciphertext: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  writeMessage(tagged: Uint8Array<ArrayBuffer>, tag: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  readMessage(bytes: Uint8Array): RatchetMessage | undefined;
  writeExchange(exchange: KeyExchange, message: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  readExchange(bytes: Uint8Array): { exchange: KeyExchange; message: RatchetMessage } | undefined;
}
