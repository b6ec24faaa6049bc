// Something ended that does not mend itself: what happened, what to do next, and a button that does it.
import { html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Failure } from '../../model/failure.ts';
import { buttons } from '../../styles/controls.ts';
import { faces } from '../../styles/faces.ts';
import { foundation } from '../../styles/foundation.ts';
import { troubleStyles } from './trouble-face.styles.ts';
import { failureWords } from '../failure-words.ts';
import { accountIcon } from '../icon/trouble.ts';
import { retryIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { WarblerElement } from '../warbler-element.ts';

export type Remedy = 'reload' | 'again' | 'sign-in';

function remedyFor({ kind }: Failure): Remedy {
  switch (kind) {
    case 'reload-needed':
      return 'reload';
    case 'account-disabled':
    case 'wrong-credentials':
    case 'not-signed-in':
    case 'service-not-secure':
    case 'service-unsuitable':
      return 'sign-in';
    default:
      return 'again';
  }
}

/**
 * A screen for a state that needs the person: signed in elsewhere, account disabled, core gone, versions that do not fit.
 * @tag warbler-trouble-face
 * @attr {boolean} keeps - There is history that can still be read.
 * @csspart action - The button that mends it.
 */
export class TroubleFace extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, faces, troubleStyles];

  @property({ attribute: false }) failure: Failure | undefined;
  @property({ type: Boolean }) keeps = false;
  @property({ attribute: false }) mend: (how: Remedy) => void = () => {};
  @property({ attribute: false }) readOnly: () => void = () => {};

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector('button')?.focus(options);
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.failure) return nothing;
    const { what, next } = failureWords(this.texts, this.failure);
    const remedy = remedyFor(this.failure);
    return html`<div class="face failed" role="alert">
      <span class="face-mark">${markFor(this.failure)}</span>
      <h2 class="face-title">${what}</h2>
      <p class="face-text">${next}</p>
      <button class="primary-button" part="action" type="button" @click=${() => this.mend(remedy)}>${this.#nameOf(remedy)}</button>
      ${this.keeps ? html`<button class="link-button quiet" type="button" @click=${this.readOnly}>${this.texts.onlyRead}</button>` : nothing}
    </div>`;
  }

  #nameOf(remedy: Remedy): string {
    if (this.failure?.kind === 'signed-in-elsewhere') return this.texts.continueHere;
    const names = { reload: this.texts.reload, again: this.texts.startAgain, 'sign-in': this.texts.signInAgain };
    return names[remedy];
  }
}

function markFor({ kind }: Failure): TemplateResult {
  if (kind === 'reload-needed') return retryIcon(28);
  return kind === 'signed-in-elsewhere' || kind === 'account-disabled' ? accountIcon(28) : warnIcon(28);
}
