// One row of the list, 64 px: face, name, time, one line of preview, what waits.
import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../../model/conversation.ts';
import { fullTime, timeInList } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { deliveredIcon, queuedIcon, readIcon, sentIcon } from '../icon/delivery.ts';
import { closeIcon } from '../icon/navigation.ts';
import { mutedIcon, pinnedIcon } from '../icon/menus.ts';
import { warnIcon } from '../icon/state.ts';
import { lockIcon } from '../icon/trust.ts';
import { badgeName, renderBadge } from '../unread-badge/badge-part.ts';
import { isBegun, isPrivate, markWords, previewText, stateName } from './row-words.ts';

export interface RowFacts {
  row: Conversation;
  /** Its place in the whole list, from 0. */
  index: number;
  total: number;
  current: boolean;
  tabStop: boolean;
  now: number;
  deciding: boolean;
}

export interface RowHandlers {
  open(row: Conversation): void;
  decide(row: Conversation, decision: 'accept' | 'decline'): void;
}

export function renderRow(texts: Texts, facts: RowFacts, handlers: RowHandlers): TemplateResult {
  const { row, index, total, current, tabStop } = facts;
  return html`<li class="item ${row.standing === 'asks-for-contact' ? 'asking' : ''}" aria-posinset=${index + 1} aria-setsize=${total}>
    <button
      class="row"
      part="row"
      type="button"
      data-id=${row.id}
      tabindex=${tabStop ? 0 : -1}
      aria-current=${current ? 'true' : nothing}
      @click=${() => handlers.open(row)}
    >
      ${renderAvatar({ name: row.title, seed: row.id, ...(row.kind === 'direct' ? { presence: row.presence } : {}) })}
      <span class="middle">
        <span class="line">
          <span class="name"><bdi>${row.title}</bdi></span
          >${renderMarks(texts, row)} ${renderTime(texts, row, facts.now)}
        </span>
        <span class="line">${renderPreview(texts, row)} ${renderUnread(texts, row)}</span>
      </span>
    </button>
    ${row.standing === 'asks-for-contact' ? renderDecision(texts, facts, handlers) : nothing}
  </li>`;
}

function renderMarks(texts: Texts, row: Conversation): TemplateResult | typeof nothing {
  const words = markWords(texts, row);
  if (words === '') return nothing;
  return html`<span class="marks"
    >${isPrivate(row) ? html`<span class=${row.readability}>${lockIcon(14)}</span>` : nothing}${row.muted ? mutedIcon(14) : nothing}${row.pinned ? pinnedIcon(14) : nothing}<span
      class="spoken"
    >
      ${words}
    </span></span
  >`;
}

function renderTime(texts: Texts, row: Conversation, now: number): TemplateResult | typeof nothing {
  if (row.lastActivityAt <= 0 || row.standing === 'asks-for-contact') return nothing;
  const at = new Date(row.lastActivityAt).toISOString();
  return html`<time datetime=${at} title=${fullTime(texts.dates, row.lastActivityAt)}
    >${timeInList(texts.dates, row.lastActivityAt, now)}</time
  >`;
}

function renderPreview(texts: Texts, row: Conversation): TemplateResult {
  const text = previewText(texts, row);
  if (row.writing.length > 0) return html`<span class="preview writing">${text}</span>`;
  const tag = isBegun(row)
    ? html`<span class="tag draft">${texts.draft}</span> `
    : row.mentioned && row.unread > 0
      ? html`<bdi class="tag mention">${texts.mention}</bdi> `
      : nothing;
  return html`${isBegun(row) ? nothing : renderState(texts, row)}<span class="preview">${tag}<bdi>${text}</bdi></span>`;
}

function renderState(texts: Texts, row: Conversation): TemplateResult | typeof nothing {
  const state = row.preview?.own ? row.preview.state : undefined;
  if (!state) return nothing;
  return html`<span class="state ${state}" title=${stateName(texts, state)}
    >${STATE_ICONS[state](14)}<span class="spoken">${stateName(texts, state)}: </span></span
  >`;
}

/** The figure for the eye, the sentence for the ear. */
function renderUnread(texts: Texts, { unread, muted, mentioned }: Conversation): TemplateResult | typeof nothing {
  if (unread === 0) return nothing;
  const words = badgeName(texts, { count: unread, mention: mentioned });
  return html`${renderBadge(texts, { count: unread, muted }, true)}<span class="spoken"> ${words} </span>`;
}

const STATE_ICONS = { waiting: queuedIcon, sent: sentIcon, delivered: deliveredIcon, read: readIcon, failed: warnIcon };

function renderDecision(texts: Texts, { row, deciding }: RowFacts, handlers: RowHandlers): TemplateResult {
  return html`<span class="decision">
    <button
      class="soft-button small"
      type="button"
      aria-label=${texts.acceptContactOf(row.title)}
      ?disabled=${deciding}
      @click=${() => handlers.decide(row, 'accept')}
    >
      ${texts.acceptContact}
    </button>
    <button
      class="decline"
      type="button"
      aria-label=${texts.declineContactOf(row.title)}
      title=${texts.declineContact}
      ?disabled=${deciding}
      @click=${() => handlers.decide(row, 'decline')}
    >
      ${closeIcon(18)}
    </button>
  </span>`;
}
