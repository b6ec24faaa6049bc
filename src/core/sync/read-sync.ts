// What was read, on all devices of this person (XEP-0490), where the engine keeps a private node for it.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { readDisplayedItem, writeDisplayedItem } from '../../xmpp/codecs/displayed-sync.ts';
import type { Item } from '../../xmpp/codecs/pubsub.ts';
import { NS_MDS } from '../../xmpp/namespaces.ts';
import { bareOf } from '../../xmpp/jid.ts';
import type { Connection } from '../ports.ts';
import type { ConversationBook } from './book.ts';
import { OwnNode } from '../own-node.ts';

/** Reading goes on: only where it stops for a moment is worth telling. */
const SETTLES_MS = 1_500;

export interface ReadSyncNeeds {
  self: Address;
  connection: Pick<Connection, 'ask'>;
  book: ConversationBook;
  clock: Clock;
  readElsewhere(conversation: ConversationId, archiveId: string): void;
}

export class ReadSync {
  readonly #needs: ReadSyncNeeds;
  readonly #waiting = new Map<ConversationId, string>();
  #cancel: (() => void) | undefined;
  readonly #node: OwnNode;
  #isOnline = false;

  constructor(needs: ReadSyncNeeds) {
    this.#needs = needs;
    this.#node = new OwnNode(needs.connection, NS_MDS);
  }

  async onOnline(how: 'fresh' | 'resumed'): Promise<void> {
    this.#isOnline = true;
    if (how === 'resumed') return this.#settleSoon();
    const items = await this.#node.fetch();
    if (items.ok) this.hear(items.value);
    this.#settleSoon();
  }

  onOffline(): void {
    this.#isOnline = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Items of the own node. Whoever sent them was checked. */
  hear(items: readonly Item[]): void {
    for (const item of items) {
      const read = readDisplayedItem(item);
      const conversation = read && bareOf(read.conversation);
      const record = conversation && this.#needs.book.get(conversation);
      const archive = record && (record.kind === 'room' ? record.id : this.#needs.self);
      if (read && record && bareOf(read.by) === archive) this.#needs.readElsewhere(record.id, read.archiveId);
    }
  }

  /** Read here, up to the message of this archive id. */
  tell(conversation: ConversationId, archiveId: string): void {
    this.#waiting.set(conversation, archiveId);
    this.#settleSoon();
  }

  #settleSoon(): void {
    if (!this.#isOnline || this.#waiting.size === 0) return;
    this.#cancel ??= this.#needs.clock.after(SETTLES_MS, () => {
      this.#cancel = undefined;
      void this.#publishAll();
    });
  }

  async #publishAll(): Promise<void> {
    for (const [conversation, archiveId] of [...this.#waiting]) {
      this.#waiting.delete(conversation);
      const kind = this.#needs.book.get(conversation)?.kind;
      const by = kind === 'room' ? conversation : this.#needs.self;
      await this.#node.publish(writeDisplayedItem({ conversation, archiveId, by }));
    }
  }
}
