// Stanzas as engines send them, and ways to break them: what a forger, a bug or a bad line could make of a frame.
import type { Chance } from './random.ts';

export const GENUINE_STANZAS: readonly string[] = [
  `<message xmlns='jabber:client' from='b@a.test/x' to='a@a.test' id='1' type='chat'><body>Hi &amp; hello &lt;you&gt; 你好 😀</body><request xmlns='urn:xmpp:receipts'/></message>`,
  `<message xmlns="jabber:client" from="a@a.test" id="2"><result xmlns="urn:xmpp:mam:2" id="17" queryid="q"><forwarded xmlns="urn:xmpp:forward:0"><delay xmlns="urn:xmpp:delay" stamp="2026-11-21T09:31:03Z"/><message xmlns="jabber:client" from="b@a.test/x" xml:lang="en"><body>one</body></message></forwarded></result></message>`,
  `<iq xmlns='jabber:client' type='result' id='r1'><query xmlns='jabber:iq:roster' ver='ver7'><item jid='c@a.test' name='C &quot;&apos;&#x4e2d;&#20013;' subscription='both'><group>G</group></item></query></iq>`,
  `<presence xmlns='jabber:client' from='r@c.a.test/nick'><show>away</show><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' role='participant'/><status code='110'/></x></presence>`,
  `<stream:features xmlns:stream='http://etherx.jabber.org/streams'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'><optional/></sm></stream:features>`,
  `<m:message xmlns:m='jabber:client' xmlns:x='urn:x' x:hidden='1' from="b@a.test"><m:body>words\r\nlines\rtabs\t</m:body><![CDATA[<raw> & ]] >]]></m:message>`,
  `<iq xmlns='jabber:client' type='error' id='e'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='zh'>没有</text></error></iq>`,
  `<message xmlns='jabber:client'  type="groupchat"\n from='r@c.a.test/n' ><subject/><body>é\u0301 \u{1f468}\u200d\u{1f469} </body ></message>`,
  `<a/>`,
];

const TOKENS = [
  [
    '<',
    '>',
    '&',
    '"',
    "'",
    '=',
    '/',
    ':',
    ';',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    ']',
    '!',
    '?',
    '#',
    '-',
    '.',
    '1',
    'a',
    '_',
    'é',
    '\u0300',
    '\u00b7',
  ],
  [
    '\0',
    '\u0001',
    '\u001f',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '😀',
    '\u{1fffe}',
    '\u{10ffff}',
  ],
  [
    '&amp;',
    '&lt;',
    '&quot;',
    '&nbsp;',
    '&#0;',
    '&#9;',
    '&#13;',
    '&#xA;',
    '&#x41;',
    '&#X41;',
    '&#xD800;',
    '&#xFFFE;',
    '&#x10FFFF;',
    '&#x110000;',
    '&#;',
  ],
  [
    '&#00000000000065;',
    '&#x1F600;',
    '&&',
    '&a',
    '/>',
    '</',
    '<a>',
    '</a>',
    '<a/>',
    '<b:c/>',
    '</message>',
    '<message>',
    '<body>',
    '</body>',
  ],
  [
    ']]>',
    '<![CDATA[',
    '<![CDATA[]]>',
    '<![CDATA[a]]>',
    '<!--',
    '-->',
    '<!-- c -->',
    '<?p?>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a>',
    '<!ENTITY',
  ],
  [
    ' xmlns="',
    ' xmlns="urn:a"',
    " xmlns=''",
    ' xmlns:a="urn:a"',
    ' xmlns:a=""',
    ' xmlns:b="urn:a" xmlns:a="urn:a" a:x="1" b:x="2"',
    ' a:x="1"',
    'a:',
    ' xml:lang="en"',
  ],
  [
    ' xmlns:xml="http://www.w3.org/XML/1998/namespace"',
    ' xmlns:q="http://www.w3.org/XML/1998/namespace"',
    ' xmlns="http://www.w3.org/2000/xmlns/"',
  ],
  [
    ' xmlns:xmlns="urn:a"',
    ' xml:space="preserve"',
    ' __proto__="x"',
    ' constructor="x"',
    ' from="a"',
    " from='b'",
    ' x = "1"',
    ' x="<"',
    ' x="a\tb\r\nc"',
    'xml:',
    'xmlns:',
  ],
].flat();

export function mutate(stanzas: readonly string[], by: Chance): string {
  let text = by.oneOf(stanzas);
  for (let steps = 1 + by.below(3); steps > 0; steps--) text = mutateOnce(text, stanzas, by);
  return text;
}

function mutateOnce(text: string, stanzas: readonly string[], by: Chance): string {
  const at = by.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + by.below(by.oneOf([2, 8, 40])));
  const cut = (middle: string): string => text.slice(0, at) + middle + text.slice(end);
  switch (by.below(8)) {
    case 0:
      return cut('');
    case 1:
      return cut(text.slice(at, end).repeat(2));
    case 2:
      return cut(by.oneOf(TOKENS));
    case 3:
      return cut(text.slice(at, end).replace(/['"]/g, (quote) => (quote === '"' ? "'" : '"')));
    case 4:
      return text.slice(0, at) + by.oneOf(stanzas) + text.slice(at);
    default:
      return text.slice(0, at) + by.oneOf(TOKENS) + text.slice(at);
  }
}
