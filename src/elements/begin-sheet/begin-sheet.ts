// Two ways to begin: with a person, or in a room. One field, one button.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ConversationId } from '../../model/conversation.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { segmentStyles } from '../../styles/segment.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { AddContactRequestEvent, JoinRoomRequestEvent, OpenRequestEvent } from '../events/shell-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { warnIcon } from '../icon/state.ts';
import { SheetElement } from '../sheet-element.ts';

/**
 * @summary Adds a contact or joins a room, then opens the conversation.
 * @tag warbler-begin-sheet
 * @attr {'contact' | 'room'} kind - Which of the two.
 * @fires {AddContactRequestEvent} warbler-add-contact-request - This person shall become a contact.
 * @fires {JoinRoomRequestEvent} warbler-join-room-request - This room shall be joined.
 * @fires {OpenRequestEvent} warbler-open-request - It worked: show it.
 */
export class BeginSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, segmentStyles, sheetStyles];

  @property() kind: 'contact' | 'room' = 'contact';

  @state() private fault = '';
  @state() private busy = false;
  @query('input') private input!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('kind')) this.fault = '';
  }

  override render(): TemplateResult {
    const { texts, kind, busy } = this;
    const [text, label, example, go] =
      kind === 'contact'
        ? [texts.addContactText, texts.addContactField, texts.addContactExample, texts.addContactGo]
        : [texts.joinRoomText, texts.joinRoomField, texts.joinRoomExample, texts.joinRoomGo];
    const inside = html`<form novalidate @submit=${this.#submit}>
      ${this.#renderKinds()}
      <div class="field">
        <label for="address">${label}</label>
        <input
          id="address"
          class="input"
          type="text"
          inputmode="email"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder=${example}
          aria-invalid=${this.fault ? 'true' : 'false'}
          aria-describedby="words"
          ?readonly=${busy}
        />
        <span id="words" class="hint ${this.fault ? 'error' : ''}"
          >${this.fault ? warnIcon(14) : nothing}<span>${this.fault || text}</span></span
        >
      </div>
      <div class="sheet-actions">
        ${this.renderEnd(texts.cancel)}
        <button class="primary-button" type="submit" aria-busy=${busy}>${busy ? texts.working : go}</button>
      </div>
    </form>`;
    return this.renderSheet(texts.begin, inside);
  }

  #renderKinds(): TemplateResult {
    const choice = (kind: 'contact' | 'room', name: string): TemplateResult =>
      html`<button type="button" aria-pressed=${this.kind === kind ? 'true' : 'false'} @click=${() => this.#choose(kind)}>${name}</button>`;
    return html`<div class="segment" role="group" aria-labelledby="title">
      ${choice('contact', this.texts.addContact)}${choice('room', this.texts.joinRoom)}
    </div>`;
  }

  #choose(kind: 'contact' | 'room'): void {
    this.kind = kind;
    this.input?.focus();
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.input) return;
    const address = this.input.value.trim();
    if (!/^[^\s@/]+@[^\s@/]+$/.test(address)) return this.#blame(this.texts.addressNeeded);
    const request = this.kind === 'contact' ? new AddContactRequestEvent(address) : new JoinRoomRequestEvent(address);
    this.dispatchEvent(request);
    await this.#settle(request);
  };

  async #settle(request: RequestEvent<ConversationId>): Promise<void> {
    if (!request.answer) return this.end();
    this.busy = true;
    const answer = await request.answer;
    this.busy = false;
    if (!answer.ok) return this.#blame(failureSentence(this.texts, answer.failure));
    this.end();
    this.dispatchEvent(new OpenRequestEvent(answer.value));
  }

  #blame(words: string): void {
    this.fault = words;
    this.announce(words, 'assertive');
    this.input?.focus();
    this.input?.select();
  }
}
