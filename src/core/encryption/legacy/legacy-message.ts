// A message of legacy OMEMO, sealed and opened: only the words, and nothing in it says who wrote them to whom.
import type { LegacyMessage } from '../../../xmpp/codecs/legacy-omemo.ts';
import type { OwnKeys } from '../exchange/own-keys.ts';
import { openBy, type Arrival, type ForUs, type MessageOpening } from '../open-message.ts';
import type { Primitives } from '../primitives/curves.ts';
import { sealForEach, type Addressee, type SealedFor } from '../seal-message.ts';
import { LEGACY } from '../wire/legacy.ts';
import { openLegacyPayload, sealLegacyPayload } from './legacy-payload.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Every key that may be for us is tried, and each that is takes its step: what one of them left behind would open the same words a second time.
 * One that was used before makes it a repeat, whatever stands behind it.
 */
export async function openLegacyMessage(primitives: Primitives, arrival: Arrival<ForUs>): Promise<MessageOpening> {
  const { more = [] } = arrival.message;
  let { own, device } = arrival;
  let first = await openOne(primitives, arrival);
  for (const next of more) {
    if (first.outcome === 'opened') ({ own, device } = first);
    const opening = await openOne(primitives, { message: { ...arrival.message, key: next }, own, device });
    if (first.outcome === 'opened' && opening.outcome === 'opened') first = { ...first, own: opening.own, device: opening.device };
    else if (first.outcome === 'refused') first = opening;
  }
  return first;
}

function openOne(primitives: Primitives, arrival: Arrival<ForUs>): Promise<MessageOpening> {
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
