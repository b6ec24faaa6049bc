// A sealed message that came: opened, held against the message around it, and only then is the step of its ratchet kept.
//
// Where the envelope does not fit the message it came in, somebody moved it. Its step is not kept either: otherwise the true message
// would be taken for a repeat when it comes.
import type { Address } from '../../model/account.ts';
import type { UnreadableWhy } from '../../model/protection.ts';
import { isMeantForPeople } from '../../xmpp/codecs/encrypted.ts';
import { readAccounts } from '../../xmpp/codecs/omemo-message.ts';
import { isTrustMessage, readTrustMessage } from '../../xmpp/codecs/trust-message.ts';
import type { Envelope } from '../../xmpp/codecs/envelope.ts';
import type { SealedArrival, Unsealed } from '../ports.ts';
import type { People } from './devices/people.ts';
import type { Sessions } from './devices/sessions.ts';
import { faultsOf } from './envelope.ts';
import { noteUsed, type OwnKeys } from './exchange/own-keys.ts';
import type { Method } from './method.ts';
import type { ForUs, MessageOpening } from './open-message.ts';
import type { OwnDevice } from './own/own-device.ts';
import { isAhead } from './own/own-steps.ts';
import type { IdentityPublic } from './primitives/keys.ts';
import { isSameIdentity } from './primitives/edwards.ts';
import type { Primitives } from './primitives/curves.ts';
import type { Letter } from './trust/telling.ts';

export interface OpenParts {
  readonly method: Method;
  readonly self: Address;
  readonly primitives: Primitives;
  readonly own: OwnDevice;
  readonly people: People;
  readonly sessions: Sessions;
  now(): number;
  /** This device was a copy of an older one, and is another from here on. */
  giveUp(): void;
  /** What own devices tell of keys. Absent in a method that cannot say between whom it went. */
  heard?(letter: Letter): Promise<void>;
}

type Opened = Extract<MessageOpening, { outcome: 'opened' }>;

/** In a turn. */
export async function openArrival(parts: OpenParts, arrival: SealedArrival): Promise<Unsealed> {
  const own = parts.own.keys;
  const message = parts.method.read(arrival.message, parts.self, own?.deviceId ?? 0);
  if (!message) return unreadable('tampered');
  // This very device wrote it: words are known by their id, all else of ours is nothing to show.
  if (own && arrival.sender === parts.self && message.sender === own.deviceId) return ownWords(parts, own, arrival);
  if (!own || !message.key) return message.payload && isMeantForPeople(arrival.message) ? unreadable('not-for-this-device') : SILENT;
  return openForUs(parts, own, { ...arrival, message });
}

/** Nothing to show; but it may tell that these keys live on elsewhere. */
async function ownWords(parts: OpenParts, { deviceId }: OwnKeys, arrival: SealedArrival): Promise<Unsealed> {
  const ahead = await Promise.all(readersOf(parts, arrival).map((reader) => isAhead(parts, deviceId, reader, arrival.message)));
  if (ahead.includes(true)) parts.giveUp();
  return SILENT;
}

function readersOf({ method, self }: OpenParts, { message, recipient, isRoom, readers = [] }: SealedArrival): readonly Address[] {
  if (!isRoom) return [recipient];
  return method.saysWho ? (readAccounts(message) as readonly Address[]) : [...readers, self];
}

type Read = Omit<SealedArrival, 'message'> & { readonly message: ForUs };

async function openForUs(parts: OpenParts, own: OwnKeys, arrival: Read): Promise<Unsealed> {
  const { method, people, sessions, primitives } = parts;
  const { sender: person, message } = arrival;
  await Promise.all([people.load(person), sessions.load(person, [message.sender])]);
  const identities = claimedIdentities(method, message);
  if (identities.some((identity) => people.isAnother(person, { id: message.sender, identity }))) return unreadable('other-identity');
  if (people.isFull(person, message.sender)) return unreadable('no-session');
  if (!method.saysWho && (await areAnothers(people, arrival, identities))) return unreadable('tampered');
  const device = sessions.get(own.deviceId, person, message.sender);
  const opening = await method.open(primitives, { message, own, device });
  return opening.outcome === 'opened' ? readOpened(parts, own, arrival, opening) : unsealedOf(opening);
}

/** As key exchanges say it. Whether it is true shows when they open. */
function claimedIdentities({ dialect }: Method, { key, more = [] }: ForUs): readonly IdentityPublic[] {
  return [key, ...more].flatMap((one) => (one?.withExchange && dialect.readExchange(one.bytes)?.exchange.identity) || []);
}

/**
 * In a room everybody has everybody's messages. Where nothing inside says whose they are, a key that is known as another reader's was put
 * under this name.
 */
async function areAnothers(people: People, { sender, readers = [] }: Read, identities: readonly IdentityPublic[]): Promise<boolean> {
  if (identities.length === 0) return false;
  await Promise.all(readers.map((reader) => people.load(reader)));
  const knows = (person: Address): boolean =>
    people.get(person).trust.devices.some((one) => identities.some((identity) => isSameIdentity(one.identity, identity)));
  return !knows(sender) && readers.some((reader) => reader !== sender && knows(reader));
}

async function readOpened(parts: OpenParts, own: OwnKeys, arrival: Read, opening: Opened): Promise<Unsealed> {
  const { sender: person, message } = arrival;
  const envelope = opening.plaintext && parts.method.unpack(opening.plaintext);
  const faults = envelope && parts.method.saysWho ? faultsOf(envelope, arrival) : [];
  const isMoved = envelope ? faults.some((fault) => fault !== 'other-time') : opening.plaintext !== undefined;
  if (isMoved) return unreadable('tampered');
  keepStep(parts, own, arrival, opening);
  if (envelope) await hearKeys(parts, arrival, envelope);
  const content = envelope?.content.filter((one) => !isTrustMessage(one)) ?? [];
  if (content.length === 0) return SILENT;
  const trust = parts.people.trustOf(person, message.sender) ?? 'undecided';
  const isTimeOdd = faults.includes('other-time');
  const protection = { how: parts.method.dialect.name, trust };
  return { outcome: 'opened', content, protection, ...(isTimeOdd && { timeCertain: false }) };
}

/** Nobody tells us of keys but we ourselves, and in no room: who hears of them looks at what the envelope says, which fits the message. */
async function hearKeys({ heard }: OpenParts, { message }: Read, { from, to, content }: Envelope): Promise<void> {
  for (const one of content.filter(isTrustMessage)) {
    const keys = readTrustMessage(one);
    if (keys) await heard?.({ device: message.sender, from, to, keys });
  }
}

function keepStep(parts: OpenParts, own: OwnKeys, { sender: person, message, sentAt }: Read, opening: Opened): void {
  const { people, sessions, own: ownDevice } = parts;
  people.meet(person, [{ id: message.sender, identity: opening.device.identity }]);
  sessions.put(own.deviceId, person, message.sender, opening.device);
  if (opening.own !== own) ownDevice.change({ keys: noteUsed(opening.own, parts.now()) });
  people.noteSeen(person, message.sender, Math.min(sentAt, parts.now()));
  if (opening.answer) ownDevice.owe(person, message.sender);
}

const WHY: Readonly<Record<string, UnreadableWhy>> = {
  malformed: 'tampered',
  'bad-key': 'tampered',
  'payload-changed': 'tampered',
  'other-identity': 'other-identity',
};

function unsealedOf(opening: Exclude<MessageOpening, { outcome: 'opened' }>): Unsealed {
  // Whether it is for this device was asked before.
  if (opening.outcome !== 'refused') return SILENT;
  // Nobody can tell a message that was changed from one of a session that is behind. A person may begin anew, and that helps the second.
  return unreadable(WHY[opening.why] ?? 'no-session');
}

const SILENT: Unsealed = { outcome: 'silent' };
const unreadable = (why: UnreadableWhy): Unsealed => ({ outcome: 'unreadable', why });
