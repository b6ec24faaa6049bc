// Who is signed in: from nobody, or what the disk kept, to a living account, and out again.
//   start ──kept──▶ restoring ──online──▶ signed-in ──sign out──▶ signed-out
//     └──nobody──▶ signed-out ──credentials──▶ signing-in ──online──▶ signed-in
//                       ▲──────────────────────────┘ refused
import type { CoreIdentity } from '../../contracts/port.ts';
import type { Account, Address, Credentials } from '../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { ConnectionState, SignState, StorageState } from '../../model/situation.ts';
import { parseAddress } from '../../xmpp/jid.ts';
import type { KeptLogin, OpenedStore, World } from '../ports.ts';
import { openMemoryStore } from '../storage/memory-store.ts';
import { openStore } from '../storage/open-store.ts';
import { readLastAccount, rememberAccount } from '../storage/registry.ts';
import { wipeAccount } from '../storage/wipe-account.ts';
import { AccountSession } from './account-session.ts';
import type { GatheredChanges } from './changes.ts';
import type { Noted } from './noted.ts';

export interface LifeNeeds {
  world: World;
  identity: CoreIdentity;
  changes: GatheredChanges;
  notices: Noted;
  isActive(): boolean;
}

export class SessionLife {
  readonly #needs: LifeNeeds;
  #sign: SignState = 'restoring';
  #current: AccountSession | undefined;
  #isTemporary = false;
  #connection: ConnectionState = { stage: 'idle' };
  #judgeSignIn: ((state: ConnectionState) => void) | undefined;
  readonly #restored: Promise<unknown>;
  /** Signing in and out, one after the other. */
  #turn: Promise<unknown>;

  constructor(needs: LifeNeeds) {
    this.#needs = needs;
    this.#turn = this.#restored = this.#restore().catch((defect: unknown) => this.#couldNotRestore(defect));
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
    return this.#current;
  }

  get current(): AccountSession | undefined {
    return this.#current;
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
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #restore(): Promise<void> {
    const { world, identity } = this.#needs;
    const { databases, subtle, buckets } = world;
    const account = await readLastAccount(databases, subtle, identity, buckets);
    const store = account && (await this.#open(account.address, false));
    if (!account || !store?.ok) return this.#setSign('signed-out');
    const kept = await store.value.fact<KeptLogin>('kept-login');
    if (!kept) {
      await store.value.close();
      return this.#setSign('signed-out');
    }
    await this.#adopt(account, store.value);
    this.#current?.connection.start({ services: account.services, address: account.address, secret: { kept } });
  }

  #couldNotRestore(defect: unknown): void {
    this.#needs.world.log.error('what was kept could not be restored', { defect: defect instanceof Error ? defect.name : typeof defect });
    this.#setSign('signed-out');
  }

  async #signIn(credentials: Credentials): Promise<Answer<Account>> {
    const address = parseAddress(credentials.address);
    if (!address) return failed({ kind: 'address-invalid', address: credentials.address });
    const services = credentials.services.filter((service) => service !== '');
    if (services.length === 0) return failed({ kind: 'service-unreachable', service: '' });
    const isSame = this.#current?.account.address === address;
    if (isSame && this.#connection.stage === 'online') return succeeded((this.#current as AccountSession).account);
    this.#setSign('signing-in');
    const ready = isSame ? succeeded(undefined) : await this.#begin(address, services, credentials.temporary === true);
    if (!ready.ok) {
      this.#setSign('signed-out');
      return ready;
    }
    return this.#connect(address, services, credentials.password, isSame);
  }

  /** Another account's data stay where they are; only one account lives at a time. */
  async #begin(address: Address, services: readonly string[], isTemporary: boolean): Promise<Answer<void>> {
    await this.#current?.stop(true);
    this.#current = undefined;
    this.#needs.notices.clear();
    const store = await this.#open(address, isTemporary);
    if (!store.ok) return store;
    this.#isTemporary = isTemporary;
    await this.#adopt({ address, name: address.slice(0, address.indexOf('@')), services }, store.value);
    return succeeded(undefined);
  }

  async #connect(address: Address, services: readonly string[], password: string, isSame: boolean): Promise<Answer<Account>> {
    const session = this.#current as AccountSession;
    const outcome = this.#awaitSignIn();
    session.connection.start({ services, address, secret: { password } });
    const failure = await outcome;
    if (!failure) return this.#signedIn(session, services);
    await this.#giveUp(session, isSame);
    return failed(failure);
  }

  async #signedIn(session: AccountSession, services: readonly string[]): Promise<Answer<Account>> {
    const account = { ...session.account, services };
    this.#setSign('signed-in');
    if (!this.#isTemporary) await rememberAccount(this.#needs.world, this.#needs.identity, account);
    return succeeded(account);
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
  async #giveUp(session: AccountSession, isSame: boolean): Promise<void> {
    const state = this.#connection;
    await session.connection.stop();
    const isKnown = isSame || (await session.store.fact<Account>('account')) !== undefined;
    if (!isSame) {
      await session.stop(isKnown);
      this.#current = undefined;
      if (!isKnown && !this.#isTemporary) await wipeAccount(this.#needs.world, this.#names(session.account.address));
    }
    this.#connection = state;
    this.#setSign('signed-out');
  }

  async #signOut(): Promise<Answer<void>> {
    const session = this.#current;
    if (!session) return failed({ kind: 'not-signed-in' });
    await session.leave();
    await session.stop(false);
    this.#current = undefined;
    this.#connection = { stage: 'idle' };
    this.#needs.notices.clear();
    const wiped = this.#isTemporary ? succeeded(undefined) : await wipeAccount(this.#needs.world, this.#names(session.account.address));
    this.#isTemporary = false;
    this.#setSign('signed-out');
    return wiped;
  }

  #open(address: Address, isTemporary: boolean): Promise<Answer<OpenedStore>> {
    return isTemporary ? Promise.resolve(succeeded(openMemoryStore())) : openStore(this.#needs.world, this.#names(address));
  }

  #names(address: Address): CoreIdentity & { address: Address } {
    return { ...this.#needs.identity, address };
  }

  async #adopt(account: Account, store: OpenedStore): Promise<void> {
    const { world, changes, notices } = this.#needs;
    const session = new AccountSession({ world, account, store, changes, notices, stateChanged: (state) => this.#stateChanged(state) });
    await session.load();
    session.connection.setActive(this.#needs.isActive());
    this.#current = session;
    this.#tellAll();
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
