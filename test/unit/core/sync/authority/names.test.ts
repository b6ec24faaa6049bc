import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readName, shapeOf } from '../../../../../src/core/sync/authority/names.ts';
import { fc } from '../../../../kit/properties.ts';

const HONEST = [
  'Alice',
  'José',
  'Łukasz',
  '李雷',
  '韩梅梅 Li',
  'さくら',
  'サクラ99',
  '김민수',
  'Дмитрий',
  'Ελένη',
  'أحمد',
  'می‌خواهم',
  'शर्मा',
  'Bob 🌻',
  '👨‍👩‍👧',
  '❤️',
  'Anne-Marie',
  "O'Neil",
  'Zoë_2',
  'x',
];
const HIDDEN = [
  '\u200b',
  '\u200d',
  '\u200c',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u202e',
  '\u202a',
  '\u2066',
  '\u2069',
  '\u200e',
  '\u200f',
  '\u061c',
  '\u3164',
  '\u115f',
  '\uffa0',
  '\u{e0041}',
  '\u{e007f}',
  '\u034f',
  '\u180e',
];
/** Look-alikes of Latin letters. */
const BORROWED: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  i: 'і',
  s: 'ѕ',
  v: 'ν',
  u: 'υ',
  h: 'һ',
};

describe('names people give themselves', () => {
  it('stay as they are where they are honest', () => {
    for (const name of HONEST) {
      const read = readName(name);
      equal(read.name, name.normalize('NFC'));
      equal(read.suspicious, false, name);
    }
  });

  it('lose what is hidden in them, and are marked for it', () => {
    for (const name of ['Alice', '李雷', 'Дмитрий']) {
      for (const hidden of HIDDEN) {
        for (const at of [0, 1, name.length]) {
          const read = readName(name.slice(0, at) + hidden + name.slice(at));
          equal(read.name, name, JSON.stringify([name, hidden, at]));
          ok(read.suspicious);
        }
      }
    }
  });

  it('are marked when letters are borrowed from another script', () => {
    for (const name of ['alice', 'support', 'admin service', 'paypal', 'security', 'happy', 'vip', 'chris', 'echo']) {
      for (const [latin, like] of Object.entries(BORROWED)) {
        if (name.includes(latin)) ok(readName(name.replace(latin, like)).suspicious, name.replace(latin, like));
      }
    }
    for (const name of ['аррӏе', 'ѕсоре', 'ехо', 'ΑΟΝ'.toLowerCase()]) ok(readName(name).suspicious, name);
    for (const name of ['𝐀𝐥𝐢𝐜𝐞', 'Ａｌｉｃｅ', 'Ⓐlice', '🄰lice']) ok(readName(name).suspicious, name);
  });

  it('have the same shape as what they imitate', () => {
    for (const [one, other] of [
      ['alice', 'аlісе'],
      ['Alice', 'ALICE'],
      ['Bill', 'BiI1'.replace('I', 'l')],
      ['modern', 'modem'],
      ['bob', 'b0b'],
      ['Jose', 'José'],
      ['a b', 'a_b'],
      ['alice', 'al\u200bice'],
    ] as const) {
      equal(shapeOf(one), shapeOf(other), `${one} ${other}`);
    }
    ok(shapeOf('alice') !== shapeOf('bob'));
  });

  it('are short, on one line, and never empty', () => {
    equal(readName('a\nb\u2028c  d').name, 'a b c d');
    equal(readName('\u200b').name, '?');
    ok(readName('\u200b').suspicious);
    equal([...readName('😀'.repeat(500)).name].length, 64);
    ok(readName(`z${'\u0301'.repeat(500)}`).name.length <= 5);
  });

  it('can be read again without a change, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { name } = readName(text);
        equal(readName(name).name, name);
        ok(!/[\u202a-\u202e\u2066-\u2069\u200b\p{Cc}]/u.test(name));
      }),
    );
  });
});
