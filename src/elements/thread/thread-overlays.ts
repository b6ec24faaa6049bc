// What floats over the thread or waits at its foot: the day that is being read, older messages on their way, who is writing.
import { html, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../../model/failure.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import { cleanLine } from '../text/clean-text.ts';

/** Silent: those who listen meet the dividers themselves. */
export function renderPinnedDay(day: string | undefined, shown: boolean): TemplateResult | typeof nothing {
  return day === undefined
    ? nothing
    : html`<div class=${shown ? 'pinned-day shown' : 'pinned-day'} aria-hidden="true"><span>${day}</span></div>`;
}

export function renderOlder(
  texts: Texts,
  loading: boolean,
  failure: Failure | undefined,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (failure) {
    return html`<div class="older" role="status">
      <span>${failureWords(texts, failure).what}<button class="link-button" type="button" @click=${retry}>${texts.retry}</button></span>
    </div>`;
  }
  return loading ? html`<div class="older" aria-hidden="true"><span>${texts.olderLoading}</span></div>` : nothing;
}

/** Stands in room that is always kept, so that nothing moves when somebody begins to write. */
export function renderWriting(texts: Texts, names: readonly string[]): TemplateResult | typeof nothing {
  return names.length === 0 ? nothing : html`<div class="writing" part="writing">${texts.writing(names.map(cleanLine))}</div>`;
}
