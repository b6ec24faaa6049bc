// This device as it is kept: its keys, what of them is published, whom it owes an answer. After a rollback it is another device.
import type { Address } from '../../../model/account.ts';
import { ROLLED_BACK } from '../../ports.ts';
import type { Dialect } from '../wire/dialect.ts';
import { mintOwnKeys, type OwnKeys } from '../exchange/own-keys.ts';
import type { Shelf } from '../keyring.ts';
import type { Primitives } from '../primitives/curves.ts';

export interface OwnRow {
  readonly keys?: OwnKeys;
  readonly madeAt: number;
  /** Which prekeys others can find: the mark of the bundle that was published last. */
  readonly published?: string;
  /** Empty messages that wait: to say that a key exchange arrived, or to let the other side begin a new chain. */
  readonly owed: readonly Owed[];
  /** Own devices of before a rollback: they leave the list. */
  readonly retired: readonly number[];
  /** How many streams it has begun. The engine knows it as well. */
  readonly streams: number;
  /** With whom keys were compared once. It outlives their rows, so that a damaged one makes nobody careless. */
  readonly strict: readonly Address[];
}

export interface Owed {
  readonly person: Address;
  readonly device: number;
}

const OWN = 'own';
const NOTHING: OwnRow = { madeAt: 0, owed: [], retired: [], strict: [], streams: 0 };
const MOST_OWED = 200;

export class OwnDevice {
  readonly #keyring: Shelf;
  readonly #primitives: Primitives;
  readonly #now: () => number;
  readonly #dialect: Dialect;
  #minting: Promise<OwnKeys> | undefined;

  constructor(keyring: Shelf, primitives: Primitives, now: () => number, dialect: Dialect) {
    this.#keyring = keyring;
    this.#primitives = primitives;
    this.#now = now;
    this.#dialect = dialect;
  }

  /** To be awaited before anything else. */
  async load(): Promise<void> {
    await Promise.all([this.#keyring.load(OWN), this.#keyring.load(ROLLED_BACK)]);
    if (this.#keyring.get(ROLLED_BACK) === undefined) return;
    this.giveUp();
    this.#keyring.put(ROLLED_BACK, undefined);
  }

  /** Its keys may have been used by a copy: from here on this is another device. */
  giveUp(): void {
    const { keys, retired, strict } = this.row;
    this.#keyring.put(OWN, { ...NOTHING, strict, retired: keys ? [...retired, keys.deviceId] : retired } satisfies OwnRow);
  }

  get row(): OwnRow {
    return { ...NOTHING, ...this.#keyring.get<OwnRow>(OWN) };
  }

  /** Undefined before there was any need. */
  get keys(): OwnKeys | undefined {
    return this.row.keys;
  }

  /** Made at the first need. */
  async ensure(isTaken: (id: number) => boolean): Promise<OwnKeys> {
    if (this.keys) return this.keys;
    this.#minting ??= this.#mint(isTaken).finally(() => (this.#minting = undefined));
    return this.#minting;
  }

  change(patch: Partial<OwnRow>): void {
    this.#keyring.put(OWN, { ...this.row, ...patch });
  }

  owe(person: Address, device: number): void {
    const { owed } = this.row;
    if (!owed.some((one) => one.person === person && one.device === device))
      this.change({ owed: [...owed, { person, device }].slice(-MOST_OWED) });
  }

  noteStrict(person: Address): void {
    const { strict } = this.row;
    if (!strict.includes(person)) this.change({ strict: [...strict, person] });
  }

  /** Something was written to these devices: that is an answer. */
  paid(to: readonly Owed[]): void {
    const owed = this.row.owed.filter((one) => !to.some(({ person, device }) => one.person === person && one.device === device));
    if (owed.length < this.row.owed.length) this.change({ owed });
  }

  async #mint(isTaken: (id: number) => boolean): Promise<OwnKeys> {
    const madeAt = this.#now();
    const isUsed = (id: number): boolean => isTaken(id) || this.row.retired.includes(id);
    const keys = await mintOwnKeys(this.#primitives, madeAt, isUsed, this.#dialect);
    this.change({ keys, madeAt });
    return keys;
  }
}
