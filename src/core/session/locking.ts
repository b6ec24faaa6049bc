// Setting the lock, locking and unlocking: what it asks of the session's life, in turn with signing in and out.
import type { CoreIdentity } from '../../contracts/port.ts';
import type { LockSecret, LockState, LockWish } from '../../contracts/lock.ts';
import type { Account, Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { AutoLock, LockMode } from '../../model/lock.ts';
import type { SignState } from '../../model/situation.ts';
import type { World } from '../ports.ts';
import type { KnownOfStore } from '../storage/open-store.ts';
import { AccountLock } from './account-lock.ts';
import type { AccountSession } from './account-session.ts';
import { AutoLocker } from './auto-lock.ts';
import { keepLeftOpen, type LeftOpen } from './last-open.ts';

/** What of the session's life it moves. */
export interface LockableLife {
  sign(): SignState;
  /** Whose data have been read. */
  current(): AccountSession | undefined;
  isInMemory(): boolean;
  /** What each tab shows. */
  shown(): LeftOpen;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Takes the account out of the life, which goes on as said: it is the caller's to stop. */
  rest(sign: 'locked' | 'restoring'): AccountSession | undefined;
  /** Whoever asks meanwhile is answered by the account that comes back behind `work`. */
  comeBack(account: Account, work: Promise<unknown>): Promise<void>;
  signOut(): void;
  /** Something of the situation is otherwise. */
  tell(): void;
  /** Everything is locked away from now on. Once `ended` has settled nothing of it is in use here any more, and the core may go. */
  locked(ended: Promise<void>): void;
  report(what: string, defect: unknown): void;
}

/** Until the person has chosen. */
const FIRST_AUTO_LOCK: AutoLock = { idle: 15, hidden: 0 };

export class Locking {
  readonly #life: LockableLife;
  readonly #lock: AccountLock;
  readonly #auto: AutoLocker;
  #isGoing = false;

  constructor(world: World, identity: CoreIdentity, life: LockableLife) {
    this.#life = life;
    this.#lock = new AccountLock(world, identity);
    this.#auto = new AutoLocker(world.clock, () => void this.lockNow());
  }

  get mode(): LockMode {
    return this.#lock.mode;
  }

  get auto(): AutoLock {
    return this.#auto.auto;
  }

  find(): Promise<Account | 'locked' | undefined> {
    return this.#lock.find();
  }

  /** What whoever opens the store of this account need not find out. */
  known(address: Address): KnownOfStore {
    return this.#lock.known(address);
  }

  /** While a lock is set this profile is one person's, and only once it is open. */
  admits(address: Address): boolean {
    return this.mode === 'none' || (!this.#lock.isLocked && this.#lock.holds(address));
  }

  /** Somebody is at a tab. */
  present(): void {
    this.#auto.touched();
  }

  setVisible(isVisible: boolean): void {
    this.#auto.setVisible(isVisible);
  }

  /** Once the account has been read. */
  async follow({ store }: AccountSession): Promise<void> {
    this.#auto.follow(
      this.mode === 'none' ? undefined : ((await store.fact<{ autoLock?: AutoLock }>('settings'))?.autoLock ?? FIRST_AUTO_LOCK),
    );
  }

  /** Nobody is here any more. */
  reset(): void {
    this.#lock.reset();
    this.#auto.follow(undefined);
  }

  async read(): Promise<LockState> {
    return { ...(await this.#lock.state()), ...this.auto, isInMemory: this.#life.isInMemory() };
  }

  setAuto(given: AutoLock): Promise<Answer<void>> {
    return this.#life.inTurn(async () => {
      const auto = (await importWishes()).readAutoLock(given);
      const session = this.#life.current();
      if (!auto || !session || this.mode === 'none') return failed({ kind: 'not-found' });
      session.journal.setFact('settings', { autoLock: auto });
      this.#auto.follow(auto);
      this.#life.tell();
      return succeeded(undefined);
    });
  }

  /** A core that was locked goes: it leaves this unanswered, so that whoever asked does so again at the next one. */
  unlock(given: LockSecret): Promise<Answer<void>> {
    if (this.#isGoing) return new Promise(() => {});
    return this.#life.inTurn(async () => {
      const { forget, readSecret } = await importWishes();
      const secret = readSecret(given);
      if (this.#life.sign() !== 'locked') return succeeded(undefined);
      const answer = secret ? await this.#lock.unlock(secret) : failed({ kind: 'wrong-credentials' });
      forget(secret);
      if (!answer.ok) return answer;
      this.#life.rest('restoring');
      await this.#life.comeBack(answer.value, Promise.resolve());
      return succeeded(undefined);
    });
  }

  set(wish: LockWish): Promise<Answer<void>> {
    return this.#life.inTurn(async () => {
      const { forget, readChange, readSecret } = await importWishes();
      const session = this.#life.current();
      const [current, change] = [readSecret(wish.current), readChange(wish)];
      try {
        if (!change.ok) return change;
        if (!session) return failed({ kind: 'not-signed-in' });
        if (this.#life.isInMemory()) return failed({ kind: 'storage-blocked' });
        const prepared = await this.#lock.prepare(session.account, change.value, current);
        return prepared.ok ? await this.#change(session, prepared.value) : prepared;
      } finally {
        forget(current, ...(change.ok && 'secrets' in change.value ? change.value.secrets : []));
      }
    });
  }

  /** The tabs hear of it at once; what runs is ended behind it. */
  async lockNow(): Promise<Answer<void>> {
    // Rows may be on their way under another key.
    if (this.#life.sign() === 'restoring') await this.#life.inTurn(() => Promise.resolve());
    if (this.mode === 'none') return failed({ kind: 'not-found' });
    if (this.#lock.isLocked) return succeeded(undefined);
    this.#isGoing = true;
    this.#lock.close();
    this.#auto.follow(undefined);
    const current = this.#life.current();
    if (current) keepLeftOpen(current, this.#life.shown());
    const session = this.#life.rest('locked');
    const ended = this.#life.inTurn(async () => session?.stop(true)).catch((defect: unknown) => this.#life.report('locking', defect));
    this.#life.locked(ended);
    await ended;
    return succeeded(undefined);
  }

  /** Nobody knows what opens it any more: all of it goes, and one begins anew. */
  async wipe(): Promise<Answer<void>> {
    const wiped = await this.#lock.wipe();
    this.reset();
    this.#life.signOut();
    return wiped;
  }

  /** The account rests while its rows are sealed anew, and comes back from wherever they lie then. */
  async #change(session: AccountSession, change: () => Promise<Answer<void>>): Promise<Answer<void>> {
    this.#life.rest('restoring');
    const changed = session.stop(true).then(change);
    await this.#life.comeBack(session.account, changed);
    return changed;
  }
}

/** Fetched when somebody asks something of the lock. */
const importWishes = (): Promise<typeof import('./lock-wishes.ts')> => import('./lock-wishes.ts');
