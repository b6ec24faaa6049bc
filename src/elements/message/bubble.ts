// One message as a part of the thread's template: no element, no shadow root, as few nodes as it takes.
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../model/message.ts';
import { fullTime, timeOfDay } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { unreadableIcon } from '../icon/message.ts';
import { bodyOf } from '../text/body-cache.ts';
import { cleanLine } from '../text/clean-text.ts';
import { renderBody } from '../text/render-text.ts';
import type { Row } from '../thread/rows.ts';
import { renderFailure, type FailureActions } from './failure-line.ts';
import { stateIcon, stateWords } from './state-words.ts';

export interface BubbleWishes {
  texts: Texts;
  /** The one message of the thread that takes part in the tab order. */
  isStop: boolean;
  /** Its links and buttons do too while it has the focus. */
  isActive: boolean;
  actions: FailureActions;
}

/** Written without a blank between the tags: each would be one more node in every bubble. */
export function renderMessage(row: Row, wishes: BubbleWishes): TemplateResult {
  const { message } = row;
  const { texts } = wishes;
  const time = timeOfDay(message.sentAt);
  const face = message.own || !row.last ? nothing : renderAvatar({ name: message.authorName, seed: message.author });
  const failure = renderFailure(texts, message, wishes.actions, wishes.isActive);
  // oxfmt-ignore
  return html`<div
    class=${messageClass(row)}
    role="article"
    part=${message.own ? 'message own-message' : 'message'}
    data-id=${message.id}
    tabindex=${wishes.isStop ? 0 : -1}
    aria-label=${nameOf(row, texts, time)}
    aria-setsize="-1"
    >${face}<div class="bubble" part=${message.own ? 'bubble own-bubble' : 'bubble'}><div class="body" dir="auto">${renderContent(message, wishes, time)}<span
      class="meta" part="meta" aria-hidden="true"><span title=${whenOf(message, texts)} .textContent=${time}></span>${renderState(row, texts)}</span></div></div>${failure}</div>`;
}

function messageClass(row: Row): string {
  const classes = ['message', row.message.own ? 'own' : 'other'];
  if (row.first) classes.push('first');
  if (row.last) classes.push('last');
  if (row.state) classes.push(row.showsState ? 'shows-state' : 'hides-state');
  if (row.message.mentionsMe && !row.message.own) classes.push('mention');
  return classes.join(' ');
}

function nameOf({ message, state }: Row, texts: Texts, time: string): string {
  const name = message.own ? texts.you : cleanLine(message.authorName);
  const who = message.suspicious ? `${name} (${texts.suspiciousName})` : name;
  return state ? `${who}, ${time}, ${stateWords(texts, state)}` : `${who}, ${time}`;
}

function renderContent(message: Message, { texts, isActive }: BubbleWishes, time: string): TemplateResult {
  if (message.content === 'unreadable') return renderUnreadable(texts, time);
  return renderBody(bodyOf(message), { reachable: isActive, meta: time });
}

function renderUnreadable(texts: Texts, time: string): TemplateResult {
  // oxfmt-ignore
  return html`<div class="unreadable">${unreadableIcon(18)}<div class="text" data-meta=${time}>${texts.unreadable}<small>${texts.unreadableHint}</small></div></div>`;
}

function whenOf(message: Message, texts: Texts): string {
  const when = fullTime(texts.dates, message.sentAt);
  return message.timeCertain ? when : `${when} · ${texts.timeUncertain}`;
}

/** There for every own message; seen where it matters, or where it is pointed at. */
function renderState({ state, showsState }: Row, texts: Texts): TemplateResult | typeof nothing {
  if (!state) return nothing;
  // oxfmt-ignore
  return html`<span class=${showsState ? 'state' : 'state quiet'} data-state=${state} title=${stateWords(texts, state)}>${stateIcon(state)}</span>`;
}
