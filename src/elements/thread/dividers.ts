// What stands between messages: the day, what is new, what is missing, where it all began.
import { html, nothing, type TemplateResult } from 'lit';
import type { Gap } from '../../contracts/session.ts';
import type { Message } from '../../model/message.ts';
import type { Texts } from '../../texts/texts.ts';
import { warnIcon } from '../icon/state.ts';
import { cleanLine } from '../text/clean-text.ts';
import type { Row } from './rows.ts';

export interface HeadWishes {
  texts: Texts;
  /** Its message has the focus: what can be pressed here takes part in the tab order. */
  isActive: boolean;
  fill(gap: Gap): void;
  pick(day: number): void;
}

export function renderHead(row: Row, wishes: HeadWishes): (TemplateResult | typeof nothing)[] | typeof nothing {
  const { texts, fill } = wishes;
  if (!row.startsConversation && row.day === undefined && !row.gap && !row.startsNew && !row.showsName) return nothing;
  return [
    row.startsConversation ? html`<p class="note" part="start">${texts.startOfConversation}</p>` : nothing,
    row.gap ? renderGap(row.gap, texts, fill) : nothing,
    row.day === undefined ? nothing : renderDay(row.day, row.message, wishes),
    row.startsNew
      ? html`<div class="new" part="new-divider" role="separator" aria-label=${texts.newMessages}>${texts.newMessages}</div>`
      : nothing,
    row.showsName ? renderName(row.message, texts) : nothing,
  ];
}

/** For the eye: those who listen hear it with the message. The warning comes first, so that no name is long enough to hide it. */
function renderName({ authorName, suspicious }: Message, texts: Texts): TemplateResult {
  const warning = suspicious ? html`<span class="suspicious">${warnIcon(12)} ${texts.suspiciousName} · </span>` : nothing;
  return html`<div class="who" part="author" aria-hidden="true">${warning}<bdi>${cleanLine(authorName)}</bdi></div>`;
}

/** Those who listen meet a line between two days; beside it stands the way to another. */
function renderDay(day: string, { sentAt }: Message, { texts, isActive, pick }: HeadWishes): TemplateResult {
  return html`<div class="day" part="day-divider">
    <span role="separator" aria-label=${day}></span>
    <button
      type="button"
      tabindex=${isActive ? 0 : -1}
      aria-label=${`${day}, ${texts.jumpToDate}`}
      title=${texts.jumpToDate}
      @click=${() => pick(sentAt)}
    >
      ${day}
    </button>
  </div>`;
}

function renderGap(gap: Gap, texts: Texts, fill: (gap: Gap) => void): TemplateResult {
  if (gap.state === 'filling') return html`<div class="note gap" part="gap" aria-busy="true">${texts.gapFilling}</div>`;
  const words = gap.state === 'failed' ? texts.gapFailed : texts.gap;
  return html`<div class="note gap" part="gap">
    ${gap.state === 'failed' ? warnIcon(14) : nothing}<span>${words}</span>
    <button class="link-button" type="button" @click=${() => fill(gap)}>${gap.state === 'failed' ? texts.retry : texts.gapFill}</button>
  </div>`;
}
