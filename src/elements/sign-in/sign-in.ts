// The sign-in of open mode: whose service it is first, then address and password.
import { consume } from '@lit/context';
import { html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SessionClient } from '../../client/session-client.ts';
import type { Failure } from '../../model/failure.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { avatarStyles } from '../avatar/avatar.styles.ts';
import { sessionContext } from '../contexts/session.ts';
import { OnlineController } from '../controllers/online-controller.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { SignInRequestEvent } from '../events/shell-requests.ts';
import { failureSentence, failureWords } from '../failure-words.ts';
import { offlineIcon, warnIcon } from '../icon/state.ts';
import { WarblerElement } from '../warbler-element.ts';
import { FIELD_ORDER, fieldOf, findFaults, serviceHost, type FieldFaults, type SignInField } from './check-sign-in.ts';
import { renderField, type FieldTies } from './field-part.ts';
import { renderProvider } from './provider-line.ts';
import { secretStyles } from './secret.styles.ts';
import { signInStyles } from './sign-in.styles.ts';

/**
 * Asks for address and password, and for the service where the page names none. The password is used once and kept nowhere.
 * @tag warbler-sign-in
 * @attr service - WebSocket addresses of the service, apart by spaces. Without it the person names one.
 * @attr {boolean} busy - A sign-in is under way.
 * @fires {SignInRequestEvent} warbler-sign-in-request - Somebody wants to sign in.
 * @csspart provider - The line that says whose service it is.
 * @cssproperty [--warbler-field-height=44px] - The height of the fields.
 * @cssproperty [--warbler-field-radius=12px] - How round they are.
 */
export class SignIn extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, avatarStyles, secretStyles, signInStyles];

  @consume({ context: sessionContext, subscribe: true })
  @property({ attribute: false })
  session: SessionClient | undefined;

  @property() service = '';
  @property({ type: Boolean }) busy = false;
  /** Why the last attempt failed. Set by the element itself when its request is answered. */
  @property({ attribute: false }) failure: Failure | undefined;

  @state() private faults: FieldFaults = {};
  @state() private revealed = false;
  @state() private capsLock = false;
  @state() private typedService = '';
  @state() private waiting = false;
  @state() private borrowed = false;
  #address = '';
  #password = '';
  readonly #online = new OnlineController(this);

  constructor() {
    super();
    serveShellRequests(this, () => (this.standsAlone ? this.session : undefined));
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector('input')?.focus(options);
  }

  override render(): TemplateResult {
    const host = serviceHost(this.#services[0] ?? this.typedService);
    return html`<form novalidate aria-label=${this.texts.signInTitle} @submit=${this.#submit}>
      ${renderProvider(this.texts, host)} ${this.#renderTrouble()} ${this.#services.length === 0 ? this.#renderService() : nothing}
      ${this.#renderAddress()} ${this.#renderPassword()} ${this.#renderBorrowed()} ${this.#renderButton()}
      <p class="promise">${this.texts.notKept}</p>
    </form>`;
  }

  get #services(): readonly string[] {
    return this.service.split(/[\s,]+/).filter((address) => address !== '');
  }

  get #isBusy(): boolean {
    return this.busy || this.waiting;
  }

  #faultOf(field: SignInField): string | undefined {
    const fault = this.faults[field];
    if (fault) return this.texts[fault] as string;
    return this.failure && this.#placeOf(this.failure) === field ? failureSentence(this.texts, this.failure) : undefined;
  }

  /** A refusal stands at its field, if that is on the page. */
  #placeOf(failure: Failure): SignInField | undefined {
    const field = fieldOf(failure);
    return field === 'service' && this.#services.length > 0 ? undefined : field;
  }

  #renderTrouble(): TemplateResult | typeof nothing {
    const { failure, texts } = this;
    if (!this.#online.online) return renderTrouble('offline', offlineIcon(20), texts.offlineNow, '');
    if (!failure || this.#placeOf(failure)) return nothing;
    const { what, next } = failureWords(texts, failure);
    return renderTrouble('', warnIcon(20), what, next);
  }

  /** On a borrowed device the browser shall not remember what was typed either. */
  #completing(what: string): string {
    return this.borrowed ? 'off' : what;
  }

  #renderService(): TemplateResult {
    const input = ({ id, describedBy, invalid }: FieldTies): TemplateResult =>
      html`<input
        class="input"
        id=${id}
        name="service"
        type="url"
        inputmode="url"
        autocomplete=${this.#completing('url')}
        autocapitalize="none"
        spellcheck="false"
        placeholder="wss://chat.example.com/ws"
        aria-describedby=${describedBy || nothing}
        aria-invalid=${invalid}
        ?readonly=${this.#isBusy}
        @input=${(event: Event) => (this.typedService = valueOf(event))}
      />`;
    return renderField({
      name: 'service',
      label: this.texts.service,
      input,
      fault: this.#faultOf('service'),
      hint: this.texts.serviceHint,
    });
  }

  #renderAddress(): TemplateResult {
    const input = ({ id, describedBy, invalid }: FieldTies): TemplateResult =>
      html`<input
        class="input"
        id=${id}
        name="username"
        type="text"
        inputmode="email"
        autocomplete=${this.#completing('username')}
        autocapitalize="none"
        spellcheck="false"
        placeholder=${this.texts.addressExample}
        aria-describedby=${describedBy || nothing}
        aria-invalid=${invalid}
        ?readonly=${this.#isBusy}
        @input=${(event: Event) => (this.#address = valueOf(event))}
      />`;
    return renderField({ name: 'address', label: this.texts.address, input, fault: this.#faultOf('address') });
  }

  #renderPassword(): TemplateResult {
    const { texts } = this;
    const input = ({ id, describedBy, invalid }: FieldTies): TemplateResult =>
      html`<span class="secret">
        <input
          class="input"
          id=${id}
          name="password"
          type=${this.revealed ? 'text' : 'password'}
          autocomplete=${this.#completing('current-password')}
          autocapitalize="none"
          spellcheck="false"
          aria-describedby=${describedBy || nothing}
          aria-invalid=${invalid}
          ?readonly=${this.#isBusy}
          @input=${(event: Event) => (this.#password = valueOf(event))}
          @keydown=${this.#watchCapsLock}
          @keyup=${this.#watchCapsLock}
          @blur=${() => (this.capsLock = false)}
        />
        <button class="reveal" type="button" aria-pressed=${this.revealed} aria-controls=${id} @click=${this.#toggleReveal}>
          ${this.revealed ? texts.hidePassword : texts.showPassword}<span class="spoken"> ${texts.password}</span>
        </button>
      </span>`;
    const hint = this.capsLock ? texts.capsLock : undefined;
    return renderField({ name: 'password', label: texts.password, input, fault: this.#faultOf('password'), hint });
  }

  #renderBorrowed(): TemplateResult {
    return html`<label class="check">
      <input type="checkbox" name="temporary" ?disabled=${this.#isBusy} @change=${this.#changeTemporary} />
      <span>${this.texts.borrowed}<small>${this.texts.borrowedHint}</small></span>
    </label>`;
  }

  #renderButton(): TemplateResult {
    const busy = this.#isBusy;
    return html`<button class="primary-button" type="submit" aria-busy=${busy} aria-disabled=${busy}>
      ${busy ? html`<i class="spinner"></i>${this.texts.signingIn}` : this.texts.signIn}
    </button>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (this.#isBusy) return;
    this.failure = undefined;
    const draft = { services: this.#services, service: this.typedService, address: this.#address, password: this.#password };
    this.faults = findFaults(draft);
    const count = Object.keys(this.faults).length;
    if (count > 0) void this.#pointAtFault(this.texts.mendFirst(count));
    else void this.#ask();
  };

  async #ask(): Promise<void> {
    const request = new SignInRequestEvent({
      services: this.#services.length > 0 ? this.#services : [this.typedService.trim()],
      address: this.#address.trim(),
      password: this.#password,
      temporary: this.borrowed,
    });
    this.dispatchEvent(request);
    if (!request.answer) return;
    this.waiting = true;
    this.announce(this.texts.signingIn);
    const answer = await request.answer;
    this.waiting = false;
    if (answer.ok) return this.#forgetPassword();
    this.failure = answer.failure;
    await this.#pointAtFault(failureSentence(this.texts, answer.failure));
  }

  #forgetPassword(): void {
    this.#password = '';
    for (const input of this.shadowRoot?.querySelectorAll<HTMLInputElement>('#field-password') ?? []) input.value = '';
  }

  /** Focus goes to the first field that needs mending; what is wrong with it is read with it. */
  async #pointAtFault(words: string): Promise<void> {
    await this.updateComplete;
    const field = FIELD_ORDER.find((name) => this.#faultOf(name));
    const input = field ? this.shadowRoot?.querySelector<HTMLInputElement>(`#field-${field}`) : undefined;
    input?.focus();
    if (field === 'password') input?.select();
    this.announce(words, 'assertive');
  }

  readonly #watchCapsLock = (event: KeyboardEvent): void => {
    this.capsLock = event.getModifierState('CapsLock');
  };

  readonly #toggleReveal = (): void => {
    this.revealed = !this.revealed;
    this.announce(this.revealed ? this.texts.passwordShown : this.texts.passwordHidden);
  };

  readonly #changeTemporary = (event: Event): void => {
    this.borrowed = (event.target as HTMLInputElement).checked;
  };
}

function renderTrouble(kind: string, icon: TemplateResult, what: string, next: string): TemplateResult {
  return html`<div class="trouble ${kind}">
    ${icon}<span><b>${what}</b>${next}</span>
  </div>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
