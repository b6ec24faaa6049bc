import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PeopleSync } from '../../../../../src/core/sync/people/people-sync.ts';
import { failed, succeeded, type Answer } from '../../../../../src/model/failure.ts';
import type { Address } from '../../../../../src/model/account.ts';
import { nodeOf, OLDER_VERSION, OWN_VERSION } from '../../../../../src/xmpp/codecs/caps.ts';
import { writeElement, type Element } from '../../../../../src/xmpp/xml.ts';
import { alice, bob, garden, liveKit, type LiveKit } from '../../../../kit/live-needs.ts';
import { refused, settled, stanza, type Script } from '../../../../kit/scripted-connection.ts';

const carol = 'carol@app1.test' as Address;
const item = (jid: string, attributes: string): string => `<item jid="${jid}" ${attributes}/>`;
const rosterOf =
  (items: string, version = 'v2'): Script =>
  () =>
    succeeded(stanza(`<iq type="result"><query xmlns="jabber:iq:roster" ver="${version}">${items}</query></iq>`));
const push = (items: string, from = ''): string =>
  `<iq type="set" id="p" ${from && `from="${from}"`}><query xmlns="jabber:iq:roster" ver="v3">${items}</query></iq>`;

async function opened(script: Script = rosterOf(item(bob, 'name="Bob B" subscription="both"')), prepare?: (kit: LiveKit) => void) {
  const kit = liveKit(script);
  prepare?.(kit);
  const people = new PeopleSync(kit.needs);
  await people.load();
  people.onOpening();
  await settled();
  people.onOnline('fresh');
  return { ...kit, people, hear: (text: string) => people.handle(stanza(text)) };
}

describe('the roster', () => {
  it('is asked for with the version on disk, together with our presence', async () => {
    const { connection, facts } = await opened();
    equal(connection.said[0], '<iq type="get"><query xmlns="jabber:iq:roster" ver=""/></iq>');
    ok(connection.said[1]?.startsWith('<presence><c xmlns="http://jabber.org/protocol/caps"'));
    const later = await opened(
      () => succeeded(stanza('<iq type="result"/>')),
      (kit) => kit.facts.set('roster', facts.get('roster')),
    );
    equal(later.connection.said[0], '<iq type="get"><query xmlns="jabber:iq:roster" ver="v2"/></iq>');
    equal(later.book.get(bob)?.title, 'Bob B', 'an empty answer leaves what is known');
    equal(later.people.presenceOf(bob), 'offline');
  });

  it('makes contacts conversations, and nobody else', async () => {
    const { book } = await opened(
      rosterOf(
        item(bob, 'subscription="to"') + item(carol, 'subscription="none" ask="subscribe"') + item('dave@app1.test', 'subscription="none"'),
      ),
    );
    deepEqual(
      [...book.all()].map(({ id, standing }) => [id, standing]),
      [
        [bob, 'contact'],
        [carol, 'asked-by-us'],
      ],
    );
  });

  it('follows a push of the own server and is kept with its version', async () => {
    const { hear, book, facts } = await opened();
    ok(hear(push(item(carol, 'subscription="both"'))));
    ok(hear(push(item(bob, 'subscription="remove"'), alice)));
    equal(book.get(carol)?.standing, 'contact');
    equal(book.get(bob)?.standing, 'stranger');
    const kept = JSON.parse(facts.get('roster') as string) as { version: string; items: { address: string }[] };
    deepEqual([kept.version, kept.items.map(({ address }) => address)], ['v3', [carol]]);
  });

  it('does not follow a push of anybody else', async () => {
    for (const from of [bob, `${bob}/x`, 'app1.test', `${alice}/other`, 'alice@app2.test', 'ALICE@app1.test']) {
      const { hear, book, logged, facts } = await opened();
      const before = facts.get('roster');
      ok(hear(push(item('evil@app1.test', 'subscription="both"'), from)), 'it is dealt with');
      equal(book.get('evil@app1.test' as Address), undefined);
      equal(facts.get('roster'), before);
      equal(logged.length, 1);
    }
  });

  it('of a session that ended comes too late', async () => {
    let answer: ((roster: Answer<Element>) => void) | undefined;
    const kit = liveKit(() => new Promise((resolve) => (answer ??= resolve)));
    const people = new PeopleSync(kit.needs);
    await people.load();
    people.onOpening();
    people.onOpening();
    answer?.(
      succeeded(stanza(`<iq type="result"><query xmlns="jabber:iq:roster" ver="old">${item(bob, 'subscription="both"')}</query></iq>`)),
    );
    await settled();
    equal(kit.book.get(bob), undefined);
  });
});

describe('presence of people', () => {
  it('is the best of their devices', async () => {
    const { hear, people } = await opened();
    equal(people.presenceOf(bob), 'offline');
    hear(`<presence from="${bob}/phone"><show>away</show></presence>`);
    equal(people.presenceOf(bob), 'away');
    hear(`<presence from="${bob}/desk"><show>dnd</show></presence>`);
    equal(people.presenceOf(bob), 'busy');
    hear(`<presence from="${bob}/web"/>`);
    equal(people.presenceOf(bob), 'available');
    hear(`<presence from="${bob}/web" type="unavailable"/>`);
    hear(`<presence from="${bob}/desk" type="unavailable"/>`);
    equal(people.presenceOf(bob), 'away');
    hear(`<presence from="${bob}" type="unavailable"/>`);
    equal(people.presenceOf(bob), 'offline');
  });

  it('is not known of those whom we do not see, and of nobody without a line', async () => {
    const { hear, people } = await opened(rosterOf(item(bob, 'subscription="both"') + item(carol, 'subscription="from"')));
    ok(hear(`<presence from="${carol}/x"/>`));
    equal(people.presenceOf(carol), 'unknown');
    equal(people.presenceOf('stranger@app1.test' as Address), 'unknown');
    hear(`<presence from="${bob}/x"/>`);
    people.onOffline();
    equal(people.presenceOf(bob), 'unknown');
  });

  it('begins anew with a fresh session, and tells only what changed', async () => {
    const { hear, people, told } = await opened();
    told.length = 0;
    hear(`<presence from="${bob}/x"/>`);
    hear(`<presence from="${bob}/y"/>`);
    equal(told.length, 1);
    people.onOpening();
    equal(people.presenceOf(bob), 'offline');
  });

  it('leaves occupants of rooms to others', async () => {
    const { hear } = await opened();
    equal(hear(`<presence from="${garden}/bob"><x xmlns="http://jabber.org/protocol/muc#user"/></presence>`), false);
    equal(hear(`<message from="${bob}/x"><body>hi</body></message>`), false);
  });
});

describe('asking for contact', () => {
  const asks = `<presence from="${carol}" type="subscribe"/>`;

  it('waits for a decision', async () => {
    const { hear, book, connection, people } = await opened();
    connection.takeSaid();
    hear(asks);
    equal(book.get(carol)?.standing, 'asks-for-contact');
    deepEqual(connection.takeSaid(), []);
    deepEqual(await people.answerContact(carol, 'accept'), succeeded(undefined));
    deepEqual(connection.takeSaid(), [
      `<iq type="set"><query xmlns="jabber:iq:roster"><item jid="${carol}"/></query></iq>`,
      `<presence to="${carol}" type="subscribed"/>`,
      `<presence to="${carol}" type="subscribe"/>`,
    ]);
    equal(book.get(carol)?.standing, 'contact');
  });

  it('can be declined, withdrawn, and asked again', async () => {
    const { hear, book, connection, people } = await opened();
    hear(asks);
    connection.takeSaid();
    ok((await people.answerContact(carol, 'decline')).ok);
    deepEqual(connection.takeSaid(), [`<presence to="${carol}" type="unsubscribed"/>`]);
    equal(book.get(carol)?.standing, 'stranger');
    hear(asks);
    equal(book.get(carol)?.standing, 'asks-for-contact');
    hear(`<presence from="${carol}" type="unsubscribe"/>`);
    equal(book.get(carol)?.standing, 'stranger');
    deepEqual(await people.answerContact(carol, 'accept'), failed({ kind: 'not-found' }));
  });

  it('needs no decision where we asked first', async () => {
    const { hear, book, connection } = await opened(rosterOf(item(carol, 'subscription="none" ask="subscribe"')));
    connection.takeSaid();
    hear(asks);
    deepEqual(connection.takeSaid(), [`<presence to="${carol}" type="subscribed"/>`]);
    equal(book.get(carol)?.standing, 'asked-by-us');
  });

  it('lets the other in beforehand', async () => {
    const { people, connection, book } = await opened();
    connection.takeSaid();
    deepEqual(await people.addContact(' Carol@app1.test '), succeeded(carol));
    equal(book.get(carol)?.standing, 'asked-by-us');
    deepEqual(connection.takeSaid().slice(1), [
      `<presence to="${carol}" type="subscribed"/>`,
      `<presence to="${carol}" type="subscribe"/>`,
    ]);
    deepEqual(await people.addContact(bob), succeeded(bob), 'a contact is one already');
    deepEqual(connection.takeSaid(), []);
  });

  it('says what is wrong', async () => {
    const { people, connection } = await opened();
    for (const text of ['', 'carol', 'app1.test', 'carol@app1.test/x', alice]) {
      deepEqual(await people.addContact(text), failed({ kind: 'address-invalid', address: text }));
    }
    connection.script = () => refused('forbidden');
    deepEqual(await people.addContact(carol), refused('forbidden'));
    connection.isDown = true;
    deepEqual(await people.addContact(carol), failed({ kind: 'offline' }));
  });

  it('keeps the question while there is no line to answer on', async () => {
    const { hear, people, connection, book } = await opened();
    hear(asks);
    connection.isDown = true;
    deepEqual(await people.answerContact(carol, 'decline'), failed({ kind: 'offline' }));
    equal(book.get(carol)?.standing, 'asks-for-contact');
  });

  it('cannot flood the list', async () => {
    const { hear, book } = await opened();
    for (let turn = 0; turn < 500; turn++) hear(`<presence from="spam${turn}@evil.test" type="subscribe"/>`);
    equal([...book.all()].filter(({ standing }) => standing === 'asks-for-contact').length, 100);
  });
});

describe('what we can do', () => {
  const question = (from: string, node = ''): string =>
    `<iq type="get" id="d1" ${from && `from="${from}"`}><query xmlns="http://jabber.org/protocol/disco#info" ${node && `node="${node}"`}/></iq>`;

  it('is told to the own server and to those who see us', async () => {
    const { people } = await opened();
    for (const from of ['', alice, 'app1.test', `${bob}/x`]) {
      const answer = people.answerIq(stanza(question(from)));
      ok(answer && writeElement(answer).includes('var="urn:xmpp:bookmarks:1+notify"'), from);
      equal(answer.attributes['to'], from || undefined);
    }
  });

  it('asks for lists of older devices only under the version that says so', async () => {
    const { people } = await opened();
    const asks = (version: string): boolean => {
      const answer = people.answerIq(stanza(question('app1.test', nodeOf(version))));
      ok(answer && answer.attributes['type'] === 'result');
      return writeElement(answer).includes('eu.siacs.conversations.axolotl.devicelist+notify');
    };
    deepEqual([asks(OWN_VERSION), asks(OLDER_VERSION)], [false, true]);
  });

  it('is not told to strangers, nor under a node that is not ours', async () => {
    const { people } = await opened();
    equal(people.answerIq(stanza(question('evil@app1.test/x'))), undefined);
    equal(people.answerIq(stanza(question(alice, 'https://other.example#1')))?.attributes['type'], 'error');
    equal(people.answerIq(stanza('<iq type="get" id="x"><other xmlns="urn:x"/></iq>')), undefined);
  });
});
