// To be asked into a room: seen where it is sure who asks, answered once, and never more than a person can look at.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../../src/model/account.ts';
import { readDirect } from '../../../../../src/core/sync/read-message.ts';
import { failed, succeeded } from '../../../../../src/model/failure.ts';
import { alice, garden } from '../../../../kit/live-needs.ts';
import { engine, joining, joins, opened, self, USER, type Opened } from '../../../../kit/room-stanzas.ts';
import { settled, stanza } from '../../../../kit/scripted-connection.ts';

const omar = 'omar@app1.test' as Address;
const direct = (room: string = garden, from = `${omar}/phone`): string =>
  `<message from="${from}"><x xmlns="jabber:x:conference" jid="${room}"/></message>`;
const mediated = (room: string = garden): string =>
  `<message from="${room}"><x xmlns="${USER}"><invite from="${omar}"/></x><body>Omar asks you in</body></message>`;

async function withContact(): Promise<Opened> {
  const kit = await opened();
  kit.book.change(omar, { kind: 'direct', title: 'Omar', standing: 'contact' });
  return kit;
}

describe('an invitation', () => {
  it('of a contact waits for an answer, with his name', async () => {
    const kit = await withContact();
    ok(kit.hear(direct()));
    const { standing, title } = kit.book.get(garden) ?? {};
    deepEqual([standing, title], ['asks-for-contact', 'garden']);
    deepEqual(kit.rooms.stateOf(garden), { joined: 'left', nick: 'alice', memberCount: 0, invitedBy: 'Omar' });
  });

  it('of the room itself names nobody: a room may say what it likes', async () => {
    const kit = await withContact();
    ok(kit.hear(mediated()));
    equal(kit.book.get(garden)?.standing, 'asks-for-contact');
    equal(kit.rooms.stateOf(garden)?.invitedBy, undefined);
  });

  it('of a stranger, and one into a person, is dropped', async () => {
    const kit = await withContact();
    ok(kit.hear(direct(garden, 'mallory@app1.test/x')));
    equal(kit.book.get(garden), undefined);
    ok(kit.hear(direct(omar)));
    equal(kit.book.get(omar)?.standing, 'contact');
  });

  it('is accepted by joining, and forgotten then', async () => {
    const kit = await withContact();
    kit.hear(direct());
    const answer = kit.rooms.answerInvitation(garden, 'accept');
    await settled();
    kit.hear(self());
    deepEqual(await answer, succeeded(undefined));
    deepEqual(joins(kit.connection.said), [`to="${garden}/alice"`]);
    deepEqual([kit.book.get(garden)?.standing, kit.rooms.stateOf(garden)?.invitedBy], ['member', undefined]);
    deepEqual(await kit.rooms.answerInvitation(garden, 'accept'), failed({ kind: 'not-found' }));
  });

  it('is declined without a word to anybody', async () => {
    const kit = await withContact();
    kit.hear(direct());
    const said = kit.connection.said.length;
    deepEqual(await kit.rooms.answerInvitation(garden, 'decline'), succeeded(undefined));
    equal(kit.book.get(garden)?.standing, 'member');
    equal(kit.book.get(garden)?.room?.autojoin, false);
    equal(kit.connection.said.length, said);
  });

  it('into a room that one is in says nothing new', async () => {
    const kit = await withContact();
    const joining = kit.rooms.joinRoom(garden);
    await settled();
    kit.hear(self());
    await joining;
    ok(kit.hear(direct()));
    equal(kit.book.get(garden)?.standing, 'member');
  });

  it('is one of twenty at most', async () => {
    const kit = await withContact();
    for (let at = 0; at < 50; at++) kit.hear(mediated(`room${at}@rooms.app1.test`));
    equal([...kit.book.all()].filter(({ standing }) => standing === 'asks-for-contact').length, 20);
  });

  it('is never read as words of a person, though it has a body', () => {
    const who = {
      self: alice,
      ownName: () => 'Alice',
      nameOf: String,
      isRoom: () => false,
      occupantOf: () => undefined,
      ownNick: () => undefined,
    };
    equal(readDirect(stanza(mediated()), { sentAt: 0, timeCertain: true }, who), undefined);
  });
});

describe('inviting somebody', () => {
  const refusal = (from: string, condition: string, more = ''): string =>
    `<message type="error" id="i1" from="${from}"><error type="cancel"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/>${more}</error></message>`;

  async function inside(features = ''): Promise<Opened> {
    const kit = await opened(engine('', features));
    await joining(kit, self());
    kit.connection.takeSaid();
    return kit;
  }

  it('is said directly, and known to have arrived once the other service answers what came behind it', async () => {
    const kit = await inside();
    deepEqual(await kit.rooms.invite('i1', garden, 'Omar@app1.test'), succeeded(undefined));
    const [invitation, question] = kit.connection.takeSaid();
    equal(invitation, `<message to="${omar}" id="i1"><x xmlns="jabber:x:conference" jid="${garden}"/></message>`);
    ok(question?.includes('to="app1.test"') && question.includes('urn:xmpp:ping'), question);
  });

  it('goes through a room that has a list of its members', async () => {
    const kit = await inside('<feature var="muc_membersonly"/>');
    deepEqual(await kit.rooms.invite('i1', garden, omar), succeeded(undefined));
    const [invitation, question] = kit.connection.takeSaid();
    equal(invitation, `<message to="${garden}" id="i1"><x xmlns="${USER}"><invite to="${omar}"/></x></message>`);
    ok(question?.includes(`to="${garden}"`), question);
  });

  it('fails as whoever refuses it says', async () => {
    for (const [condition, more, failure] of [
      ['service-unavailable', '', { kind: 'refused', reason: 'unknown-person' }],
      ['forbidden', '', { kind: 'refused', reason: 'forbidden' }],
      ['not-acceptable', '<blocked xmlns="urn:xmpp:blocking:errors"/>', { kind: 'refused', reason: 'blocked' }],
      ['internal-server-error', '', { kind: 'refused', reason: 'other' }],
    ] as const) {
      const kit = await inside();
      kit.connection.script = () => (ok(kit.hear(refusal(`${omar}/phone`, condition, more))), succeeded(stanza('<iq type="result"/>')));
      deepEqual(await kit.rooms.invite('i1', garden, omar), failed(failure));
    }
  });

  it('is refused by nobody else', async () => {
    const kit = await inside();
    kit.connection.script = () => {
      equal(kit.hear(refusal('mallory@app1.test', 'forbidden')), false);
      return failed({ kind: 'refused', reason: 'other' });
    };
    deepEqual(await kit.rooms.invite('i1', garden, omar), succeeded(undefined));
    equal(kit.hear(refusal(omar, 'forbidden')), false);
  });

  it('is not tried without a line, from outside, or of what is no person', async () => {
    const kit = await inside();
    deepEqual(await kit.rooms.invite('i1', garden, 'a b'), failed({ kind: 'address-invalid', address: 'a b' }));
    deepEqual(await kit.rooms.invite('i1', garden, garden), failed({ kind: 'address-invalid', address: garden }));
    deepEqual(await kit.rooms.invite('i1', 'attic@rooms.app1.test' as Address, omar), failed({ kind: 'not-found' }));
    deepEqual(kit.connection.takeSaid(), []);
    kit.connection.isDown = true;
    deepEqual(await kit.rooms.invite('i1', garden, omar), failed({ kind: 'offline' }));
    kit.rooms.onOffline();
    deepEqual(await kit.rooms.invite('i1', garden, omar), failed({ kind: 'offline' }));
  });
});
