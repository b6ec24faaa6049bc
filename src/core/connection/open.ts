// Opening a stream, the first time and again after the sign-in, and reading what is offered on it.
import { readOpen, writeOpen } from '../../xmpp/codecs/framing.ts';
import { readStreamFeatures, type StreamFeatures } from '../../xmpp/codecs/stream-features.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Attempt } from './attempt.ts';

export const opening = (attempt: Attempt): Element => writeOpen({ to: attempt.domain, from: attempt.address });

export async function readOffers({ stream }: Attempt): Promise<StreamFeatures> {
  await stream.until(readOpen);
  return stream.until(readStreamFeatures);
}

/** The first offers of a stream, and the pace they allow. */
export async function readFirstOffers(attempt: Attempt): Promise<StreamFeatures> {
  const { id = '' } = await attempt.stream.until(readOpen);
  const features = await attempt.stream.until(readStreamFeatures);
  if (attempt.pace === 'flight' && !features.pipelining && PROSODY_ID.test(id)) attempt.pace = 'pause';
  return features;
}

/**
 * Prosody up to 13 changes its parser when a sign-in succeeds, and loses the open that came in the same read: the stream breaks at the next
 * frame. It names its streams by UUIDs. Where that is mended the engine offers pipelining.
 */
const PROSODY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
