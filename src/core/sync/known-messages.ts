// Which messages this device holds already, by conversation: a window over the newest ones, read from the store when first asked for.
import type { ConversationId } from '../../model/conversation.ts';
import type { AuthorId } from '../../model/message.ts';
import type { Store, StoredMessage } from '../ports.ts';
import { archiveKey, keysOf, originKey, type Sighting } from './sighting.ts';

/** Resent and repeated stanzas are near the newest end. */
const FIRST_LOOK = 100;
const FURTHER_LOOK = 250;
/** Beyond so many conversations, the one not used longest is forgotten when nothing is under way. */
const MOST_WINDOWS = 40;
const LARGEST_WINDOW = 2_000;

interface Window {
  places: Map<string, number>;
  /** The lowest place read from the store, and how early that was. `-Infinity`: all there is. */
  from: number;
  since: number;
}

export class KnownMessages {
  readonly #store: Store;
  readonly #windows = new Map<ConversationId, Window>();
  #moves = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** How often something changed its place. */
  get moves(): number {
    return this.#moves;
  }

  /** Whether everything sent since then is in memory. */
  reaches(conversation: ConversationId, since: number): boolean {
    const window = this.#windows.get(conversation);
    return window !== undefined && (window.since <= since || window.from === -Infinity);
  }

  has(conversation: ConversationId): boolean {
    return this.#windows.has(conversation);
  }

  /** Nothing of it is stored yet: nothing to read. */
  begin(conversation: ConversationId): void {
    if (!this.#windows.has(conversation)) this.#windows.set(conversation, { places: new Map(), from: -Infinity, since: -Infinity });
  }

  async load(conversation: ConversationId, since: number): Promise<void> {
    while (!this.reaches(conversation, since)) await this.#loadFurther(conversation);
  }

  /** Messages far from the newest end, before somebody fills a gap beside them. */
  remember(messages: Iterable<StoredMessage>): void {
    for (const message of messages) this.add(message);
  }

  add(message: StoredMessage): void {
    const window = this.#windows.get(message.conversation);
    for (const key of window ? keysOf(message) : []) if (!window?.places.has(key)) window?.places.set(key, message.order);
  }

  /** Something of it was lost: what is still there is read again from the store. */
  forget(conversation: ConversationId): void {
    this.#windows.delete(conversation);
  }

  /** It stands elsewhere now. */
  move(message: StoredMessage): void {
    this.#moves += 1;
    const window = this.#windows.get(message.conversation);
    for (const key of window ? keysOf(message) : []) window?.places.set(key, message.order);
  }

  placeOf(sighting: Pick<Sighting, 'conversation' | 'author' | 'archiveId' | 'originId'>): number | undefined {
    const places = this.#windows.get(sighting.conversation)?.places;
    if (!places) return undefined;
    const { author, archiveId, originId } = sighting;
    const archived = archiveId === undefined ? undefined : places.get(archiveKey(archiveId));
    return archived ?? (originId === undefined ? undefined : places.get(originKey(author, originId)));
  }

  /** Where the message with this id of its author stands. */
  placeOfOrigin(conversation: ConversationId, author: AuthorId, originId: string): number | undefined {
    return this.#windows.get(conversation)?.places.get(originKey(author, originId));
  }

  /** Of what this author gave an id. */
  placesOf(conversation: ConversationId, author: AuthorId): number[] {
    const names = originKey(author, '');
    return [...(this.#windows.get(conversation)?.places ?? [])].flatMap(([key, place]) => (key.startsWith(names) ? [place] : []));
  }

  placeOfArchiveId(conversation: ConversationId, archiveId: string): number | undefined {
    return this.#windows.get(conversation)?.places.get(archiveKey(archiveId));
  }

  /** To be called only when everything is on disk: what is forgotten is read again from there. */
  trim(): void {
    for (const [id, window] of this.#windows) if (window.places.size > LARGEST_WINDOW) this.#windows.delete(id);
    for (const id of this.#windows.keys()) {
      if (this.#windows.size <= MOST_WINDOWS) return;
      this.#windows.delete(id);
    }
  }

  async #loadFurther(conversation: ConversationId): Promise<void> {
    const known = this.#windows.get(conversation);
    const count = known ? FURTHER_LOOK : FIRST_LOOK;
    const messages = await this.#store.readBelow(conversation, known?.from ?? Infinity, count);
    // Somebody may have read the same meanwhile: adding twice does no harm.
    const window = this.#windows.get(conversation) ?? { places: new Map<string, number>(), from: Infinity, since: Infinity };
    this.#windows.set(conversation, window);
    this.remember(messages);
    const isAll = messages.length < count;
    window.from = isAll ? -Infinity : Math.min(window.from, messages[0]?.order ?? Infinity);
    window.since = isAll ? -Infinity : Math.min(window.since, ...messages.map((message) => message.sentAt));
  }
}
