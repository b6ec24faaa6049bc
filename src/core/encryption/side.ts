// One method's half of an account's encryption: the own device in it, people's devices, sessions, and what is published.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { Answer } from '../../model/failure.ts';
import type { Trusting } from '../key-ports.ts';
import type { EncryptionNeeds } from '../ports.ts';
import { Bundles } from './devices/bundles.ts';
import { DeviceLists } from './devices/device-lists.ts';
import { People, type Tell } from './devices/people.ts';
import { isAtHand, prepareDevices, type ReachParts } from './devices/reach.ts';
import { Sessions } from './devices/sessions.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import type { Shelf } from './keyring.ts';
import type { Method } from './method.ts';
import { payAnswers } from './own/answers.ts';
import { OwnDevice, type OwnRow } from './own/own-device.ts';
import { Publisher } from './own/publisher.ts';
import type { Primitives } from './primitives/curves.ts';
import { createTrusting } from './trust/trusting.ts';

/** What both halves share. */
export interface Account {
  readonly needs: EncryptionNeeds;
  readonly primitives: Primitives;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Behind the turn that is under way, so that what changed beside it lies on the disk as well. Never inside a turn. */
  commit(): Promise<Answer<void>>;
  /** That nobody else steps the ratchets of this device. */
  confirm(): Promise<Answer<void>>;
  isStrictWith(person: Address): boolean;
  noteStrict(person: Address): void;
  onChange: Trusting['onChange'];
}

/** What opening, sealing and deciding work with. */
export interface Parts extends ReachParts {
  readonly method: Method;
  readonly self: Address;
  readonly primitives: Primitives;
  readonly own: OwnDevice;
  readonly clock: Clock;
  now(): number;
}

export class Side {
  readonly method: Method;
  readonly own: OwnDevice;
  readonly people: People;
  readonly sessions: Sessions;
  readonly lists: DeviceLists;
  readonly bundles: Bundles;
  readonly publisher: Publisher;
  readonly trust: Trusting;
  readonly #account: Account;

  constructor(account: Account, method: Method, shelf: Shelf, tell: Tell) {
    const { needs, primitives, isStrictWith } = account;
    const { self, connection, now, label } = needs;
    const { clock, log } = needs.world;
    this.#account = account;
    this.method = method;
    this.own = new OwnDevice(shelf, primitives, now, method.dialect);
    this.people = new People(shelf, now, tell, isStrictWith);
    this.sessions = new Sessions(shelf);
    this.lists = new DeviceLists({ method, self, connection, people: this.people, now });
    this.bundles = new Bundles({ method, connection, curves: primitives.curves, now });
    this.publisher = new Publisher({ ...this.parts(), connection, label, clock, log, ...account });
    this.trust = createTrusting({
      ...this.parts(),
      ...account,
      curves: primitives.curves,
      publisher: this.publisher,
      ensureOwn: () => this.ensureOwn(),
    });
  }

  async load(): Promise<void> {
    await Promise.all([this.own.load(), this.people.load(this.#account.needs.self)]);
  }

  parts(): Parts {
    const { needs, primitives } = this.#account;
    const { method, own, people, sessions, lists, bundles } = this;
    return { method, self: needs.self, primitives, clock: needs.world.clock, now: needs.now, own, people, sessions, lists, bundles };
  }

  onFreshStream(): void {
    for (const part of [this.lists, this.bundles, this.publisher]) part.onFreshStream();
  }

  ensureOwn(): Promise<OwnKeys> {
    const { keys } = this.own;
    return keys ? Promise.resolve(keys) : this.#account.inTurn(() => this.makeOwn());
  }

  /** In a turn. */
  async makeOwn(): Promise<OwnKeys> {
    const isNew = !this.own.keys;
    const listed = this.people.get(this.#account.needs.self).listed ?? [];
    const keys = await this.own.ensure((device) => listed.some(({ id }) => id === device));
    if (isNew) this.publisher.wake();
    return keys;
  }

  /** Its keys may have been used by a copy. */
  giveUp(): void {
    this.own.giveUp();
    this.publisher.wake();
  }

  hasListed(person: Address): boolean {
    return (this.people.get(person).listed ?? []).length > 0;
  }

  /** They had devices once, whatever the engine says of them now. */
  hasMet(person: Address): boolean {
    return this.people.get(person).trust.devices.length > 0;
  }

  isAtHand(person: Address): boolean {
    const { keys } = this.own;
    return keys !== undefined && isAtHand(this.parts(), keys.deviceId, person);
  }

  async prepare(people: Iterable<Address>): Promise<void> {
    const { deviceId } = await this.ensureOwn();
    await Promise.all([...people].map((one) => prepareDevices(this.parts(), deviceId, one)));
  }

  /** A turn used a prekey: nobody must find it any more. Answers whether it owes something. */
  lookAfter(before: OwnRow): boolean {
    const { keys, owed } = this.own.row;
    if (keys !== before.keys) this.publisher.wake();
    return owed.length > 0;
  }

  pay(): Promise<void> {
    const { needs, inTurn, commit } = this.#account;
    const { connection, mintId, mayAnswer } = needs;
    return payAnswers({ ...this.parts(), connection, mintId, mayAnswer, inTurn, commit });
  }
}
