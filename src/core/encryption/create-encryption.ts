// Encryption of one account, put together. Loaded a moment after the first screen.
//
// Ratchets step in turns, one after the other. What a turn changed is handed on before it ends: to the journal by whoever had the turn,
// together with the words, or by the turn itself.
import type { Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { Encryption, EncryptionNeeds, Ratchets, SealedArrival, SealedWords, SealWish } from '../ports.ts';
import { Turns } from '../turns.ts';
import { Bundles } from './devices/bundles.ts';
import { DeviceLists } from './devices/device-lists.ts';
import { People, type Tell } from './devices/people.ts';
import { prepareDevices } from './devices/reach.ts';
import { Sessions } from './devices/sessions.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import { Keyring } from './keyring.ts';
import { openArrival } from './open-arrival.ts';
import { payAnswers } from './own/answers.ts';
import { OwnDevice } from './own/own-device.ts';
import { Publisher } from './own/publisher.ts';
import { TwinWatch } from './own/twin-watch.ts';
import { openCurves } from './primitives/choose-curves.ts';
import type { Primitives } from './primitives/curves.ts';
import { sealWords } from './seal-words.ts';
import { createTrusting } from './trust/trusting.ts';

const LEAVING_TAKES_MS = 3_000;
/** Whoever changes their list all the time is not followed at every step. */
const LOOKS_EVERY_MS = 60_000;

export async function createEncryption(needs: EncryptionNeeds): Promise<Encryption> {
  const { subtle, random } = needs.world;
  const made = new OwnEncryption(needs, { curves: await openCurves(subtle), subtle, random });
  await made.load();
  return made;
}

class OwnEncryption implements Encryption {
  readonly trust: Encryption['trust'];
  readonly #needs: EncryptionNeeds;
  readonly #primitives: Primitives;
  readonly #turns = new Turns();
  readonly #keyring: Keyring;
  readonly #own: OwnDevice;
  readonly #people: People;
  readonly #sessions: Sessions;
  readonly #lists: DeviceLists;
  readonly #bundles: Bundles;
  readonly #publisher: Publisher;
  readonly #twins: TwinWatch;
  readonly #listeners: Tell[] = [];
  readonly #looked = new Map<Address, number>();
  #isCatchingUp = false;
  #isInTurn = false;
  #isStopped = false;
  #paying: Promise<void> = Promise.resolve();

  constructor(needs: EncryptionNeeds, primitives: Primitives) {
    const { self, connection, now, label } = needs;
    const { clock, log } = needs.world;
    this.#needs = needs;
    this.#primitives = primitives;
    this.#keyring = new Keyring(needs.store);
    this.#own = new OwnDevice(this.#keyring, primitives, now);
    this.#people = new People(
      this.#keyring,
      now,
      (news) => this.#tell(news),
      (person) => this.#own.row.strict.includes(person),
    );
    this.#sessions = new Sessions(this.#keyring);
    this.#lists = new DeviceLists({ self, connection, people: this.#people, now });
    this.#bundles = new Bundles({ connection, curves: primitives.curves, now });
    const shared = { self, connection, primitives, now, own: this.#own, people: this.#people, lists: this.#lists };
    this.#publisher = new Publisher({ ...shared, label, clock, log, ...this.#writing(), confirm: () => this.#twins.confirm() });
    this.#twins = new TwinWatch({ self, connection, log, own: this.#own, ...this.#writing(), gaveUp: () => this.#publisher.wake() });
    this.trust = createTrusting({
      ...this.#parts(),
      curves: primitives.curves,
      publisher: this.#publisher,
      ensureOwn: () => this.#ensureOwn(),
      ...this.#writing(),
      onChange: (heard) => void this.#listeners.push(heard),
    });
  }

  async load(): Promise<void> {
    await Promise.all([this.#own.load(), this.#people.load(this.#needs.self)]);
    this.#keep();
  }

  turn<T>(work: (ratchets: Ratchets) => Promise<T>): Promise<T> {
    const before = this.#own.row;
    return this.#inTurn(() => work(this.#ratchets())).finally(() => this.#lookAfter(before));
  }

  async canEncryptFor(person: Address): Promise<Answer<boolean>> {
    const learnt = await this.#lists.learn(person);
    this.#keep();
    return learnt.ok ? succeeded((this.#people.get(person).listed ?? []).length > 0) : learnt;
  }

  async prepare(people: readonly Address[]): Promise<void> {
    const { deviceId } = await this.#sureOwn();
    await Promise.all([...new Set([...people, this.#needs.self])].map((one) => prepareDevices(this.#parts(), deviceId, one)));
    this.#keep();
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    if (how === 'fresh') for (const part of [this.#lists, this.#bundles, this.#publisher, this.#twins]) part.onFreshStream();
    this.#publisher.wake();
    this.#confirm();
    this.#pay();
  }

  onOffline(): void {
    this.#publisher.rest();
  }

  setCatchingUp(isCatchingUp: boolean): void {
    this.#isCatchingUp = isCatchingUp;
    this.#publisher.hold(isCatchingUp);
    if (!isCatchingUp) this.#pay();
  }

  hearDevices(person: Address, items: Parameters<Encryption['hearDevices']>[1]): boolean {
    if (person === this.#needs.self && this.#twins.hear(items)) return true;
    const isList = this.#lists.hear(person, items);
    if (isList && person === this.#needs.self) this.#publisher.wake();
    if (isList) this.#lookAt(person);
    this.#keep();
    return isList;
  }

  async leave(): Promise<void> {
    const { keys } = this.#own;
    this.#publisher.stop();
    if (!keys || this.#needs.connection.state().stage !== 'online') return;
    const { clock, log } = this.#needs.world;
    const late = new Promise<void>((resolve) => void clock.after(LEAVING_TAKES_MS, resolve));
    void this.#twins.forget(keys.deviceId);
    const told = this.#publisher.withdraw(keys.deviceId).then(({ ok }) => log.info('this device left the list', { ok }));
    await Promise.race([told, late]);
  }

  stop(): void {
    this.#isStopped = true;
    this.#publisher.stop();
  }

  #ratchets(): Ratchets {
    return {
      open: (arrival: SealedArrival) => openArrival({ ...this.#parts(), gaveUp: () => this.#publisher.wake() }, arrival),
      seal: (wish) => this.#seal(wish),
      takeChanged: () => this.#keyring.takeChanged(),
    };
  }

  #parts() {
    const [self, primitives, now] = [this.#needs.self, this.#primitives, this.#needs.now];
    const [own, people, sessions, lists, bundles] = [this.#own, this.#people, this.#sessions, this.#lists, this.#bundles];
    return { self, primitives, now, own, people, sessions, lists, bundles };
  }

  #writing() {
    return {
      inTurn: <T>(work: () => Promise<T>): Promise<T> => this.#inTurn(work),
      // Behind the turn that is under way, so that what changed beside it lies on the disk as well. Never inside a turn.
      commit: (): Promise<Answer<void>> => this.#inTurn(async () => undefined).then(() => this.#needs.commit()),
    };
  }

  /** Not before it is sure that nobody else steps these ratchets. `prepare` has asked. */
  async #seal(wish: SealWish): Promise<Answer<SealedWords>> {
    const own = await this.#makeOwn();
    if (this.#twins.isSure) return sealWords(this.#parts(), own, wish);
    return failed({ kind: this.#needs.connection.state().stage === 'online' ? 'no-answer' : 'offline' });
  }

  #confirm(): void {
    this.#twins.confirm().catch((defect: unknown) => this.#complain('twins were not looked for', defect));
  }

  /** What nobody took goes to the disk all the same. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(() => {
      this.#isInTurn = true;
      return work().finally(() => {
        this.#isInTurn = false;
        this.#keep();
      });
    });
  }

  /** Not while a turn is under way: its steps go with its words, and what changed beside it goes with them. */
  #keep(): void {
    if (this.#isInTurn) return;
    const changed = this.#keyring.takeChanged();
    if (changed.length > 0 && !this.#isStopped) this.#needs.keep(changed);
  }

  /** Once nobody else has these keys; otherwise others are made. */
  async #sureOwn(): Promise<OwnKeys> {
    await this.#ensureOwn();
    await this.#twins.confirm();
    const own = await this.#ensureOwn();
    await this.#twins.confirm();
    return own;
  }

  #ensureOwn(): Promise<OwnKeys> {
    const { keys } = this.#own;
    return keys ? Promise.resolve(keys) : this.#inTurn(() => this.#makeOwn());
  }

  async #makeOwn(): Promise<OwnKeys> {
    const isNew = !this.#own.keys;
    const keys = await this.#own.ensure((id) => this.#people.get(this.#needs.self).listed?.some((one) => one.id === id) ?? false);
    if (isNew) this.#publisher.wake();
    if (isNew) this.#confirm();
    return keys;
  }

  /** A device more where all were known: whose it is must not wait until somebody writes. */
  #lookAt(person: Address): void {
    const last = this.#looked.get(person) ?? -Infinity;
    const now = this.#needs.world.clock.now();
    if (!this.#people.hasNews(person, this.#own.keys?.deviceId) || now - last < LOOKS_EVERY_MS) return;
    this.#looked.set(person, now);
    void this.prepare([person]).catch((defect: unknown) => this.#complain('new devices were not looked at', defect));
  }

  #complain(what: string, defect: unknown): void {
    this.#needs.world.log.error(what, { defect: defect instanceof Error ? defect.name : typeof defect });
  }

  /** A turn used a prekey: nobody must find it any more. Or it owes an answer. */
  #lookAfter(before: OwnDevice['row']): void {
    const { keys, owed } = this.#own.row;
    if (keys !== before.keys) this.#publisher.wake();
    if (owed.length > 0) this.#pay();
  }

  #pay(): void {
    if (this.#isCatchingUp || this.#isStopped) return;
    const { self, connection, mintId, mayAnswer } = this.#needs;
    const pay = async (): Promise<void> => {
      if ((await this.#twins.confirm()).ok && this.#twins.isSure)
        await payAnswers({ ...this.#parts(), self, connection, mintId, mayAnswer, ...this.#writing() });
    };
    this.#paying = this.#paying.then(pay).catch((defect: unknown) => this.#complain('an answer was not sent', defect));
  }

  #tell(news: Parameters<Tell>[0]): void {
    for (const heard of this.#listeners) heard(news);
  }
}
