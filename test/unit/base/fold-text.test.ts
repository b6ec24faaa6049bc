// What counts as the same when somebody looks for words.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { foldText, foldWords } from '../../../src/base/fold-text.ts';

it('case, width and accents do not matter', () => {
  for (const [one, other] of [
    ['Ｗａｒｂｌｅｒ　２０２６', 'warbler 2026'],
    ['Pérez', 'PEREZ'],
    ['ΟΔΟΣ', 'οδος'],
    ['ｶﾞｷﾞ', 'ガギ'],
    ['İstanbul', 'istanbul'],
    ['报价，请看', '报价,请看'],
  ] as const)
    assert.equal(foldText(one), foldText(other), `${one} ${other}`);
});

it('other letters stay other letters', () => {
  assert.notEqual(foldText('か'), foldText('が'));
  assert.notEqual(foldText('й'), foldText('к'));
  assert.equal(foldWords('  报价 单 '), '报价 单');
});

it('a text folds as its characters do, one by one', () => {
  const text = 'Ｆünf ﬁne ΌΣ 한글 ｶﾞ İ é 👩‍👩‍👧 𝒜';
  assert.equal([...text].map((character) => foldText(character)).join(''), foldText(text));
});
