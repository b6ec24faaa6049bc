// The thread where there are no messages to show: nothing chosen, on their way, none yet, or not loaded.
import { html, type TemplateResult } from 'lit';
import type { Failure } from '../../model/failure.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import { birdMark } from '../icon/bird.ts';
import { warnIcon } from '../icon/state.ts';

export function renderNoneChosen(texts: Texts): TemplateResult {
  return renderFace('empty', birdMark(30), texts.chooseConversation, texts.chooseConversationText);
}

export function renderEmpty(texts: Texts): TemplateResult {
  return renderFace('empty', birdMark(30), texts.threadEmptyTitle, texts.threadEmptyText);
}

export function renderFailed(texts: Texts, failure: Failure, retry: () => void): TemplateResult {
  const { what, next } = failureWords(texts, failure);
  const action = html`<button class="soft-button" type="button" @click=${retry}>${texts.retry}</button>`;
  return renderFace('failed', warnIcon(30), texts.threadFailed, `${what} ${next}`, action);
}

function renderFace(kind: string, mark: TemplateResult, title: string, text: string, action?: TemplateResult): TemplateResult {
  return html`<div class="face ${kind}" part="face">
    <span class="face-mark">${mark}</span>
    <h2 class="face-title">${title}</h2>
    <p class="face-text">${text}</p>
    ${action}
  </div>`;
}

const BONES: readonly (readonly [side: 'own' | 'other', size: 's' | 'm' | 'l'])[] = [
  ['other', 'l'],
  ['other', 'm'],
  ['own', 'm'],
  ['other', 's'],
  ['own', 'l'],
  ['own', 's'],
];

/** Becomes visible only after 200 ms, by style alone: what comes from the disk is there before. */
export function renderSkeleton(texts: Texts): TemplateResult {
  return html`<div class="skeleton" part="skeleton" role="status" aria-label=${texts.threadLoading}>
    ${BONES.map(([side, size]) => html`<span class="bone ${side} ${size}"></span>`)}
  </div>`;
}
