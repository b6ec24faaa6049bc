// Everything that waits to be sent or was not, over all conversations: how it stands, and what can be done about it.
import { html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { OutboxEntry } from '../../contracts/session.ts';
import { canRetry, needsDecision } from '../../model/failure.ts';
import { NO_MARKS, deliveryState, wordsOf, type Message } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import { serveMessageRequests } from '../controllers/message-requests.ts';
import { DiscardRequestEvent, EncryptionRequestEvent, RetryRequestEvent } from '../events/message-requests.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { OpenRequestEvent } from '../events/shell-requests.ts';
import { failureSentence, failureWords } from '../failure-words.ts';
import { SheetElement } from '../sheet-element.ts';
import { stateIcon, stateWords } from '../message/state-words.ts';
import { cleanLine } from '../text/clean-text.ts';
import { OutboxController } from './outbox-controller.ts';
import { outboxSheetStyles } from './outbox-sheet.styles.ts';

/**
 * @summary Shows what waits to be sent or failed, in the order it was written.
 * @tag warbler-outbox-sheet
 * @fires {RetryRequestEvent} warbler-retry-request - A failed message shall be sent again.
 * @fires {DiscardRequestEvent} warbler-discard-request - A message shall be deleted.
 * @fires {EncryptionRequestEvent} warbler-encryption-request - Devices are to be decided on first.
 * @fires {OpenRequestEvent} warbler-open-request - Show the conversation of a message.
 */
export class OutboxSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, sheetStyles, outboxSheetStyles];

  readonly #outbox = new OutboxController(this);

  constructor() {
    super();
    serveMessageRequests(this, this.ownSession);
  }

  protected override willUpdate(): void {
    this.#outbox.follow(this.session);
  }

  override render(): TemplateResult {
    const { texts } = this;
    const entries = this.#outbox.value;
    const inside = html`${entries && entries.length === 0 ? html`<p role="status">${texts.outboxEmpty}</p>` : nothing}
      <ul role="list">
        ${repeat(
          entries ?? [],
          ({ message }) => message.id,
          (entry) => this.#renderEntry(entry),
        )}
      </ul>
      <div class="sheet-actions">${this.renderEnd(texts.close)}</div>`;
    return this.renderSheet(texts.outboxTitle, inside);
  }

  #renderEntry({ message, title }: OutboxEntry): TemplateResult {
    const name = cleanLine(title);
    const state = deliveryState(message, NO_MARKS);
    return html`<li>
      <button class="open" type="button" @click=${() => this.#open(message)}>
        <bdi class="to">${name}</bdi>
        <span class="words" dir="auto">${cleanLine(wordsOf(message))}</span>
      </button>
      <p class="state ${state}">${stateIcon(state)}<span>${this.#stateOf(message)}</span></p>
      ${state === 'sending' ? nothing : this.#renderActs(message, name)}
    </li>`;
  }

  #stateOf(message: Message): string {
    const { outbox } = message;
    return outbox?.stage === 'failed'
      ? this.texts.notSent(failureWords(this.texts, outbox.failure).what)
      : stateWords(this.texts, deliveryState(message, NO_MARKS));
  }

  /** What is on its way cannot be taken back. */
  #renderActs(message: Message, name: string): TemplateResult {
    const { texts } = this;
    const { outbox } = message;
    const button = (words: string, ask: () => Promise<void>): TemplateResult =>
      html`<button class="link-button" type="button" aria-label=${texts.saidBy(words, name)} @click=${() => void ask()}>${words}</button>`;
    return html`<span class="acts">
      ${
        outbox?.stage === 'failed' && needsDecision(outbox.failure)
          ? html`<button
              class="link-button"
              type="button"
              aria-label=${texts.saidBy(texts.decide, name)}
              @click=${() => this.#decide(message)}
            >
              ${texts.decide}
            </button>`
          : outbox?.stage === 'failed' && canRetry(outbox.failure)
            ? button(texts.retryMessage, () => this.#ask(new RetryRequestEvent(message.id), texts.stateSending))
            : nothing
      }
      ${button(texts.discardMessage, () => this.#ask(new DiscardRequestEvent(message.id), texts.discarded))}
    </span>`;
  }

  /** The button may go with its message: the keys go on from the sheet. */
  async #ask(request: RequestEvent<unknown>, done: string): Promise<void> {
    this.renderRoot.querySelector<HTMLElement>('.sheet')?.focus();
    this.dispatchEvent(request);
    const answer = await request.answer;
    if (answer?.ok) this.announce(done);
    else if (answer) this.announce(failureSentence(this.texts, answer.failure), 'assertive');
  }

  /** One sheet takes the place of the other. */
  #decide({ conversation }: Message): void {
    this.dispatchEvent(new EncryptionRequestEvent(conversation));
  }

  #open({ conversation }: Message): void {
    this.end();
    this.dispatchEvent(new OpenRequestEvent(conversation));
  }
}
