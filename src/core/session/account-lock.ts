// How the account of this profile is held on the disk: where its databases lie, whether a lock is set, and what opened it.
import { toBase64 } from '../../base/base64.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import type { LockState } from '../../contracts/lock.ts';
import type { Account, Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { LockMode } from '../../model/lock.ts';
import type { World } from '../ports.ts';
import type { Drawer } from '../storage/drawer.ts';
import type { Change, LockChange, Secret } from '../storage/lock/lock.ts';
import { accountName } from '../storage/names.ts';
import type { KnownOfStore, OpenedLock } from '../storage/open-store.ts';
import { findLast } from '../storage/find-last.ts';

type Means = typeof import('../storage/lock/lock.ts');

export class AccountLock {
  readonly #world: World;
  readonly #identity: CoreIdentity;
  #mode: LockMode = 'none';
  #drawer: Drawer | undefined;
  /** Of the database that is locked. */
  #name = '';
  #opened: OpenedLock | undefined;

  constructor(world: World, identity: CoreIdentity) {
    this.#world = world;
    this.#identity = identity;
  }

  get mode(): LockMode {
    return this.#mode;
  }

  get isLocked(): boolean {
    return this.#mode !== 'none' && !this.#opened;
  }

  /** Who was here last, or that nobody can tell before it is unlocked. What a change has left over is deleted before anything else. */
  async find(): Promise<Account | 'locked' | undefined> {
    const found = await findLast(this.#world, this.#identity);
    if (!found) return undefined;
    const { drawer, last, isDouble } = found;
    this.#drawer = drawer;
    if ('account' in last) this.#name = accountName({ ...this.#identity, address: last.account.address });
    else [this.#name, this.#mode] = [last.locked, last.mode];
    // Behind the first drawer nobody has looked: what an older secret opens may lie there.
    if (isDouble || ('locked' in last && drawer.suffix === '')) await this.#clear(drawer);
    return 'account' in last ? last.account : 'locked';
  }

  /** What whoever opens the store of this account need not find out. */
  known(address: Address): KnownOfStore {
    return this.holds(address) ? { drawer: this.#drawer, lock: this.#opened } : {};
  }

  /** While a lock is set this profile is one person's. */
  holds(address: Address): boolean {
    return this.#name === accountName({ ...this.#identity, address });
  }

  async state(): Promise<Pick<LockState, 'mode' | 'isLocked' | 'passkey'>> {
    const state = { mode: this.#mode, isLocked: this.isLocked };
    if (this.#mode !== 'passkey' || !this.#drawer) return state;
    const row = this.#opened?.row ?? (await (await importLock()).readLock(this.#drawer, this.#name));
    const passkey = row?.passkey;
    return passkey ? { ...state, passkey: { credential: toBase64(passkey.credential), salt: toBase64(passkey.salt) } } : state;
  }

  async unlock(secret: Secret): Promise<Answer<Account>> {
    if (!this.#drawer) return failed({ kind: 'wrong-credentials' });
    const { unlock } = await importLock();
    const answer = await unlock(this.#world, this.#drawer, this.#name, secret);
    if (!answer.ok) return answer;
    this.#opened = answer.value.lock;
    return succeeded(answer.value.account);
  }

  /** Everything that takes long or can be refused. The answer does the rest, with the store closed. */
  async prepare(account: Account, to: LockChange, current: Secret | undefined): Promise<Answer<() => Promise<Answer<void>>>> {
    const means = await importLock();
    const found = await findLast(this.#world, this.#identity);
    if (!found) return failed({ kind: 'storage-blocked' });
    const name = accountName({ ...this.#identity, address: account.address });
    const change = await means.prepareChange(this.#world, found.drawer, name, to, current);
    return change.ok ? succeeded(() => this.#change(means, account, found.drawer, change.value)) : change;
  }

  /** Nothing of what opened it is held here any more. */
  close(): void {
    this.#opened = undefined;
  }

  async wipe(): Promise<Answer<void>> {
    const { wipeNamed } = await import('../storage/wipe-account.ts');
    return wipeNamed(this.#world, this.#identity, this.#name);
  }

  /** Nobody is here any more. */
  reset(): void {
    [this.#mode, this.#drawer, this.#name, this.#opened] = ['none', undefined, '', undefined];
  }

  async #change(means: Means, account: Account, from: Drawer, change: Change): Promise<Answer<void>> {
    const moved = await means.changeLock(this.#world, this.#identity, account, from, change);
    if (!moved.ok) return moved;
    const { row, fresh } = change;
    this.#drawer = moved.value;
    this.#name = accountName({ ...this.#identity, address: account.address });
    this.#mode = row.mode;
    this.#opened = row.mode === 'none' ? undefined : { row, root: fresh };
    return succeeded(undefined);
  }

  async #clear(kept: Drawer): Promise<void> {
    const { clearDrawers } = await importLock();
    await clearDrawers(this.#world, this.#identity, kept, [this.#name]).catch(() => {
      this.#world.log.error('storage: what was moved could not be deleted yet');
    });
  }
}

/** With Argon2: fetched when somebody locks or unlocks. */
const importLock = (): Promise<Means> => import('../storage/lock/lock.ts');
