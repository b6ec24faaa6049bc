// Files of the account, loaded when the first one is met: sent, fetched, asked about, or left waiting in the outbox.
import type { Account } from '../../model/account.ts';
import type { Transfers, TransfersNeeds } from '../files/create-transfers.ts';
import type { Changes, Connection, OutboxRecord, Store, World } from '../ports.ts';
import { mintId } from './mint-id.ts';

/** What of an account files need. */
export interface FilesHolder {
  readonly account: Account;
  readonly connection: Connection;
  readonly store: Store;
  readonly messages: { readonly outbox: TransfersNeeds['outbox'] };
}

export class AccountFiles {
  readonly #holder: FilesHolder;
  readonly #world: World;
  readonly #changes: Changes;
  #asked: Promise<Transfers> | undefined;
  #there: Transfers | undefined;
  #isStopped = false;

  constructor(holder: FilesHolder, world: World, changes: Changes) {
    this.#holder = holder;
    this.#world = world;
    this.#changes = changes;
  }

  /** Fails as loading does; the next who asks tries again. */
  ask(): Promise<Transfers> {
    this.#asked ??= this.#load();
    return this.#asked;
  }

  /** A message waits for its file. */
  upload(record: OutboxRecord): void {
    if (this.#there) this.#there.upload(record);
    else
      void this.ask().then(
        (there) => there.upload(record),
        () => undefined,
      );
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    this.#there?.onOnline(how);
  }

  stop(): void {
    this.#isStopped = true;
    this.#there?.stop();
  }

  async #create(): Promise<Transfers> {
    const { account, connection, messages, store } = this.#holder;
    const world = this.#world;
    const { createTransfers } = await import('../files/create-transfers.ts');
    const rest = { outbox: messages.outbox, changes: this.#changes, mintId: () => mintId(world) };
    return createTransfers({ self: account.address, world, connection, store, ...rest });
  }

  async #load(): Promise<Transfers> {
    try {
      const made = await this.#create();
      if (this.#isStopped) made.stop();
      this.#there = made;
      return made;
    } catch (defect) {
      this.#asked = undefined;
      throw defect;
    }
  }
}
