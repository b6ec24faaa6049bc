// Conversations that were written down once: today's bytes are the same, and a state from then still reads what came after.
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { decodePlain } from '../../../../src/core/storage/plain.ts';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import type { OwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import type { PeerDevice } from '../../../../src/core/encryption/peer-device.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { fromHex, primitives } from '../../../kit/encryption/primitives.ts';
import { tellTranscript, type Transcript } from '../../../kit/encryption/transcript.ts';

const written = JSON.parse(readFileSync(new URL('transcripts.json', import.meta.url), 'utf8')) as Transcript[];
const stored = <T>(text: string): T => decodePlain(new TextEncoder().encode(text)) as T;

for (const dialect of [OMEMO_2, LEGACY]) {
  const then = written.find((one) => one.dialect === dialect.name)!;

  describe(`a conversation of ${dialect.name} that was written down`, () => {
    it('is told in the same bytes today', async () => deepEqual((await tellTranscript(dialect)).said, then.said));

    it('goes on from the state of then', async () => {
      const other = await OwnParty.make(primitives(3), dialect, stored<OwnKeys>(then.own));
      other.device = stored<PeerDevice>(then.device);
      for (const [words, expected] of [
        ['seventh', { plaintext: new TextEncoder().encode('seventh') }],
        ['fifth', { plaintext: new TextEncoder().encode('fifth') }],
        ['second', { plaintext: new TextEncoder().encode('second') }],
        ['fourth', 'repeat'],
        ['first', 'repeat'],
      ] as const) {
        const { bytes, withExchange } = then.said.find((one) => one.words === words)!;
        deepEqual(await other.open({ bytes: fromHex(bytes), withExchange }), expected, words);
      }
    });
  });
}
