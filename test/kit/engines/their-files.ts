// A file that somebody else's client sends and a core of ours fetches: its name, and every byte.
import assert from 'node:assert/strict';
import type { Session } from '../../../src/contracts/session.ts';
import type { Address } from '../../../src/model/account.ts';
import { bytesBy, digestOf, obey } from '../encryption/speaker.ts';
import type { Profanity } from './profanity.ts';

/** Several pieces, and not a whole number of them. */
export const FILE_SIZE = 700_777;

/** To whom its window shows; `word` stands in front. */
export async function sendTheirs(profanity: Profanity, name: string, word: string): Promise<string> {
  const body = bytesBy(name.length, FILE_SIZE);
  body.set(Buffer.from(word));
  await profanity.sendFile(name, body);
  return digestOf(body);
}

export async function theirsComes(session: Session, of: Address, name: string, digest: string): Promise<void> {
  assert.deepEqual(await obey(session, { do: 'fetch', of, text: '', name }), { name, digest });
}
