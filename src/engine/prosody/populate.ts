// Fills Prosody's SQLite database before the server starts: accounts, rosters, rooms, bookmarks, archives.
import { createHash, createHmac, pbkdf2Sync, randomUUID } from 'node:crypto';
import { escapeXml } from '../escape-xml.ts';
import { keepFileOf, type KeepFile } from '../past-file.ts';
import { addressOf, pastStanza, roomAddressOf } from '../past-stanza.ts';
import { conferenceDomainOf } from '../plan.ts';
import type { EnginePlan, PasswordHash } from '../plan.ts';
import type { PastMessage, Person, Population, Room } from '../population.ts';
import { inTransaction, openDatabase } from '../sqlite.ts';
import type { DatabaseSync } from '../sqlite.ts';
import { fileKeeper } from './past-files.ts';
import type { ProsodyPlaces } from './configuration.ts';

/** As Prosody 0.12 and 13 create them, and one index more: pages of one conversation are otherwise sorted from its whole history. */
const TABLES = `
CREATE TABLE IF NOT EXISTS "prosody" ("host" TEXT NOT NULL, "user" TEXT NOT NULL, "store" TEXT NOT NULL, "key" TEXT NOT NULL,
  "type" TEXT NOT NULL, "value" TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS "prosody_index" ON "prosody" ("host", "user", "store", "key");
CREATE TABLE IF NOT EXISTS "prosodyarchive" ("sort_id" INTEGER PRIMARY KEY AUTOINCREMENT, "host" TEXT NOT NULL, "user" TEXT NOT NULL,
  "store" TEXT NOT NULL, "key" TEXT NOT NULL, "when" INTEGER NOT NULL, "with" TEXT NOT NULL, "type" TEXT NOT NULL, "value" TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS "prosodyarchive_index" ON "prosodyarchive" ("host", "user", "store", "key");
CREATE INDEX IF NOT EXISTS "prosodyarchive_with_when" ON "prosodyarchive" ("host", "user", "store", "with", "when");
CREATE INDEX IF NOT EXISTS "prosodyarchive_when" ON "prosodyarchive" ("host", "user", "store", "when");
CREATE INDEX IF NOT EXISTS "prosodyarchive_sort" ON "prosodyarchive" ("host", "user", "store", "sort_id");
CREATE INDEX IF NOT EXISTS "warbler_archive_with_sort" ON "prosodyarchive" ("host", "user", "store", "with", "sort_id");
`;

const ITERATIONS = 10_000;
const NS_BOOKMARKS = 'urn:xmpp:bookmarks:1';
const NS_DISPLAYED = 'urn:xmpp:mds:displayed:0';

type Value = string | number | boolean | object;
type Keep = (user: string, store: string, key: string, value: Value) => void;

export async function populateProsody(places: ProsodyPlaces, plan: EnginePlan, population: Population): Promise<void> {
  const database = await openDatabase(places.database);
  try {
    database.exec(TABLES);
    inTransaction(database, () => fill(database, places.data, plan, population));
  } finally {
    database.close();
  }
}

function fill(database: DatabaseSync, data: string, plan: EnginePlan, population: Population): void {
  const { domain } = plan;
  const keepHere = keeper(database, domain);
  const keepThere = keeper(database, conferenceDomainOf(domain));
  for (const room of population.rooms) keepRoom(keepThere, domain, room);
  const archive = archivist(database, domain, fileKeeper(database, data, plan));
  for (const message of population.history) archive.append(message);
  for (const person of population.people) {
    keepAccount(keepHere, person, plan.passwordHash);
    keepRoster(keepHere, domain, person);
    publish(database, keepHere, domain, person.name, NS_BOOKMARKS, bookmarkItems(domain, person));
    publish(database, keepHere, domain, person.name, NS_DISPLAYED, displayedItems(domain, person, population.rooms));
  }
}

function keeper(database: DatabaseSync, host: string): Keep {
  const insert = database.prepare('INSERT INTO "prosody" VALUES (?, ?, ?, ?, ?, ?)');
  return (user, store, key, value) => {
    const type = typeof value === 'object' ? 'json' : typeof value;
    insert.run(host, user, store, key, type, typeof value === 'object' ? JSON.stringify(value) : String(value));
  };
}

// ---- accounts and rosters ----

function keepAccount(keep: Keep, person: Person, passwordHash: PasswordHash): void {
  const hash = passwordHash.replace('-', '').toLowerCase();
  const width = createHash(hash).digest().length;
  const salt = randomUUID();
  const salted = pbkdf2Sync(person.password.normalize('NFKC'), salt, ITERATIONS, width, hash);
  const keyed = (label: string): Buffer => createHmac(hash, salted).update(label).digest();
  keep(person.name, 'accounts', 'salt', salt);
  keep(person.name, 'accounts', 'iteration_count', ITERATIONS);
  keep(person.name, 'accounts', 'stored_key', createHash(hash).update(keyed('Client Key')).digest('hex'));
  keep(person.name, 'accounts', 'server_key', keyed('Server Key').toString('hex'));
}

function keepRoster(keep: Keep, domain: string, person: Person): void {
  for (const contact of person.contacts ?? []) {
    const groups = Object.fromEntries(contact.groups.map((group) => [group, true]));
    keep(person.name, 'roster', addressOf(contact.name, domain), { name: contact.displayName, subscription: 'both', groups });
  }
}

// ---- rooms ----

function keepRoom(keep: Keep, domain: string, room: Room): void {
  const address = roomAddressOf(room.name, domain);
  keep('', 'persistent', address, true);
  keep(room.name, 'config', '_jid', address);
  keep(room.name, 'config', '_data', roomSettings(domain, room));
  keep(room.name, 'config', '_affiliation_data', reservedNicks(domain, room));
  for (const member of room.members) keep(room.name, 'config', addressOf(member.name, domain), member.affiliation);
}

function roomSettings(domain: string, room: Room): object {
  const owner = room.members[0];
  return {
    name: room.title,
    persistent: true,
    hidden: room.membersOnly,
    members_only: room.membersOnly,
    whois: room.nonAnonymous ? 'anyone' : 'moderators',
    archiving: true,
    ...(room.subject && owner ? { subject: room.subject, subject_from: `${roomAddressOf(room.name, domain)}/${owner.nick}` } : {}),
  };
}

function reservedNicks(domain: string, room: Room): object {
  return Object.fromEntries(room.members.map(({ name, nick }) => [addressOf(name, domain), { reserved_nickname: nick }]));
}

// ---- archives ----

/** The archive's id of a message in someone's archive: derived, so that read marks can name it. */
const archiveId = (owner: string, message: string): string =>
  createHash('sha256').update(`${owner}\n${message}`).digest('base64url').slice(0, 24);

function archivist(database: DatabaseSync, domain: string, keepFile: KeepFile): { append(message: PastMessage): void } {
  const insert = database.prepare(
    'INSERT INTO "prosodyarchive" ("host", "user", "store", "key", "when", "with", "type", "value") VALUES (?, ?, ?, ?, ?, ?, \'xml\', ?)',
  );
  const seconds = (message: PastMessage): number => Math.floor(message.sentAt / 1000);
  const appendFor = (owner: string, other: string, message: PastMessage, stanza: string): void => {
    insert.run(domain, owner, 'archive', archiveId(owner, message.id), seconds(message), addressOf(other, domain), stanza);
  };
  const appendToRoom = (message: PastMessage): void => {
    const item = `<item affiliation='member' role='participant' jid='${escapeXml(addressOf(message.from, domain))}'/>`;
    const inside = `<x xmlns='http://jabber.org/protocol/muc#user'>${item}</x>`;
    const stanza = pastStanza(message, domain, { inside, url: keepFileOf(message, keepFile) });
    const id = archiveId(message.to, message.id);
    insert.run(conferenceDomainOf(domain), message.to, 'muc_log', id, seconds(message), 'message<groupchat', stanza);
  };
  return {
    append(message) {
      if (message.room) return appendToRoom(message);
      const stanza = pastStanza(message, domain, { url: keepFileOf(message, keepFile) });
      appendFor(message.from, message.to, message, stanza);
      if (message.to !== message.from) appendFor(message.to, message.from, message, stanza);
    },
  };
}

// ---- what each person publishes for the own devices ----

interface Item {
  id: string;
  payload: string;
}

const PRIVATE_NODE = {
  access_model: 'whitelist',
  max_items: 'max',
  persist_items: true,
  send_last_published_item: 'never',
};

function publish(database: DatabaseSync, keep: Keep, domain: string, user: string, node: string, items: readonly Item[]): void {
  if (items.length === 0) return;
  keep(user, 'pep', node, { name: node, config: PRIVATE_NODE, subscribers: {}, affiliations: {} });
  const insert = database.prepare(
    'INSERT INTO "prosodyarchive" ("host", "user", "store", "key", "when", "with", "type", "value") VALUES (?, ?, ?, ?, ?, ?, \'xml\', ?)',
  );
  const now = Math.floor(Date.now() / 1000);
  for (const { id, payload } of items) insert.run(domain, user, `pep_${node}`, id, now, addressOf(user, domain), payload);
}

function bookmarkItems(domain: string, person: Person): Item[] {
  return (person.bookmarks ?? []).map(({ room, title, nick }) => ({
    id: roomAddressOf(room, domain),
    payload: `<conference xmlns='${NS_BOOKMARKS}' name='${escapeXml(title)}' autojoin='true'><nick>${escapeXml(nick)}</nick></conference>`,
  }));
}

function displayedItems(domain: string, person: Person, rooms: readonly Room[]): Item[] {
  const isRoom = new Set(rooms.map((room) => room.name));
  return Object.entries(person.readUpTo ?? {}).map(([conversation, message]) => {
    const room = isRoom.has(conversation);
    const id = archiveId(room ? conversation : person.name, message);
    const by = room ? roomAddressOf(conversation, domain) : addressOf(person.name, domain);
    return {
      id: room ? by : addressOf(conversation, domain),
      payload: `<displayed xmlns='${NS_DISPLAYED}'><stanza-id xmlns='urn:xmpp:sid:0' by='${escapeXml(by)}' id='${id}'/></displayed>`,
    };
  });
}
