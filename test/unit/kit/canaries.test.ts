// Whoever looks for canaries finds them in every dress, at every place; and none where there is none.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { meetCanaries, mintCanary, type Canary } from '../../kit/engines/canaries.ts';

const WAYS: Readonly<Record<string, (text: string, at: number) => Buffer>> = {
  clear: (text) => Buffer.from(text),
  base64: (text, at) => Buffer.from(Buffer.concat([randomBytes(30 + at), Buffer.from(text), randomBytes(30)]).toString('base64')),
  'base64 of UTF-16': (text, at) =>
    Buffer.from(Buffer.concat([randomBytes(30 + at), Buffer.from(text, 'utf16le'), randomBytes(30)]).toString('base64')),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(text, 'utf16le').swap16(),
  hex: (text) => Buffer.from(Buffer.from(text).toString('hex')),
  'an address': (text) => Buffer.from(new URL(`https://x.test/${encodeURIComponent(text)}`).href),
  JSON: (text) => Buffer.from(JSON.stringify({ text })),
  'bytes of Erlang': (text) => Buffer.from(`<<${[...Buffer.from(text)].join(',')}>>`),
};

const among = (bytes: Buffer, at: number): Buffer => Buffer.concat([randomBytes(500 + at), bytes, randomBytes(500)]);
const both = ({ text, plain }: Canary): readonly string[] => [text, plain];

it('a canary is met in every dress, in each phase', () => {
  const [canary, other] = [mintCanary('words'), mintCanary('words')];
  for (const [way, dress] of Object.entries(WAYS))
    for (const at of [0, 1, 2])
      for (const word of both(canary)) {
        const met = meetCanaries([canary, other], { here: among(dress(word, at), at), there: randomBytes(1000) });
        assert.ok(met.length > 0 && met.every((one) => one.startsWith('words in here')), `${way} ${at} ${word}: ${met.join()}`);
        assert.deepEqual(meetCanaries([other], { here: among(dress(word, at), at) }), [], way);
      }
});
