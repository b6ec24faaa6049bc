// Encryption of the account, fetched a moment after the first sync, or at once when something sealed has come or is to go.
//   asleep ──first sync over, a moment──▶ loading ──▶ there: told how the stream stands, and whose devices were heard of meanwhile
//      └───────something waits for it───────┘  └── could not be fetched: again, later
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import { complain } from '../complain.ts';
import type { Encryption, Log } from '../ports.ts';
import type { Item } from '../../xmpp/codecs/pubsub.ts';

export interface AccountEncryptionNeeds {
  clock: Clock;
  log: Log;
  create(): Promise<Encryption>;
  isOnline(): boolean;
  /** It is there: to be listened to. */
  arrived(encryption: Encryption): void;
}

/** What is on the screen goes first. */
const REST_MS = 1_000;
const RETRY_MS = 3_000;
const LONGEST_RETRY_MS = 60_000;
/** At sign-in everybody's devices are told; more than that is asked for when it is needed. */
const MOST_HEARD = 5_000;
const MOST_ITEMS = 4;

export class AccountEncryption {
  readonly #needs: AccountEncryptionNeeds;
  readonly #heard = new Map<Address, readonly Item[]>();
  #asked: Promise<Encryption> | undefined;
  #there: Encryption | undefined;
  #cancel: (() => void) | undefined;
  #isCatchingUp = false;
  #isStopped = false;

  constructor(needs: AccountEncryptionNeeds) {
    this.#needs = needs;
  }

  get there(): Encryption | undefined {
    return this.#there;
  }

  /** Something waits for it. */
  ask(): Promise<Encryption> {
    return (this.#asked ??= this.#load(RETRY_MS));
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    this.#there?.onOnline(how);
  }

  onOffline(): void {
    this.#there?.onOffline();
  }

  setCatchingUp(isCatchingUp: boolean): void {
    this.#isCatchingUp = isCatchingUp;
    this.#there?.setCatchingUp(isCatchingUp);
    if (!isCatchingUp && !this.#isStopped) this.#cancel ??= this.#needs.clock.after(REST_MS, () => void this.ask());
  }

  hearDevices(person: Address, items: readonly Item[]): void {
    if (this.#there) this.#there.hearDevices(person, items);
    else if (this.#heard.size < MOST_HEARD || this.#heard.has(person)) this.#heard.set(person, this.#withHeard(person, items));
  }

  /** The newest stand last: a list in one method does not replace that in the other. */
  #withHeard(person: Address, items: readonly Item[]): readonly Item[] {
    return [...(this.#heard.get(person) ?? []), ...items].slice(-MOST_ITEMS);
  }

  async leave(): Promise<void> {
    await this.#there?.leave();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#there?.stop();
  }

  /** What waits for it waits on: it is not said to be unreadable because a file did not come. */
  async #load(retryMs: number): Promise<Encryption> {
    try {
      const made = await this.#needs.create();
      if (this.#isStopped) made.stop();
      else this.#arrive(made);
      return made;
    } catch (defect) {
      complain(this.#needs.log, 'encryption could not be loaded', defect);
    }
    await new Promise<void>((resolve) => void this.#needs.clock.after(retryMs, resolve));
    // Whoever still waits for it goes with the account.
    if (this.#isStopped) return new Promise(() => undefined);
    return this.#load(Math.min(retryMs * 2, LONGEST_RETRY_MS));
  }

  #arrive(made: Encryption): void {
    this.#there = made;
    made.setCatchingUp(this.#isCatchingUp);
    for (const [person, items] of this.#heard) made.hearDevices(person, items);
    this.#heard.clear();
    this.#needs.arrived(made);
    if (this.#needs.isOnline()) made.onOnline('fresh');
  }
}
