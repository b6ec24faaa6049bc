// The engines as the core meets them: what was filled in comes back, streams survive cuts, tenants stay apart, crashes lose nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { PastMessage, Person, Room } from '../../src/engine/population.ts';
import { fileCalled } from '../../src/engine/seed/files.ts';
import { longHistory } from '../../src/engine/seed/population.ts';
import { readSharedFile } from '../../src/core/sync/shared-file.ts';
import { child, parseFrame, textOfChild } from '../../src/xmpp/xml.ts';
import { startCuttingProxy } from '../kit/engines/cutting-proxy.ts';
import { newerEjabberd } from '../kit/engines/newer-ejabberd.ts';
import { openBound, openSignedIn, readFeatures } from '../kit/engines/raw-stream.ts';
import type { RawStream } from '../kit/engines/raw-stream.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import type { EngineWish, TestEngine } from '../kit/engines/start-engine.ts';

const CLIENT = 'jabber:client';
const SM = 'urn:xmpp:sm:3';
const PING = `<ping xmlns='urn:xmpp:ping'/>`;
const NOW = Date.UTC(2026, 5, 1, 8);
const HISTORY_LENGTH = 300;
const PAPER = '补发说明.pdf';

const contact = (name: string, displayName: string) => ({ name, displayName, groups: ['设计', 'Willow & Home'] });

const PEOPLE: readonly Person[] = [
  {
    name: 'mia',
    password: 'pässwörd',
    contacts: [contact('omar', 'Omar <Haddad>')],
    bookmarks: [
      { room: 'design', title: '设计周会', nick: 'Mia' },
      { room: 'launch', title: 'Launch', nick: 'Mia' },
    ],
    readUpTo: { omar: 'long-1-290', design: 'talk-3' },
  },
  { name: 'omar', password: 'p2', contacts: [contact('mia', 'Mia')] },
  { name: 'eve', password: 'p3' },
];

const ROOMS: readonly Room[] = [
  {
    name: 'design',
    title: '设计周会',
    membersOnly: true,
    nonAnonymous: true,
    members: [
      { name: 'mia', nick: 'Mia', affiliation: 'owner' },
      { name: 'omar', nick: 'Omar', affiliation: 'member' },
    ],
  },
];

function* history(): Generator<PastMessage> {
  yield* longHistory(['mia', 'omar'], HISTORY_LENGTH, NOW);
  for (let at = 0; at < 5; at += 1)
    yield { id: `talk-${at}`, from: 'omar', to: 'design', room: { nick: 'Omar' }, text: `说 ${at}`, sentAt: NOW + at * 1000 };
  yield { id: 'paper', from: 'eve', to: 'mia', text: 'the <list>', file: fileCalled(PAPER), sentAt: NOW + 9000 };
}

const newer = await newerEjabberd();
const KINDS: readonly { name: string; wish: Pick<EngineWish, 'engine' | 'version'>; skip: string | false }[] = [
  { name: 'Prosody', wish: { engine: 'prosody' }, skip: false },
  { name: 'ejabberd', wish: { engine: 'ejabberd' }, skip: false },
  { name: 'ejabberd 24.12', wish: { engine: 'ejabberd', version: '24.12' }, skip: newer.ok ? false : newer.said },
];

for (const { name, wish, skip } of KINDS) {
  describe(name, { skip }, () => {
    let engine: TestEngine;
    const passwordOf = (who: string): string => PEOPLE.find((person) => person.name === who)?.password ?? '';
    const login = (who: string, ws = engine.ws) => ({ ws, domain: engine.domain, name: who, password: passwordOf(who) });
    const enter = async (who: string): Promise<RawStream> => {
      const stream = await openBound(login(who));
      stream.send(`<presence xmlns='${CLIENT}'/>`);
      return stream;
    };

    before(async () => {
      engine = await startEngine({ ...wish, users: PEOPLE, rooms: ROOMS, archive: history() });
    });
    after(() => engine?.stop());

    test('offers SCRAM only: never PLAIN, which some of its versions check badly', async () => {
      const features = await readFeatures(engine);
      const offered = [...features.matchAll(/<mechanism[^>]*>([^<]+)</g)].map(([, mechanism]) => mechanism);
      assert.deepEqual([...new Set(offered)], ['SCRAM-SHA-256']);
    });

    test('refuses a wrong password', async () => {
      await assert.rejects(openSignedIn({ ...login('mia'), password: 'passwort' }), /not-authorized/);
    });

    test('knows the contacts, bookmarks and read marks it was filled with', async () => {
      const stream = await openBound(login('mia'));
      const roster = await stream.ask('get', `<query xmlns='jabber:iq:roster'/>`);
      assert.match(roster, /name='Omar &lt;Haddad>?(&gt;)?'/);
      for (const group of ['设计', 'Willow &amp; Home']) assert.ok(roster.includes(`<group>${group}</group>`), roster);
      const bookmarks = await readNode(stream, 'urn:xmpp:bookmarks:1');
      for (const room of ['design', 'launch']) assert.ok(bookmarks.includes(`${room}@${engine.conferenceDomain}`), bookmarks);
      const displayed = await readNode(stream, 'urn:xmpp:mds:displayed:0');
      const archived = await readArchive(stream, { with: `omar@${engine.domain}`, max: 250 });
      const marked = archived.find((one) => one.includes(`id='long-1-290'`)) ?? '';
      assert.ok(displayed.includes(`id='${archiveIdOf(marked)}'`), 'the read mark names the archived message');
      stream.close();
    });

    test('its archive has every message once, in order, at its own time', async () => {
      const stream = await openBound(login('omar'));
      const newest = await readArchive(stream, { with: `mia@${engine.domain}`, max: 250 });
      const oldest = await readArchive(stream, { with: `mia@${engine.domain}`, max: 250, before: archiveIdOf(newest[0] ?? '') });
      const all = [...oldest, ...newest];
      const told = [...longHistory(['mia', 'omar'], HISTORY_LENGTH, NOW)];
      assert.deepEqual(
        all.map(originIdOf),
        told.map(({ id }) => id),
      );
      assert.deepEqual(
        all.map(stampOf),
        told.map(({ sentAt }) => Math.floor(sentAt / 1000)),
      );
      stream.close();
    });

    test('a file in its archive lies where uploaded ones lie', async () => {
      const stream = await openBound(login('mia'));
      const [said = ''] = await readArchive(stream, { with: `eve@${engine.domain}`, max: 5 });
      stream.close();
      const frame = parseFrame(said);
      const result = frame.ok ? child(frame.element, 'result', 'urn:xmpp:mam:2') : undefined;
      const past = child(child(result, 'forwarded', 'urn:xmpp:forward:0'), 'message', CLIENT) ?? assert.fail(said);
      const shared = readSharedFile(past, textOfChild(past, 'body', CLIENT) ?? '', false) ?? assert.fail(said);
      const answer = await fetch(shared.fileSource.url ?? '');
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), fileCalled(PAPER).bytes);
      assert.deepEqual([shared.text, shared.file.name, shared.file.size], ['the <list>', PAPER, fileCalled(PAPER).bytes.length]);
    });

    test('a members-only room keeps its archive, lets its member in and a stranger not', async () => {
      const room = `design@${engine.conferenceDomain}`;
      const [omar, eve] = [await enter('omar'), await enter('eve')];
      const enterRoom = (nick: string) =>
        `<presence xmlns='${CLIENT}' to='${room}/${nick}'><x xmlns='http://jabber.org/protocol/muc'/></presence>`;
      omar.send(enterRoom('Omar'));
      assert.match(await omar.take((frame) => frame.startsWith('<presence') && /code='110'/.test(frame)), /design@/);
      const talk = await readArchive(omar, { to: room, max: 50 });
      assert.deepEqual(talk.map(originIdOf), ['talk-0', 'talk-1', 'talk-2', 'talk-3', 'talk-4']);
      eve.send(enterRoom('eve'));
      assert.match(await eve.take((frame) => frame.startsWith('<presence') && /type='error'/.test(frame)), /registration-required/);
      omar.close();
      eve.close();
    });

    test('nobody reaches another organisation', async () => {
      const stream = await openBound(login('mia'));
      stream.send(`<message xmlns='${CLIENT}' type='chat' id='stray' to='eve@other.test'><body>hello?</body></message>`);
      assert.match(await stream.take((frame) => frame.includes('stray')), /<forbidden/);
      stream.close();
    });

    test('what is written to somebody who is away waits in the archive and is not sent back', async () => {
      const mia = await openBound(login('mia'));
      mia.send(chatTo(`eve@${engine.domain}`, 'while-away'));
      await mia.ask('get', PING, engine.domain);
      const eve = await enter('eve');
      assert.equal((await readArchive(eve, { max: 5 })).map(originIdOf).at(-1), 'while-away');
      await eve.ask('get', PING, engine.domain);
      const again = await Promise.race([
        eve.take((frame) => isChat(frame, 'while-away')),
        mia.take((frame) => isChat(frame, 'while-away')),
        eve.ask('get', PING),
      ]);
      assert.match(again, /^<iq/);
      mia.close();
      eve.close();
    });

    test('a stream cut inside a frame is resumed, again and again, and loses nothing', async () => {
      const proxy = await startCuttingProxy(engine.port);
      const omar = await enter('omar');
      const through = login('mia', `ws://127.0.0.1:${proxy.port}/ws`);
      let mia = await openBound(through);
      mia.send(`<enable xmlns='${SM}' resume='true'/>`);
      const id = /\bid='([^']+)'/.exec(await mia.take((frame) => frame.startsWith('<enabled')))?.[1] ?? '';
      let handled = 0;
      for (let round = 0; round < 6; round += 1) {
        proxy.cutAfter(20 + round * 13);
        mia.send(chatTo(`omar@${engine.domain}/test`, `half-${round}`, 'x'.repeat(400)));
        for (let at = 0; at < 4; at += 1) omar.send(chatTo(`mia@${engine.domain}/test`, `r${round}-${at}`));
        await omar.ask('get', PING, engine.domain);
        mia = await openSignedIn(through);
        mia.send(`<resume xmlns='${SM}' h='${handled}' previd='${id}'/>`);
        const answer = await mia.take((frame) => /^<(resumed|failed)/.test(frame));
        assert.match(answer, new RegExp(`^<resumed.* h='${round}'`), 'half a frame is no stanza');
        for (let at = 0; at < 4; at += 1) await mia.take((frame) => isChat(frame, `r${round}-${at}`));
        mia.send(chatTo(`omar@${engine.domain}/test`, `whole-${round}`));
        await omar.take((frame) => isChat(frame, `whole-${round}`));
        handled += 4;
      }
      mia.close();
      omar.close();
      await proxy.stop();
    });

    test('counts sessions and sockets, and a killed engine comes back with all it had acknowledged', async () => {
      await engine.restart();
      const [mia, omar] = [await enter('mia'), await enter('omar')];
      assert.equal(await engine.sessions(), 2);
      assert.equal(await engine.sockets(), 2);
      mia.send(chatTo(`omar@${engine.domain}`, 'before-the-crash'));
      await omar.take((frame) => isChat(frame, 'before-the-crash'));
      await engine.kill();
      await engine.restart();
      const stream = await openBound(login('omar'));
      const newest = await readArchive(stream, { with: `mia@${engine.domain}`, max: 1 });
      assert.deepEqual(newest.map(originIdOf), ['before-the-crash']);
      assert.equal(await engine.sessions(), 1);
      stream.close();
    });
  });
}

// ---- reading what engines answer ----

const chatTo = (to: string, id: string, text = 'hi'): string =>
  `<message xmlns='${CLIENT}' type='chat' id='${id}' to='${to}'><body>${text}</body><origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`;

const isChat = (frame: string, id: string): boolean =>
  frame.startsWith('<message') && !frame.includes('urn:xmpp:mam:2') && frame.includes(`id='${id}'`);

function readNode(stream: RawStream, node: string): Promise<string> {
  return stream.ask('get', `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${node}'/></pubsub>`);
}

interface ArchiveQuery {
  to?: string;
  with?: string;
  max: number;
  before?: string;
}

let queries = 0;

/** One page, newest last, that ends where `before` says or at the newest. */
async function readArchive(stream: RawStream, query: ArchiveQuery): Promise<string[]> {
  const name = `query-${(queries += 1)}`;
  const field = (key: string, value: string) => `<field var='${key}'><value>${value}</value></field>`;
  const fields = field('FORM_TYPE', 'urn:xmpp:mam:2') + (query.with ? field('with', query.with) : '');
  const page = `<set xmlns='http://jabber.org/protocol/rsm'><max>${query.max}</max><before>${query.before ?? ''}</before></set>`;
  const form = `<x xmlns='jabber:x:data' type='submit'>${fields}</x>`;
  await stream.ask('set', `<query xmlns='urn:xmpp:mam:2' queryid='${name}'>${form}${page}</query>`, query.to);
  // Results come before the answer, so all of them are there.
  return stream.takeAll((frame) => frame.includes(`queryid='${name}'`) && frame.startsWith('<message'));
}

const archiveIdOf = (result: string): string => /<result [^>]*\bid='([^']+)'/.exec(result)?.[1] ?? '';
const originIdOf = (result: string): string => /<origin-id [^>]*\bid='([^']+)'/.exec(result)?.[1] ?? '';
const stampOf = (result: string): number => Math.floor(Date.parse(/<delay [^>]*\bstamp='([^']+)'/.exec(result)?.[1] ?? '') / 1000);
