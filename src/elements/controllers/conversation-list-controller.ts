// The visible stretch of the conversation list: pulled once a frame after a change, however long the list is.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { ConversationList, ListQuery } from '../../contracts/session.ts';
import type { Conversation } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import { keepOrder } from './keep-order.ts';
import { SessionSlice } from './session-slice.ts';

export type ListFilter = Pick<ListQuery, 'matching' | 'only'>;

export interface Stretch extends ConversationList {
  /** The place of the first row in the whole list. */
  from: number;
  filter: ListFilter;
}

export class ConversationListController extends SessionSlice<Stretch> {
  #range = { from: 0, count: 30 };
  #filter: ListFilter = {};
  #held = false;

  /** Settles when the stretch is here. */
  show(from: number, count: number): Promise<void> {
    if (from === this.#range.from && count === this.#range.count) return Promise.resolve();
    this.#range = { from, count };
    return this.refresh();
  }

  narrow(filter: ListFilter): Promise<void> {
    this.#filter = filter;
    this.#range = { ...this.#range, from: 0 };
    return this.refresh();
  }

  /** While the person points at a row it must not slip away: rows keep their places and only change what they say. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    if (!held) void this.refresh();
  }

  /** What the disk had, until the core answers. */
  begin(rows: readonly Conversation[]): void {
    if (this.value) return;
    this.value = { from: 0, rows: rows.slice(0, this.#range.count), total: rows.length, complete: false, filter: {} };
    this.host.requestUpdate();
  }

  /** The whole list, for the rare question that a stretch cannot answer: which row begins with these letters. */
  readAll(): Promise<Answer<ConversationList>> | undefined {
    return this.session?.listConversations({ from: 0, count: this.value?.total ?? 0, ...this.#filter });
  }

  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'conversations');
  }

  protected override async pull(session: SessionClient): Promise<Answer<Stretch>> {
    const [range, filter] = [this.#range, this.#filter];
    const answer = await session.listConversations({ ...range, ...filter });
    return answer.ok ? { ok: true, value: { ...answer.value, from: range.from, filter } } : answer;
  }

  protected override accept(fresh: Stretch): void {
    const shown = this.value;
    const sameStretch = shown && shown.from === fresh.from && shown.filter === fresh.filter;
    this.value = this.#held && sameStretch ? { ...fresh, rows: keepOrder(shown.rows, fresh.rows) } : fresh;
  }
}
