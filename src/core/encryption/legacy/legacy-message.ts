// A message of legacy OMEMO, sealed and opened: only the words, and nothing in it says who wrote them to whom.
import type { LegacyMessage } from '../../../xmpp/codecs/legacy-omemo.ts';
import type { OwnKeys } from '../exchange/own-keys.ts';
import { openBy, type Arrival, type ForUs, type MessageOpening } from '../open-message.ts';
import type { Primitives } from '../primitives/curves.ts';
import { sealForEach, type Addressee, type SealedFor } from '../seal-message.ts';
import { LEGACY } from '../wire/legacy.ts';
import { openLegacyPayload, sealLegacyPayload } from './legacy-payload.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export function openLegacyMessage(primitives: Primitives, arrival: Arrival<ForUs>): Promise<MessageOpening> {
  const { payload, iv } = arrival.message;
  return openBy(primitives, LEGACY, arrival, async (keyAndTag) => {
    if (!payload) return 'empty';
    return iv && openLegacyPayload(primitives, { payload, keyAndTag, iv });
  });
}

/** Without a plaintext it is an empty message: a key beside nothing. */
export async function sealLegacyMessage(
  primitives: Primitives,
  own: OwnKeys,
  addressees: readonly Addressee[],
  plaintext?: Bytes,
): Promise<SealedFor<LegacyMessage>> {
  const { payload, keyAndTag, iv } = await sealLegacyPayload(primitives, plaintext ?? new Uint8Array());
  const sealed = await sealForEach(primitives, LEGACY, own, addressees, keyAndTag, !plaintext);
  return {
    message: { sender: own.deviceId, iv, keys: sealed.map(({ key }) => key), ...(plaintext && { payload }) },
    addressees: sealed.map(({ after }) => after),
  };
}
