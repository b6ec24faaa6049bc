// What the records say, as it is written and as it is read back. Nothing is taken over that does not have its right shape: whoever made the
// file knew the words, and that is all that is known of them.
import type { Address } from '../../model/account.ts';
import type { KeyChange, Message, ReadMarks } from '../../model/message.ts';
import type { UnreadableWhy } from '../../model/protection.ts';
import type { BackupConversation, BackupItem } from '../backup-ports.ts';
import type { CarriedDevice, CarriedTrust } from '../carried-trust.ts';
import type { StoredMessage } from '../ports.ts';
import { readFile, writeFile } from './kept-file.ts';

export interface BackupAccount {
  address: string;
  writtenAt: number;
}

export interface BackupEnd {
  conversations: number;
  messages: number;
}

const LONGEST_TEXT = 70_000;
const LONGEST_ID = 1_000;
const MOST_DEVICES = 300;
const CONTENTS: ReadonlySet<unknown> = new Set<Message['content']>(['text', 'unreadable', 'keys-changed']);
const TRUSTS: ReadonlySet<unknown> = new Set<CarriedDevice['trust']>(['first-use', 'verified', 'accepted', 'undecided', 'refused']);
const ENCRYPTIONS: ReadonlySet<unknown> = new Set<BackupConversation['encryption']>(['on', 'off']);
const CHANGES: ReadonlySet<unknown> = new Set<KeyChange['what']>([
  'new-device',
  'undecided-device',
  'other-identity',
  'encryption-on',
  'encryption-legacy',
  'encryption-off',
  'member-came',
  'member-left',
  'room-unfit',
]);
const REASONS: ReadonlySet<unknown> = new Set<UnreadableWhy>([
  'not-for-this-device',
  'no-session',
  'tampered',
  'other-identity',
  'unknown-method',
  'unknown-sender',
]);
const FINGERPRINT = /^[0-9a-f]{64}$/;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
const isText = (value: unknown, longest = LONGEST_ID): value is string => typeof value === 'string' && value.length <= longest;
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value);
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isOptional = (value: unknown, fits: (value: unknown) => boolean): boolean => value === undefined || fits(value);
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

export function readAccount(value: unknown): BackupAccount | undefined {
  const { address, writtenAt } = fieldsOf(value) ?? {};
  return isText(address) && isTime(writtenAt) ? { address, writtenAt } : undefined;
}

export function readEnd(value: unknown): BackupEnd | undefined {
  const { conversations, messages } = fieldsOf(value) ?? {};
  return isPlace(conversations) && isPlace(messages) ? { conversations, messages } : undefined;
}

/** What is infinite has no JSON: a mark that was never set is left out. */
export function writeConversation({ marks, ...rest }: BackupConversation): object {
  return { ...rest, marks: Object.fromEntries(Object.entries(marks).filter(([, place]) => Number.isFinite(place))) };
}

export function readConversation(value: unknown, isAddress: (text: string) => boolean): BackupConversation | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const { id, kind, title, muted, pinned, draft, encryption, complete, isContact } = fields;
  const [marks, room] = [readMarks(fields['marks']), readRoom(fields['room'])];
  const isOne = isText(id) && isAddress(id) && (kind === 'direct' || kind === 'room') && isText(title) && marks !== undefined;
  if (!isOne || ![muted, pinned, complete, isContact].every(isFlag) || (kind === 'room') !== (room !== undefined)) return undefined;
  if (!isOptional(draft, (text) => isText(text, LONGEST_TEXT)) || !isOptional(encryption, (to) => ENCRYPTIONS.has(to))) return undefined;
  const checked = { id, kind, title, muted, pinned, complete, isContact, marks, ...optional({ draft, encryption, room }) };
  return checked as unknown as BackupConversation;
}

export function readItems(value: unknown, conversation: Address): readonly BackupItem[] | undefined {
  const items = fieldsOf(value)?.['messages'];
  if (!Array.isArray(items)) return undefined;
  const read = items.map((item) => readItem(item, conversation));
  const isWhole = read.every((item, at) => item && (at === 0 || item.message.order > (read[at - 1]?.message.order ?? Infinity)));
  return isWhole ? (read as BackupItem[]) : undefined;
}

/** Most of a message is as it mostly is, and then not written. */
export function writeItem({ message, gap }: BackupItem): object {
  const { conversation: _, own, timeCertain, mentionsMe, content, file: _file, fileSource: _source, ...rest } = message;
  return {
    ...rest,
    ...writeFile(message),
    ...(own && { own }),
    ...(!timeCertain && { timeCertain }),
    ...(mentionsMe && { mentionsMe }),
    ...(content !== 'text' && { content }),
    ...(gap && { gap }),
  };
}

function readItem(value: unknown, conversation: Address): BackupItem | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const { gap, file, fileSource: _, ...rest } = fields;
  const withFile = file === undefined ? {} : readFile(file);
  const message = { own: false, timeCertain: true, mentionsMe: false, content: 'text', ...rest, ...withFile, conversation } as Fields;
  if (!withFile || !isMessage(message) || !isOptional(gap, isGap)) return undefined;
  return { message, ...(gap !== undefined && { gap: gap as NonNullable<BackupItem['gap']> }) };
}

function isMessage(message: Fields): message is Fields & StoredMessage {
  const { id, order, author, authorName, text, sentAt, content, archiveId, originId, own, timeCertain, mentionsMe } = message;
  return (
    [id, author, authorName].every((one) => isText(one)) &&
    isPlace(order) &&
    isText(text, LONGEST_TEXT) &&
    isTime(sentAt) &&
    CONTENTS.has(content) &&
    [archiveId, originId].every((one) => isOptional(one, (text_) => isText(text_) && text_ !== '')) &&
    [own, timeCertain, mentionsMe].every(isFlag) &&
    isOptional(message['protection'], isProtection) &&
    isOptional(message['unreadable'], (why) => REASONS.has(why)) &&
    message['outbox'] === undefined &&
    (content === 'keys-changed') === isKeyChange(message['keyChange'])
  );
}

function isProtection(value: unknown): boolean {
  const { how, trust } = fieldsOf(value) ?? {};
  return how === 'plain' || ((how === 'omemo-2' || how === 'legacy') && TRUSTS.has(trust));
}

function isKeyChange(value: unknown): boolean {
  const { what, person, device } = fieldsOf(value) ?? {};
  return CHANGES.has(what) && isOptional(person, (one) => isText(one)) && isOptional(device, isPlace);
}
const isGap = (value: unknown): boolean => {
  const { beforeArchiveId, afterArchiveId } = fieldsOf(value) ?? { beforeArchiveId: 0 };
  return [beforeArchiveId, afterArchiveId].every((id) => isOptional(id, (text) => isText(text)));
};

function readMarks(value: unknown): ReadMarks | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const [deliveredUpTo = -Infinity, displayedUpTo = -Infinity, readUpTo = -Infinity] = ['deliveredUpTo', 'displayedUpTo', 'readUpTo'].map(
    (name) => fields[name] as number | undefined,
  );
  const marks = { deliveredUpTo, displayedUpTo, readUpTo };
  return Object.values(marks).every((place) => place === -Infinity || isTime(place)) ? marks : undefined;
}

function readRoom(value: unknown): BackupConversation['room'] {
  const { nick, subject } = fieldsOf(value) ?? {};
  return isText(nick) ? { nick, autojoin: false, ...(isText(subject, LONGEST_TEXT) && { subject }) } : undefined;
}

export function readTrust(value: unknown, isAddress: (text: string) => boolean): CarriedTrust | undefined {
  const { person, isStrict, devices } = fieldsOf(value) ?? {};
  if (!isText(person) || !isAddress(person) || !isFlag(isStrict) || !Array.isArray(devices) || devices.length > MOST_DEVICES)
    return undefined;
  return devices.every(isDevice) ? { person: person as Address, isStrict, devices } : undefined;
}

function isDevice(value: unknown): value is CarriedDevice {
  const { id, fingerprint, trust, firstSeenAt } = fieldsOf(value) ?? {};
  return isPlace(id) && id > 0 && isText(fingerprint) && FINGERPRINT.test(fingerprint) && TRUSTS.has(trust) && isTime(firstSeenAt);
}

const optional = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
