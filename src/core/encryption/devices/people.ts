// The devices of people as they are known: what each account lists, whose keys were seen, and what is thought of them. A row for each person.
import type { Address } from '../../../model/account.ts';
import type { Trust } from '../../../model/protection.ts';
import type { ListedDevice } from '../../../xmpp/codecs/omemo-devices.ts';
import type { KeysNews } from '../../key-ports.ts';
import type { Shelf } from '../keyring.ts';
import type { IdentityPublic } from '../primitives/keys.ts';
import { becomeStrict, isAnother, listDevices, meetDevice, NOBODY_KNOWN, type AccountTrust, type KnownDevice } from '../trust/decide.ts';

export interface Person {
  readonly trust: AccountTrust;
  /** As the account last said. Absent: never heard. */
  readonly listed?: readonly ListedDevice[];
  /** Known devices that were on a list and are not any more. Who comes back is told of as if it were new: lists of before can be handed out again. */
  readonly left?: readonly number[];
  /** All that was listed has been met once: who comes from then on is new. */
  readonly isMet: boolean;
  /** When something of a device was last read, to the hour. */
  readonly seen: Readonly<Record<string, number>>;
}

export interface MetDevice {
  readonly id: number;
  readonly identity: IdentityPublic;
}

export type Tell = (news: KeysNews) => void;

const NOBODY: Person = { trust: NOBODY_KNOWN, isMet: false, seen: {} };
const HOUR_MS = 3_600_000;
/** Whoever makes devices without end is not followed. */
const MOST_KNOWN = 300;
const MOST_HEARD = 5_000;
const MOST_OTHER_KEYS = 3;

const nameOf = (person: Address): string => `person ${person}`;

export class People {
  readonly #keyring: Shelf;
  readonly #now: () => number;
  /** Lists of people whose row was not read yet. */
  readonly #heard = new Map<Address, readonly ListedDevice[]>();
  /** By device, the keys that are not the known one and were told of: each once, and a few are enough to know. */
  readonly #told = new Map<string, readonly string[]>();
  readonly tell: Tell;
  readonly #wasStrict: (person: Address) => boolean;

  constructor(keyring: Shelf, now: () => number, tell: Tell, wasStrict: (person: Address) => boolean) {
    this.#wasStrict = wasStrict;
    this.#keyring = keyring;
    this.#now = now;
    this.tell = tell;
  }

  /** To be awaited before anything else is asked about a person. */
  async load(person: Address): Promise<void> {
    await this.#keyring.load(nameOf(person));
    const heard = this.#heard.get(person);
    this.#heard.delete(person);
    if (heard) this.list(person, heard);
  }

  /**
   * A person whose keys nobody has looked at yet is not looked up for their list: at sign-in hundreds tell theirs. False where that is one too
   * many, and was not taken in.
   */
  hear(person: Address, listed: readonly ListedDevice[]): boolean {
    if (this.isLoaded(person)) this.list(person, listed);
    else if (this.#heard.size < MOST_HEARD || this.#heard.has(person)) this.#heard.set(person, listed);
    else return false;
    return true;
  }

  isLoaded(person: Address): boolean {
    return this.#keyring.isLoaded(nameOf(person));
  }

  get(person: Address): Person {
    const known = this.#keyring.get<Person>(nameOf(person)) ?? NOBODY;
    // Also where the disk lost what was known, or keys were compared in the other method.
    return known.trust.isStrict || !this.#wasStrict(person) ? known : { ...known, trust: becomeStrict(known.trust) };
  }

  list(person: Address, listed: readonly ListedDevice[]): void {
    const known = this.get(person);
    if (known.listed && isSameList(known.listed, listed)) return;
    const ids = listed.map(({ id }) => id);
    const left = leftOf(known, ids);
    this.#put(person, { ...known, trust: listDevices(known.trust, ids), listed, ...(left && { left }) });
    const isBack = ({ id, trust }: KnownDevice): boolean => trust !== 'refused' && known.left?.includes(id) === true && ids.includes(id);
    if (known.isMet) for (const { id } of known.trust.devices.filter(isBack)) this.tell({ person, device: id, what: 'new-device' });
  }

  /** Somebody whose devices are known has one more on the list. `ours`: this device, where the list is our own. */
  hasNews(person: Address, ours: number | undefined): boolean {
    const { isMet, listed = [], trust } = this.get(person);
    return isMet && listed.some(({ id }) => id !== ours && !trust.devices.some((one) => one.id === id));
  }

  /** Keys were seen: fetched, or on a message. */
  meet(person: Address, devices: readonly MetDevice[]): void {
    for (const device of devices) this.#meetOne(person, device);
  }

  /** Whoever comes from now on is told of. */
  markMet(person: Address): void {
    const known = this.get(person);
    if (!known.isMet) this.#put(person, { ...known, isMet: true });
  }

  /** Whether another key is known for this device; then that is told. */
  isAnother(person: Address, { id, identity }: MetDevice): boolean {
    if (!isAnother(this.get(person).trust, id, identity)) return false;
    const [name, key] = [`${person} ${id}`, identity.join()];
    const told = this.#told.get(name) ?? [];
    if (told.includes(key) || told.length >= MOST_OTHER_KEYS) return true;
    this.#told.set(name, [...told, key]);
    this.tell({ person, device: id, what: 'other-identity' });
    return true;
  }

  /** One more device would be too many. */
  isFull(person: Address, id: number): boolean {
    const { devices } = this.get(person).trust;
    return devices.length >= MOST_KNOWN && !devices.some((one) => one.id === id);
  }

  trustOf(person: Address, id: number): Trust | undefined {
    return this.get(person).trust.devices.find((one) => one.id === id)?.trust;
  }

  judge(person: Address, change: (trust: AccountTrust) => AccountTrust): void {
    const known = this.get(person);
    this.#put(person, { ...known, trust: change(known.trust) });
    this.tell({ person, what: 'decided' });
  }

  /** What another own device thought of them. Told only where it decides anything. */
  adopt(person: Address, trust: AccountTrust): void {
    const known = this.get(person);
    const listed = known.listed?.map(({ id }) => id);
    this.#put(person, { ...known, trust: listed ? listDevices(trust, listed) : trust });
    if (trust.isStrict) this.tell({ person, what: 'decided' });
  }

  noteSeen(person: Address, id: number, at: number): void {
    const known = this.get(person);
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    if ((known.seen[id] ?? 0) < hour) this.#put(person, { ...known, seen: { ...known.seen, [id]: hour } });
  }

  #meetOne(person: Address, { id, identity }: MetDevice): void {
    const known = this.get(person);
    const met = meetDevice(known.trust, id, identity, this.#now());
    if (met === known.trust || this.isFull(person, id)) return;
    const trust = known.listed ? listDevices(met, known.listed.map((one) => one.id)) : met; // oxfmt-ignore
    this.#put(person, { ...known, trust });
    if (trust.devices.at(-1)?.trust === 'undecided') this.tell({ person, device: id, what: 'undecided-device' });
    else if (trust.isStrict) this.tell({ person, what: 'decided' });
    else if (known.isMet) this.tell({ person, device: id, what: 'new-device' });
  }

  #put(person: Address, row: Person): void {
    this.#keyring.put(nameOf(person), row);
  }
}

function leftOf({ listed = [], left, trust }: Person, now: readonly number[]): readonly number[] | undefined {
  const isKnown = (id: number): boolean => trust.devices.some((one) => one.id === id);
  const gone = listed.map(({ id }) => id).filter((id) => isKnown(id) && left?.includes(id) !== true);
  const all = [...(left ?? []), ...gone].filter((id) => !now.includes(id));
  return left || all.length > 0 ? all : undefined;
}

const isSameList = (one: readonly ListedDevice[], other: readonly ListedDevice[]): boolean =>
  one.length === other.length && one.every((device, at) => isSameListed(device, other[at]!));

const isSameListed = (one: ListedDevice, other: ListedDevice): boolean =>
  one.id === other.id && one.label === other.label && String(one.labelSignature) === String(other.labelSignature);
