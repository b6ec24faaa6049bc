// What the ratchet's keys are for: one short secret sealed for one device, and opened there.
import { concatBytes } from '../../../base/bytes.ts';
import { decryptCbc, encryptCbc, isTagOf, sealingKeys, tagOf } from '../primitives/aes-cbc.ts';
import type { Primitives } from '../primitives/curves.ts';
import type { Dialect, RatchetMessage } from '../wire/dialect.ts';
import { stepToReceive, type Step } from './receive.ts';
import { stepToSend } from './send.ts';
import type { RatchetState } from './state.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export async function sealInRatchet(
  primitives: Primitives,
  dialect: Dialect,
  before: RatchetState,
  associated: Bytes,
  plaintext: Bytes,
): Promise<{ state: RatchetState; message: Bytes }> {
  const { state, header, key } = await stepToSend(primitives, dialect, before);
  const keys = sealingKeys(key, dialect.messageInfo);
  const tagged = dialect.writeTagged(header, await encryptCbc(primitives.subtle, keys, plaintext));
  return { state, message: dialect.writeMessage(tagged, tagOf(keys, concatBytes(associated, tagged), dialect.tagLength)) };
}

export type RatchetOpening =
  | ({ readonly outcome: 'opened'; readonly state: RatchetState; readonly plaintext: Bytes } & Step)
  | { readonly outcome: 'repeat' | 'too-far' | 'bad-key' | 'not-for-us' };

export async function openInRatchet(
  primitives: Primitives,
  dialect: Dialect,
  before: RatchetState,
  associated: Bytes,
  { header, ciphertext, tagged, tag }: RatchetMessage,
): Promise<RatchetOpening> {
  const step = await stepToReceive(primitives, dialect, before, header);
  if (step.outcome !== 'key') return step;
  const keys = sealingKeys(step.key, dialect.messageInfo);
  if (!isTagOf(keys, concatBytes(associated, tagged), tag)) return { outcome: 'not-for-us' };
  const plaintext = await decryptCbc(primitives.subtle, keys, ciphertext);
  if (!plaintext) return { outcome: 'not-for-us' };
  const { isNewest, heartbeat } = step;
  return { outcome: 'opened', state: step.settle(), plaintext, isNewest, heartbeat };
}
