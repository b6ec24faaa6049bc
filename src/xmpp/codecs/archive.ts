// Message archive, XEP-0313: ask for a page, read one result, read the page's end.
import type { Claim } from '../claim.ts';
import { NS_CLIENT, NS_MAM } from '../namespaces.ts';
import { writeStamp } from '../stamp.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import { writeForm } from './data-form.ts';
import { readForwarded } from './forward.ts';
import { readPageFound, writePageWish, type PageFound, type PageWish } from './paging.ts';

export const archiveResultClaim: Claim = { stanza: 'message', child: ['result', NS_MAM] };

export interface ArchiveQuery {
  queryId: string;
  /** The room whose archive it is; the account's own without one. */
  to?: string;
  with?: string;
  /** Milliseconds since the epoch. */
  start?: number;
  end?: number;
  page: PageWish;
}

export interface ArchiveResult {
  queryId: string;
  archiveId: string;
  /** Milliseconds since the epoch, by the archive's own clock. */
  sentAt: number;
  message: Element;
}

export interface ArchivePage extends PageFound {
  /** Nothing lies beyond this page in the direction of paging. */
  complete: boolean;
}

export function writeArchiveQuery({ queryId, to, with: other, start, end, page }: ArchiveQuery): Element {
  const filter = { with: other, start: start && writeStamp(start), end: end && writeStamp(end) };
  const hasFilter = Object.values(filter).some((value) => value !== undefined);
  const query = element('query', NS_MAM, { queryid: queryId }, [
    hasFilter ? writeForm(NS_MAM, filter as Record<string, string | undefined>) : undefined,
    writePageWish(page),
  ]);
  return element('iq', NS_CLIENT, { type: 'set', to }, [query]);
}

/** Whether it is a wrapper at all, however badly made: then nothing else in it may be believed. */
export const isArchiveResult = (message: Element): boolean => child(message, 'result', NS_MAM) !== undefined;

/** Which query it claims to answer. */
export const queryNamedIn = (message: Element): string | undefined => child(message, 'result', NS_MAM)?.attributes['queryid'];

export function readArchiveResult(message: Element): ArchiveResult | undefined {
  const results = childrenNamed(message, 'result', NS_MAM);
  const [result] = results;
  const forwarded = result && results.length === 1 ? readForwarded(result) : undefined;
  const { queryid: queryId, id: archiveId } = result?.attributes ?? {};
  if (!forwarded?.delay || !queryId || !archiveId) return undefined;
  return { queryId, archiveId, sentAt: forwarded.delay.at, message: forwarded.message };
}

/** The end of a page. ejabberd leaves the first and last id out when the page is empty, Prosody then sends an empty set. */
export function readArchivePage(iq: Element): ArchivePage | undefined {
  const end = child(iq, 'fin', NS_MAM);
  return end && { ...readPageFound(end), complete: end.attributes['complete'] === 'true' };
}
