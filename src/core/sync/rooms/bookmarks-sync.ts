// The rooms this person keeps, the same on every device: bookmarks at the server, a copy on disk.
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import { readBookmark, writeBookmark, type Bookmark } from '../../../xmpp/codecs/bookmarks.ts';
import type { NodeEvent } from '../../../xmpp/codecs/pubsub.ts';
import { NS_BOOKMARKS } from '../../../xmpp/namespaces.ts';
import { parseFrame, writeElement } from '../../../xmpp/xml.ts';
import type { LiveNeeds } from '../live-needs.ts';
import { OwnNode } from '../../own-node.ts';

/** As it lies on disk: what other programs keep in a bookmark is held as text. */
type KeptBookmark = Omit<Bookmark, 'extensions'> & { extensions?: string; unsaved?: boolean };

export type BookmarkChange = { kept: Bookmark } | { dropped: Address };

/** More rooms than anybody joins at once; beyond it somebody else writes into the node. */
const MOST = 500;

export class BookmarksSync {
  readonly #needs: LiveNeeds;
  readonly #node: OwnNode;
  readonly #bookmarks = new Map<Address, Bookmark>();
  /** The server has not taken them yet: that they are missing there does not mean that another device dropped them. */
  readonly #unsaved = new Set<Address>();

  constructor(needs: LiveNeeds) {
    this.#needs = needs;
    this.#node = new OwnNode(needs.connection, NS_BOOKMARKS);
  }

  get(room: Address): Bookmark | undefined {
    return this.#bookmarks.get(room);
  }

  all(): readonly Bookmark[] {
    return [...this.#bookmarks.values()];
  }

  async load(): Promise<void> {
    const kept = await this.#needs.facts.fact<readonly KeptBookmark[]>('bookmarks');
    for (const { unsaved, ...one } of kept ?? []) {
      this.#bookmarks.set(one.room, unpack(one));
      if (unsaved) this.#unsaved.add(one.room);
    }
  }

  /** What is different at the server from what the disk held. Without an answer everything stays. */
  async fetch(): Promise<readonly BookmarkChange[]> {
    const answer = await this.#node.fetch();
    if (!answer.ok) return [];
    const items = answer.value.slice(0, MOST).flatMap((item) => readBookmark(item) ?? []);
    const rooms = new Set(items.map(({ room }) => room));
    const missing = this.all().filter(({ room }) => !rooms.has(room));
    for (const bookmark of missing) if (this.#unsaved.has(bookmark.room)) void this.#save(bookmark);
    const dropped = missing.flatMap(({ room }) => (this.#unsaved.has(room) ? [] : [{ dropped: room }]));
    return this.#adopt([...items.map((kept) => ({ kept })), ...dropped]);
  }

  /** Another device kept or dropped a room. Who says so was asked before. */
  hear({ items, retracted, emptied }: NodeEvent): readonly BookmarkChange[] {
    const gone = emptied ? this.all().map(({ room }) => room) : retracted.filter((id): id is Address => this.#bookmarks.has(id as Address));
    const kept = items.flatMap((item) => readBookmark(item) ?? []);
    return this.#adopt([...kept.map((one) => ({ kept: one })), ...gone.map((room) => ({ dropped: room }))]);
  }

  /** Kept here at once and at the server if it takes it; what other programs wrote into the bookmark stays in it. */
  async keep(room: Address, change: Partial<Omit<Bookmark, 'room'>>): Promise<Answer<void>> {
    const bookmark: Bookmark = { autojoin: true, ...this.#bookmarks.get(room), ...change, room };
    if (!this.#bookmarks.has(room) && this.#bookmarks.size >= MOST) return failed({ kind: 'too-many-requests' });
    this.#unsaved.add(room);
    this.#adopt([{ kept: bookmark }]);
    return this.#save(bookmark);
  }

  async drop(room: Address): Promise<Answer<void>> {
    if (!this.#bookmarks.has(room)) return succeeded(undefined);
    this.#adopt([{ dropped: room }]);
    return this.#node.retract(room);
  }

  async #save(bookmark: Bookmark): Promise<Answer<void>> {
    const answer = await this.#node.publish(writeBookmark(bookmark));
    if (answer.ok && this.#bookmarks.get(bookmark.room) === bookmark) {
      this.#unsaved.delete(bookmark.room);
      this.#keepOnDisk();
    }
    return answer;
  }

  #adopt(changes: readonly BookmarkChange[]): readonly BookmarkChange[] {
    for (const change of changes) {
      if ('dropped' in change) this.#bookmarks.delete(change.dropped);
      else if (this.#bookmarks.has(change.kept.room) || this.#bookmarks.size < MOST) this.#bookmarks.set(change.kept.room, change.kept);
    }
    if (changes.length > 0) this.#keepOnDisk();
    return changes;
  }

  #keepOnDisk(): void {
    const kept = this.all().map((bookmark) => ({ ...pack(bookmark), ...(this.#unsaved.has(bookmark.room) && { unsaved: true }) }));
    this.#needs.facts.setFact('bookmarks', kept);
  }
}

function pack({ extensions, ...bookmark }: Bookmark): KeptBookmark {
  return { ...bookmark, ...(extensions && { extensions: writeElement(extensions) }) };
}

function unpack({ extensions, ...bookmark }: KeptBookmark): Bookmark {
  const frame = extensions === undefined ? undefined : parseFrame(extensions);
  return { ...bookmark, ...(frame?.ok && { extensions: frame.element }) };
}
