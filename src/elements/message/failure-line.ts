// Under a message that was not sent: why, and what the person can do. It never goes away by itself.
import { html, nothing, type TemplateResult } from 'lit';
import { canRetry, lacksKeys, needsDecision } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import { warnIcon } from '../icon/state.ts';

export interface FailureActions {
  retry(message: Message): void;
  edit(message: Message): void;
  discard(message: Message): void;
  /** Words for the composer. */
  write(text: string): void;
  /** Who can read, and what is to be decided about it. */
  encryption(message: Message): void;
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
  const button = (words: string, act: (message: Message) => void): TemplateResult =>
    html`<button class="link-button" type="button" tabindex=${stop} @click=${() => act(message)}>${words}</button>`;
  return html`<div class="failure" part="failure">
    ${warnIcon(14)}<span class="why">${texts.notSent(failureWords(texts, failure).what)}</span>
    <span class="acts">
      ${needsDecision(failure) ? button(texts.decide, actions.encryption) : canRetry(failure) ? button(texts.retryMessage, actions.retry) : nothing}
      ${lacksKeys(failure) && !needsDecision(failure) ? button(texts.lookAtKeys, actions.encryption) : nothing}
      ${message.file ? nothing : button(texts.editMessage, actions.edit)} ${button(texts.discardMessage, actions.discard)}
    </span>
  </div>`;
}
