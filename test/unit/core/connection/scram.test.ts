// SCRAM against the vectors of RFC 5802 and RFC 7677, and what is refused before any proof is made.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  deriveKeys,
  isProven,
  prove,
  readServerFirst,
  writeClientFirst,
  type ScramMechanism,
} from '../../../../src/core/connection/scram.ts';
import { prepare } from '../../../../src/core/connection/saslprep.ts';

const VECTORS: { mechanism: ScramMechanism; clientNonce: string; serverFirst: string; clientFinal: string; serverFinal: string }[] = [
  {
    mechanism: 'SCRAM-SHA-1',
    clientNonce: 'fyko+d2lbbFgONRv9qkxdawL',
    serverFirst: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    clientFinal: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    serverFinal: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  {
    mechanism: 'SCRAM-SHA-256',
    clientNonce: 'rOprNGfwEbeRWgbNEkqO',
    serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    clientFinal: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
];

describe('SCRAM', () => {
  for (const { mechanism, clientNonce, serverFirst, clientFinal, serverFinal } of VECTORS) {
    it(`says what the standard says for ${mechanism}`, async () => {
      const first = readServerFirst(serverFirst, clientNonce);
      assert.ok(first);
      const keys = await deriveKeys(crypto.subtle, mechanism, 'pencil', first);
      const proof = await prove(crypto.subtle, keys, { name: 'user', clientNonce, serverFirst, nonce: first.nonce });
      assert.equal(writeClientFirst('user', clientNonce), `n,,n=user,r=${clientNonce}`);
      assert.equal(proof.clientFinal, clientFinal);
      assert.equal(isProven(serverFinal, proof.signature), true);
      assert.equal(
        isProven(
          serverFinal.replace(/=(.)/, (_, char) => `=${char === 'A' ? 'B' : 'A'}`),
          proof.signature,
        ),
        false,
      );
      assert.equal(isProven('e=invalid-proof', proof.signature), false);
    });
  }

  it('escapes what would end a name', () => {
    assert.equal(writeClientFirst('a=b,c', 'n'), 'n,,n=a=3Db=2Cc,r=n');
  });

  const refused = [
    'r=nonce,s=QSXCR+Q6sek8bf92,i=4096',
    'r=other1,s=QSXCR+Q6sek8bf92,i=4096',
    'r=nonce1,s=QSXCR+Q6sek8bf92,i=4095',
    'r=nonce1,s=QSXCR+Q6sek8bf92,i=10000001',
    'r=nonce1,s=QSXCR+Q6sek8bf92,i=04096',
    'r=nonce1,s=QSX,i=4096',
    'r=nonce1,s=,i=4096',
    'm=ext,r=nonce1,s=QSXCR+Q6sek8bf92,i=4096',
    's=QSXCR+Q6sek8bf92,r=nonce1,i=4096',
    'e=other-error',
    '',
  ];
  for (const text of refused) {
    it(`refuses ${text || 'nothing'}`, () => assert.equal(readServerFirst(text, 'nonce'), undefined));
  }

  it('reads on where an engine adds what need not be understood', () => {
    assert.deepEqual(readServerFirst('r=nonce1,s=QSXCR+Q6sek8bf92,i=4096,h=abc', 'nonce'), {
      nonce: 'nonce1',
      salt: 'QSXCR+Q6sek8bf92',
      iterations: 4096,
    });
  });
});

describe('preparing a password', () => {
  const cases: [string, string | undefined][] = [
    ['pencil', 'pencil'],
    ['I\u00adX', 'IX'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['a\u00a0b', 'a b'],
    ['\u5bc6\u7801', '\u5bc6\u7801'],
    ['a\u0007', undefined],
    ['\u202ea', undefined],
    ['\ue000', undefined],
    ['', undefined],
    ['\u00ad', undefined],
  ];
  for (const [text, prepared] of cases) {
    it(`makes ${JSON.stringify(prepared)} of ${JSON.stringify(text)}`, () => assert.equal(prepare(text), prepared));
  }
});
