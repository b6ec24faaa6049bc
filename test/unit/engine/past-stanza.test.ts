import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { pastStanza } from '../../../src/engine/past-stanza.ts';
import { readFileSharing } from '../../../src/xmpp/codecs/file-sharing.ts';
import { readOutOfBand } from '../../../src/xmpp/codecs/out-of-band.ts';
import { childElements, parseFrame, textOfChild } from '../../../src/xmpp/xml.ts';
import type { Element } from '../../../src/xmpp/xml.ts';

const TEXT = `5 < 6 & "7" > '8'\n> quoted ]]>`;

function parse(xml: string): Element {
  const parsed = parseFrame(xml);
  assert.ok(parsed.ok, xml);
  return parsed.element;
}

test('a past message is a whole stanza, whatever was said', () => {
  const stanza = parse(pastStanza({ id: 'a"1', from: 'mia', to: 'omar', text: TEXT, sentAt: 0 }, 'x.test', { namespace: true }));
  assert.deepEqual({ ...stanza.attributes }, { from: 'mia@x.test/seed', to: 'omar@x.test', type: 'chat', id: 'a"1' });
  assert.equal(textOfChild(stanza, 'body', 'jabber:client'), TEXT);
  assert.deepEqual(
    childElements(stanza).map(({ name }) => name),
    ['body', 'request', 'markable', 'origin-id', 'store'],
  );
});

test('in a room it comes from the nick, to nobody in particular, and asks for no receipt', () => {
  const stanza = parse(
    pastStanza({ id: 'r', from: 'mia', to: 'design', room: { nick: 'Mia <3' }, text: '好', sentAt: 0 }, 'x.test', { namespace: true }),
  );
  assert.deepEqual({ ...stanza.attributes }, { from: 'design@conference.x.test/Mia <3', type: 'groupchat', id: 'r' });
  assert.deepEqual(
    childElements(stanza).map(({ name }) => name),
    ['body', 'markable', 'origin-id', 'store'],
  );
});

test('a marker has no body', () => {
  const stanza = parse(pastStanza({ id: 'm', from: 'mia', to: 'omar', displays: 'a1', sentAt: 0 }, 'x.test', { namespace: true }));
  assert.deepEqual(
    childElements(stanza).map(({ name }) => name),
    ['displayed', 'origin-id', 'store'],
  );
});

test('a file is told with its address for every program, and with all that is known of it for those that know files', () => {
  const file = { name: 'a <b>.pdf', type: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) };
  const url = 'http://127.0.0.1:1/files/a&b/file.pdf';
  const stanza = parse(
    pastStanza({ id: 'f', from: 'mia', to: 'omar', text: 'read "this"', file, sentAt: 0 }, 'x.test', { namespace: true, url }),
  );
  assert.equal(textOfChild(stanza, 'body', 'jabber:client'), url);
  assert.equal(readOutOfBand(stanza), url);
  const sha256 = new Uint8Array(createHash('sha256').update(file.bytes).digest());
  const { name, type } = file;
  assert.deepEqual(readFileSharing(stanza), { name, type, size: 3, sha256, caption: 'read "this"', sources: [{ url }] });
});
