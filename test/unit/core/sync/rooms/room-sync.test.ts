import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RoomSync } from '../../../../../src/core/sync/rooms/room-sync.ts';
import type { Address } from '../../../../../src/model/account.ts';
import { failed, succeeded } from '../../../../../src/model/failure.ts';
import { alice, garden, liveKit } from '../../../../kit/live-needs.ts';
import { refused, settled, stanza, type Script } from '../../../../kit/scripted-connection.ts';
import { INFO, bookmarksOf, bookmark, engine, there, self, gone, error, opened, joining, joins } from '../../../../kit/room-stanzas.ts';

describe('joining a room', () => {
  it('ends with our own presence, and is kept as a bookmark', async () => {
    const kit = await opened();
    deepEqual(await joining(kit, there('bob'), self()), succeeded(garden));
    deepEqual(kit.rooms.stateOf(garden), { joined: 'joined', nick: 'alice', memberCount: 2 });
    const record = kit.book.get(garden);
    deepEqual(
      [record?.kind, record?.title, record?.standing, record?.room],
      ['room', 'The Garden', 'member', { nick: 'alice', autojoin: true }],
    );
    ok(kit.connection.said.some((text) => text.includes('<publish node="urn:xmpp:bookmarks:1"') && text.includes('autojoin="true"')));
    deepEqual(kit.joined, [[garden, true]]);
  });

  it('asks for no history', async () => {
    const kit = await opened();
    await joining(kit, self());
    const join = kit.connection.said.find((text) => text.includes(`to="${garden}/alice"`) && text.startsWith('<presence'));
    ok(join?.includes('<x xmlns="http://jabber.org/protocol/muc"><history maxstanzas="0"/></x>'));
  });

  it('takes another name where ours is taken', async () => {
    const kit = await opened();
    deepEqual(await joining(kit, error('alice', 'conflict'), error('alice2', 'conflict'), self('alice3')), succeeded(garden));
    deepEqual(joins(kit.connection.said), [`to="${garden}/alice"`, `to="${garden}/alice2"`, `to="${garden}/alice3"`]);
    equal(kit.rooms.nickOf(garden), 'alice3');
    equal(kit.book.get(garden)?.room?.nick, 'alice3');
  });

  it('gives up on names after a while', async () => {
    const kit = await opened();
    const names = Array.from({ length: 9 }, (_, at) => (at === 0 ? 'alice' : `alice${at + 1}`));
    deepEqual(await joining(kit, ...names.map((nick) => error(nick, 'conflict'))), refused('name-taken'));
  });

  for (const [condition, failure] of [
    ['registration-required', { kind: 'refused', reason: 'members-only' }],
    ['forbidden', { kind: 'refused', reason: 'banned' }],
    ['not-authorized', { kind: 'refused', reason: 'forbidden' }],
    ['item-not-found', { kind: 'not-found' }],
  ] as const) {
    it(`that is refused with ${condition} says why, and leaves nothing behind`, async () => {
      const kit = await opened();
      deepEqual(await joining(kit, error('alice', condition, 'auth')), failed(failure));
      equal(kit.book.get(garden), undefined);
      equal(kit.rooms.stateOf(garden), undefined);
      ok(!kit.connection.said.some((text) => text.includes('<publish')));
    });
  }

  it('creates no room by a slip of the pen', async () => {
    const kit = await opened((_, text) => (text.includes(INFO) ? failed({ kind: 'not-found' }) : bookmarksOf('')));
    deepEqual(await joining(kit), failed({ kind: 'not-found' }));
    deepEqual(joins(kit.connection.said), []);
  });

  it('takes no person for a room', async () => {
    const person = `<iq type="result"><query xmlns="${INFO}"><identity category="account" type="registered"/></query></iq>`;
    const kit = await opened((_, text) => (text.includes(INFO) ? succeeded(stanza(person)) : bookmarksOf('')));
    deepEqual(await joining(kit), failed({ kind: 'not-found' }));
  });

  it('asks a person who tells nothing for nothing, but knocks at a room that tells strangers nothing', async () => {
    const telling =
      (service: string): Script =>
      (_, text) => {
        if (text.includes(`to="${garden}"`)) return refused('forbidden');
        return text.includes(INFO)
          ? succeeded(stanza(`<iq type="result"><query xmlns="${INFO}"><identity category="${service}" type="x"/></query></iq>`))
          : bookmarksOf('');
      };
    const person = await opened(telling('server'));
    deepEqual(await joining(person), refused('forbidden'));
    deepEqual(joins(person.connection.said), []);
    const discreet = await opened(telling('conference'));
    const answer = discreet.rooms.joinRoom(garden);
    await settled();
    await settled();
    discreet.hear(self());
    deepEqual(await answer, succeeded(garden));
  });

  it('says so when nobody answers', async () => {
    const kit = await opened();
    const answer = kit.rooms.joinRoom(garden);
    await settled();
    kit.clock.advance(20_000);
    deepEqual(await answer, failed({ kind: 'no-answer' }));
  });

  it('needs a line and an address', async () => {
    const kit = await opened();
    deepEqual(await kit.rooms.joinRoom('garden'), failed({ kind: 'address-invalid', address: 'garden' }));
    deepEqual(await kit.rooms.joinRoom(alice), failed({ kind: 'address-invalid', address: alice }));
    kit.rooms.onOffline();
    deepEqual(await kit.rooms.joinRoom(garden), failed({ kind: 'offline' }));
  });

  it('opens a room that the service had to make', async () => {
    const kit = await opened();
    await joining(kit, self('alice', '<status code="201"/>'));
    ok(kit.connection.said.some((text) => text.includes('muc#owner"><x xmlns="jabber:x:data" type="submit"/>')));
  });

  it('counts the members of a room for members, present or not', async () => {
    const list = (text: string): string =>
      text.includes('affiliation="member"')
        ? '<item affiliation="member" jid="bob@app1.test"/><item affiliation="member" jid="carol@app1.test"/>'
        : text.includes('affiliation="owner"')
          ? `<item affiliation="owner" jid="${alice}"/>`
          : '';
    const kit = await opened((iq, text) =>
      text.includes('muc#admin')
        ? succeeded(stanza(`<iq type="result"><query xmlns="http://jabber.org/protocol/muc#admin">${list(text)}</query></iq>`))
        : engine('', '<feature var="muc_membersonly"/>')(iq, text),
    );
    await joining(kit, self());
    equal(kit.rooms.stateOf(garden)?.memberCount, 3);
  });
});

describe('bookmarks', () => {
  it('of other devices are joined behind the bind', async () => {
    const kit = await opened(
      engine(
        bookmark(garden, 'autojoin="true" name="Our garden"', '<nick>Ali</nick>') + bookmark('shed@rooms.app1.test', 'autojoin="false"'),
      ),
    );
    deepEqual(joins(kit.connection.said), [`to="${garden}/Ali"`]);
    equal(kit.book.get(garden)?.title, 'Our garden');
    kit.hear(self('Ali'));
    equal(kit.rooms.stateOf(garden)?.joined, 'joined');
  });

  it('on disk are joined before the server has told anything', async () => {
    const first = await opened(engine(bookmark(garden)));
    const kit = liveKit(() => undefined);
    for (const [name, value] of first.facts) kit.facts.set(name, value);
    const rooms = new RoomSync({ ...kit.needs, ownName: () => 'alice' });
    await rooms.load();
    rooms.onOpening();
    rooms.onOnline('fresh');
    deepEqual(joins(kit.connection.said), [`to="${garden}/alice"`]);
  });

  const event = (inner: string, from: string = alice): string =>
    `<message from="${from}"><event xmlns="http://jabber.org/protocol/pubsub#event">${inner}</event></message>`;

  it('are followed live: kept elsewhere, left elsewhere, dropped elsewhere', async () => {
    const kit = await opened();
    ok(kit.hear(event(`<items node="urn:xmpp:bookmarks:1">${bookmark(garden)}</items>`)));
    await settled();
    kit.hear(self());
    equal(kit.rooms.stateOf(garden)?.joined, 'joined');
    kit.hear(event(`<items node="urn:xmpp:bookmarks:1">${bookmark(garden, 'autojoin="false"')}</items>`));
    equal(kit.rooms.stateOf(garden)?.joined, 'left');
    ok(kit.connection.said.includes(`<presence to="${garden}/alice" type="unavailable"/>`));
    kit.hear(event(`<items node="urn:xmpp:bookmarks:1">${bookmark(garden)}</items>`));
    await settled();
    kit.hear(self());
    kit.hear(event(`<items node="urn:xmpp:bookmarks:1"><retract id="${garden}"/></items>`));
    equal(kit.rooms.stateOf(garden)?.joined, 'left');
    equal(kit.book.get(garden)?.room?.autojoin, false);
  });

  it('of anybody else are not followed', async () => {
    const kit = await opened();
    for (const from of ['bob@app1.test', `${alice}/x`, 'app1.test', garden]) {
      ok(kit.hear(event(`<items node="urn:xmpp:bookmarks:1">${bookmark(garden)}</items>`, from)));
    }
    await settled();
    deepEqual(joins(kit.connection.said), []);
    equal(kit.logged.length, 4);
  });

  it('keep what other programs wrote into them', async () => {
    const extensions = '<extensions><color xmlns="urn:other">green</color></extensions>';
    const kit = await opened(engine(bookmark(garden, 'autojoin="true"', extensions)));
    kit.hear(self());
    ok((await kit.rooms.leaveRoom(garden)).ok);
    const published = kit.connection.said.find((text) => text.includes('<publish'));
    ok(published?.includes(extensions) && !published.includes('autojoin'), published);
  });

  it('are written without a count where the engine does not know it, once the node is private', async () => {
    const base = engine();
    const kit = await opened((iq, text) =>
      text.includes('<publish ') && text.includes('max_items') ? failed({ kind: 'too-many-requests' }) : base(iq, text),
    );
    await joining(kit, self());
    const steps = kit.connection.said
      .filter((text) => text.includes('pubsub"') && !text.includes('<items'))
      .map((text) => /<(publish|create) /.exec(text)?.[1]);
    deepEqual(steps, ['publish', 'create', 'publish']);
    const last = kit.connection.said.findLast((text) => text.includes('<publish '));
    ok(last?.includes('whitelist') && !last.includes('max_items'));
  });

  it('are not written into a node that others may read', async () => {
    const base = engine();
    const kit = await opened((iq, text) => (text.includes('type="set"') && text.includes('pubsub') ? refused() : base(iq, text)));
    deepEqual(await joining(kit, self()), succeeded(garden), 'the room is joined all the same');
    equal(kit.connection.said.filter((text) => text.includes('<publish ')).length, 1);
    const kept = JSON.parse(kit.facts.get('bookmarks') as string) as { unsaved?: boolean }[];
    equal(kept[0]?.unsaved, true);
  });

  it('that the server never took are written again, not taken for dropped', async () => {
    const kept = JSON.stringify([{ room: garden, autojoin: true, unsaved: true }]);
    const kit = await opened(engine(), ({ facts }) => void facts.set('bookmarks', kept));
    ok(kit.connection.said.some((text) => text.includes('<publish ')));
    equal(kit.book.get(garden)?.room?.autojoin, true);
    await settled();
    equal((JSON.parse(kit.facts.get('bookmarks') as string) as { unsaved?: boolean }[])[0]?.unsaved, undefined);
  });
});

describe('leaving', () => {
  it('tells the room and the other devices', async () => {
    const kit = await opened();
    await joining(kit, self());
    deepEqual(await kit.rooms.leaveRoom(garden), succeeded(undefined));
    ok(kit.connection.said.includes(`<presence to="${garden}/alice" type="unavailable"/>`));
    equal(kit.rooms.stateOf(garden)?.joined, 'left');
    ok(kit.hear(gone('alice', '<status code="110"/>')), 'the farewell of the room is dealt with');
    equal(kit.rooms.stateOf(garden)?.joined, 'left');
  });

  it('needs a line', async () => {
    const kit = await opened();
    await joining(kit, self());
    kit.rooms.onOffline();
    deepEqual(await kit.rooms.leaveRoom(garden), failed({ kind: 'offline' }));
    deepEqual(await kit.rooms.leaveRoom('other@rooms.app1.test' as Address), failed({ kind: 'not-found' }));
  });
});
