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
import { renderFileSlot, type SlotWishes } from './file-slot.ts';
import { renderKeysLine } from './keys-line.ts';
import { canMend, markOf, renderMark } from './protection-mark.ts';
import { isPicture } from './slot-size.ts';
import { stateIcon, stateWords } from './state-words.ts';

export interface BubbleWishes extends SlotWishes {
  /** The one message of the thread that takes part in the tab order. */
  isStop: boolean;
  actions: FailureActions;
}

/** Written without a blank between the tags: each would be one more node in every bubble. */
export function renderMessage(row: Row, wishes: BubbleWishes): TemplateResult {
  const { message } = row;
  const { texts } = wishes;
  if (message.content === 'keys-changed') return renderKeysLine(message, wishes);
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
      class="meta" part="meta" aria-hidden="true"><span title=${whenOf(message, texts)} .textContent=${time}></span>${renderEnd(row, texts)}</span></div></div>${failure}</div>`;
}

function messageClass(row: Row): string {
  const classes = ['message', row.message.own ? 'own' : 'other'];
  if (row.first) classes.push('first');
  if (row.last) classes.push('last');
  if (row.state) classes.push(row.showsState ? 'shows-state' : 'hides-state');
  if (markOf(row.message)) classes.push('marked');
  if (row.message.file && isPicture(row.message.file)) classes.push(row.message.text ? 'pictured captioned' : 'pictured');
  if (row.message.mentionsMe && !row.message.own) classes.push('mention');
  return classes.join(' ');
}

function nameOf({ message, state }: Row, texts: Texts, time: string): string {
  const name = message.own ? texts.you : cleanLine(message.authorName);
  const who = message.suspicious ? `${name} (${texts.suspiciousName})` : name;
  const mark = markOf(message);
  const facts = [who, time, ...(state ? [stateWords(texts, state)] : []), ...(mark ? [texts.marks[mark]] : [])];
  return facts.join(', ');
}

function renderContent(message: Message, wishes: BubbleWishes, time: string): unknown {
  const mark = markOf(message);
  const meta = mark ? `${wishes.texts.marks[mark]} ${time}` : time;
  if (message.content === 'unreadable') return renderUnreadable(message, wishes, meta);
  const body = renderBody(bodyOf(message), { reachable: wishes.isActive, meta });
  const { file } = message;
  if (!file) return body;
  const slot = renderFileSlot(message, file, wishes);
  return message.text === '' && isPicture(file) ? slot : [slot, body];
}

function renderUnreadable(message: Message, { texts, isActive, actions }: BubbleWishes, meta: string): TemplateResult {
  const { unreadable: why } = message;
  const hint = why ? texts.unreadableWhy[why] : texts.unreadableHint;
  const look = canMend(message)
    ? html`<button class="link-button" type="button" tabindex=${isActive ? 0 : -1} @click=${() => actions.encryption(message)}>
        ${texts.lookAtKeys}
      </button>`
    : nothing;
  // oxfmt-ignore
  return html`<div class="unreadable">${unreadableIcon(18)}<div class="text" data-meta=${meta}>${texts.unreadable}<small>${hint} ${look}</small></div></div>`;
}

function whenOf(message: Message, texts: Texts): string {
  const when = fullTime(texts.dates, message.sentAt);
  return message.timeCertain ? when : `${when} · ${texts.timeUncertain}`;
}

function renderEnd(row: Row, texts: Texts): unknown {
  const mark = markOf(row.message);
  return mark ? [renderMark(texts, mark), renderState(row, texts)] : renderState(row, texts);
}

/** There for every own message; seen where it matters, or where it is pointed at. */
function renderState({ state, showsState }: Row, texts: Texts): TemplateResult | typeof nothing {
  if (!state) return nothing;
  // oxfmt-ignore
  return html`<span class=${showsState ? 'state' : 'state quiet'} data-state=${state} title=${stateWords(texts, state)}>${stateIcon(state)}</span>`;
}
