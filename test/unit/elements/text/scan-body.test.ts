// XEP-0393, as far as we speak it, and what hostile text must not do.
import { growthOf } from '../../../kit/growth.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scanBody } from '../../../../src/elements/text/scan-body.ts';
import type { Block, Inline } from '../../../../src/elements/text/syntax.ts';

/** The tree as a short line: `*…*` for strong, `<href>` after a link, `[…]` for a quote. */
function short(text: string): string {
  const body = scanBody(text);
  return body.plain === undefined ? body.blocks.map(shortBlock).join('|') : `plain:${body.plain}`;
}

function shortBlock(block: Block): string {
  if (block.kind === 'pre') return `pre(${block.text})`;
  if (block.kind === 'quote') return `[${block.children.map(shortBlock).join('|')}]`;
  return block.children.map(shortInline).join('');
}

function shortInline(inline: Inline): string {
  if (inline.kind === 'text') return inline.text;
  if (inline.kind === 'code') return `code(${inline.text})`;
  if (inline.kind === 'link') return `${inline.text}<${inline.href}>`;
  return `${inline.kind}(${inline.children.map(shortInline).join('')})`;
}

const cases: Record<string, [text: string, tree: string][]> = {
  'marks inside a line': [
    ['*a* _b_ ~c~ `d`', 'strong(a) emphasis(b) strike(c) code(d)'],
    ['*a _b_ c*', 'strong(a emphasis(b) c)'],
    ['*_~a~_*', 'strong(emphasis(strike(a)))'],
    ['`*not strong*`', 'code(*not strong*)'],
    ['订单 *#20861* 查到了', '订单 strong(#20861) 查到了'],
  ],
  'a mark that opens nothing stays text': [
    ['2*3*4', 'plain:2*3*4'],
    ['* a*', 'plain:* a*'],
    ['*a *', 'plain:*a *'],
    ['**', 'plain:**'],
    ['snake_case_name', 'plain:snake_case_name'],
    ['*open', 'plain:*open'],
    ['****', 'plain:****'],
  ],
  'the first closing mark closes': [
    ['*this *is* it', 'strong(this *is) it'],
    ['*a* b*', 'strong(a) b*'],
    ['*this _is* not_', 'strong(this _is) not_'],
  ],
  'marks do not cross lines': [['*a\nb*', 'plain:*a\nb*']],
  blocks: [
    ['```\na *b*\n```\nc', 'pre(a *b*)|c'],
    ['```js\na', 'pre(a)'],
    ['> a\n> *b*\nc', '[a|strong(b)]|c'],
    ['>> a\n> b', '[[a]|b]'],
    ['> ```\n> a\nb', '[pre(a)]|b'],
    ['>', '[]'],
  ],
  addresses: [
    ['see https://a.example/x?y=1.', 'see https://a.example/x?y=1<https://a.example/x?y=1>.'],
    ['(https://a.example/x_(y))', '(https://a.example/x_(y)<https://a.example/x_(y)>)'],
    ['看https://a.example/x，谢谢', '看https://a.example/x<https://a.example/x>，谢谢'],
    ['https://a.example谢谢', 'https://a.example<https://a.example/>谢谢'],
    ['https://a.example/补发?a=1，请看', 'https://a.example/补发?a=1<https://a.example/%E8%A1%A5%E5%8F%91?a=1>，请看'],
    ['*https://a.example/a*b*', 'strong(https://a.example/a*b<https://a.example/a*b>)'],
    ['mailto:a@b.example tel:+8610', 'mailto:a@b.example<mailto:a@b.example> tel:+8610<tel:+8610>'],
    ['xmpp:li@b.example?message', 'xmpp:li@b.example?message<xmpp:li@b.example?message>'],
    ['HTTPS://A.example/', 'HTTPS://A.example/<https://a.example/>'],
  ],
  'what is no address stays text': [
    ['javascript:alert(1)', 'plain:javascript:alert(1)'],
    ['data:text/html,<b>', 'plain:data:text/html,<b>'],
    ['https://', 'plain:https://'],
    ['https://bank.example@evil.example/', 'plain:https://bank.example@evil.example/'],
    ['file:///etc/passwd', 'plain:file:///etc/passwd'],
    ['xhttps://a.example', 'plain:xhttps://a.example'],
    ['mailto:', 'plain:mailto:'],
  ],
  'a host that could be read as another is written as the network sees it': [
    ['https://аpple.example/', 'https://xn--pple-43d.example/<https://xn--pple-43d.example/>'],
    ['https://例子.example/', 'https://例子.example/<https://xn--fsqu00a.example/>'],
  ],
  'what turns text around is taken out': [
    ['a\u202eb\u202c', 'plain:ab'],
    ['\u2066a\u2069\u{e0041}', 'plain:a'],
    ['a\u0000b\u0007', 'plain:ab'],
    ['a\r\nb\u2028c', 'plain:a\nb\nc'],
  ],
};

for (const [title, pairs] of Object.entries(cases)) {
  describe(title, () => {
    for (const [text, tree] of pairs) it(JSON.stringify(text), () => assert.equal(short(text), tree));
  });
}

describe('large emoji', () => {
  const jumbo = ['👍', '🎉🎉', '👨‍👩‍👧', '🇨🇳', '❤️', '👍🏽 🙏', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🫱🏻‍🫲🏿'];
  for (const text of jumbo) it(`${text} is shown large`, () => assert.equal(scanBody(text).jumbo, true));
  for (const text of ['👍👍👍👍', '👍 ok', '12', '好', '#', '', '…', '👍好']) {
    it(`${JSON.stringify(text)} is not`, () => assert.equal(scanBody(text).jumbo, false));
  }
});

describe('hostile text of 100 KB takes 50 ms at most', () => {
  const KB100 = 100_000;
  const fill = (unit: string): string => unit.repeat(Math.ceil(KB100 / unit.length)).slice(0, KB100);
  const hostile: Record<string, string> = {
    'opening marks': fill('*_~`'),
    'opening marks with blanks': fill(' *a'),
    'closing marks': fill('a* '),
    'nested marks': fill('*_~a'),
    quotes: fill('>'),
    'quote lines': fill('>>>>>>>> a\n'),
    fences: fill('```\n'),
    schemes: fill('https://'),
    'schemes with blanks': fill('https://a '),
    brackets: `https://a.example/${fill('()')}`,
    'closing brackets': `https://a.example/${fill(')')}`,
    CJK: fill('https://a.example/好'),
    colons: fill('mailto:'),
    emoji: fill('👨‍👩‍👧'),
    'blank space': `a${fill(' ')}b`,
    'line ends': fill('\r\n'),
    'marks on marks': `e${fill('\u0301')}`,
    bidi: fill('\u202e'),
    flags: fill('\u{1f3f4}\u{e0067}'),
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(name, () => {
      const { ratio, isLinear } = growthOf((size) => void scanBody(text.slice(0, size)), 2_500);
      assert.ok(isLinear, `eight times the text cost ${ratio.toFixed(1)} times as much`);
    });
    it(`${name}, beyond the cap`, () => assert.ok(scanBody(text)));
  }
});
