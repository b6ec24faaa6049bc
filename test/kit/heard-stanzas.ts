// What the session of alice hears in a day, as engines write it. `%n` stands for a number that makes each of them a new one.
import { me, room } from './forgers.ts';

const bob = 'bob@app1.test';
const at = '2026-01-01T09:31:03Z';

const inside = (inner: string): string =>
  `<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='${at}'/>${inner}</forwarded>`;
const archiveId = (by: string): string => `<stanza-id xmlns='urn:xmpp:sid:0' by='${by}' id='a%n'/>`;

const DIRECT: readonly string[] = [
  `<message xmlns='jabber:client' from='${bob}/x' to='${me}' id='m%n' type='chat'><body>word %n &amp; *more* 你好 😀 https://a.test/?q=%n</body>${archiveId(me)}<request xmlns='urn:xmpp:receipts'/><active xmlns='http://jabber.org/protocol/chatstates'/></message>`,
  `<message xmlns="jabber:client" from="${bob}/x" to="${me}" id="l%n" type="chat"><body>&gt; quoted %n\n\`\`\`\ncode\n\`\`\`\n_end_</body><markable xmlns="urn:xmpp:chat-markers:0"/><origin-id xmlns="urn:xmpp:sid:0" id="l%n"/></message>`,
  `<message xmlns='jabber:client' from='carol@app2.test/y' to='${me}' id='c%n' type='chat' xml:lang='zh'><body>第 %n 句</body><delay xmlns='urn:xmpp:delay' from='app1.test' stamp='${at}'/></message>`,
  `<message xmlns='jabber:client' from='${bob}/x' to='${me}/warbler' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`,
  `<message xmlns='jabber:client' from='${bob}/x' to='${me}' id='r%n'><received xmlns='urn:xmpp:receipts' id='own-1'/><displayed xmlns='urn:xmpp:chat-markers:0' id='own-1'/></message>`,
  `<message xmlns='jabber:client' from='${bob}' to='${me}/warbler' type='error' id='own-1'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
  `<message xmlns='jabber:client' from='${me}' to='${me}/warbler' type='chat'><sent xmlns='urn:xmpp:carbons:2'>${inside(`<message xmlns='jabber:client' from='${me}/phone' to='${bob}' id='s%n' type='chat'><body>from my phone %n</body></message>`)}</sent></message>`,
  `<message xmlns='jabber:client' from='${me}' to='${me}/warbler' type='chat'><received xmlns='urn:xmpp:carbons:2'>${inside(`<message xmlns='jabber:client' from='${bob}/x' to='${me}/phone' id='p%n' type='chat'><body>to my phone %n</body></message>`)}</received></message>`,
  `<message xmlns='jabber:client' from='${me}' to='${me}/warbler' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:mds:displayed:0'><item id='${bob}'><displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id xmlns='urn:xmpp:sid:0' by='${me}' id='a%n'/></displayed></item></items></event></message>`,
];

const IN_ROOM: readonly string[] = [
  `<message xmlns='jabber:client' from='${room}/bob' to='${me}/warbler' id='g%n' type='groupchat'><body>alice: said %n</body>${archiveId(room)}<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o1'/></message>`,
  `<message xmlns='jabber:client' from='${room}/bob' to='${me}/warbler' id='t%n' type='groupchat'><subject>Roses %n</subject></message>`,
  `<presence xmlns='jabber:client' from='${room}/dora%n' to='${me}/warbler'><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' role='participant' jid='dora@app1.test/z'/></x><occupant-id xmlns='urn:xmpp:occupant-id:0' id='o%n'/></presence>`,
  `<presence xmlns='jabber:client' from='${room}/dora' to='${me}/warbler' type='unavailable'><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' role='none' nick='flora'/><status code='303'/></x></presence>`,
  `<presence xmlns='jabber:client' from='${room}/alice' to='${me}/warbler' type='unavailable'><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' role='none'/><status code='110'/></x></presence>`,
];

const PEOPLE: readonly string[] = [
  `<iq xmlns='jabber:client' type='set' id='push%n' to='${me}/warbler'><query xmlns='jabber:iq:roster' ver='v%n'><item jid='${bob}' name='Bob &lt;%n&gt;' subscription='both'><group>设计</group></item></query></iq>`,
  `<presence xmlns='jabber:client' from='${bob}/x' to='${me}'><show>away</show><status>off</status><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://a.test' ver='q%n'/></presence>`,
  `<presence xmlns='jabber:client' from='stranger%n@app2.test' to='${me}' type='subscribe'><nick xmlns='http://jabber.org/protocol/nick'>S</nick></presence>`,
  `<iq xmlns='jabber:client' type='get' id='q%n' from='${bob}/x' to='${me}/warbler'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
  `<iq xmlns='jabber:client' type='get' id='p%n' from='app1.test' to='${me}/warbler'><ping xmlns='urn:xmpp:ping'/></iq>`,
  `<message xmlns='jabber:client' from='${me}' to='${me}/warbler' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:bookmarks:1'><item id='club%n@rooms.app1.test'><conference xmlns='urn:xmpp:bookmarks:1' name='Club' autojoin='false'><nick>alice</nick></conference></item></items></event></message>`,
];

export const HEARD_STANZAS: readonly string[] = [...DIRECT, ...IN_ROOM, ...PEOPLE];

/** A result of the archive, for the query of that name. */
export const archivedStanza = (query: string, body = `<body>archived %n</body>`): string =>
  `<message xmlns='jabber:client' to='${me}/warbler'><result xmlns='urn:xmpp:mam:2' queryid='${query}' id='k%n'>${inside(`<message xmlns='jabber:client' from='${bob}/x' to='${me}' id='h%n' type='chat'>${body}</message>`)}</result></message>`;
