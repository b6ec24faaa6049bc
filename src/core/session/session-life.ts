// Who is signed in: from nobody, or what the disk kept, to a living account, and out again.
//   start ──kept──▶ restoring ──online──▶ signed-in ──sign out──▶ signed-out
//     └──nobody──▶ signed-out ──credentials──▶ signing-in ──online──▶ signed-in
//                       ▲──────────────────────────┘ refused
//   start ──a lock is set──▶ locked ──what opens it──▶ restoring    ·    signed-in ──locked──▶ locked, and this core ends
import type { CoreIdentity } from '../../contracts/port.ts';
import type { Account, Address, Credentials } from '../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { ConnectionState, SignState, StorageState } from '../../model/situation.ts';
import { parseAddress } from '../../xmpp/jid.ts';
import { complain } from '../complain.ts';
import type { KeptLogin, Login, OpenedStore, World } from '../ports.ts';
import { PendingStore } from '../storage/pending-store.ts';
import { AccountSession } from './account-session.ts';
import type { GatheredChanges } from './changes.ts';
import type { LeftOpen } from './last-open.ts';
import { DiskWait } from './disk-wait.ts';
import { Locking, type LockableLife } from './locking.ts';
import type { Noted } from './noted.ts';

export interface LifeNeeds {
  world: World;
  identity: CoreIdentity;
  changes: GatheredChanges;
  notices: Noted;
  isActive(): boolean;
  /** What each tab shows. */
  shown(): LeftOpen;
  locked(ended: Promise<void>): void;
}

/** Ends without a failure where the disk could be read. */
type Disk = Promise<Failure | undefined>;

export class SessionLife {
  readonly #needs: LifeNeeds;
  #sign: SignState = 'restoring';
  #current: AccountSession | undefined;
  #isTemporary = false;
  #connection: ConnectionState = { stage: 'idle' };
  #judgeSignIn: ((state: ConnectionState) => void) | undefined;
  readonly lock: Locking;
  readonly diskWait: DiskWait;
  #restored: Promise<unknown>;
  /** Signing in and out, one after the other. */
  #turn: Promise<unknown>;
  #remembering: Promise<void> = Promise.resolve();

  constructor(needs: LifeNeeds) {
    this.#needs = needs;
    this.diskWait = new DiskWait(needs.world.clock, needs.changes);
    this.lock = new Locking(needs.world, needs.identity, this.#lockable());
    void importDisk().catch(() => undefined);
    this.#turn = this.#restored = this.diskWait.during(this.#restore()).catch((defect: unknown) => this.#couldNotRestore(defect));
  }

  get sign(): SignState {
    return this.#sign;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** What is to be expected before there is a store. */
  get storage(): StorageState {
    return this.#needs.world.databases ? 'durable' : 'memory';
  }

  get isTemporary(): boolean {
    return this.#isTemporary;
  }

  /** Whose session it is, once the disk has been looked at. */
  async account(): Promise<AccountSession | undefined> {
    await this.#restored;
    return this.current;
  }

  /** Nothing of it can be asked before the disk has been read. */
  get current(): AccountSession | undefined {
    return this.#current?.isLoaded ? this.#current : undefined;
  }

  setActive(isActive: boolean): void {
    this.#current?.connection.setActive(isActive);
    this.lock.setVisible(isActive);
  }

  signIn(credentials: Credentials): Promise<Answer<Account>> {
    return this.#inTurn(() => this.#signIn(credentials));
  }

  signOut(): Promise<Answer<void>> {
    return this.#inTurn(() => this.#signOut());
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#current?.stop(true);
      this.#current = undefined;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#remembering).then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #restore(): Promise<void> {
    const found = await this.lock.find();
    if (found === 'locked') return this.#setSign('locked');
    return found ? this.#takeUp(found) : this.#setSign('signed-out');
  }

  /** What the disk kept of an account comes back to life. */
  async #takeUp(account: Account): Promise<void> {
    const store = await this.#open(account.address, false);
    if (!store.ok) return this.#setSign('signed-out');
    const kept = await store.value.fact<KeptLogin>('kept-login');
    if (!kept) {
      await store.value.close();
      return this.#setSign('signed-out');
    }
    const session = this.#adopt(account, store.value);
    await session.load();
    await this.lock.follow(session);
    this.#tellAll();
    session.connection.start({ services: account.services, address: account.address, secret: { kept } });
  }

  async #comeBack(account: Account, work: Promise<unknown>): Promise<void> {
    const takenUp = work.catch(() => undefined).then(() => this.#takeUp(account));
    this.#restored = takenUp.catch((defect: unknown) => this.#couldNotRestore(defect));
    await this.#restored;
  }

  #rest(sign: 'locked' | 'restoring'): AccountSession | undefined {
    const session = this.#current;
    this.#current = undefined;
    this.#connection = { stage: 'idle' };
    if (sign === 'locked') this.#needs.notices.clear();
    this.#setSign(sign);
    return session;
  }

  #lockable(): LockableLife {
    return {
      sign: () => this.#sign,
      current: () => this.current,
      isInMemory: () => (this.current?.store.state() ?? this.storage) === 'memory',
      inTurn: (work) => this.#inTurn(work),
      shown: () => this.#needs.shown(),
      rest: (sign) => this.#rest(sign),
      comeBack: (account, work) => this.#comeBack(account, work),
      signOut: () => this.#setSign('signed-out'),
      tell: () => this.#needs.changes.tell({ about: 'situation' }),
      locked: (ended) => this.#needs.locked(ended),
      report: (what, defect) => this.#report(what, defect),
    };
  }

  #couldNotRestore(defect: unknown): void {
    this.#report('what was kept could not be restored', defect);
    this.#setSign('signed-out');
  }

  #report(what: string, defect: unknown): void {
    complain(this.#needs.world.log, what, defect);
  }

  async #signIn(credentials: Credentials): Promise<Answer<Account>> {
    const address = parseAddress(credentials.address);
    if (!address) return failed({ kind: 'address-invalid', address: credentials.address });
    const services = credentials.services.filter((service) => service !== '');
    if (services.length === 0) return failed({ kind: 'service-unreachable', service: '' });
    if (!this.lock.admits(address)) return failed({ kind: 'locked' });
    const isSame = this.#current?.account.address === address;
    if (isSame && this.#connection.stage === 'online') return succeeded((this.#current as AccountSession).account);
    this.#setSign('signing-in');
    const login = { services, address, secret: { password: credentials.password } };
    if (isSame) return this.#connect(this.#current as AccountSession, login, undefined);
    const session = await this.#begin(address, services, credentials.temporary === true);
    return this.#connect(session, login, this.#readDisk(session));
  }

  /** Another account's data stay where they are; only one account lives at a time. */
  async #begin(address: Address, services: readonly string[], isTemporary: boolean): Promise<AccountSession> {
    await this.#current?.stop(true);
    this.#current = undefined;
    this.#needs.notices.clear();
    this.#isTemporary = isTemporary;
    const account = { address, name: address.slice(0, address.indexOf('@')), services };
    return this.#adopt(account, new PendingStore(this.#open(address, isTemporary)));
  }

  /** What cannot be read stands in the way like what cannot be opened. */
  async #readDisk(session: AccountSession): Promise<Failure | undefined> {
    try {
      const opened = session.store instanceof PendingStore ? await session.store.opened : succeeded(undefined);
      if (!opened.ok) return opened.failure;
      await session.load();
      this.#tellAll();
      return undefined;
    } catch (defect) {
      this.#report('what was kept could not be read', defect);
      return { kind: 'core-gone' };
    }
  }

  /** The engine is asked while the disk is read: neither waits for the other, and what the engine says is heard when both are done. */
  async #connect(session: AccountSession, login: Login, disk: Disk | undefined): Promise<Answer<Account>> {
    const outcome = this.#awaitSignIn();
    const ready = disk?.then((failure) => !failure);
    session.connection.start(login, ready);
    const failure = await firstFailure(disk ?? Promise.resolve(undefined), outcome);
    if (!failure) return this.#signedIn(session, login.services);
    await this.#giveUp(session, disk);
    return failed(failure);
  }

  #signedIn(session: AccountSession, services: readonly string[]): Answer<Account> {
    const account = { ...session.account, services };
    this.#setSign('signed-in');
    // Whoever signed in does not wait for it; what comes next does, or it would remember whom somebody just had forgotten.
    if (!this.#isTemporary && this.lock.mode === 'none')
      this.#remembering = this.#remember(account).catch((defect: unknown) => this.#report('the account could not be remembered', defect));
    return succeeded(account);
  }

  async #remember(account: Account): Promise<void> {
    const { world, identity } = this.#needs;
    const { rememberAccount } = await import('../storage/registry.ts');
    await rememberAccount(world, identity, account);
  }

  /** The first attempt decides: whoever just typed a password waits for an answer. */
  #awaitSignIn(): Promise<Failure | undefined> {
    return new Promise((resolve) => {
      this.#judgeSignIn = (state) => {
        if (state.stage === 'connecting' || state.stage === 'idle') return;
        this.#judgeSignIn = undefined;
        resolve(state.stage === 'online' ? undefined : state.failure);
      };
    });
  }

  /** What was known before stays; of an account that never signed in here nothing is left. */
  async #giveUp(session: AccountSession, disk: Disk | undefined): Promise<void> {
    const state = this.#connection;
    await session.connection.stop();
    if (disk) {
      // What cannot be read belongs to somebody.
      const isKnown = (await disk) !== undefined || (await session.store.fact<Account>('account')) !== undefined;
      await session.stop(isKnown);
      this.#current = undefined;
      if (!isKnown && !this.#isTemporary) await this.#wipe(session.account.address);
    }
    this.#connection = state.stage === 'stopped' || state.stage === 'waiting' ? state : { stage: 'idle' };
    this.#setSign('signed-out');
  }

  async #signOut(): Promise<Answer<void>> {
    const session = this.#current;
    if (!session) return this.lock.mode === 'none' ? failed({ kind: 'not-signed-in' }) : this.lock.wipe();
    await session.leave();
    await session.stop(false);
    this.#current = undefined;
    this.#connection = { stage: 'idle' };
    this.#needs.notices.clear();
    const wiped = this.#isTemporary ? succeeded(undefined) : await this.#wipe(session.account.address);
    this.#isTemporary = false;
    this.lock.reset();
    this.#setSign('signed-out');
    return wiped;
  }

  async #open(address: Address, isTemporary: boolean): Promise<Answer<OpenedStore>> {
    const { world } = this.#needs;
    try {
      const { openStore } = await importDisk();
      // Without databases everything stays in memory.
      if (isTemporary) return await openStore({ ...world, databases: undefined }, this.#names(address));
      return await openStore(world, this.#names(address), undefined, this.lock.known(address));
    } catch (defect) {
      this.#report('the store could not be opened', defect);
      return failed({ kind: 'core-gone' });
    }
  }

  async #wipe(address: Address): Promise<Answer<void>> {
    const { wipeAccount } = await import('../storage/wipe-account.ts');
    return wipeAccount(this.#needs.world, this.#names(address));
  }

  #names(address: Address): CoreIdentity & { address: Address } {
    return { ...this.#needs.identity, address };
  }

  #adopt(account: Account, store: OpenedStore): AccountSession {
    const { world, changes, notices } = this.#needs;
    const { diskWait } = this;
    const stateChanged = (state: ConnectionState): void => this.#stateChanged(state);
    const session = new AccountSession({ world, account, store, diskWait, changes, notices, stateChanged });
    session.connection.setActive(this.#needs.isActive());
    this.#current = session;
    return session;
  }

  #stateChanged(state: ConnectionState): void {
    this.#connection = state;
    if (this.#sign === 'restoring' && state.stage !== 'idle' && state.stage !== 'connecting') this.#setSign('signed-in');
    this.#needs.changes.tell({ about: 'situation' });
    this.#judgeSignIn?.(state);
  }

  #setSign(sign: SignState): void {
    if (this.#sign === sign) return;
    this.#sign = sign;
    this.#tellAll();
  }

  #tellAll(): void {
    this.#needs.changes.tell({ about: 'situation' });
    this.#needs.changes.tell({ about: 'conversations' });
  }
}

/** With its library, which the socket does not wait for. */
const importDisk = (): Promise<typeof import('../storage/open-store.ts')> => import('../storage/open-store.ts');

/** Nothing once all have gone well, without waiting for those that come behind a failure. */
async function firstFailure(one: Disk, other: Disk): Promise<Failure | undefined> {
  const first = await Promise.race([one.then((failure) => ({ failure, last: other })), other.then((failure) => ({ failure, last: one }))]);
  return first.failure ?? first.last;
}
