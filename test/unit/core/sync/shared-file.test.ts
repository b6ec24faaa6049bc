// Files in messages as programs send them, and as nobody should.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sighting } from '../../../../src/core/sync/sighting.ts';
import { composeMessage, contentOfMessage, type Words } from '../../../../src/core/sync/outgoing-message.ts';
import { plainMessage } from '../../../../src/core/sync/sealed/reading.ts';
import { checkKeptFile, readSharedFile, type WithFile } from '../../../../src/core/sync/shared-file.ts';
import { readDirect, type Acquaintance } from '../../../../src/core/sync/read-message.ts';
import { LARGEST_PREVIEW } from '../../../../src/model/file.ts';
import type { Address } from '../../../../src/model/account.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import type { Protection } from '../../../../src/model/protection.ts';
import { parseFrame, writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { stanza } from '../../../kit/scripted-connection.ts';

const BEN = 'ben@app1.test' as ConversationId;
const URL = 'https://files.app1.test/a/peak.jpg';
const SEALED: Protection = { how: 'omemo-2', trust: 'first-use' };

const who: Acquaintance = {
  self: 'ann@app1.test' as Address,
  ownName: () => 'Ann',
  nameOf: (person) => person,
  isRoom: () => false,
  occupantOf: () => undefined,
  ownNick: () => undefined,
};

const read = (message: Element, protection?: Protection): Sighting | undefined =>
  readDirect(
    { ...message, attributes: { ...message.attributes, from: BEN } },
    { sentAt: 1, timeCertain: true, ...(protection && { protection }) },
    who,
  );

const message = (inner: string): Element => stanza(`<message type="chat" from="${BEN}" to="ann@app1.test" id="m1">${inner}</message>`);

const sharing = (file: string, target = URL): string =>
  `<file-sharing xmlns="urn:xmpp:sfs:0"><file xmlns="urn:xmpp:file:metadata:0">${file}</file><sources><url-data xmlns="http://jabber.org/protocol/url-data" target="${target}"/></sources></file-sharing>`;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const thumbnail = (uri: string): string => sharing(`<name>a.jpg</name><thumbnail xmlns="urn:xmpp:thumbs:1" uri="${uri}"/>`);

const words = (): Words & WithFile => ({
  text: 'From the peak',
  file: {
    name: 'peak.jpg',
    type: 'image/jpeg',
    size: 3,
    width: 40,
    height: 30,
    preview: { type: 'image/jpeg', bytes: new Uint8Array([255, 216, 255]) },
    available: true,
  },
  fileSource: { url: URL, cipher: { key: new Uint8Array(32), iv: new Uint8Array(12) }, sha256: new Uint8Array(32), size: 3 },
});

describe('a file in a message', () => {
  it('what we write sealed is what is read', () => {
    const { text, file, fileSource } = words();
    const inner = contentOfMessage({ text, file, fileSource }, 'direct')
      .map((one) => writeElement(one))
      .join('');
    const said = read(message(inner), SEALED);
    assert.deepEqual([said?.text, said?.content, said?.file, said?.fileSource], [text, 'text', file, fileSource]);
  });

  it('in clear other programs see the words and an address, and we the same file', () => {
    const { text, file, fileSource } = words();
    const { cipher: _, ...plain } = fileSource;
    const composed = composeMessage('m1' as MessageId, BEN, 'direct', { text, file, fileSource: plain });
    assert.match(writeElement(composed), new RegExp(`<body>From the peak\\n${URL}</body>`));
    assert.match(writeElement(composed), /<x xmlns="jabber:x:oob"><url>/);
    const frame = parseFrame(writeElement(composed));
    assert.ok(frame.ok);
    const said = read(frame.element);
    assert.deepEqual([said?.text, said?.file, said?.fileSource], [text, file, plain]);
  });

  it('in clear where everything goes sealed it is shown for what it is, and nothing else is believed', () => {
    const { file, fileSource } = words();
    const composed = composeMessage('m1' as MessageId, BEN, 'direct', { text: 'In clear', file, fileSource });
    const kept = plainMessage({
      ...composed,
      children: [...composed.children, ...message('<received xmlns="urn:xmpp:receipts" id="m0"/>').children],
    });
    assert.deepEqual([read(kept)?.text, read(kept)?.file], ['In clear', file]);
    assert.doesNotMatch(writeElement(kept), /<received|<markable/);
  });

  it('without a caption there are no words', () => {
    const { file, fileSource } = words();
    const composed = composeMessage('m1' as MessageId, BEN, 'direct', { text: '', file, fileSource });
    assert.equal(read(composed)?.text, '');
    assert.deepEqual(
      contentOfMessage({ text: '', file, fileSource }, 'direct').map(({ name }) => name),
      ['file-sharing', 'request', 'markable'],
    );
  });

  it('an address that is called a file is one; words that merely hold one are words', () => {
    const said = read(message(`<body>${URL}</body><x xmlns="jabber:x:oob"><url>${URL}</url></x>`));
    assert.deepEqual([said?.text, said?.file], ['', { name: 'peak.jpg', type: 'image/jpeg', available: true }]);
    assert.equal(read(message(`<body>look: ${URL}</body><x xmlns="jabber:x:oob"><url>${URL}</url></x>`))?.file, undefined);
    assert.equal(read(message(`<body>${URL}</body>`))?.file, undefined);
  });

  it('an encrypted address is a file only where nobody else could read it', () => {
    const link = `aesgcm://files.app1.test/a/b.png#${'ab'.repeat(12)}${'cd'.repeat(32)}`;
    const body = `<body>${link}\ndata:image/jpeg;base64,AAAA</body>`;
    const said = read(message(body), { how: 'legacy', trust: 'first-use' });
    assert.deepEqual([said?.text, said?.file], ['', { name: 'b.png', type: 'image/png', available: true }]);
    assert.deepEqual(said?.fileSource, {
      url: 'https://files.app1.test/a/b.png',
      cipher: { key: new Uint8Array(32).fill(0xcd), iv: new Uint8Array(12).fill(0xab) },
    });
    assert.equal(read(message(body))?.file, undefined);
    for (const broken of [link.slice(0, -1), link.replace('#', '#g'), link.replace('aesgcm', 'http'), `x ${link}`])
      assert.equal(readSharedFile(message(''), broken, true), undefined, broken);
  });

  it('a file that nobody may fetch is named, and not to be had', () => {
    for (const target of ['http://evil.example/a', 'javascript:alert(1)', 'file:///etc/passwd', ''])
      assert.deepEqual(read(message(sharing('<name>a.txt</name>', target)))?.file, {
        name: 'a.txt',
        type: 'application/octet-stream',
        available: false,
      });
  });

  it('a preview is a picture of a kind we draw, and small', () => {
    const jpeg = new Uint8Array([255, 216, 255, 224]);
    assert.deepEqual(read(message(thumbnail(`data:image/jpeg;base64,${base64(jpeg)}`)))?.file?.preview, {
      type: 'image/jpeg',
      bytes: jpeg,
    });
    const large = new Uint8Array(LARGEST_PREVIEW + 1).fill(255);
    large.set(jpeg);
    for (const uri of [
      `data:image/jpeg;base64,${base64(large)}`,
      `data:image/png;base64,${base64(jpeg)}`,
      `data:image/svg+xml;base64,${base64(new TextEncoder().encode('&lt;svg/>'))}`,
      `data:text/html;base64,${base64(jpeg)}`,
      'https://evil.example/pixel.png',
      'cid:sha1+x@bob.xmpp.org',
    ])
      assert.equal(read(message(thumbnail(uri)))?.file?.preview, undefined, uri.slice(0, 40));
  });

  it('what its sender says of it is made fit to be shown', () => {
    const said = read(
      message(sharing('<name>../x\u202Egpj.exe</name><media-type>TEXT/HTML; x=y</media-type><width>0</width><height>9</height>')),
    );
    assert.deepEqual(said?.file, { name: 'xgpj.exe', type: 'text/html', available: true });
  });
});

describe('a file from a backup', () => {
  const kept = (file: Partial<WithFile['file']>, fileSource: WithFile['fileSource']): WithFile => ({
    text: '',
    file: { name: 'plan.pdf', type: 'application/pdf', available: true, ...file },
    fileSource,
  });

  it('is as it was', () => {
    const message = kept({ size: 12 }, { url: 'https://upload.warbler.example/1/plan.pdf', size: 12 });
    assert.deepEqual(checkKeptFile(message), message);
  });

  it('is believed no more than what a sender says', () => {
    const preview = { type: 'image/png' as const, bytes: new Uint8Array([1, 2, 3]) };
    const { file, fileSource } = checkKeptFile(
      kept({ name: '../\u202Egpj.exe', type: 'no type', preview }, { url: 'javascript:alert(1)' }),
    );
    assert.equal(file.name, 'gpj.exe');
    assert.equal(file.type, 'application/octet-stream');
    assert.equal(file.preview, undefined);
    assert.equal(file.available, false);
    assert.equal(fileSource.url, undefined);
  });
});
