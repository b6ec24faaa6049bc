// People and rooms against both engines, each side a bare stream: what is scripted elsewhere holds with the real ones.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Address } from '../../src/model/account.ts';
import { PeopleSync } from '../../src/core/sync/people/people-sync.ts';
import { RoomSync } from '../../src/core/sync/rooms/room-sync.ts';
import { ConversationBook } from '../../src/core/sync/book.ts';
import { writeMessage, writeSubject } from '../../src/xmpp/codecs/message.ts';
import { writeUnavailable } from '../../src/xmpp/codecs/presence.ts';
import { element } from '../../src/xmpp/xml.ts';
import { openLiveLine, type LiveLine } from '../kit/engines/live-line.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { fakeClock } from '../kit/fake-clock.ts';

const PEOPLE = ['mia', 'omar', 'eve'].map((name) => ({ name, password: `${name}-secret` }));
const member = (name: string, affiliation: 'owner' | 'member') => ({ name, nick: name, affiliation });
const ROOMS = [
  { name: 'open', title: 'Open house', membersOnly: false, nonAnonymous: true, members: [member('mia', 'owner')] },
  {
    name: 'closed',
    title: 'Members',

    membersOnly: true,
    nonAnonymous: true,
    members: [member('mia', 'owner'), member('omar', 'member')],
  },
];

interface Device {
  line: LiveLine;
  people: PeopleSync;
  rooms: RoomSync;
  book: ConversationBook;
}

/** The engine tells a device of its own presence: from then on what is written to the account reaches it, and not only others of the account. */
function isPresent({ line }: Device): Promise<void> {
  const isOwn = (frame: string): boolean => frame.startsWith('<presence') && frame.includes(`from='${line.fullAddress()}'`);
  return line.until(() => line.frames.some(isOwn));
}

for (const engine of ['prosody', 'ejabberd'] as const) {
  describe(`people and rooms with ${engine}`, () => {
    let running: TestEngine;
    const devices: Device[] = [];

    before(async () => {
      running = await startEngine({ engine, users: PEOPLE, rooms: ROOMS });
    });
    after(async () => {
      for (const { line } of devices) line.close();
      await running.stop();
    });

    const address = (name: string): Address => `${name}@${running.domain}` as Address;
    const room = (name: string): Address => `${name}@${running.conferenceDomain}` as Address;

    async function signIn(name: string, resource: string, nick = name): Promise<Device> {
      const line = await openLiveLine({ ws: running.ws, domain: running.domain, name, password: `${name}-secret` }, resource);
      const book = new ConversationBook();
      const facts = new Map<string, unknown>();
      const needs = {
        self: address(name),
        connection: line,
        book,
        facts: {
          fact: <T>(fact: string) => Promise.resolve(facts.get(fact) as T | undefined),
          setFact: (fact: string, value: unknown) => void facts.set(fact, value),
        },
        changes: { tell: () => undefined },
        clock: fakeClock(),
        log: { error: () => undefined, info: () => undefined, debug: () => undefined },
      };
      const people = new PeopleSync(needs);
      const rooms = new RoomSync({ ...needs, ownName: () => nick });
      line.onStanza = (stanza) => {
        const answer = stanza.name === 'iq' ? people.answerIq(stanza) : undefined;
        if (answer) line.send(answer);
        if (!rooms.handle(stanza)) people.handle(stanza);
      };
      people.onOpening();
      rooms.onOpening();
      people.onOnline('fresh');
      rooms.onOnline('fresh');
      const device = { line, people, rooms, book };
      devices.push(device);
      return device;
    }

    test('two become contacts, see each other come and go', async () => {
      const mia = await signIn('mia', 'a');
      const omar = await signIn('omar', 'a');
      assert.ok((await mia.people.addContact(address('omar'))).ok);
      await omar.line.until(() => omar.book.get(address('mia'))?.standing === 'asks-for-contact');
      assert.ok((await omar.people.answerContact(address('mia'), 'accept')).ok);
      await mia.line.until(() => mia.people.presenceOf(address('omar')) === 'available');
      await omar.line.until(() => omar.people.presenceOf(address('mia')) === 'available');
      assert.equal(mia.book.get(address('omar'))?.standing, 'contact');
      omar.line.send(writeUnavailable());
      await mia.line.until(() => mia.people.presenceOf(address('omar')) === 'offline');
    });

    test('a room is joined, kept as a bookmark, and joined by the other device', async () => {
      const mia = await signIn('mia', 'b');
      const other = await signIn('mia', 'c');
      assert.deepEqual(await mia.rooms.joinRoom(room('open')), { ok: true, value: room('open') });
      await other.line.until(() => other.rooms.stateOf(room('open'))?.joined === 'joined');
      assert.equal(other.book.get(room('open'))?.title, 'Open house');
      assert.ok(mia.rooms.hasArchive(room('open')));
      assert.ok((await other.rooms.leaveRoom(room('open'))).ok);
      await mia.line.until(() => mia.rooms.stateOf(room('open'))?.joined === 'left');
    });

    test('several bookmarks are all kept', async () => {
      const mia = await signIn('mia', 'd');
      assert.ok((await mia.rooms.joinRoom(room('open'))).ok);
      assert.ok((await mia.rooms.joinRoom(room('closed'))).ok);
      mia.line.send(writeMessage({ type: 'groupchat', to: room('closed'), id: 's1' }, undefined, [writeSubject('Roses')]));
      await mia.line.until(() => mia.rooms.stateOf(room('closed'))?.subject === 'Roses');
      const later = await signIn('mia', 'e');
      await later.line.until(() => ['open', 'closed'].every((name) => later.rooms.stateOf(room(name))?.joined === 'joined'));
      await later.line.until(() => later.rooms.stateOf(room('closed'))?.subject === 'Roses');
      await later.line.until(() => later.rooms.stateOf(room('closed'))?.memberCount === 2);
    });

    test('strangers are told why they may not come in, and that a room does not exist', async () => {
      const eve = await signIn('eve', 'a');
      const closed = await eve.rooms.joinRoom(room('closed'));
      assert.deepEqual(!closed.ok && closed.failure.kind === 'refused' && closed.failure.reason, 'members-only');
      assert.deepEqual(await eve.rooms.joinRoom(room('nowhere')), { ok: false, failure: { kind: 'not-found' } });
      assert.deepEqual(await eve.rooms.joinRoom(address('mia')).then((answer) => answer.ok), false);
    });

    test('a taken name gets a digit', async () => {
      const mia = await signIn('mia', 'f');
      assert.ok((await mia.rooms.joinRoom(room('open'))).ok);
      const eve = await signIn('eve', 'b', 'mia');
      assert.ok((await eve.rooms.joinRoom(room('open'))).ok);
      assert.equal(eve.rooms.nickOf(room('open')), 'mia2');
    });

    test('whoever fell out of a room comes back into it', async () => {
      const omar = await signIn('omar', 'b');
      assert.ok((await omar.rooms.joinRoom(room('closed'))).ok);
      const nick = omar.rooms.nickOf(room('closed')) ?? '';
      // Behind the program's back, as after the death of a room's node.
      const { onStanza } = omar.line;
      omar.line.onStanza = (stanza) => (stanza.name === 'presence' ? undefined : onStanza(stanza));
      const seen = omar.line.frames.length;
      omar.line.send(writeUnavailable(`${room('closed')}/${nick}`));
      const isOwnLeaving = (frame: string): boolean => frame.includes('unavailable') && frame.includes(`/${nick}`);
      await omar.line.until(() => omar.line.frames.slice(seen).some(isOwnLeaving));
      omar.line.onStanza = onStanza;
      assert.equal(omar.rooms.stateOf(room('closed'))?.joined, 'joined', 'it does not know yet');
      omar.rooms.onOnline('resumed');
      await omar.line.until(() =>
        omar.line.frames.slice(seen).some((frame) => frame.includes('code=') && frame.includes('110') && !frame.includes('unavailable')),
      );
      await omar.line.until(() => omar.rooms.stateOf(room('closed'))?.joined === 'joined');
    });

    test('words from a room have an author, and our own are known as ours', async () => {
      const mia = await signIn('mia', 'g');
      assert.ok((await mia.rooms.joinRoom(room('open'))).ok);
      const heard: (boolean | undefined)[] = [];
      const { onStanza } = mia.line;
      mia.line.onStanza = (stanza) => {
        onStanza(stanza);
        if (stanza.name === 'message' && stanza.children.some((one) => typeof one !== 'string' && one.name === 'body')) {
          heard.push(mia.rooms.occupantOf(room('open'), stanza)?.own);
        }
      };
      mia.line.send(
        writeMessage({ type: 'groupchat', to: room('open'), id: 'w1' }, 'hello', [
          element('occupant-id', 'urn:xmpp:occupant-id:0', { id: 'forged' }),
        ]),
      );
      await mia.line.until(() => heard.length > 0);
      assert.deepEqual(heard, [true]);
    });

    test('a contact is asked into an open room, and a guest into a closed one, which then has him on its list', async () => {
      const mia = await signIn('mia', 'h');
      for (const name of ['open', 'closed']) assert.ok((await mia.rooms.joinRoom(room(name))).ok);
      const omar = await signIn('omar', 'd');
      await isPresent(omar);
      await omar.line.until(() => omar.book.get(address('mia'))?.standing === 'contact');
      assert.deepEqual(await mia.rooms.invite('open-1', room('open'), address('omar')), { ok: true, value: undefined });
      await omar.line.until(() => omar.book.get(room('open'))?.standing === 'asks-for-contact');
      assert.ok((await omar.rooms.answerInvitation(room('open'), 'accept')).ok);
      const eve = await signIn('eve', 'c');
      await isPresent(eve);
      await mia.line.until(() => mia.rooms.stateOf(room('closed'))?.joined === 'joined');
      assert.deepEqual(await mia.rooms.invite('closed-1', room('closed'), address('eve')), { ok: true, value: undefined });
      await eve.line.until(() => eve.book.get(room('closed'))?.standing === 'asks-for-contact');
      assert.ok((await eve.rooms.answerInvitation(room('closed'), 'accept')).ok);
    });

    test('whoever cannot be found is not called invited', async () => {
      const mia = await signIn('mia', 'i');
      assert.ok((await mia.rooms.joinRoom(room('open'))).ok);
      const answer = await mia.rooms.invite('nobody-1', room('open'), address('nobody'));
      assert.deepEqual(answer, { ok: false, failure: { kind: 'refused', reason: 'unknown-person' } });
    });
  });
}
