// Under a message that was not sent: why, and what the person can do. It never goes away by itself.
import { html, nothing, type TemplateResult } from 'lit';
import { canRetry } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import { warnIcon } from '../icon/state.ts';

export interface FailureActions {
  retry(message: Message): void;
  edit(message: Message): void;
  discard(message: Message): void;
}

export function renderFailure(
  texts: Texts,
  message: Message,
  actions: FailureActions,
  reachable: boolean,
): TemplateResult | typeof nothing {
  if (message.outbox?.stage !== 'failed') return nothing;
  const { failure } = message.outbox;
  const stop = reachable ? 0 : -1;
  return html`<div class="failure" part="failure">
    ${warnIcon(14)}<span class="why">${texts.notSent(failureWords(texts, failure).what)}</span>
    ${
      canRetry(failure)
        ? html`<button class="link-button" type="button" tabindex=${stop} @click=${() => actions.retry(message)}>
            ${texts.retryMessage}
          </button>`
        : nothing
    }
    <button class="link-button" type="button" tabindex=${stop} @click=${() => actions.edit(message)}>${texts.editMessage}</button>
    <button class="link-button" type="button" tabindex=${stop} @click=${() => actions.discard(message)}>${texts.discardMessage}</button>
  </div>`;
}
