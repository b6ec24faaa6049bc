import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../../src/model/account.ts';
import { failed, succeeded } from '../../../../../src/model/failure.ts';
import type { Element } from '../../../../../src/xmpp/xml.ts';
import { garden } from '../../../../kit/live-needs.ts';
import { refused, settled, stanza, type Script } from '../../../../kit/scripted-connection.ts';
import { INFO, engine, there, self, gone, opened, joining, joins } from '../../../../kit/room-stanzas.ts';
import type { Opened } from '../../../../kit/room-stanzas.ts';

describe('staying in a room', () => {
  const inside = async (script?: Script): Promise<Opened> => {
    const kit = await opened(script);
    await joining(kit, there('bob'), self());
    kit.connection.takeSaid();
    return kit;
  };

  it('is asked after a resumption, and joins again where we are gone', async () => {
    const kit = await inside();
    kit.rooms.onOnline('resumed');
    await settled();
    deepEqual(kit.connection.takeSaid(), [`<iq type="get" to="${garden}/alice"><ping xmlns="urn:xmpp:ping"/></iq>`]);
    kit.connection.script = (iq, text) => (text.includes('ping') ? refused() : engine()(iq, text));
    kit.rooms.onOnline('resumed');
    await settled();
    deepEqual(joins(kit.connection.takeSaid()), [`to="${garden}/alice"`]);
    equal(kit.rooms.stateOf(garden)?.joined, 'joining');
    kit.hear(self());
    await settled();
    deepEqual(kit.joined.length, 2, 'what was missed can be fetched');
  });

  it('is not given up for want of an answer', async () => {
    const kit = await inside();
    kit.connection.script = () => failed({ kind: 'no-answer' });
    kit.rooms.onOnline('resumed');
    await settled();
    equal(kit.rooms.stateOf(garden)?.joined, 'joined');
  });

  it('is asked after a long silence only', async () => {
    const kit = await inside();
    kit.clock.advance(14 * 60_000);
    kit.hear(`<message from="${garden}/bob" type="groupchat"><body>hi</body></message>`);
    kit.clock.advance(60_000);
    equal(kit.connection.takeSaid().length, 0);
    kit.clock.advance(15 * 60_000);
    equal(kit.connection.takeSaid().length, 1);
  });

  it('costs no timer where there is no room, nor when the last was left', async () => {
    const kit = await opened();
    kit.clock.advance(60_000);
    equal(kit.clock.pending(), 0);
    await joining(kit, there('bob'), self());
    kit.clock.advance(60_000);
    equal(kit.clock.pending(), 1);
    await kit.rooms.leaveRoom(garden);
    equal(kit.clock.pending(), 0);
  });

  it('begins anew with each fresh session', async () => {
    const kit = await inside();
    kit.rooms.onOpening();
    kit.rooms.onOnline('fresh');
    deepEqual(joins(kit.connection.takeSaid()), [`to="${garden}/alice"`]);
  });

  it('comes back when the room says we are no occupant', async () => {
    const kit = await inside();
    equal(
      kit.hear(
        `<message from="${garden}" type="error" id="m"><error type="modify"><not-acceptable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></message>`,
      ),
      false,
    );
    deepEqual(joins(kit.connection.takeSaid()), [`to="${garden}/alice"`]);
  });

  it('waits, and longer each time, where the service went down', async () => {
    const kit = await inside();
    kit.hear(gone('alice', '<item role="none"/><status code="110"/><status code="332"/>'));
    equal(kit.rooms.stateOf(garden)?.joined, 'joining');
    deepEqual(joins(kit.connection.takeSaid()), []);
    kit.clock.advance(5_000);
    deepEqual(joins(kit.connection.takeSaid()), [`to="${garden}/alice"`]);
    kit.clock.advance(20_000);
    equal(kit.rooms.stateOf(garden)?.joined, 'refused');
    kit.clock.advance(9_999);
    deepEqual(joins(kit.connection.takeSaid()), []);
    kit.clock.advance(1);
    deepEqual(joins(kit.connection.takeSaid()), [`to="${garden}/alice"`]);
    kit.hear(self());
    equal(kit.rooms.stateOf(garden)?.joined, 'joined');
  });

  for (const [what, inner, failure] of [
    [
      'banned',
      '<item affiliation="outcast" role="none"><reason>spam</reason></item><status code="110"/><status code="301"/>',
      { kind: 'refused', reason: 'banned', said: 'spam' },
    ],
    ['shown out', '<item role="none"/><status code="110"/><status code="307"/>', { kind: 'refused', reason: 'forbidden' }],
    [
      'no member any more',
      '<item role="none"/><status code="110"/><status code="307"/><status code="321"/>',
      { kind: 'refused', reason: 'members-only' },
    ],
    ['left without the room', '<item role="none"/><status code="110"/><destroy/>', { kind: 'not-found' }],
  ] as const) {
    it(`ends for good when ${what}`, async () => {
      const kit = await inside();
      kit.hear(gone('alice', inner));
      deepEqual(kit.rooms.stateOf(garden)?.failure, failure);
      equal(kit.rooms.stateOf(garden)?.joined, 'refused');
      kit.clock.advance(60 * 60_000);
      deepEqual(joins(kit.connection.takeSaid()), []);
    });
  }

  it('is not ended by the farewell of another', async () => {
    const kit = await inside();
    kit.hear(gone('bob', '<item affiliation="outcast" role="none"/><status code="301"/>'));
    deepEqual([kit.rooms.stateOf(garden)?.joined, kit.rooms.stateOf(garden)?.memberCount], ['joined', 1]);
  });

  it('follows a change of our name', async () => {
    const kit = await inside();
    kit.hear(gone('alice', '<item nick="ali" role="participant"/><status code="303"/><status code="110"/>'));
    kit.hear(self('ali'));
    deepEqual([kit.rooms.nickOf(garden), kit.rooms.stateOf(garden)?.joined], ['ali', 'joined']);
  });

  it('hears the subject, and leaves words to others', async () => {
    const kit = await inside();
    equal(kit.hear(`<message from="${garden}/bob" type="groupchat"><subject>Roses</subject></message>`), true);
    equal(kit.rooms.stateOf(garden)?.subject, 'Roses');
    equal(kit.book.get(garden)?.room?.subject, 'Roses');
    equal(kit.hear(`<message from="${garden}/bob" type="groupchat"><subject>x</subject><body>hi</body></message>`), false);
    equal(kit.rooms.stateOf(garden)?.subject, 'Roses');
    kit.hear(`<message from="${garden}/bob" type="groupchat"><subject/></message>`);
    equal(kit.rooms.stateOf(garden)?.subject, undefined);
    equal(kit.hear(`<message from="other@rooms.app1.test/bob" type="groupchat"><subject>no</subject></message>`), false);
  });
});

describe('who wrote something in a room', () => {
  const OCCUPANT = (id: string): string => `<occupant-id xmlns="urn:xmpp:occupant-id:0" id="${id}"/>`;
  const words = (nick: string, more = ''): Element =>
    stanza(`<message from="${garden}/${nick}" type="groupchat"><body>hi</body>${more}</message>`);

  it('is told by the stamp of the room, whatever name they took', async () => {
    const kit = await opened();
    await joining(kit, there('alice', '<status code="110"/>', 'role="participant"', OCCUPANT('a1')));
    const own = kit.rooms.occupantOf(garden, words('earlier-name', OCCUPANT('a1')));
    deepEqual(own, { author: `${garden}#a1`, name: 'earlier-name', own: true, suspicious: false });
    equal(kit.rooms.occupantOf(garden, words('alice', OCCUPANT('b2')))?.own, false);
  });

  it('is told by the name where the room makes no stamps, and a forged one says nothing', async () => {
    const plain: Script = (iq, text) =>
      text.includes(INFO)
        ? succeeded(
            stanza(
              `<iq type="result"><query xmlns="${INFO}"><identity category="conference" type="text"/><feature var="http://jabber.org/protocol/muc"/></query></iq>`,
            ),
          )
        : engine()(iq, text);
    const kit = await opened(plain);
    await joining(kit, there('bob'), self());
    equal(kit.rooms.occupantOf(garden, words('bob', OCCUPANT('a1')))?.author, `${garden}/bob`);
    equal(kit.rooms.occupantOf(garden, words('alice'))?.own, true);
    kit.hear(gone('bob', '<item role="none"/>'));
    kit.hear(there('bob'));
    equal(kit.rooms.occupantOf(garden, words('bob'))?.author, `${garden}/bob#1`, 'the next to take the name is somebody else');
  });

  it('is nobody where the room itself speaks, or another room does', async () => {
    const kit = await opened();
    await joining(kit, self());
    equal(kit.rooms.occupantOf(garden, stanza(`<message from="${garden}" type="groupchat"><body>x</body></message>`)), undefined);
    equal(kit.rooms.occupantOf('other@rooms.app1.test' as Address, words('bob')), undefined);
  });
});
