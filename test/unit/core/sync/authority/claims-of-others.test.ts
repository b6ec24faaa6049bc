import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayBounce } from '../../../../../src/core/sync/authority/bounce.ts';
import { archivedTime, trustedTime } from '../../../../../src/core/sync/authority/delay.ts';
import { acceptMark, type MarkNeeds } from '../../../../../src/core/sync/authority/marks.ts';
import { acceptDevicesEvent } from '../../../../../src/core/sync/authority/devices-event.ts';
import { acceptPrivateEvent } from '../../../../../src/core/sync/authority/private-event.ts';
import { acceptRosterPush } from '../../../../../src/core/sync/authority/roster.ts';
import { trustedArchiveId } from '../../../../../src/core/sync/authority/stanza-id.ts';
import { identifyOccupant } from '../../../../../src/core/sync/authority/occupant.ts';
import type { Address } from '../../../../../src/model/account.ts';
import { from, me, OTHERS, room } from '../../../../kit/forgers.ts';
import { stanza } from '../../../../kit/scripted-connection.ts';

const bob = 'bob@app1.test' as Address;
const iq = (sender: string | undefined, inner: string, type = 'set'): ReturnType<typeof stanza> =>
  stanza(`<iq type="${type}" id="1"${from(sender)}>${inner}</iq>`);
const message = (sender: string | undefined, inner: string, more = ''): ReturnType<typeof stanza> =>
  stanza(`<message${from(sender)} ${more}>${inner}</message>`);

describe('pushes of the server', () => {
  const item = `<item jid="${bob}" subscription="both"/>`;
  const roster = (items: string): string => `<query xmlns="jabber:iq:roster">${items}</query>`;
  const pushes = [
    roster(item),
    roster('<item jid="evil@evil.test" subscription="to" ask="subscribe"/>'),
    roster(`<item jid="${bob}" subscription="remove"/>`),
  ];

  it('are followed without a sender and from the own account', () => {
    for (const sender of [undefined, me]) {
      for (const push of pushes) ok(acceptRosterPush(iq(sender, push), me) !== 'forged');
    }
  });

  it('are not followed from anybody else', () => {
    for (const sender of OTHERS) {
      for (const push of pushes) equal(acceptRosterPush(iq(sender, push), me), 'forged');
    }
  });

  it('carry one change, and are nothing in another form', () => {
    for (const broken of [
      roster(''),
      roster(item + item),
      roster('<item subscription="both"/>'),
      roster('<item jid="@" subscription="remove"/>'),
    ]) {
      equal(acceptRosterPush(iq(me, broken), me), 'forged');
    }
    for (const type of ['get', 'result', 'error']) equal(acceptRosterPush(iq(bob, pushes[0]!, type), me), undefined);
    equal(acceptRosterPush(message(bob, pushes[0]!), me), undefined);
  });
});

describe('events of private nodes', () => {
  const event = (node: string, inner = '<item id="x"/>'): string =>
    `<event xmlns="http://jabber.org/protocol/pubsub#event"><items node="${node}">${inner}</items></event>`;
  const nodes = ['urn:xmpp:bookmarks:1', 'urn:xmpp:mds:displayed:0', 'https://warbler.chat/protocol/device-streams'];

  it('are believed from the own account alone', () => {
    for (const node of nodes) {
      equal((acceptPrivateEvent(message(me, event(node)), me) as { node: string }).node, node);
      for (const sender of [undefined, ...OTHERS]) {
        for (const text of [event(node), event(node, `<retract id="${room}"/>`), event(node, '')])
          equal(acceptPrivateEvent(message(sender, text), me), 'forged');
      }
      equal(acceptPrivateEvent(message(me, event(node), 'type="error"'), me), 'forged');
      equal(acceptPrivateEvent(message(me, `${event(node)}<received xmlns="urn:xmpp:carbons:2"/>`), me), 'forged');
    }
  });

  it('do not hide behind a node that is not private', () => {
    equal(acceptPrivateEvent(message(bob, event('http://jabber.org/protocol/nick')), me), undefined);
    equal(acceptPrivateEvent(message(bob, '<event xmlns="http://jabber.org/protocol/pubsub#event"/>'), me), 'forged');
    equal(acceptPrivateEvent(message(bob, '<body>hi</body>'), me), undefined);
  });
});

describe('news of published devices', () => {
  const event = (node: string, inner = '<item id="current"/>'): string =>
    `<event xmlns="http://jabber.org/protocol/pubsub#event"><items node="${node}">${inner}</items></event>`;
  const devices = event('urn:xmpp:omemo:2:devices');

  it('are told by the account that they are about', () => {
    for (const list of [devices, event('eu.siacs.conversations.axolotl.devicelist')])
      for (const person of [me, bob]) deepEqual(acceptDevicesEvent(message(person, list)), { person, items: [{ id: 'current' }] });
  });

  it('are not told by one of its devices, by nobody, or in a wrapper', () => {
    for (const sender of [undefined, '', '@', `${me}/phone`, `${bob}/`, `${room}/alice`])
      equal(acceptDevicesEvent(message(sender, devices)), 'forged');
    equal(acceptDevicesEvent(message(bob, devices, 'type="error"')), 'forged');
    equal(acceptDevicesEvent(message(bob, `${devices}<received xmlns="urn:xmpp:carbons:2"/>`)), 'forged');
  });

  it('are news of that node alone', () => {
    equal(acceptDevicesEvent(message(bob, event('urn:xmpp:omemo:2:bundles'))), undefined);
    equal(acceptDevicesEvent(message(bob, '<body>hi</body>')), undefined);
  });
});

describe('ids of archives', () => {
  const id = (by: string | undefined, value = '17'): string =>
    `<stanza-id xmlns="urn:xmpp:sid:0" id="${value}"${by === undefined ? '' : ` by="${by}"`}/>`;

  it('are believed from the archive meant, and only where there is one', () => {
    equal(trustedArchiveId(message(bob, id(me)), me), '17');
    equal(trustedArchiveId(message(bob, id(me) + id(room, '18')), me), '17');
    equal(trustedArchiveId(message(bob, id(me)), undefined), undefined);
    equal(trustedArchiveId(message(bob, ''), me), undefined);
  });

  it('are not believed in another’s name, in another spelling, or beside another', () => {
    for (const by of [undefined, ...OTHERS]) equal(trustedArchiveId(message(bob, id(by)), me), undefined, by);
    for (const by of [me, `${me}/x`, 'Alice@app1.test', 'alice@app1.test.', 'ａlice@app1.test']) {
      equal(trustedArchiveId(message(bob, id(me) + id(by, '18')), me), undefined, by);
      equal(trustedArchiveId(message(bob, id(by, '18') + id(me)), me), undefined, by);
    }
    equal(trustedArchiveId(message(bob, id(me, '')), me), undefined);
    equal(trustedArchiveId(message(bob, id(me, 'x'.repeat(257))), me), undefined);
  });
});

describe('the time of a message', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  const delay = (at: number, sender?: string): string =>
    `<delay xmlns="urn:xmpp:delay" stamp="${new Date(at).toISOString()}"${from(sender)}/>`;
  const timeOf = (inner: string): unknown => trustedTime(message(bob, inner), { trusted: [me, 'app1.test'], now });
  const HOUR = 3_600_000;

  it('is that of arrival, unless the own server says otherwise', () => {
    deepEqual(timeOf(''), { at: now, certain: true });
    deepEqual(timeOf(delay(now - HOUR, 'app1.test')), { at: now - HOUR, certain: false });
    deepEqual(timeOf(delay(now - 60_000, me)), { at: now - 60_000, certain: true });
  });

  it('is not moved by anybody else', () => {
    for (const sender of [undefined, ...OTHERS.filter((one) => one !== 'app1.test')]) {
      for (const at of [0, now - HOUR, now + HOUR]) deepEqual(timeOf(delay(at, sender)), { at: now, certain: true }, sender);
    }
  });

  it('is never in the future, and not certain where several are claimed', () => {
    deepEqual(timeOf(delay(now + 60_000, me)), { at: now, certain: true });
    deepEqual(timeOf(delay(now + HOUR, me)), { at: now, certain: false });
    deepEqual(timeOf(delay(now - HOUR, me) + delay(now, 'app1.test')), { at: now, certain: false });
    deepEqual(archivedTime(now - HOUR, now), { at: now - HOUR, certain: true });
    deepEqual(archivedTime(now + HOUR, now), { at: now, certain: false });
  });

  it('that is no time is no delay', () => {
    for (const stamp of ['', '2026', '20261121T09:31:03', '2026-13-41T09:31:03Z', '2026-11-21 09:31:03Z', '9'.repeat(400)]) {
      deepEqual(timeOf(`<delay xmlns="urn:xmpp:delay" stamp="${stamp}" from="app1.test"/>`), { at: now, certain: true }, stamp);
    }
  });
});

describe('receipts and markers', () => {
  const needs: MarkNeeds = {
    ownBare: me,
    isDirect: (address) => address === bob,
  };
  const received = '<received xmlns="urn:xmpp:receipts" id="m1"/>';
  const displayed = '<displayed xmlns="urn:xmpp:chat-markers:0" id="m1"/>';

  it('count from the other, and from our other devices', () => {
    deepEqual(acceptMark(message(`${bob}/x`, received), needs), { conversation: bob, by: 'other', seen: false, id: 'm1' });
    deepEqual(acceptMark(message(bob, displayed), needs), { conversation: bob, by: 'other', seen: true, id: 'm1' });
    deepEqual(acceptMark(message(`${me}/x`, displayed, `to="${bob}"`), needs), { conversation: bob, by: 'self', seen: true, id: 'm1' });
  });

  it('do not count from anybody else, nor from anybody in a room', () => {
    const friends = OTHERS.filter((one) => !one.startsWith(bob));
    for (const mark of [received, displayed]) {
      for (const sender of [undefined, ...friends]) {
        equal(acceptMark(message(sender, mark), needs), undefined, sender);
        equal(acceptMark(message(sender, mark, 'type="chat" to="carol@app1.test"'), needs), undefined, sender);
      }
      for (const sender of [undefined, me, bob, room, `${room}/bob`, `${room}/alice`, `${room}/`, 'shed@rooms.app1.test/bob']) {
        equal(acceptMark(message(sender, mark, 'type="groupchat"'), needs), undefined, sender);
      }
    }
  });

  it('do not count when they say two things, or bounced', () => {
    equal(acceptMark(message(bob, received + displayed.replace('m1', 'm2')), needs), undefined);
    equal(acceptMark(message(bob, received, 'type="error"'), needs), undefined);
    equal(acceptMark(message(bob, received.replace('m1', '')), needs), undefined);
    equal(acceptMark(message(`${me}/x`, received, `to="${bob}"`), needs), undefined, 'that another own device lives is no mark');
  });
});

describe('messages that come back', () => {
  it('come from where they went, or from the servers between', () => {
    for (const sender of [undefined, bob, `${bob}/x`, 'app1.test', me]) ok(mayBounce(sender, bob, me), sender);
    ok(mayBounce('rooms.app1.test', room, me));
    ok(mayBounce(room, room, me));
  });

  it('do not come from anybody else', () => {
    const strangers = OTHERS.filter((one) => !one.startsWith(bob) && one !== 'app1.test');
    for (const sender of strangers) equal(mayBounce(sender, bob, me), ['Alice@app1.test'].includes(sender) && false, sender);
    equal(mayBounce('app1.test/x', bob, me), false);
  });
});

describe('occupants', () => {
  const stamp = (id: string): string => `<occupant-id xmlns="urn:xmpp:occupant-id:0" id="${id}"/>`;
  const said = (nick: string, inner = ''): ReturnType<typeof stanza> => message(`${room}/${nick}`, inner, 'type="groupchat"');

  it('are known by one stamp of a room that makes them', () => {
    equal(identifyOccupant(said('bob', stamp('s1')), { room, occupantIds: true })?.author, `${room}#s1`);
    equal(identifyOccupant(said('bob', stamp('s1')), { room, occupantIds: false })?.author, `${room}/bob`);
    for (const inner of ['', stamp('s1') + stamp('s2'), stamp('s1') + stamp('s1'), stamp(''), stamp('x'.repeat(257))]) {
      equal(identifyOccupant(said('bob', inner), { room, occupantIds: true })?.stable, false, inner);
    }
  });

  it('are never mistaken for a stamped author by their name', () => {
    const stamped = identifyOccupant(said('bob', stamp('s1')), { room, occupantIds: true })?.author;
    for (const nick of ['#s1', 's1', `${room}#s1`, '/s1'])
      ok(identifyOccupant(said(nick), { room, occupantIds: true })?.author !== stamped);
  });

  it('are nobody outside the room', () => {
    for (const sender of [undefined, me, bob, room, 'shed@rooms.app1.test/bob', `${room.toUpperCase()}@x/bob`, 'rooms.app1.test/bob']) {
      equal(identifyOccupant(message(sender, stamp('s1'), 'type="groupchat"'), { room, occupantIds: true }), undefined, sender);
    }
  });
});
