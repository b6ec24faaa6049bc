// What somebody wrote, made fit to be shown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanText } from '../../../../src/core/sync/clean-text.ts';
import { checkText } from '../../../../src/core/sync/outgoing-message.ts';
import { mentions } from '../../../../src/core/sync/read-message.ts';
import { LONGEST_TEXT } from '../../../../src/model/message.ts';
import { fc } from '../../../kit/properties.ts';

describe('text of others', () => {
  it('has one kind of line end, and no controls', () => {
    assert.equal(cleanText('a\r\nb\rc\u2028d\u0000\u0007\u001b[31m\u0085'), 'a\nb\nc\nd[31m');
    assert.equal(cleanText('tab\tand\nline'), 'tab\tand\nline');
  });

  it('cannot turn the line around or hide in tags, but keeps flags and joined emoji', () => {
    assert.equal(cleanText('evil\u202Egpj.exe\u2066x\u2069'), 'evilgpj.exex');
    assert.equal(cleanText('a\u{E0041}b'), 'ab');
    const scotland = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}';
    assert.equal(cleanText(`go ${scotland}! 👩‍👩‍👧 שלום`), `go ${scotland}! 👩‍👩‍👧 שלום`);
  });

  it('is cut at a sane length, between characters', () => {
    const long = cleanText('😀'.repeat(LONGEST_TEXT * 3));
    assert.ok(long.length <= LONGEST_TEXT * 4 && long.endsWith('😀'));
  });

  it('stays as it is once it is clean', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(cleanText(cleanText(text)), cleanText(text))));
  });
});

describe('text of our own', () => {
  it('is refused when there is nothing in it, or too much', () => {
    assert.deepEqual(checkText(' \n\t\u202e '), { ok: false, failure: { kind: 'message-empty' } });
    assert.deepEqual(checkText('x'.repeat(LONGEST_TEXT + 1)), { ok: false, failure: { kind: 'message-too-long', limit: LONGEST_TEXT } });
    assert.deepEqual(checkText('x'.repeat(LONGEST_TEXT)).ok, true);
    assert.deepEqual(checkText('\n  indented\nline  \n\n'), { ok: true, value: '  indented\nline' });
  });
});

describe('a mention', () => {
  it('is the name on its own', () => {
    for (const text of ['Ann?', 'hi ann, look', '@ann', 'ask(Ann)']) assert.equal(mentions(text, 'Ann'), true, text);
    for (const text of ['Anna', 'planning', 'joann']) assert.equal(mentions(text, 'Ann'), false, text);
    assert.equal(mentions('请问@小明在吗', '小明'), true);
    assert.equal(mentions('anything', undefined), false);
  });
});
