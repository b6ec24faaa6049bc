// A message for several devices: sealed once, its key through the ratchet of each. Nothing is sent here, and nothing stored: the states
// that come back have to lie on the disk before the message may leave it.
import type { EncryptedMessage, KeyForDevice } from '../../xmpp/codecs/omemo-message.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import { EMPTY_KEY, sealPayload } from './payload.ts';
import { sealForDevice, type PeerDevice } from './peer-device.ts';
import type { Primitives } from './primitives/curves.ts';
import type { Dialect } from './wire/dialect.ts';
import { OMEMO_2 } from './wire/omemo-2.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A device that a message goes to. There has to be a session with it. */
export interface Addressee {
  readonly account: string;
  readonly id: number;
  readonly device: PeerDevice;
}

export interface SealedFor<Message> {
  readonly message: Message;
  /** The same devices after this step. */
  readonly addressees: readonly Addressee[];
}

/** Without a plaintext it is an empty message, which answers: it moves the ratchets on and says nothing. */
export async function sealMessage(
  primitives: Primitives,
  own: OwnKeys,
  addressees: readonly Addressee[],
  plaintext?: Bytes,
): Promise<SealedFor<EncryptedMessage>> {
  const { payload, keyAndTag } = plaintext ? await sealPayload(primitives, plaintext) : { keyAndTag: EMPTY_KEY };
  const sealed = await sealForEach(primitives, OMEMO_2, own, addressees, keyAndTag, !plaintext);
  const accounts = new Set(addressees.map(({ account }) => account));
  const recipients = [...accounts].map((account) => ({
    account,
    keys: sealed.flatMap(({ after, key }) => (after.account === account ? key : [])),
  }));
  return { message: { sender: own.deviceId, recipients, ...(payload && { payload }) }, addressees: sealed.map(({ after }) => after) };
}

interface SealedOne {
  readonly after: Addressee;
  readonly key: KeyForDevice;
}

export function sealForEach(
  primitives: Primitives,
  dialect: Dialect,
  own: OwnKeys,
  addressees: readonly Addressee[],
  keyAndTag: Bytes,
  isAnswer: boolean,
): Promise<readonly SealedOne[]> {
  return Promise.all(
    addressees.map(async ({ account, id, device }) => {
      const result = await sealForDevice(primitives, dialect, own, device, keyAndTag, isAnswer);
      if (!result) throw new Error(`there is no session with device ${id}`);
      return { after: { account, id, device: result.device }, key: { device: id, ...result.sealed } };
    }),
  );
}
