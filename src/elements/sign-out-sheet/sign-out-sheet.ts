// Asked only where unsent messages would be lost: what is erased, and a way back.
import { html, type CSSResult, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import { SignOutRequestEvent } from '../events/shell-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { SheetElement } from '../sheet-element.ts';

/**
 * @summary Confirms signing out while messages wait.
 * @tag warbler-sign-out-sheet
 * @attr {number} waiting - How many messages would be lost.
 * @fires {SignOutRequestEvent} warbler-sign-out-request - It shall happen all the same.
 */
export class SignOutSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, sheetStyles];

  @property({ type: Number }) waiting = 0;
  @state() private busy = false;

  override render(): TemplateResult {
    const { texts, busy } = this;
    const inside = html`<p id="words">${texts.signOutUnsent(this.waiting)} ${texts.signOutErases}</p>
      <div class="sheet-actions">
        ${this.renderEnd(texts.cancel, true)}
        <button class="primary-button grave" type="button" aria-busy=${busy} @click=${this.#signOut}>
          ${busy ? texts.signingOut : texts.signOutAnyway}
        </button>
      </div>`;
    return this.renderSheet(texts.signOutTitle, inside, 'alert');
  }

  readonly #signOut = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    const request = new SignOutRequestEvent();
    this.dispatchEvent(request);
    const answer = await request.answer;
    this.busy = false;
    if (answer && !answer.ok) this.announce(failureSentence(this.texts, answer.failure), 'assertive');
    this.end();
  };
}
