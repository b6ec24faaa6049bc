import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareOf, domainOf, isBare, isSameJid, parseAddress, parseJid, resourceOf, writeJid } from '../../../src/xmpp/jid.ts';
import { fc } from '../../kit/properties.ts';

describe('addresses', () => {
  it('come apart and in lower case', () => {
    deepEqual(parseJid('Alice@App1.TEST/Phone/2 @x'), { local: 'alice', domain: 'app1.test', resource: 'Phone/2 @x' });
    deepEqual(parseJid('app1.test'), { domain: 'app1.test' });
    deepEqual(parseJid('app1.test./x'), { domain: 'app1.test', resource: 'x' });
    deepEqual(parseJid('李雷@例子.测试'), { local: '李雷', domain: '例子.测试' });
  });

  it('are one address however they are written', () => {
    equal(bareOf('ＡＬＩＣＥ@app1.test/x'), 'alice@app1.test');
    equal(bareOf('caf\u0065\u0301@app1.test'), 'caf\u00e9@app1.test');
    equal(isSameJid('A@b.test/R', 'a@B.test/R'), true);
    equal(isSameJid('a@b.test/R', 'a@b.test/r'), false);
    equal(isSameJid('@', '@'), false);
  });

  for (const text of [
    '',
    '@',
    'a@',
    '@b',
    '/x',
    'a@b/',
    'a b@c',
    'a@b@c',
    "a'@c",
    'a<@c',
    'a@b c',
    'a@.b',
    'a@b..c',
    'a\u202e@c',
    'a@c\u0000',
    `${'a'.repeat(1024)}@b`,
  ]) {
    it(`are not ${JSON.stringify(text.slice(0, 20))}`, () => {
      equal(parseJid(text), undefined);
      equal(bareOf(text), '');
    });
  }

  it('of a person have a local part and no resource', () => {
    equal(parseAddress(' Alice@app1.test '), 'alice@app1.test');
    equal(parseAddress('app1.test'), undefined);
    equal(parseAddress('alice@app1.test/x'), undefined);
  });

  it('tell their parts', () => {
    equal(resourceOf('a@b/c'), 'c');
    equal(resourceOf('a@b'), undefined);
    equal(domainOf('a@b/c'), 'b');
    equal(isBare('a@b'), true);
    equal(isBare('A@b'), false);
    equal(isBare('a@b/c'), false);
    equal(isBare(''), false);
  });

  it('stay as they are once they are in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const jid = parseJid(text);
        if (jid) deepEqual(parseJid(writeJid(jid)), jid);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (local, domain) => {
        const bare = bareOf(`${local}@${domain}/x`);
        equal(bareOf(bare), bare);
      }),
    );
  });
});
