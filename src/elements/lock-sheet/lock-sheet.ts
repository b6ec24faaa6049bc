// Where the lock is set: what each way protects and what not, when it locks by itself, a new passphrase, a passkey with its recovery code, turning it off.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { LockSecret, LockState, LockWish } from '../../contracts/lock.ts';
import type { Failure } from '../../model/failure.ts';
import type { AutoLock, LockMode } from '../../model/lock.ts';
import { isStrongEnough, normalized } from '../../model/passphrase.ts';
import { readRecoveryCode, writeRecoveryCode } from '../../model/recovery-code.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { LockTexts } from '../../texts/keys/lock-texts.ts';
import { serveLockRequests } from '../controllers/lock-requests.ts';
import { AutoLockRequestEvent, LockChangeRequestEvent } from '../events/lock-requests.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { failureSentence } from '../failure-words.ts';
import { warnIcon } from '../icon/state.ts';
import { LockWords } from '../lock/lock-words.ts';
import { lockStyles } from '../lock/lock.styles.ts';
import { secretStyles } from '../sign-in/secret.styles.ts';
import { askPasskey, makePasskey, type MadePasskey, type PasskeyTrouble } from '../lock/passkey.ts';
import { renderSecret } from '../lock/secret-field.ts';
import { bytesOf, overwriteWish, passphraseSecret, recoverySecret } from '../lock/secrets.ts';
import { SheetElement } from '../sheet-element.ts';
import { renderAutoLock, renderMode, renderStrength } from './lock-parts.ts';
import { lockSheetStyles } from './lock-sheet.styles.ts';

type Step = 'overview' | 'passphrase' | 'passkey' | 'code' | 'off';
type Field = 'current' | 'fresh' | 'again' | 'code';

const MODES: readonly LockMode[] = ['none', 'passphrase', 'passkey'];
const NOTHING_TYPED: Readonly<Record<Field, string>> = { current: '', fresh: '', again: '', code: '' };

/**
 * @summary Sets, changes and turns off the lock of what is stored on this device.
 * @tag warbler-lock-sheet
 * @fires {LockChangeRequestEvent} warbler-lock-change-request - It shall be held in another way.
 * @fires {AutoLockRequestEvent} warbler-auto-lock-request - It shall lock by itself after so long.
 */
export class LockSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, sheetStyles, secretStyles, lockStyles, lockSheetStyles];

  @state() private lock: LockState | undefined;
  @state() private step: Step = 'overview';
  @state() private typed: Readonly<Record<Field, string>> = NOTHING_TYPED;
  @state() private faults: Partial<Record<Field, string>> = {};
  @state() private fault = '';
  @state() private busy = false;
  @state() private reveals = false;
  @state() private hasCapsLock = false;
  readonly #words = new LockWords(this);
  #asked: unknown;
  #passkey: MadePasskey | undefined;
  #code = '';

  constructor() {
    super();
    serveLockRequests(this, () => this.session);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(_: PropertyValues): void {
    if (!this.session || this.session === this.#asked) return;
    this.#asked = this.session;
    void this.#look();
  }

  override render(): TemplateResult {
    const words = this.#words.in(this.texts.locale);
    return this.renderSheet(
      this.texts.lock,
      words && this.lock ? this.#renderStep(words, this.lock) : this.#renderWaiting(words),
      'to-read',
    );
  }

  #renderWaiting(words: LockTexts | undefined): TemplateResult {
    const failed = this.#words.hasFailed || this.fault !== '';
    return html`${
        failed
          ? html`<p class="fault" role="alert">${this.fault || this.texts.failedToLoad}</p>
              <button class="soft-button" type="button" @click=${this.#again}>${this.texts.retry}</button>`
          : html`<p role="status">${words?.loading ?? nothing}</p>`
      }
      <div class="sheet-actions">${this.renderEnd(this.texts.close)}</div>`;
  }

  #renderStep(words: LockTexts, lock: LockState): TemplateResult {
    switch (this.step) {
      case 'overview':
        return this.#renderOverview(words, lock);
      case 'passphrase':
        return this.#renderForm(words.set, this.#renderPassphrase(words, lock));
      case 'passkey':
        return this.#renderForm(
          words.passkeyMake,
          html`${this.#renderCurrent(words, lock)}${renderMode(words, 'passkey')}
            <p>${words.passkeyText}</p>`,
        );
      case 'code':
        return this.#renderForm(words.set, this.#renderCode(words));
      case 'off':
        return this.#renderForm(
          words.turnOffGo,
          html`<p>${words.turnOffText}</p>
            ${this.#renderCurrent(words, lock)}`,
        );
    }
  }

  #renderOverview(words: LockTexts, lock: LockState): TemplateResult {
    if (lock.isInMemory)
      return html`<p>${words.inMemory}</p>
        <div class="sheet-actions">${this.renderEnd(this.texts.close)}</div>`;
    const others = MODES.filter((mode) => mode !== 'none' && mode !== lock.mode);
    return html`${this.#renderFault()} ${renderMode(words, lock.mode)}
      ${lock.mode === 'none' ? nothing : renderAutoLock(words, lock, (auto) => void this.#setAuto(auto))}
      <div class="choices">
        ${lock.mode === 'passphrase' ? this.#renderGo('passphrase', words.changePassphrase) : nothing}
        ${others.map((mode) => this.#renderGo(mode as Step, mode === 'passkey' ? words.setPasskey : words.setPassphrase))}
        ${lock.mode === 'none' ? nothing : this.#renderGo('off', words.turnOff)}
      </div>
      <div class="sheet-actions">${this.renderEnd(this.texts.close)}</div>`;
  }

  #renderGo(step: Step, name: string): TemplateResult {
    return html`<button class="soft-button" type="button" data-step=${step} @click=${() => this.#go(step)}>${name}</button>`;
  }

  #renderForm(name: string, inside: TemplateResult): TemplateResult {
    const words = this.#words.in(this.texts.locale);
    return html`<form novalidate @submit=${this.#submit}>
      ${this.#renderFault()} ${inside}
      <div class="sheet-actions">
        <button class="soft-button" type="button" ?disabled=${this.busy} @click=${() => this.#go('overview')}>${this.texts.cancel}</button>
        <button class="primary-button" type="submit" aria-busy=${this.busy}>${this.busy ? words?.changing : name}</button>
      </div>
    </form>`;
  }

  #renderFault(): TemplateResult | typeof nothing {
    return this.fault ? html`<p class="fault" role="alert">${warnIcon(14)}<span>${this.fault}</span></p>` : nothing;
  }

  #renderPassphrase(words: LockTexts, lock: LockState): TemplateResult {
    return html`${lock.mode === 'passphrase' ? nothing : renderMode(words, 'passphrase')} ${this.#renderCurrent(words, lock)}
    ${this.#renderField('fresh', words.newPassphrase, 'new-password', words.passphraseHint)} ${renderStrength(words, this.typed.fresh)}
    ${this.#renderField('again', words.again, 'new-password')}`;
  }

  #renderCurrent(words: LockTexts, { mode }: LockState): TemplateResult | typeof nothing {
    if (mode === 'none') return nothing;
    if (mode === 'passphrase') return this.#renderField('current', words.current, 'current-password');
    return html`<p>${words.currentByPasskey}</p>
      ${this.#renderField('current', words.recoveryCode, 'off', words.currentRecoveryHint)}`;
  }

  #renderCode(words: LockTexts): TemplateResult {
    return html`<p>${words.recoveryTitle}</p>
      <p class="code" translate="no">${this.#code}</p>
      <p>${words.recoveryText}</p>
      ${this.#renderField('code', words.recoveryConfirm, 'off')}`;
  }

  #renderField(name: Field, label: string, autocomplete: 'current-password' | 'new-password' | 'off', hint?: string): TemplateResult {
    return renderSecret(this.texts, {
      name,
      label,
      hint,
      autocomplete,
      fault: this.faults[name],
      isBusy: this.busy,
      reveals: this.reveals,
      hasCapsLock: this.hasCapsLock,
      typed: (text) => (this.typed = { ...this.typed, [name]: text }),
      reveal: () => (this.reveals = !this.reveals),
      capsLock: (isOn) => (this.hasCapsLock = isOn),
    });
  }

  // ---- what is done ----

  async #look(): Promise<void> {
    const answer = await this.session?.readLock();
    this.fault = answer && !answer.ok ? failureSentence(this.texts, answer.failure) : '';
    if (answer?.ok) this.lock = answer.value;
  }

  readonly #again = (): void => {
    this.#words.again();
    void this.#look();
  };

  #go(step: Step): void {
    this.#forget();
    this.step = step;
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('input, .choices button, .sheet')?.focus());
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = this.#words.in(this.texts.locale);
    if (this.busy || !words || !this.lock) return;
    this.fault = '';
    this.faults = this.#findFaults(words);
    const [first] = Object.keys(this.faults);
    if (first) return this.#pointAt(first as Field);
    this.busy = true;
    await this.#act(words, this.lock);
    this.busy = false;
  };

  #findFaults(words: LockTexts): Partial<Record<Field, string>> {
    const { current, fresh, again, code } = this.typed;
    const faults: Partial<Record<Field, string>> = {};
    if (this.lock?.mode === 'passphrase' && this.step !== 'code' && current.trim() === '') faults.current = words.passphraseMissing;
    if (this.lock?.mode === 'passkey' && current.trim() !== '' && readRecoveryCode(current) === undefined)
      faults.current = words.recoveryNotComplete;
    if (this.step === 'passphrase' && !isStrongEnough(fresh)) faults.fresh = words.screenLockOnly;
    else if (this.step === 'passphrase' && normalized(fresh) !== normalized(again)) faults.again = words.notTheSame;
    if (this.step === 'code' && readRecoveryCode(code) !== this.#code) faults.code = words.recoveryWrong;
    return faults;
  }

  async #act(words: LockTexts, lock: LockState): Promise<void> {
    if (this.step === 'passkey') return this.#makePasskey(words);
    const current = await this.#current(words, lock);
    if (current === 'refused') return;
    const wish = this.#wish(current);
    if (!wish) return;
    const isSet = await this.#request(new LockChangeRequestEvent(wish));
    overwriteWish(wish);
    if (!isSet) return this.fault ? this.announce(this.fault, 'assertive') : undefined;
    this.announce(wish.mode === 'none' ? words.lockOff : lock.mode === wish.mode ? words.lockChanged : words.lockSet);
    this.#go('overview');
    await this.#look();
  }

  #wish(current: LockSecret | undefined): LockWish | undefined {
    const given = current ? { current } : {};
    if (this.step === 'off') return { mode: 'none', ...given };
    if (this.step === 'passphrase') return { mode: 'passphrase', passphrase: bytesOf(normalized(this.typed.fresh)), ...given };
    return (
      this.#passkey && { mode: 'passkey', ...this.#passkey, answer: [...this.#passkey.answer], recovery: bytesOf(this.#code), ...given }
    );
  }

  async #current(words: LockTexts, { mode, passkey }: LockState): Promise<LockSecret | undefined | 'refused'> {
    if (mode === 'none') return undefined;
    if (mode === 'passphrase') return passphraseSecret(this.typed.current);
    const code = readRecoveryCode(this.typed.current);
    if (code !== undefined) return recoverySecret(code);
    const bytes = passkey ? await askPasskey(passkey) : 'unsupported';
    if (typeof bytes !== 'string') return { by: 'passkey', bytes };
    this.fault = troubleOf(words, bytes);
    return 'refused';
  }

  /** What opens it now is asked for together with the code: only then is anything changed. */
  async #makePasskey(words: LockTexts): Promise<void> {
    const made = await makePasskey(document.title || location.hostname);
    if (typeof made === 'string') {
      this.fault = troubleOf(words, made);
      return;
    }
    this.#passkey = made;
    this.#code = writeRecoveryCode(crypto.getRandomValues(new Uint8Array(24)));
    this.step = 'code';
    await this.updateComplete;
    this.shadowRoot?.querySelector('input')?.focus();
  }

  async #setAuto(auto: AutoLock): Promise<void> {
    const { idle, hidden } = auto;
    if (await this.#request(new AutoLockRequestEvent({ idle, hidden }))) await this.#look();
  }

  /** Whether it was done; why not stands above. */
  async #request(request: RequestEvent<void>): Promise<boolean> {
    this.dispatchEvent(request);
    const answer = await request.answer;
    this.fault = answer && !answer.ok ? this.#wordsOf(answer.failure) : '';
    return answer?.ok === true;
  }

  #wordsOf(failure: Failure): string {
    const words = this.#words.in(this.texts.locale);
    return words && failure.kind === 'wrong-credentials' ? words.notOpened : failureSentence(this.texts, failure);
  }

  async #pointAt(field: Field): Promise<void> {
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLInputElement>(`#field-${field}`)?.focus();
    this.announce(this.faults[field] ?? '', 'assertive');
  }

  /** Nothing secret stays in the sheet. */
  #forget(): void {
    this.typed = NOTHING_TYPED;
    this.faults = {};
    this.fault = '';
    this.reveals = false;
    this.#passkey?.answer.fill(0);
    this.#passkey = undefined;
    this.#code = '';
    for (const input of this.shadowRoot?.querySelectorAll('input') ?? []) input.value = '';
  }
}

const troubleOf = (words: LockTexts, trouble: PasskeyTrouble): string =>
  trouble === 'unsupported' ? words.passkeyUnsupported : words.passkeyRefused;
