// Looks for words in the stored messages of one conversation, a step at a time. A step ends with its page, or with its time:
// the worker serves everybody else between two of them.
import type { FoundMessage, Gap, ThreadFindings, ThreadSearch } from '../../contracts/session.ts';
import { foldText, foldWords } from '../../base/fold-text.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { ConversationRecord, StoredMessage } from '../ports.ts';
import { BEGINNING } from '../sync/gap-filler.ts';
import type { AccountSession } from './account-session.ts';

/** A full block: opened and decoded in about a millisecond. */
const PAGE = 100;
/** Long messages take longer to look through than to read. */
const STEP_MS = 6;

export async function findInThread(session: AccountSession, search: ThreadSearch): Promise<Answer<ThreadFindings>> {
  const record = session.book.get(search.conversation);
  if (!record) return failed({ kind: 'not-found' });
  const words = foldWords(String(search.words));
  const page = words === '' ? [] : await session.store.readBelow(record.id, search.below, PAGE);
  session.lookForLosses();
  const { found, reached } = lookThrough(page, search.above, words, () => session.clock.now());
  const shown = shownOf(found, session, record);
  const isMore = reached !== undefined && reached.order > search.above && (page.length === PAGE || reached !== page[0]);
  return succeeded(isMore ? { found: shown, gaps: [], next: reached.order } : { found: shown, gaps: await gapsOf(session, record) });
}

/** From the newest down, until the time is over or the search is at its end. */
function lookThrough(
  page: readonly StoredMessage[],
  above: number,
  words: string,
  now: () => number,
): { found: readonly StoredMessage[]; reached: StoredMessage | undefined } {
  const found: StoredMessage[] = [];
  const began = now();
  let reached: StoredMessage | undefined;
  for (let at = page.length - 1; at >= 0; at--) {
    const message = page[at];
    if (!message) break;
    reached = message;
    if (message.order <= above) break;
    if (message.content === 'text' && holds(message, words)) found.push(message);
    if (now() - began > STEP_MS) break;
  }
  return { found, reached };
}

const holds = ({ text, file }: StoredMessage, words: string): boolean =>
  foldText(text).includes(words) || (file !== undefined && foldText(file.name).includes(words));

/** What is shown elsewhere, or nowhere, is not found here. */
function shownOf(found: readonly StoredMessage[], { messages }: AccountSession, { id: conversation }: ConversationRecord): FoundMessage[] {
  const waiting = new Set(messages.outbox.of(conversation).map((record) => record.id));
  return found.filter(({ id, withdrawn }) => !withdrawn && !waiting.has(id)).map(({ id, order }) => ({ id, order }));
}

/** The beginning, too, is a gap, even before anybody has looked there. */
async function gapsOf({ book, messages, store }: AccountSession, before: ConversationRecord): Promise<Gap[]> {
  const record = book.get(before.id) ?? before;
  const [lowest] = await store.readAbove(record.id, -Infinity, 1);
  const { lookingBack } = messages;
  const beginning = lookingBack.mayReach(record.id, lowest) ? [{ id: BEGINNING, below: lowest?.order ?? -Infinity }] : [];
  return lookingBack.shown({ ...record, gaps: [...record.gaps, ...beginning] }).toSorted((a, b) => b.below - a.below);
}
