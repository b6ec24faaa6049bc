// What a tab asks of who reads in a room, and what a person decides about it.
import type { KeysGlance } from '../../contracts/keys.ts';
import type { OlderInRoom, ReadersDecision, RoomReader, RoomReaders } from '../../contracts/readers.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { EncryptionWish } from '../../model/protection.ts';
import type { ConversationRecord, Encryption } from '../ports.ts';
import type { Member } from '../sync/rooms/membership.ts';
import { awaitEncryption, type EncryptionHolder } from './await-encryption.ts';

/** What of an account these calls need. */
export interface ReadersHolder extends EncryptionHolder {
  readonly account: { readonly address: Address };
  readonly book: { get(id: ConversationId): ConversationRecord | undefined };
  readonly rooms: { learnMembers(room: Address): Promise<void>; membersOf(room: Address): Answer<readonly Member[]> };
  readonly people: { nameOf(person: Address): string };
  readonly messages: {
    readonly keyChanges: { switch(id: ConversationId, to: EncryptionWish): void };
    readonly readership: {
      confirm(room: ConversationId, decision: ReadersDecision): void;
      show(room: ConversationId, people: readonly Address[]): void;
    };
    readonly outbox: { decided(conversation: ConversationId): Promise<void> };
  };
}

/** Devices of many people may take long to learn: what is known is shown meanwhile. */
const PATIENCE_MS = 2_000;
const MOST_DECIDED = 5_000;

const NOT_FOUND = failed({ kind: 'not-found' });

export async function readReaders(session: ReadersHolder, room: ConversationId): Promise<Answer<RoomReaders>> {
  const record = session.book.get(room);
  if (record?.kind !== 'room') return NOT_FOUND;
  await session.rooms.learnMembers(room);
  const members = session.rooms.membersOf(room);
  if (!members.ok) return members.failure.kind === 'room-unfit' ? succeeded({ room, unfit: members.failure.why, people: [] }) : members;
  const others = members.value.filter(({ address }) => address !== session.account.address);
  const { glances, older } = await look(session, record, others.map(({ address }) => address)); // oxfmt-ignore
  session.messages.readership.show(room, others.map(({ address }) => address)); // oxfmt-ignore
  const people = others.map((member, at) => readerOf(session, record, member, glances[at]));
  people.sort((a, b) => a.name.localeCompare(b.name) || (a.person < b.person ? -1 : 1));
  return succeeded({ room, people, ...(older && older.only.length > 0 && { older }) });
}

export async function confirmReaders(session: ReadersHolder, room: ConversationId, wish: ReadersDecision): Promise<Answer<void>> {
  const decision = readDecision(wish);
  if (!decision || session.book.get(room)?.readers === undefined) return NOT_FOUND;
  session.messages.readership.confirm(room, decision);
  session.tellKeys(room);
  await session.messages.outbox.decided(room);
  return succeeded(undefined);
}

/** On only where it can be: whoever belongs there is asked for first. Nobody has to be asked to write in clear. */
export async function changeInRoom(session: ReadersHolder, room: ConversationId, to: EncryptionWish): Promise<Answer<void>> {
  if (to !== 'off') await session.rooms.learnMembers(room);
  const can = to === 'off' ? succeeded(undefined) : session.rooms.membersOf(room);
  if (!can.ok) return can;
  session.messages.keyChanges.switch(room, to);
  session.tellKeys(room);
  return succeeded(undefined);
}

/** The older method: only where somebody has nothing newer and can be reached by it. */
export async function canSpeakOlder(session: ReadersHolder, { legacy }: Encryption, room: ConversationId): Promise<Answer<boolean>> {
  await session.rooms.learnMembers(room);
  const members = session.rooms.membersOf(room);
  if (!members.ok) return members;
  const others = members.value.flatMap(({ address }) => (address === session.account.address ? [] : [address]));
  return succeeded((await legacy.among(others)).only.length > 0);
}

interface Look {
  readonly glances: readonly KeysGlance[];
  readonly older?: OlderInRoom | undefined;
}

/** Of the method that is in use there. */
async function look(session: ReadersHolder, { id: room, legacy }: ConversationRecord, people: readonly Address[]): Promise<Look> {
  const { pace } = session;
  const encryption = await awaitEncryption(session, room);
  if (!encryption) return { glances: [] };
  const isOlder = legacy === true && encryption.legacy.isOn;
  let isLate = false;
  const late = new Promise<undefined>((resolve) => void pace.after(PATIENCE_MS, () => resolve(void (isLate = true))));
  const learn = async (): Promise<OlderInRoom | undefined> => {
    await encryption.prepare(people, isOlder);
    const older = isOlder ? undefined : await encryption.legacy.among(people);
    if (isLate) session.tellKeys(room);
    return older;
  };
  const older = await Promise.race([learn(), late]);
  return { glances: await (isOlder ? encryption.legacy : encryption.trust).glance(people), older };
}

function readerOf({ people }: ReadersHolder, { readers }: ConversationRecord, member: Member, keys: KeysGlance | undefined): RoomReader {
  const { address: person, role } = member;
  const { devices = 0, undecided = 0, trust = 'first-use' } = keys ?? {};
  const isNew = readers !== undefined && !readers.approved.includes(person);
  return {
    person,
    name: people.nameOf(person),
    role,
    devices,
    undecided,
    trust,
    isNew,
    isPassedOver: readers?.without.includes(person) ?? false,
  };
}

/** Built from nothing but checked parts: it comes from a port. */
function readDecision({ people, without }: ReadersDecision): ReadersDecision | undefined {
  const areAll = [people, without].every(
    (all) => Array.isArray(all) && all.length <= MOST_DECIDED && all.every((one) => typeof one === 'string'),
  );
  return areAll ? { people: [...people], without: [...without] } : undefined;
}
