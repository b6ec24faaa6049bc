import { growthOf } from '../../kit/growth.ts';
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFrame, textOf, type Element } from '../../../src/xmpp/xml.ts';

const read = (text: string): Element => {
  const frame = parseFrame(text);
  ok(frame.ok, `${text}: ${frame.ok || frame.error}`);
  return frame.element;
};

const refusals: [what: string, text: string][] = [
  ['an empty frame', ''],
  ['space before the element', ' <a/>'],
  ['a byte order mark', '\ufeff<a/>'],
  ['an XML declaration', '<?xml version="1.0"?><a/>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['a comment', '<a><!-- b --></a>'],
  ['a comment behind the element', '<a/><!-- b -->'],
  ['a processing instruction', '<a><?b c?></a>'],
  ['two stanzas', '<a/><a/>'],
  ['text behind the element', '<a/>b'],
  ['a section behind the element', '<a/><![CDATA[b]]>'],
  ['an open element', '<a><b></a>'],
  ['an open tag', '<a b="c"'],
  ['an open section', '<a><![CDATA[</a>'],
  ['an open close', '<a></a'],
  ['a close without an open', '</a>'],
  ['a close that only begins alike', '<a></ab>'],
  ['an unknown entity', '<a>&nbsp;</a>'],
  ['a reference to a null character', '<a>&#0;</a>'],
  ['a reference to half a pair', '<a>&#xd83d;&#xde00;</a>'],
  ['a reference beyond Unicode', '<a>&#x110000;</a>'],
  ['a bare ampersand', '<a>b & c</a>'],
  ['the end of a section in text', '<a>]]></a>'],
  ['a less-than in an attribute', '<a b="<"/>'],
  ['an attribute without quotes', '<a b=c/>'],
  ['attributes without space between', '<a b="1"c="2"/>'],
  ['an attribute twice', '<a b="1" b="1"/>'],
  ['an attribute twice by other prefixes', '<a xmlns:b="x" xmlns:c="x" b:d="1" c:d="2"/>'],
  ['a default namespace twice', '<a xmlns="b" xmlns="b"/>'],
  ['a prefix declared twice', '<a xmlns:b="c" xmlns:b="c"/>'],
  ['an unbound prefix', '<b:a/>'],
  ['an unbound prefix of an attribute', '<a b:c="d"/>'],
  ['a prefix that is bound only inside a sibling', '<a><b xmlns:c="d"/><c:e/></a>'],
  ['a prefix unbound again', '<a xmlns:b="c"><b:d xmlns:b=""/></a>'],
  ['the prefix xmlns', '<xmlns:a/>'],
  ['another prefix for the namespace of xml', '<a xmlns:b="http://www.w3.org/XML/1998/namespace"/>'],
  ['a space in a namespace', '<a xmlns=" jabber:client"/>'],
  ['two colons', '<a xmlns:b="c" xmlns:b:d="e"/>'],
  ['half a pair', '<a>\ud83d</a>'],
  ['the other half', '<a b="\ude00"/>'],
  ['a control character', '<a>\u0007</a>'],
  ['a non-character', '<a>\uffff</a>'],
  ['a name that begins with a digit', '<1a/>'],
  ['a local name that begins with a digit', '<b:1a xmlns:b="c"/>'],
];

describe('reading a frame', () => {
  for (const [what, text] of refusals) it(`refuses ${what}`, () => equal(parseFrame(text).ok, false));

  it('resolves prefixes of elements and drops those of attributes', () => {
    const element = read('<s:a xmlns:s="urn:s" xmlns="urn:d" s:b="1" c="2" xml:lang="zh"><d/><d xmlns=""/></s:a>');
    equal(element.name, 'a');
    equal(element.namespace, 'urn:s');
    deepEqual(Object.entries(element.attributes), [
      ['c', '2'],
      ['xml:lang', 'zh'],
    ]);
    deepEqual(
      element.children.map((one) => typeof one !== 'string' && one.namespace),
      ['urn:d', ''],
    );
  });

  it('joins text, references and sections, and knows one line end', () => {
    equal(textOf(read('<a>1 &lt; 2\r\n&#x4e2d;<![CDATA[&amp;\r]]>&#13;</a>')), '1 < 2\n中&amp;\n\r');
  });

  it('turns white space in attributes into spaces, except where it is written as a reference', () => {
    equal(read('<a b="1\t2\r\n3&#10;4"/>').attributes['b'], '1 2 3\n4');
  });

  it('keeps an attribute called __proto__ as what it is', () => {
    const { attributes } = read('<a __proto__="b" constructor="c"/>');
    equal(attributes['__proto__'], 'b');
    equal(attributes['constructor'], 'c');
    equal(read('<a/>').attributes['constructor'], undefined);
    equal(read('<a b="c"/>').attributes['toString'], undefined);
    equal(({} as Record<string, unknown>)['b'], undefined);
  });
});

describe('limits of a frame', () => {
  const nested = (depth: number): string => '<a>'.repeat(depth - 1) + '<a/>' + '</a>'.repeat(depth - 1);
  const attributes = (count: number): string => `<a ${Array.from({ length: count }, (_, at) => `b${at}=""`).join(' ')}/>`;
  const sized = (bytes: number, filler: string): string => {
    const room = bytes - '<a></a>'.length;
    const size = new TextEncoder().encode(filler).length;
    return `<a>${filler.repeat(Math.floor(room / size))}${'x'.repeat(room % size)}</a>`;
  };

  it('takes 64 levels and refuses 65', () => {
    equal(parseFrame(nested(64)).ok, true);
    equal(parseFrame(nested(65)).ok, false);
    equal(parseFrame(nested(20_000)).ok, false);
  });

  it('takes 256 attributes of an element and refuses 257', () => {
    equal(parseFrame(attributes(256)).ok, true);
    equal(parseFrame(attributes(257)).ok, false);
  });

  it('takes a name of 256 characters and refuses 257', () => {
    equal(parseFrame(`<${'a'.repeat(256)}/>`).ok, true);
    equal(parseFrame(`<${'a'.repeat(257)}/>`).ok, false);
  });

  for (const filler of ['x', 'é', '中', '😀']) {
    it(`counts bytes, not characters: ${filler}`, () => {
      equal(parseFrame(sized(262_144, filler)).ok, true);
      equal(parseFrame(sized(262_145, filler)).ok, false);
    });
  }

  it('takes no longer than its length deserves, whatever it is made of', () => {
    const pieces = [
      '&',
      '&amp;',
      '&#',
      '<a>',
      '</a>',
      ']]',
      '<![CDATA[',
      ' a="',
      '<a xmlns:b="c">',
      '\r',
      'a:',
      '"',
      '<a b="c"/>',
      '&#x41',
    ];
    for (const piece of pieces) {
      const work = (size: number): void => void parseFrame(`<a>${piece.repeat(Math.floor(size / piece.length))}</a>`);
      const { ratio, isLinear } = growthOf(work, 32_000);
      ok(isLinear, `${piece}: eight times the text cost ${ratio.toFixed(1)} times as much`);
    }
  });
});
