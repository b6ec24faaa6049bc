// A locked chat: nothing of anybody, one way in, and a way to begin anew for whoever has lost it.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SessionClient } from '../../client/session-client.ts';
import type { LockSecret, LockState } from '../../contracts/lock.ts';
import { readRecoveryCode } from '../../model/recovery-code.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { faces } from '../../styles/faces.ts';
import { foundation } from '../../styles/foundation.ts';
import type { LockTexts } from '../../texts/keys/lock-texts.ts';
import { serveLockRequests } from '../controllers/lock-requests.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { UnlockRequestEvent } from '../events/lock-requests.ts';
import { SignOutRequestEvent } from '../events/shell-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { lockIcon } from '../icon/lock.ts';
import { warnIcon } from '../icon/state.ts';
import { showLastOpen } from '../lock/show-last-open.ts';
import { LockWords } from '../lock/lock-words.ts';
import { lockStyles } from '../lock/lock.styles.ts';
import { secretStyles } from '../sign-in/secret.styles.ts';
import { askPasskey } from '../lock/passkey.ts';
import { renderSecret } from '../lock/secret-field.ts';
import { overwrite, passphraseSecret, recoverySecret } from '../lock/secrets.ts';
import { WarblerElement } from '../warbler-element.ts';
import { lockFaceStyles } from './lock-face.styles.ts';

/**
 * @summary Asks for what opens a locked chat. Shows nothing of whose it is.
 * @tag warbler-lock-face
 * @fires {UnlockRequestEvent} warbler-unlock-request - It shall be opened with this.
 * @fires {SignOutRequestEvent} warbler-sign-out-request - All of it shall be erased.
 */
export class LockFace extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, faces, secretStyles, lockStyles, lockFaceStyles];

  /** Given, not found above: whatever is locked finds no session there. */
  @property({ attribute: false }) held: SessionClient | undefined;

  @state() private lock: LockState | undefined;
  @state() private busy = false;
  @state() private fault = '';
  @state() private recovers = false;
  @state() private forgets = false;
  @state() private reveals = false;
  @state() private hasCapsLock = false;
  readonly #words = new LockWords(this);
  #typed = '';
  /** What it stands in. */
  #place: Element | null = null;
  #stopState: (() => void) | undefined;

  constructor() {
    super();
    serveLockRequests(this, () => this.held);
    serveShellRequests(this, () => this.held);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    this.#place = root instanceof ShadowRoot ? root.host : this.parentElement;
    if (this.hasUpdated) this.#follow();
  }

  /** It opened, here or in another tab, or it was erased and nothing is open. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopState?.();
    const { held } = this;
    if (held && this.#place) void showLastOpen(held, this.#place);
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('input, button')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('held')) this.#follow();
  }

  override render(): TemplateResult | typeof nothing {
    const words = this.#words.in(this.texts.locale);
    if (!words) return this.#words.hasFailed ? this.#renderUnspoken() : nothing;
    return html`<div class="face">
      <span class="face-mark">${lockIcon(28)}</span>
      <h2 class="face-title">${this.forgets ? words.forgottenTitle : words.lockedTitle}</h2>
      <p class="face-text" id="words">${this.forgets ? words.forgottenText : words.lockedText}</p>
      ${this.forgets ? this.#renderForgetting(words) : this.#renderForm(words)}
    </div>`;
  }

  get #asksPasskey(): boolean {
    return this.lock?.passkey !== undefined && !this.recovers;
  }

  #renderForm(words: LockTexts): TemplateResult {
    const { busy } = this;
    const opens = this.#asksPasskey ? words.unlockByPasskey : words.unlock;
    return html`<form novalidate aria-label=${words.unlock} @submit=${this.#submit}>
      ${this.#asksPasskey ? this.#renderFault() : this.#renderField(words)}
      <button class="primary-button" type="submit" aria-busy=${busy} aria-disabled=${busy}>${busy ? words.unlocking : opens}</button>
      ${this.lock?.passkey ? this.#renderOther(words) : nothing}
      <button class="link-button" type="button" @click=${() => this.#turn(() => (this.forgets = true))}>${words.forgotten}</button>
    </form>`;
  }

  #renderOther(words: LockTexts): TemplateResult {
    return html`<button class="link-button" type="button" @click=${() => this.#turn(() => (this.recovers = !this.recovers))}>
      ${this.recovers ? words.usePasskey : words.useRecoveryCode}
    </button>`;
  }

  #renderField(words: LockTexts): TemplateResult {
    return renderSecret(this.texts, {
      name: 'secret',
      label: this.recovers ? words.recoveryCode : words.passphrase,
      fault: this.fault || undefined,
      autocomplete: this.recovers ? 'off' : 'current-password',
      isBusy: this.busy,
      reveals: this.reveals,
      hasCapsLock: this.hasCapsLock,
      typed: (text) => (this.#typed = text),
      reveal: () => (this.reveals = !this.reveals),
      capsLock: (isOn) => (this.hasCapsLock = isOn),
    });
  }

  #renderFault(): TemplateResult | typeof nothing {
    return this.fault ? html`<p class="fault" role="alert">${warnIcon(14)}<span>${this.fault}</span></p>` : nothing;
  }

  #renderForgetting(words: LockTexts): TemplateResult {
    const { busy, texts } = this;
    return html`<form novalidate @submit=${this.#forget}>
      ${this.#renderFault()}
      <button class="soft-button" type="button" @click=${() => this.#turn(() => (this.forgets = false))}>${texts.cancel}</button>
      <button class="primary-button grave" type="submit" aria-busy=${busy} aria-describedby="words">
        ${busy ? texts.signingOut : words.forgottenGo}
      </button>
    </form>`;
  }

  #renderUnspoken(): TemplateResult {
    return html`<div class="face failed" role="alert">
      <p class="face-text">${this.texts.failedToLoad}</p>
      <button class="soft-button" type="button" @click=${this.#words.again}>${this.texts.retry}</button>
    </div>`;
  }

  /** Another question: nothing of the last one stays, and the keys go on at its first field. */
  #turn(change: () => void): void {
    this.#clear();
    this.fault = '';
    change();
    void this.updateComplete.then(() => this.focus());
  }

  /** Every core is asked: while this tab was out of sight another one may have opened it, and locked it in another way. */
  #follow(): void {
    this.#stopState?.();
    this.#stopState = this.held?.onState((state) => void (state === 'attached' && this.#look()));
    void this.#look();
  }

  async #look(): Promise<void> {
    const answer = await this.held?.readLock();
    if (answer?.ok) this.lock = answer.value;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = this.#words.in(this.texts.locale);
    if (this.busy || !words) return;
    this.busy = true;
    const secret = await this.#secret(words);
    this.fault = typeof secret === 'string' ? secret : await this.#open(words, secret);
    this.busy = false;
    if (!this.fault) return this.#clear();
    this.announce(this.fault, 'assertive');
    await this.updateComplete;
    const input = this.shadowRoot?.querySelector('input');
    input?.focus();
    input?.select();
  };

  /** What went wrong, in words; nothing where it opened. */
  async #open(words: LockTexts, secret: LockSecret): Promise<string> {
    const request = new UnlockRequestEvent(secret);
    this.dispatchEvent(request);
    const answer = await request.answer;
    overwrite(secret);
    if (answer && !answer.ok)
      return answer.failure.kind === 'wrong-credentials' ? words.notOpened : failureSentence(this.texts, answer.failure);
    if (answer) this.announce(words.unlocked);
    return '';
  }

  async #secret(words: LockTexts): Promise<LockSecret | string> {
    const { passkey } = this.lock ?? {};
    if (passkey && !this.recovers) {
      const bytes = await askPasskey(passkey);
      if (typeof bytes !== 'string') return { by: 'passkey', bytes };
      return bytes === 'unsupported' ? words.passkeyUnsupported : words.passkeyRefused;
    }
    if (this.recovers) {
      const code = readRecoveryCode(this.#typed);
      return code === undefined ? words.recoveryNotComplete : recoverySecret(code);
    }
    return this.#typed.trim() === '' ? words.passphraseMissing : passphraseSecret(this.#typed);
  }

  readonly #forget = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const request = new SignOutRequestEvent();
    this.dispatchEvent(request);
    const answer = await request.answer;
    this.busy = false;
    this.fault = answer && !answer.ok ? failureSentence(this.texts, answer.failure) : '';
  };

  #clear(): void {
    this.#typed = '';
    this.reveals = false;
    for (const input of this.shadowRoot?.querySelectorAll('input') ?? []) input.value = '';
  }
}
