// Encryption of one account, put together. Loaded a moment after the first screen.
//
// Ratchets step in turns, one after the other. What a turn changed is handed on before it ends: to the journal by whoever had the turn,
// together with the words, or by the turn itself.
import type { Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { NS_LEGACY_OMEMO, NS_OMEMO } from '../../xmpp/namespaces.ts';
import { child } from '../../xmpp/xml.ts';
import type { KeysNews } from '../key-ports.ts';
import { ROLLED_BACK } from '../ports.ts';
import type { Encryption, EncryptionNeeds, Ratchets, SealedArrival, SealedWords, SealWish, Unsealed } from '../ports.ts';
import { Turns } from '../turns.ts';
import { Lookout } from './devices/lookout.ts';
import type { Tell } from './devices/people.ts';
import { Keyring } from './keyring.ts';
import { LegacyHalf } from './legacy-half.ts';
import { OMEMO_2_METHOD } from './omemo-2-method.ts';
import { openArrival } from './open-arrival.ts';
import type { OwnRow } from './own/own-device.ts';
import { TwinWatch } from './own/twin-watch.ts';
import { openCurves } from './primitives/choose-curves.ts';
import type { Primitives } from './primitives/curves.ts';
import { sealWords } from './seal-words.ts';
import { Side, type Account } from './side.ts';
import { trustInBoth } from './trust/both-methods.ts';
import { Telling } from './trust/telling.ts';

const LEAVING_TAKES_MS = 3_000;

export async function createEncryption(needs: EncryptionNeeds): Promise<Encryption> {
  const { subtle, random } = needs.world;
  const made = new OwnEncryption(needs, { curves: await openCurves(subtle), subtle, random });
  await made.load();
  return made;
}

class OwnEncryption implements Encryption {
  readonly trust: Encryption['trust'];
  readonly legacy: LegacyHalf;
  readonly #needs: EncryptionNeeds;
  readonly #turns = new Turns();
  readonly #keyring: Keyring;
  readonly #side: Side;
  readonly #twins: TwinWatch;
  readonly #telling: Telling;
  readonly #listeners: Tell[] = [];
  readonly #lookout: Lookout;
  #isCatchingUp = false;
  #isInTurn = false;
  #isStopped = false;
  #isToldSoon = false;
  #paying: Promise<void> = Promise.resolve();

  constructor(needs: EncryptionNeeds, primitives: Primitives) {
    const { self, connection } = needs;
    this.#needs = needs;
    this.#keyring = new Keyring(needs.store);
    this.#lookout = new Lookout(needs.world.clock);
    const account = this.#account(primitives);
    this.#side = new Side(account, OMEMO_2_METHOD, this.#keyring, (news) => this.#tell(news));
    this.legacy = new LegacyHalf(account, this.#keyring, this.#side, (news) => this.#tell({ ...news, method: 'legacy' }));
    const { log } = needs.world;
    this.#twins = new TwinWatch({ self, connection, log, own: this.#side.own, ...account, gaveUp: () => this.#giveUp() });
    const { tookOver, mintId } = needs;
    this.#telling = new Telling({ ...account, ...this.#side.parts(), shelf: this.#keyring, connection, mintId, tookOver });
    this.trust = trustInBoth(this.#side, this.legacy, (keys) => this.#telling.show(keys));
  }

  async load(): Promise<void> {
    await this.#keyring.load(ROLLED_BACK);
    const isRolledBack = this.#keyring.get(ROLLED_BACK) !== undefined;
    await this.#side.load();
    await this.legacy.load(isRolledBack);
    await this.#telling.load();
    this.#keep();
  }

  turn<T>(work: (ratchets: Ratchets) => Promise<T>): Promise<T> {
    const before = this.#sides().map((side) => [side, side.own.row] as const);
    return this.#inTurn(() => work(this.#ratchets())).finally(() => this.#lookAfter(before));
  }

  async canEncryptFor(person: Address): Promise<Answer<boolean>> {
    const learnt = await this.#side.lists.learn(person);
    this.#keep();
    return learnt.ok ? succeeded(this.#side.hasListed(person) || this.#side.hasMet(person)) : learnt;
  }

  async prepare(people: readonly Address[], mayBeLegacy = false): Promise<void> {
    await this.#sureOwn();
    await this.#side.prepare(new Set([...people, this.#needs.self]));
    await this.legacy.prepare(people, mayBeLegacy);
    this.#keep();
  }

  isAtHand(person: Address): boolean {
    const side = this.#side;
    return this.#twins.isSure && side.hasListed(person) && [person, this.#needs.self].every((one) => side.isAtHand(one));
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    if (how === 'fresh') for (const part of [...this.#sides(), this.#twins, this.#telling, this.legacy]) part.onFreshStream();
    this.legacy.listen();
    this.#wake();
    this.#confirm();
    this.#pay();
  }

  onOffline(): void {
    for (const { publisher } of this.#sides()) publisher.rest();
  }

  setCatchingUp(isCatchingUp: boolean): void {
    this.#isCatchingUp = isCatchingUp;
    for (const { publisher } of this.#sides()) publisher.hold(isCatchingUp);
    this.#pay();
  }

  hearDevices(person: Address, items: Parameters<Encryption['hearDevices']>[1]): boolean {
    if (person === this.#needs.self && this.#twins.hear(items)) return true;
    const heard = this.#sides().filter(({ lists }) => lists.hear(person, items));
    for (const side of heard) {
      if (person === this.#needs.self) side.publisher.wake();
      this.#lookAt(side, person);
    }
    this.#keep();
    return heard.length > 0;
  }

  async leave(): Promise<void> {
    const { keys } = this.#side.own;
    for (const { publisher } of this.#sides()) publisher.stop();
    if (!keys || this.#needs.connection.state().stage !== 'online') return;
    const { clock } = this.#needs.world;
    const late = new Promise<void>((resolve) => void clock.after(LEAVING_TAKES_MS, resolve));
    void this.#twins.forget(keys.deviceId);
    await Promise.race([Promise.all(this.#sides().map((side) => this.#withdraw(side))), late]);
  }

  stop(): void {
    this.#isStopped = true;
    this.#lookout.stop();
    for (const { publisher } of this.#sides()) publisher.stop();
  }

  /** Both methods, as far as they are spoken. */
  #sides(): readonly Side[] {
    const { side } = this.legacy;
    return side ? [this.#side, side] : [this.#side];
  }

  async #withdraw({ own, publisher }: Side): Promise<void> {
    const { ok } = own.keys ? await publisher.withdraw(own.keys.deviceId) : { ok: true };
    this.#needs.world.log.info('this device left the list', { ok });
  }

  #account(primitives: Primitives): Account {
    return {
      needs: this.#needs,
      primitives,
      inTurn: <T>(work: () => Promise<T>): Promise<T> => this.#inTurn(work),
      commit: () => this.#inTurn(async () => undefined).then(() => this.#needs.commit()),
      confirm: () => this.#twins.confirm(),
      isStrictWith: (person) => this.#side.own.row.strict.includes(person),
      noteStrict: (person) => this.#side.own.noteStrict(person),
      onChange: (heard) => void this.#listeners.push(heard),
    };
  }

  #ratchets(): Ratchets {
    return {
      open: (arrival) => this.#open(arrival),
      seal: (wish) => this.#seal(wish),
      takeChanged: () => this.#keyring.takeChanged(),
    };
  }

  /** Where a message bears both methods the older one counts only if the newer was written for other devices. */
  async #open(arrival: SealedArrival): Promise<Unsealed> {
    const { side } = this.legacy;
    const legacy = child(arrival.message, 'encrypted', NS_LEGACY_OMEMO) ? side : undefined;
    const isNewer = child(arrival.message, 'encrypted', NS_OMEMO) !== undefined;
    if (!isNewer && !legacy) return { outcome: 'unreadable', why: 'unknown-method' };
    const opened = isNewer ? await this.#openBy(this.#side, arrival) : undefined;
    const isForOthers = opened?.outcome === 'unreadable' && opened.why === 'not-for-this-device';
    return legacy && (!opened || isForOthers) ? this.#openBy(legacy, arrival) : opened!;
  }

  #openBy(side: Side, arrival: SealedArrival): Promise<Unsealed> {
    const parts = { ...side.parts(), giveUp: () => this.#giveUp() };
    return openArrival(side === this.#side ? { ...parts, heard: (letter) => this.#telling.hear(letter) } : parts, arrival);
  }

  /** Not before it is sure that nobody else steps these ratchets. `prepare` has asked. */
  async #seal(wish: SealWish): Promise<Answer<SealedWords>> {
    await this.#makeOwn();
    if (!this.#twins.isSure) return failed({ kind: this.#needs.connection.state().stage === 'online' ? 'no-answer' : 'offline' });
    const side = this.legacy.sideFor(wish) ?? this.#side;
    return sealWords(side.parts(), await side.makeOwn(), wish);
  }

  #wake(): void {
    for (const { publisher } of this.#sides()) publisher.wake();
  }

  /** A copy that was found out is another device from here on, in either method. */
  #giveUp(): void {
    for (const side of this.#sides()) side.giveUp();
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
    if (!this.#isStopped) this.#needs.keep(changed);
  }

  /** Once nobody else has these keys; otherwise others are made. */
  async #sureOwn(): Promise<void> {
    await this.#ensureOwn();
    await this.#twins.confirm();
    await this.#ensureOwn();
    await this.#twins.confirm();
  }

  async #ensureOwn(): Promise<void> {
    if (!this.#side.own.keys) await this.#inTurn(() => this.#makeOwn());
  }

  async #makeOwn(): Promise<void> {
    const isNew = !this.#side.own.keys;
    await this.#side.makeOwn();
    if (isNew) this.#confirm();
  }

  /** A device more where all were known: whose it is must not wait until somebody writes. */
  #lookAt(side: Side, person: Address): void {
    const { self } = this.#needs;
    if (!side.people.hasNews(person, person === self ? side.own.keys?.deviceId : undefined)) return;
    this.#lookout.look(`${side.method.dialect.name} ${person}`, () => {
      side
        .prepare(new Set([person, self]))
        .then(() => this.#keep())
        .catch((defect: unknown) => this.#complain('new devices were not looked at', defect));
    });
  }

  #complain(what: string, defect: unknown): void {
    this.#needs.world.log.error(what, { defect: defect instanceof Error ? defect.name : typeof defect });
  }

  #lookAfter(before: readonly (readonly [Side, OwnRow])[]): void {
    const owes = before.map(([side, row]) => side.lookAfter(row));
    if (owes.includes(true)) this.#pay();
  }

  #pay(): void {
    if (this.#isCatchingUp || this.#isStopped) return;
    const pay = async (): Promise<void> => {
      if (!(await this.#twins.confirm()).ok || !this.#twins.isSure) return;
      for (const side of this.#sides()) await side.pay();
      await this.#telling.tell();
    };
    this.#paying = this.#paying.then(pay).catch((defect: unknown) => this.#complain('an answer was not sent', defect));
  }

  #tell(news: KeysNews): void {
    if (news.what === 'decided' && news.method !== 'legacy') this.#decided(news.person);
    for (const heard of this.#listeners) heard(news);
  }

  /** Own other devices hear of it, many decisions at once. */
  #decided(person: Address): void {
    this.#telling.decided(person);
    if (this.#isToldSoon) return;
    this.#isToldSoon = true;
    const settle = async (): Promise<void> => {
      this.#isToldSoon = false;
      if (!this.#isStopped) await this.#inTurn(() => this.#telling.settle());
    };
    this.#paying = this.#paying.then(settle).catch((defect: unknown) => this.#complain('what own devices told was not settled', defect));
    this.#pay();
  }
}
