// What a tab asks of keys and devices. The account answers by its encryption, which is loaded a moment after the first screen.
import type { DeviceDecision, KeysOf } from '../../contracts/keys.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { EncryptionWish } from '../../model/protection.ts';
import { parseAddress } from '../../xmpp/jid.ts';
import type { Connection, ConversationRecord, Encryption } from '../ports.ts';
import { awaitEncryption } from './await-encryption.ts';
import { canSpeakOlder, changeInRoom, type ReadersHolder } from './readers-calls.ts';

/** What of an account these calls need. */
export interface KeysHolder extends ReadersHolder {
  readonly connection: Pick<Connection, 'state'>;
  /** Whose keys are to be read again once there is a line. */
  readonly keysToLearn: Set<Address>;
}

const DECISIONS: ReadonlySet<string> = new Set<DeviceDecision['trust']>(['verified', 'accepted', 'refused']);
const WISHES: ReadonlySet<string> = new Set<EncryptionWish>(['on', 'legacy', 'off']);
const FINGERPRINT = /^[0-9a-f]{8}(?: [0-9a-f]{8}){7}$/;
const SAFETY_NUMBER = /^\d{5}(?: \d{5}){11}$/;
const HIGHEST_DEVICE = 2 ** 31 - 1;

const NOT_FOUND = failed({ kind: 'not-found' });
const FORBIDDEN = failed({ kind: 'refused', reason: 'forbidden' });

/** Without a line what is known is shown: it is read again with the next one. */
export async function readKeys(session: KeysHolder, person: Address): Promise<Answer<KeysOf>> {
  const answer = await withPerson(session, person, ({ trust }, address) => trust.read(address));
  const isNobody = !answer.ok && answer.failure.kind === 'not-found';
  if (!isNobody && (!answer.ok || session.connection.state().stage !== 'online')) session.keysToLearn.add(person);
  return answer;
}

export async function decideOnDevice(session: KeysHolder, person: Address, wish: DeviceDecision): Promise<Answer<void>> {
  const decision = readDecision(wish);
  return decision ? withPerson(session, person, ({ trust }, address) => trust.decide(address, decision)) : NOT_FOUND;
}

export const compareKeys = (session: KeysHolder, person: Address, text: string): Promise<Answer<'same' | 'different' | 'not-a-key'>> =>
  withPerson(session, person, ({ trust }, address) => trust.compare(address, text));

export async function confirmSafetyNumber(session: KeysHolder, person: Address, number: string): Promise<Answer<'same' | 'different'>> {
  if (!SAFETY_NUMBER.test(number)) return NOT_FOUND;
  return withPerson(session, person, ({ trust }, address) => trust.confirmNumber(address, number));
}

export const renewSessions = (session: KeysHolder, person: Address): Promise<Answer<void>> =>
  withPerson(session, person, ({ trust }, address) => trust.renew(address));

export async function removeOwnDevice(session: KeysHolder, device: number): Promise<Answer<void>> {
  return isDevice(device) ? withEncryption(session, session.account.address, ({ trust }) => trust.remove(device)) : NOT_FOUND;
}

/** Only where it can be read: by a device of the person, or in a room of members only. Nobody has to be asked to write in clear. */
export async function changeEncryption(session: KeysHolder, id: ConversationId, to: EncryptionWish): Promise<Answer<void>> {
  const record = session.book.get(id);
  if (!record) return NOT_FOUND;
  if (!WISHES.has(to)) return FORBIDDEN;
  const isRoom = record.kind === 'room';
  if (isRoom && to !== 'legacy') return changeInRoom(session, id, to);
  const can = to === 'off' ? succeeded(true) : await withEncryption(session, id, (there) => canRead(session, there, record, to));
  if (!can.ok) return can;
  if (!can.value) return failed({ kind: 'keys-missing', person: id });
  const isSpoken = to === 'legacy' ? await changeLegacy(session, 'on') : can;
  if (!isSpoken.ok) return isSpoken;
  if (isRoom) return changeInRoom(session, id, to);
  session.messages.keyChanges.switch(id, to);
  return succeeded(undefined);
}

function canRead(session: KeysHolder, there: Encryption, { id, kind }: ConversationRecord, to: 'on' | 'legacy'): Promise<Answer<boolean>> {
  if (kind === 'room') return canSpeakOlder(session, there, id);
  return to === 'on' ? there.canEncryptFor(id) : there.legacy.canReach(id);
}

/** Whether this account speaks the older method at all. */
export async function changeLegacy(session: KeysHolder, to: 'on' | 'off'): Promise<Answer<void>> {
  return to === 'on' || to === 'off' ? withEncryption(session, session.account.address, ({ legacy }) => legacy.switch(to)) : NOT_FOUND;
}

async function withPerson<T>(
  session: KeysHolder,
  person: Address,
  ask: (encryption: Encryption, person: Address) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const address = parseAddress(person);
  return address === person ? withEncryption(session, address, (encryption) => ask(encryption, address)) : NOT_FOUND;
}

async function withEncryption<T>(
  session: KeysHolder,
  whose: Address,
  ask: (encryption: Encryption) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const encryption = await awaitEncryption(session, whose);
  if (encryption) return ask(encryption);
  return failed({ kind: session.connection.state().stage === 'online' ? 'no-answer' : 'offline' });
}

/** Built from nothing but checked parts: it comes from a port. */
function readDecision({ device, fingerprint, trust }: DeviceDecision): DeviceDecision | undefined {
  const isOne = isDevice(device) && typeof fingerprint === 'string' && FINGERPRINT.test(fingerprint) && DECISIONS.has(trust);
  return isOne ? { device, fingerprint, trust } : undefined;
}

const isDevice = (id: number): boolean => Number.isSafeInteger(id) && id > 0 && id <= HIGHEST_DEVICE;
