import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pastStanza } from '../../../src/engine/past-stanza.ts';
import { childElements, parseFrame, textOfChild } from '../../../src/xmpp/xml.ts';
import type { Element } from '../../../src/xmpp/xml.ts';

const TEXT = `5 < 6 & "7" > '8'\n> quoted ]]>`;

function parse(xml: string): Element {
  const parsed = parseFrame(xml);
  assert.ok(parsed.ok, xml);
  return parsed.element;
}

test('a past message is a whole stanza, whatever was said', () => {
  const stanza = parse(pastStanza({ id: 'a"1', from: 'mia', to: 'omar', text: TEXT, sentAt: 0 }, 'x.test', '', true));
  assert.deepEqual({ ...stanza.attributes }, { from: 'mia@x.test/seed', to: 'omar@x.test', type: 'chat', id: 'a"1' });
  assert.equal(textOfChild(stanza, 'body', 'jabber:client'), TEXT);
  assert.deepEqual(
    childElements(stanza).map(({ name }) => name),
    ['body', 'request', 'markable', 'origin-id', 'store'],
  );
});

test('in a room it comes from the nick, to nobody in particular, and asks for no receipt', () => {
  const stanza = parse(
    pastStanza({ id: 'r', from: 'mia', to: 'design', room: { nick: 'Mia <3' }, text: '好', sentAt: 0 }, 'x.test', '', true),
  );
  assert.deepEqual({ ...stanza.attributes }, { from: 'design@conference.x.test/Mia <3', type: 'groupchat', id: 'r' });
  assert.deepEqual(
    childElements(stanza).map(({ name }) => name),
    ['body', 'markable', 'origin-id', 'store'],
  );
});

test('a marker has no body', () => {
  const stanza = parse(pastStanza({ id: 'm', from: 'mia', to: 'omar', displays: 'a1', sentAt: 0 }, 'x.test', '', true));
  assert.deepEqual(
    childElements(stanza).map(({ name }) => name),
    ['displayed', 'origin-id', 'store'],
  );
});
