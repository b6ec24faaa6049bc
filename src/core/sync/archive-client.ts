// Asks archives for pages and gathers what they answer. Results that nobody asked for are not ours to believe.
import type { Address } from '../../model/account.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import { readArchivePage, writeArchiveQuery } from '../../xmpp/codecs/archive.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Connection } from '../ports.ts';
import { acceptArchiveResult, queryOfBrokenResult } from './authority/archive.ts';
import { archivedTime } from './authority/delay.ts';
import type { Circumstance } from './read-message.ts';
import type { Sighting } from './sighting.ts';

/** Read as it comes: a page that kept whole stanzas until its end would be most of what there is to tidy up. */
export interface ArchivedStanza {
  archiveId: string;
  sentAt: number;
  timeCertain: boolean;
  /** Somebody's words, a stanza that is something else, or one that has to be opened before anybody knows. */
  said: { words: Sighting } | { other: Element } | { sealed: Element; ownId?: string };
}

export interface ArchiveWish {
  /** The room whose archive is meant; without one the account's own. */
  room?: Address;
  with?: Address;
  before?: string;
  after?: string;
  count: number;
}

export interface FetchedPage {
  /** In the order of time. */
  results: readonly ArchivedStanza[];
  first?: string;
  last?: string;
  complete: boolean;
}

export const NEWEST = 'newest';

/** Clocks differ, and archives are not exact: what was sent a little earlier may be the same message. */
export const MARGIN_MS: number = 10 * 60_000;

export interface ArchiveClientNeeds {
  connection: Pick<Connection, 'ask'>;
  self: Address;
  /** Unguessable: a query's name is what lets its results in. */
  mintId(): string;
  now(): number;
  /** What a stanza of the own archive or a room's says. */
  read(stanza: Element, how: Circumstance, room: Address | undefined): ArchivedStanza['said'];
}

/** What has come of a page so far. */
interface Gathered {
  results: ArchivedStanza[];
  ids: Set<string>;
  most: number;
  room: Address | undefined;
  began: ((first: string) => void) | undefined;
}

const DEADLINE_MS = 30_000;
/** An archive that sends more than it was asked for is cut off. */
const MOST_BEYOND = 50;

export class ArchiveClient {
  readonly #needs: ArchiveClientNeeds;
  readonly #waiting = new Map<string, Address>();
  readonly #gathered = new Map<string, Gathered>();

  constructor(needs: ArchiveClientNeeds) {
    this.#needs = needs;
  }

  /** `forged`: a result nobody asked for, or not from where it was asked. */
  offer(stanza: Element): 'taken' | 'forged' | 'other' {
    const { self, now, read } = this.#needs;
    const expectations = { ownBare: self, waiting: this.#waiting };
    const result = acceptArchiveResult(stanza, expectations);
    // What cannot be read would be missing without a word: nothing more is gathered, and a page without its end is none.
    if (result === 'forged') this.#gathered.delete(queryOfBrokenResult(stanza, expectations) ?? '');
    if (!result || result === 'forged') return result ?? 'other';
    const gathered = this.#gathered.get(result.queryId);
    const { at: sentAt, certain: timeCertain } = archivedTime(result.sentAt, now());
    // A broken archive repeats itself: once is enough.
    if (gathered && !gathered.ids.has(result.archiveId) && gathered.results.length < gathered.most) {
      gathered.ids.add(result.archiveId);
      const how = { archiveId: result.archiveId, sentAt, timeCertain };
      gathered.results.push({ ...how, said: read(result.message, how, gathered.room) });
      if (gathered.results.length === 1) gathered.began?.(result.archiveId);
    }
    return 'taken';
  }

  /** `began` hears the id of the first result, which is the oldest of its page, long before the page is whole. */
  async ask(wish: ArchiveWish, began?: (first: string) => void): Promise<Answer<FetchedPage>> {
    const queryId = this.#needs.mintId();
    const results: ArchivedStanza[] = [];
    const { room, with: other, before, after, count } = wish;
    this.#waiting.set(queryId, room ?? this.#needs.self);
    this.#gathered.set(queryId, { results, ids: new Set(), most: count + MOST_BEYOND, room, began });
    const query = writeArchiveQuery({
      queryId,
      ...(room !== undefined && { to: room }),
      ...(other !== undefined && { with: other }),
      page: { ...(before !== undefined && { before }), ...(after !== undefined && { after }), max: count },
    });
    const answer = await this.#needs.connection.ask(query, DEADLINE_MS);
    this.#waiting.delete(queryId);
    this.#gathered.delete(queryId);
    return answer.ok ? readPage(answer.value, results) : answer;
  }
}

/** A page whose ends did not arrive is none: it would leave a hole that nobody sees. */
function readPage(iq: Element, results: ArchivedStanza[]): Answer<FetchedPage> {
  const page = readArchivePage(iq);
  if (!page) return failed({ kind: 'no-answer' });
  const ids = new Set(results.map((result) => result.archiveId));
  const isTruncated = (page.first !== undefined && !ids.has(page.first)) || (page.last !== undefined && !ids.has(page.last));
  if (isTruncated || (results.length > 0 && page.first === undefined)) return failed({ kind: 'no-answer' });
  return succeeded({ ...page, results: inOrderOfTime(results) });
}

export function inOrderOfTime(results: readonly ArchivedStanza[]): readonly ArchivedStanza[] {
  const isAscending = results.every((result, at) => at === 0 || (results[at - 1]?.sentAt ?? 0) <= result.sentAt);
  return isAscending ? results : [...results].toSorted((a, b) => a.sentAt - b.sentAt);
}
