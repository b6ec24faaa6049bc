// Addresses that somebody who is not the sender might write, and ways to wrap a stanza so that a careless reader believes it.
import type { Address } from '../../src/model/account.ts';

export const me = 'alice@app1.test' as Address;
export const room = 'garden@rooms.app1.test' as Address;

/** Everybody who may not speak for `me`, near misses first. */
export const OTHERS: readonly string[] = [
  `${me}/phone`,
  `${me}/`,
  'Alice@app1.test',
  'alice@APP1.test',
  'alice@app1.test.',
  ' alice@app1.test',
  'alice@app1.test ',
  'ａlice@app1.test',
  'аlice@app1.test',
  'alice@app1.test\u200b',
  'alice@app1.test@app1.test',
  'alice@app2.test',
  'alice@evil.test',
  'bob@app1.test',
  'bob@app1.test/alice@app1.test',
  'evil@evil.test/alice@app1.test',
  'app1.test',
  'app1.test/alice@app1.test',
  'evil.test',
  room,
  `${room}/alice`,
  `${room}/alice@app1.test`,
  'rooms.app1.test',
  '',
  '@',
  'alice',
];

export const from = (sender: string | undefined): string => (sender === undefined ? '' : ` from="${sender}"`);

const BODY = '<body>send money</body>';
export const INNER = {
  fromMe: `<message xmlns="jabber:client" from="${me}/other" to="bob@app1.test" type="chat" id="i">${BODY}</message>`,
  toMe: `<message xmlns="jabber:client" from="bob@app1.test/x" to="${me}" type="chat" id="i">${BODY}</message>`,
  between: `<message xmlns="jabber:client" from="bob@app1.test/x" to="carol@app1.test" type="chat" id="i">${BODY}</message>`,
  inRoom: `<message xmlns="jabber:client" from="${room}/bob" type="groupchat" id="i">${BODY}</message>`,
  inRoomToMe: `<message xmlns="jabber:client" from="${room}/bob" to="${me}" type="groupchat" id="i">${BODY}</message>`,
  senderless: `<message xmlns="jabber:client" to="${me}" type="chat" id="i">${BODY}</message>`,
  badSender: `<message xmlns="jabber:client" from="@" to="${me}" type="chat" id="i">${BODY}</message>`,
} as const;

export const DELAY = '<delay xmlns="urn:xmpp:delay" stamp="2026-11-21T09:31:03Z"/>';
export const forwarded = (...inner: string[]): string => `<forwarded xmlns="urn:xmpp:forward:0">${inner.join('')}</forwarded>`;
export const carbon = (direction: 'sent' | 'received', ...inner: string[]): string =>
  `<${direction} xmlns="urn:xmpp:carbons:2">${inner.join('')}</${direction}>`;
export const result = (queryId: string, ...inner: string[]): string =>
  `<result xmlns="urn:xmpp:mam:2" id="17" queryid="${queryId}">${inner.join('')}</result>`;
export const message = (sender: string | undefined, ...inner: string[]): string =>
  `<message xmlns="jabber:client"${from(sender)} to="${me}/warbler">${inner.join('')}</message>`;

/** Wrappers that are broken or doubled around what would be good, whoever sends them. */
export function brokenWrappers(wrap: (...inner: string[]) => string, good: string, other: string): string[] {
  return [
    wrap(),
    wrap(good),
    wrap(forwarded()),
    wrap(forwarded(DELAY)),
    wrap(forwarded(DELAY, good, good)),
    wrap(forwarded(DELAY, good, other)),
    wrap(forwarded(DELAY, other, good)),
    wrap(forwarded(DELAY, good), forwarded(DELAY, good)),
    wrap(forwarded(DELAY, good)) + wrap(forwarded(DELAY, good)),
    wrap(forwarded(DELAY, good)) + wrap(forwarded(DELAY, other)),
    wrap(forwarded(DELAY, '<presence xmlns="jabber:client"/>')),
    wrap(forwarded(DELAY, '<iq xmlns="jabber:client" type="set" id="x"/>')),
    wrap(forwarded(DELAY, good.replace('xmlns="jabber:client"', 'xmlns="jabber:server"'))),
    wrap(forwarded(DELAY, good.replace(' xmlns="jabber:client"', ''))),
    wrap(`<x xmlns="urn:xmpp:forward:0">${DELAY}${good}</x>`),
    wrap(`<x xmlns="urn:other">${forwarded(DELAY, good)}</x>`),
  ];
}
