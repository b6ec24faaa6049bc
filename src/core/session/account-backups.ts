// Backups of the account, loaded with the first one that is written or brought back.
import type { Account } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Encryption, Store, World } from '../ports.ts';
import type { ConversationBook } from '../sync/book.ts';
import type { Journal } from '../sync/journal.ts';
import type { MessageSync } from '../sync/message-sync.ts';
import type { BackupDesk } from './backup-desk.ts';
import type { EngineClock } from './engine-clock.ts';
import { mintId } from './mint-id.ts';

/** What of an account backups need. */
export interface BackupsHolder {
  readonly account: Account;
  readonly store: Store;
  readonly book: ConversationBook;
  readonly journal: Journal;
  readonly messages: MessageSync;
  readonly clock: EngineClock;
  readonly rooms: { isRoom(id: ConversationId): boolean; isPrivate(id: ConversationId): boolean };
  askEncryption(): Promise<Encryption>;
  lookForLosses(): void;
}

export class AccountBackups {
  readonly #holder: BackupsHolder;
  readonly #world: World;
  #asked: Promise<BackupDesk> | undefined;

  constructor(holder: BackupsHolder, world: World) {
    this.#holder = holder;
    this.#world = world;
  }

  /** Fails as loading does; the next who asks tries again. */
  ask(): Promise<BackupDesk> {
    return (this.#asked ??= this.#load().catch((defect: unknown) => {
      this.#asked = undefined;
      throw defect;
    }));
  }

  async #load(): Promise<BackupDesk> {
    const world = this.#world;
    const holder = this.#holder;
    const { account, store, book, journal, messages, clock, rooms } = holder;
    const { BackupDesk } = await import('./backup-desk.ts');
    return new BackupDesk({
      self: account.address,
      world,
      store,
      book,
      journal,
      known: messages.known,
      intake: messages.intake,
      clock: world.clock,
      now: () => clock.now(),
      mintId: () => mintId(world),
      isWhole: (id) => messages.isWhole(id),
      mayTurnOn: (id) => !rooms.isRoom(id) || rooms.isPrivate(id),
      recount: (id) => messages.marks.recount(id),
      encryption: () => holder.askEncryption(),
      lookForLosses: () => holder.lookForLosses(),
    });
  }
}
