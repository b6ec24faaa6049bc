// A short conversation told by a seed, as the bytes that went over the line and the state each side then has.
import { encodePlain } from '../../../src/core/storage/plain.ts';
import type { Dialect } from '../../../src/core/encryption/wire/dialect.ts';
import { OwnParty } from './party.ts';
import { hex, primitives } from './primitives.ts';

export interface Transcript {
  dialect: string;
  said: { by: 'one' | 'other'; words: string; bytes: string; withExchange: boolean }[];
  /** Of the one who was written to, before the last was said, in the form of the store. */
  device: string;
  own: string;
}

const SCRIPT: readonly ['one' | 'other', string, 'read' | 'late'][] = [
  ['one', 'first', 'read'],
  ['one', 'second', 'late'],
  ['other', 'third', 'read'],
  ['one', 'fourth', 'read'],
  ['one', 'fifth', 'late'],
  ['other', 'sixth', 'read'],
  ['one', 'seventh', 'read'],
];

export async function tellTranscript(dialect: Dialect): Promise<Transcript> {
  const one = await OwnParty.make(primitives(1), dialect);
  const other = await OwnParty.make(primitives(2), dialect);
  await one.begin(await other.bundle());
  const said: Transcript['said'] = [];
  let state = { device: '', own: '' };
  for (const [by, words, when] of SCRIPT) {
    const [from, to] = by === 'one' ? [one, other] : [other, one];
    const { bytes, withExchange } = await from.seal(new TextEncoder().encode(words));
    said.push({ by, words, bytes: hex(bytes), withExchange });
    state = { device: text(encodePlain(other.device ?? null)), own: text(encodePlain(other.own)) };
    if (when === 'read') await to.open({ bytes, withExchange });
  }
  return { dialect: dialect.name, said, ...state };
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
