// Decisions on people's keys between own devices that were compared here. What is to be told is computed, not queued: a core that dies, a letter
// that is lost and a device that is compared later change nothing but the time.
//   decided, online, a week ──▶ told all of this? ──no──▶ sealed for that one device, on the disk ──▶ sent ──taken──▶ noted
//   a letter opens ──▶ its device compared here? ──yes──▶ taken, in the commit of the ratchet's step
//                           └──not yet──▶ kept ──compared──▶ taken       └──refused──▶ dropped
//   a device is no longer trusted ──▶ whom it compared waits for a word
import type { KeysOf } from '../../../contracts/keys.ts';
import type { Address } from '../../../model/account.ts';
import type { Answer } from '../../../model/failure.ts';
import { writeHint } from '../../../xmpp/codecs/hints.ts';
import { writeMessage } from '../../../xmpp/codecs/message.ts';
import { MOST_TOLD_KEYS, writeTrustMessage, type ToldKeys } from '../../../xmpp/codecs/trust-message.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Connection, EncryptionNeeds } from '../../ports.ts';
import { prepareDevices } from '../devices/reach.ts';
import { isLabelSigned } from '../exchange/label.ts';
import type { Shelf } from '../keyring.ts';
import { keepStates, readyDevice, type SealParts } from '../seal-words.ts';
import { isComparedHere, type KnownDevice } from './decide.ts';
import { decisionsOn, lettersOf, markOf, readLetter, type ToldPerson } from './letters.ts';
import { withoutWordOf, withTold } from './told.ts';

export interface TellingNeeds extends SealParts {
  readonly shelf: Shelf;
  readonly connection: Pick<Connection, 'send' | 'state'>;
  mintId(): string;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  commit(): Promise<Answer<void>>;
  noteStrict(person: Address): void;
  tookOver: EncryptionNeeds['tookOver'];
}

/** A trust message that was opened: the device that sealed it, and between whom it says that it went. */
export interface Letter {
  readonly device: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly keys: readonly ToldKeys[];
}

interface Row {
  /** On whose keys anything was decided. */
  readonly judged: readonly Address[];
  /** By own device: what it was told last, and when. */
  readonly told: Readonly<Record<string, { readonly mark: string; readonly at: number }>>;
  /** By own device: on whose keys its word was taken, and when last. */
  readonly taken: Readonly<Record<string, { readonly people: readonly Address[]; readonly at: number }>>;
}

interface Held {
  readonly device: number;
  readonly keys: readonly ToldKeys[];
}

const ROW = 'telling';
/** Of devices that nobody has compared yet. */
const HELD = 'telling held';
const NOTHING: Row = { judged: [], told: {}, taken: {} };
const MOST_HELD_DEVICES = 4;
/** On whose keys one device's word is taken. */
const MOST_PEOPLE = 2_000;
/** Said again then: who keeps a letter from us has to go on doing so. */
const AGAIN_AFTER_MS = 7 * 24 * 3_600_000;

export class Telling {
  readonly #needs: TellingNeeds;
  /** On its way to a device, and not known to be taken. */
  readonly #underWay = new Map<number, string>();

  constructor(needs: TellingNeeds) {
    this.#needs = needs;
  }

  load(): Promise<unknown> {
    const { shelf } = this.#needs;
    return Promise.all([shelf.load(ROW), shelf.load(HELD)]);
  }

  onFreshStream(): void {
    this.#underWay.clear();
  }

  /** Somebody's keys were decided on, here or by a letter. */
  decided(person: Address): void {
    const { judged } = this.#row;
    if (!judged.includes(person)) this.#change({ judged: [...judged, person] });
  }

  /** In a turn: what it changes goes with the ratchet's step. */
  async hear({ device: id, from, to, keys }: Letter): Promise<void> {
    const { self } = this.#needs;
    const device = this.#ownDevice(id);
    if (!device || device.trust === 'refused' || from !== self || to !== self) return;
    if (isComparedHere(device)) await this.#take(device, keys);
    else this.#hold(id, keys);
  }

  /** What own devices were found to be since: what was kept of them is taken or dropped, and what they told is doubted. */
  async settle(): Promise<void> {
    const { shelf } = this.#needs;
    for (const held of this.#held) {
      const device = this.#ownDevice(held.device);
      if (!device || (device.trust !== 'refused' && !isComparedHere(device))) continue;
      shelf.put(HELD, this.#held.filter((one) => one !== held)); // oxfmt-ignore
      if (device.trust !== 'refused') await this.#take(device, held.keys);
    }
    for (const id of Object.keys(this.#row.taken)) {
      const device = this.#ownDevice(Number(id));
      if (!device || !isComparedHere(device)) await this.#doubt(Number(id));
    }
  }

  /** Never inside a turn. Every own device that was compared here hears what it has not heard yet. */
  async tell(): Promise<void> {
    const { self, people, own, connection } = this.#needs;
    const compared = people.get(self).trust.devices.filter((one) => one.isListed && isComparedHere(one));
    if (compared.length === 0) return;
    const told = await this.#decisions();
    if (told.length === 0) return;
    for (const device of compared)
      if (own.keys && connection.state().stage === 'online' && this.#mustTell(device, told)) await this.#tellOne(device, told);
  }

  /** With what was told between this device and others of the account. */
  show(keys: KeysOf): KeysOf {
    if (!keys.isSelf) return keys;
    const { told, taken } = this.#row;
    const devices = keys.devices.map((device) => {
      const [toldAt, took] = [told[device.id]?.at, taken[device.id]];
      const exchange = { ...(toldAt !== undefined && { toldAt }), ...(took && { took: { people: took.people.length, at: took.at } }) };
      return device.method || device.isThisDevice || Object.keys(exchange).length === 0 ? device : { ...device, exchange };
    });
    return { ...keys, devices };
  }

  get #row(): Row {
    return { ...NOTHING, ...this.#needs.shelf.get<Row>(ROW) };
  }

  /** The newest last. */
  get #held(): readonly Held[] {
    return this.#needs.shelf.get<readonly Held[]>(HELD) ?? [];
  }

  #change(patch: Partial<Row>): void {
    this.#needs.shelf.put(ROW, { ...this.#row, ...patch } satisfies Row);
  }

  #ownDevice(id: number): KnownDevice | undefined {
    const { people, self } = this.#needs;
    return people.get(self).trust.devices.find((one) => one.id === id);
  }

  #hold(device: number, keys: readonly ToldKeys[]): void {
    const before = this.#held.find((one) => one.device === device)?.keys ?? [];
    const all = [...before, ...keys];
    const count = all.reduce((sum, { trusted, distrusted }) => sum + 1 + trusted.length + distrusted.length, 0);
    const held: Held = { device, keys: count > 2 * MOST_TOLD_KEYS ? keys : all };
    const others = this.#held.filter((one) => one.device !== device);
    this.#needs.shelf.put(HELD, [...others, held].slice(-MOST_HELD_DEVICES));
  }

  async #take(device: KnownDevice, keys: readonly ToldKeys[]): Promise<void> {
    const { self, own, now } = this.#needs;
    if (!own.keys) return;
    const people = new Set(this.#row.taken[device.id]?.people);
    let isNews = false;
    for (const one of readLetter(keys, self, own.keys.identity.public)) {
      const mayTake = people.size < MOST_PEOPLE || people.has(one.person);
      if (!mayTake || !(await this.#takeOne(one, device.id))) continue;
      people.add(one.person);
      isNews = true;
    }
    if (!isNews) return;
    this.#change({ taken: { ...this.#row.taken, [device.id]: { people: [...people], at: now() } } });
    this.#show();
    await this.#report(device, people.size);
  }

  async #takeOne({ person, ...told }: ToldPerson, toldBy: number): Promise<boolean> {
    const { people, noteStrict } = this.#needs;
    await people.load(person);
    const before = people.get(person).trust;
    const after = withTold(before, told, toldBy);
    if (after === before) return false;
    if (after.isStrict) noteStrict(person);
    people.judge(person, () => after);
    return true;
  }

  async #doubt(id: number): Promise<void> {
    const { people } = this.#needs;
    const { [id]: took, ...taken } = this.#row.taken;
    this.#change({ taken });
    for (const person of took?.people ?? []) {
      await people.load(person);
      const before = people.get(person).trust;
      const after = withoutWordOf(before, id);
      if (after !== before) people.judge(person, () => after);
    }
  }

  /** By the name that it has signed, or none. */
  async #report({ id, identity }: KnownDevice, count: number): Promise<void> {
    const { people, self, primitives, tookOver } = this.#needs;
    const listed = people.get(self).listed?.find((one) => one.id === id);
    const isSigned = listed !== undefined && (await isLabelSigned(primitives.curves, identity, listed));
    tookOver?.({ people: count, ...(isSigned && listed.label !== undefined && { from: listed.label }) });
  }

  async #decisions(): Promise<readonly ToldPerson[]> {
    const { own, people, self } = this.#needs;
    const persons = [...new Set([...own.row.strict, ...this.#row.judged])].toSorted();
    await Promise.all(persons.map((person) => people.load(person)));
    return persons.flatMap((person) => decisionsOn(person, people.get(person).trust, self));
  }

  #mustTell(device: KnownDevice, told: readonly ToldPerson[]): boolean {
    const { now } = this.#needs;
    const last = this.#row.told[device.id];
    const mark = this.#markFor(device, told);
    if (this.#underWay.get(device.id) === mark) return false;
    return last?.mark !== mark || now() - last.at > AGAIN_AFTER_MS;
  }

  #markFor({ identity }: KnownDevice, told: readonly ToldPerson[]): string {
    const { own } = this.#needs;
    return own.keys ? markOf(told, own.keys.identity.public, identity) : '';
  }

  async #tellOne(device: KnownDevice, told: readonly ToldPerson[]): Promise<void> {
    const { own, self, inTurn, commit } = this.#needs;
    const mark = this.#markFor(device, told);
    if (!own.keys || (await prepareDevices(this.#needs, own.keys.deviceId, self))) return;
    const sealed = await inTurn(() => this.#seal(device.id, told));
    if (sealed.length === 0 || !(await commit()).ok) return;
    this.#underWay.set(device.id, mark);
    let untaken = sealed.length;
    for (const one of sealed)
      this.#send(one, (isTaken) => {
        if (!isTaken) this.#underWay.delete(device.id);
        else if (--untaken === 0) this.#noteTold(device.id, mark);
      });
  }

  async #seal(id: number, told: readonly ToldPerson[]): Promise<readonly Element[]> {
    const { own, self, method, primitives, now } = this.#needs;
    const { keys } = own;
    const sealed: Element[] = [];
    for (const letter of lettersOf(told)) {
      const device = this.#ownDevice(id);
      const ready = keys && device && isComparedHere(device) && (await readyDevice(this.#needs, keys, self, id));
      if (!ready) return [];
      const envelope = { content: [writeTrustMessage(letter)], from: self, to: self, sealedAt: now() };
      const addressees = [{ account: self, id, device: ready }];
      const { message, addressees: after } = await method.seal(primitives, keys, addressees, method.pack(primitives.random, envelope));
      keepStates(this.#needs, keys.deviceId, after);
      sealed.push(message);
    }
    return sealed;
  }

  /** Nothing beside the seal says that people should know of it. */
  #send(sealed: Element, fate: (isTaken: boolean) => void): void {
    const { connection, mintId, self } = this.#needs;
    const stanza = writeMessage({ type: 'chat', id: mintId(), to: self }, undefined, [sealed, writeHint('store')]);
    connection.send(stanza, (what) => fate(what === 'taken'));
  }

  #noteTold(id: number, mark: string): void {
    this.#underWay.delete(id);
    this.#change({ told: { ...this.#row.told, [id]: { mark, at: this.#needs.now() } } });
    this.#show();
    void this.#needs.commit();
  }

  #show(): void {
    const { people, self } = this.#needs;
    people.tell({ person: self, what: 'told' });
  }
}
