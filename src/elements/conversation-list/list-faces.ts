// What the list shows where there are no rows: why, and one thing to do.
import { html, nothing, type TemplateResult } from 'lit';
import type { ListFilter } from '../controllers/conversation-list-controller.ts';
import type { Failure } from '../../model/failure.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import { birdMark } from '../icon/bird.ts';
import { searchIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';

interface Face {
  mark: TemplateResult;
  title: string;
  text: string;
  action?: { name: string; act: () => void };
  failed?: boolean;
}

export function renderFace({ mark, title, text, action, failed = false }: Face): TemplateResult {
  return html`<div class="face ${failed ? 'failed' : ''}">
    <span class="face-mark">${mark}</span>
    <p class="face-title">${title}</p>
    <p class="face-text">${text}</p>
    ${action ? html`<button class="soft-button" type="button" @click=${action.act}>${action.name}</button>` : nothing}
  </div>`;
}

export function renderEmpty(texts: Texts, filter: ListFilter, begin: () => void, clear: () => void): TemplateResult {
  const mark = filter.matching ? searchIcon(28) : birdMark(30);
  if (!filter.matching && !filter.only) {
    return renderFace({ mark, title: texts.emptyTitle, text: texts.emptyText, action: { name: texts.addContact, act: begin } });
  }
  const [title, text] = emptyWords(texts, filter);
  return renderFace({ mark, title, text, action: { name: filter.matching ? texts.clearSearch : texts.showAll, act: clear } });
}

function emptyWords(texts: Texts, { matching, only }: ListFilter): [string, string] {
  if (matching) return [texts.noResultsTitle, texts.noResultsText(matching)];
  if (only === 'unread') return [texts.noUnreadTitle, texts.noUnreadText];
  if (only === 'mentioned') return [texts.noMentionsTitle, texts.noMentionsText];
  return [texts.noRoomsTitle, texts.noRoomsText];
}

export function renderFailed(texts: Texts, failure: Failure, retry: () => void): TemplateResult {
  const { what, next } = failureWords(texts, failure);
  return renderFace({ mark: warnIcon(28), title: what, text: next, action: { name: texts.retry, act: retry }, failed: true });
}

/** Bones in the shape of rows; the style shows them only after 200 ms. */
export function renderBones(texts: Texts): TemplateResult {
  const row = (first: string, second: string): TemplateResult =>
    html`<div class="bones">
      <i class="bone round"></i><span><i class="bone ${first}"></i><i class="bone ${second}"></i></span>
    </div>`;
  return html`<div class="loading" role="status">
    <span class="spoken">${texts.loadingList}</span>
    ${row('short', 'long')}${row('middling', 'middle')}${row('short', 'middle')}${row('middle', 'long')}${row('short', 'middling')}
  </div>`;
}
