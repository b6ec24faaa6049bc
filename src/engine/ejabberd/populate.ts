// Fills a running ejabberd: people, rooms and what they publish through its administration, archives straight into SQLite.
import { escapeXml } from '../escape-xml.ts';
import { keepFileOf, type KeepFile } from '../past-file.ts';
import { addressOf, pastStanza, roomAddressOf } from '../past-stanza.ts';
import { conferenceDomainOf } from '../plan.ts';
import type { EnginePlan } from '../plan.ts';
import type { PastMessage, Person, Population, Room } from '../population.ts';
import { inTransaction, openDatabase } from '../sqlite.ts';
import type { DatabaseSync } from '../sqlite.ts';
import { command, isModern } from './administration.ts';
import { fileKeeper } from './past-files.ts';

const NS_BOOKMARKS = 'urn:xmpp:bookmarks:1';
const NS_DISPLAYED = 'urn:xmpp:mds:displayed:0';

export async function populateEjabberd(plan: EnginePlan, databaseFile: string, population: Population): Promise<void> {
  for (const person of population.people) await register(plan, person);
  for (const room of population.rooms) await createRoom(plan, room);
  const archiveIds = await fillArchive(databaseFile, plan, population.history);
  for (const person of population.people) {
    for (const contact of person.contacts ?? []) await addContact(plan, person, contact);
    await publish(plan, person.name, NS_BOOKMARKS, bookmarkItems(plan.domain, person));
    await publish(plan, person.name, NS_DISPLAYED, displayedItems(plan.domain, person, population.rooms, archiveIds));
  }
}

const register = (plan: EnginePlan, person: Person): Promise<unknown> =>
  command(plan, 'register', { user: person.name, host: plan.domain, password: person.password });

function addContact(plan: EnginePlan, person: Person, contact: NonNullable<Person['contacts']>[number]): Promise<unknown> {
  const groups = isModern(plan) ? { groups: contact.groups } : { group: contact.groups.join(';') };
  const local = { localuser: person.name, localhost: plan.domain };
  const other = { user: contact.name, host: plan.domain, nick: contact.displayName, subs: 'both' };
  return command(plan, 'add_rosteritem', { ...local, ...other, ...groups }, 'v1');
}

// ---- rooms ----

async function createRoom(plan: EnginePlan, room: Room): Promise<void> {
  const service = conferenceDomainOf(plan.domain);
  const options = {
    title: room.title,
    members_only: room.membersOnly,
    public: !room.membersOnly,
    anonymous: !room.nonAnonymous,
    moderated: false,
    persistent: true,
    mam: true,
  };
  const list = Object.entries(options).map(([name, value]) => ({ name, value: String(value) }));
  await command(plan, 'create_room_with_opts', { name: room.name, service, host: plan.domain, options: list });
  for (const { name, affiliation } of room.members) {
    await command(plan, 'set_room_affiliation', { name: room.name, service, jid: addressOf(name, plan.domain), affiliation });
  }
}

// ---- archives ----

/** Every archive names a message by its time in microseconds: message id → archive id. */
type ArchiveIds = ReadonlyMap<string, string>;

async function fillArchive(file: string, plan: EnginePlan, history: Iterable<PastMessage>): Promise<ArchiveIds> {
  const database = await openDatabase(file);
  const ids = new Map<string, string>();
  try {
    inTransaction(database, () => {
      const append = archivist(database, plan.domain, fileKeeper(plan));
      let last = 0;
      for (const message of history) {
        // Two messages of one millisecond must not share a name.
        last = Math.max(message.sentAt * 1000, last + 1);
        append(message, last);
        ids.set(message.id, String(last));
      }
    });
  } finally {
    database.close();
  }
  return ids;
}

function archivist(database: DatabaseSync, domain: string, keepFile: KeepFile): (message: PastMessage, stamp: number) => void {
  const insert = database.prepare(
    'INSERT INTO archive (username, server_host, timestamp, peer, bare_peer, xml, txt, kind, nick) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return (message, stamp) => {
    const stanza = pastStanza(message, domain, { namespace: true, url: keepFileOf(message, keepFile) });
    const text = 'text' in message ? message.text : '';
    if (message.room) {
      const room = roomAddressOf(message.to, domain);
      const sender = `${addressOf(message.from, domain)}/seed`;
      insert.run(
        room,
        // Not the service's own name: rooms keep their archive under the host they belong to.
        domain,
        stamp,
        sender,
        addressOf(message.from, domain),
        stanza,
        text,
        'groupchat',
        message.room.nick,
      );
      return;
    }
    const [from, to] = [addressOf(message.from, domain), addressOf(message.to, domain)];
    insert.run(message.from, domain, stamp, to, to, stanza, text, 'chat', '');
    if (to !== from) insert.run(message.to, domain, stamp, `${from}/seed`, from, stanza, text, 'chat', '');
  };
}

// ---- what each person publishes for the own devices ----

interface Item {
  id: string;
  payload: string;
}

const PRIVATE = { 'pubsub#persist_items': 'true', 'pubsub#access_model': 'whitelist' };

/** What 23.01 takes from its configuration, because it refuses to be told so in publish options. */
const MANY_ITEMS = { 'pubsub#max_items': 'max', 'pubsub#send_last_published_item': 'never' };

const NS_OPTIONS = 'http://jabber.org/protocol/pubsub#publish-options';

function publishOptions(plan: EnginePlan): string {
  const options = isModern(plan) ? { ...PRIVATE, ...MANY_ITEMS } : PRIVATE;
  const fields = Object.entries(options).map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`);
  const kind = `<field var='FORM_TYPE' type='hidden'><value>${NS_OPTIONS}</value></field>`;
  return `<publish-options><x xmlns='jabber:x:data' type='submit'>${kind}${fields.join('')}</x></publish-options>`;
}

async function publish(plan: EnginePlan, user: string, node: string, items: readonly Item[]): Promise<void> {
  const address = addressOf(user, plan.domain);
  const options = publishOptions(plan);
  for (const { id, payload } of items) {
    const item = `<publish node='${node}'><item id='${escapeXml(id)}'>${payload}</item></publish>`;
    const pubsub = `<pubsub xmlns='http://jabber.org/protocol/pubsub'>${item}${options}</pubsub>`;
    const stanza = `<iq xmlns='jabber:client' type='set' id='seed' from='${address}' to='${address}'>${pubsub}</iq>`;
    await command(plan, 'send_stanza', { from: address, to: address, stanza });
  }
}

function bookmarkItems(domain: string, person: Person): Item[] {
  return (person.bookmarks ?? []).map(({ room, title, nick }) => ({
    id: roomAddressOf(room, domain),
    payload: `<conference xmlns='${NS_BOOKMARKS}' name='${escapeXml(title)}' autojoin='true'><nick>${escapeXml(nick)}</nick></conference>`,
  }));
}

function displayedItems(domain: string, person: Person, rooms: readonly Room[], archiveIds: ArchiveIds): Item[] {
  const isRoom = new Set(rooms.map((room) => room.name));
  return Object.entries(person.readUpTo ?? {}).flatMap(([conversation, message]) => {
    const id = archiveIds.get(message);
    if (!id) return [];
    const room = isRoom.has(conversation);
    const by = room ? roomAddressOf(conversation, domain) : addressOf(person.name, domain);
    const payload = `<displayed xmlns='${NS_DISPLAYED}'><stanza-id xmlns='urn:xmpp:sid:0' by='${escapeXml(by)}' id='${id}'/></displayed>`;
    return [{ id: room ? by : addressOf(conversation, domain), payload }];
  });
}
