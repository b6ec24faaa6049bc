// Two people, or two devices of one, compare keys by QR code: show one's own; read the other's by camera, picture or text.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Address } from '../../model/account.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { CompareKeysRequestEvent } from '../events/keys-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { copyIcon } from '../icon/message.ts';
import { warnIcon } from '../icon/state.ts';
import { verifiedIcon } from '../icon/device.ts';
import { WarblerElement } from '../warbler-element.ts';
import { renderCode } from './code-picture.ts';
import { keyCodesStyles } from './key-codes.styles.ts';
import { makeCode, type Code } from './make-code.ts';
import { canReadPictures, canScan, readPicture, Scan } from './read-code.ts';

type Result = { tone: 'good' | 'bad'; words: string };

/**
 * @summary One's own keys as a code, and whether the other's code names the keys that are known here.
 * @tag warbler-key-codes
 * @fires {CompareKeysRequestEvent} warbler-compare-keys-request - What was read from a code or pasted.
 * @csspart code - The code.
 */
export class KeyCodes extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, keyCodesStyles];

  @property({ attribute: false }) words: EncryptionTexts | undefined;
  @property({ attribute: false }) person: Address | undefined;
  /** What the other is called; absent for one's own devices. */
  @property({ attribute: false }) name: string | undefined;
  @property({ attribute: false }) ownKeys = '';
  @property({ attribute: false }) back: () => void = () => {};

  @state() private scanning = false;
  @state() private result: Result | undefined;
  @query('video') private video!: HTMLVideoElement | null;
  @query('input[type="file"]') private picker!: HTMLInputElement | null;
  @query('.input') private field!: HTMLInputElement | null;

  #code: Code | undefined;
  #scan: Scan | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('ownKeys')) this.#code = makeCode(this.ownKeys);
  }

  override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (!words) return nothing;
    return html`${this.#renderOwn(words)} ${this.#renderTheirs(words)}
      <div class="result" role="status">${this.result ? renderResult(this.result) : nothing}</div>
      <button class="soft-button" type="button" @click=${this.back}>${words.goBack}</button>`;
  }

  #renderOwn(words: EncryptionTexts): TemplateResult {
    const hint = this.name === undefined ? words.ownCodeTextOwn : words.ownCodeText(this.name);
    return html`<section class="own" aria-labelledby="own">
      ${this.#code ? html`<div class="frame" part="code">${renderCode(this.#code, words.ownCode)}</div>` : nothing}
      <div class="beside">
        <h3 id="own">${words.ownCode}</h3>
        <p>${this.#code ? hint : words.codeTooLong}</p>
        <button class="soft-button plain" type="button" @click=${() => void this.#copy()}>${copyIcon(16)}${words.copyCode}</button>
      </div>
    </section>`;
  }

  #renderTheirs(words: EncryptionTexts): TemplateResult {
    return html`<section aria-labelledby="theirs">
      <h3 id="theirs">${this.name === undefined ? words.theirCodeOwn : words.theirCode(this.name)}</h3>
      ${this.#renderReading(words)}
      <form class="field" novalidate @submit=${this.#submit}>
        <label for="text">${words.pasteCode}</label>
        <div class="line">
          <input
            id="text"
            class="input"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder="xmpp:…?omemo-sid-…"
            aria-describedby="hint"
            @paste=${this.#pasted}
          />
          <button class="soft-button" type="submit">${words.pasteGo}</button>
        </div>
        <span id="hint" class="hint">${words.pasteHint}</span>
      </form>
    </section>`;
  }

  #renderReading(words: EncryptionTexts): TemplateResult | typeof nothing {
    if (!canReadPictures()) return nothing;
    const scan = html`<button class="soft-button" type="button" @click=${this.#toggleScan}>
      ${this.scanning ? words.stopScan : words.scan}
    </button>`;
    return html`${
        this.scanning
          ? html`<video autoplay muted playsinline aria-hidden="true"></video>
              <p role="status">${words.scanning}</p>`
          : nothing
      }
      <div class="acts">
        ${canScan() ? scan : nothing}
        <button class="soft-button plain" type="button" @click=${() => this.picker?.click()}>${words.choosePicture}</button>
        <input type="file" accept="image/*" hidden @change=${this.#picked} />
      </div>`;
  }

  readonly #toggleScan = async (): Promise<void> => {
    if (this.scanning) return this.#stop();
    this.scanning = true;
    this.result = undefined;
    await this.updateComplete;
    if (!this.video) return;
    this.#scan = new Scan(this.video, (text) => {
      this.#stop();
      void this.#compare(text);
    });
    const trouble = await this.#scan.begin();
    if (!trouble || !this.words) return;
    this.#stop();
    this.#say({ tone: 'bad', words: trouble === 'refused' ? this.words.cameraRefused : this.words.cameraMissing });
  };

  #stop(): void {
    this.#scan?.stop();
    this.#scan = undefined;
    this.scanning = false;
  }

  readonly #picked = (): void => {
    const file = this.picker?.files?.[0];
    if (file) void this.#readPicture(file);
    if (this.picker) this.picker.value = '';
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const file = event.clipboardData?.files[0];
    if (!file || !canReadPictures()) return;
    event.preventDefault();
    void this.#readPicture(file);
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const text = this.field?.value.trim() ?? '';
    if (text !== '') void this.#compare(text);
  };

  async #readPicture(file: Blob): Promise<void> {
    const text = await readPicture(file);
    if (text !== undefined) await this.#compare(text);
    else if (this.words) this.#say({ tone: 'bad', words: this.words.noCodeInPicture });
  }

  async #compare(text: string): Promise<void> {
    const { words, name, person } = this;
    if (!words || !person) return;
    const request = new CompareKeysRequestEvent(person, text);
    this.dispatchEvent(request);
    const answer = await request.answer;
    if (!answer) return;
    if (!answer.ok) return this.#say({ tone: 'bad', words: failureSentence(this.texts, answer.failure) });
    const said = {
      same: name === undefined ? words.isSameOwn : words.isSame(name),
      different: name === undefined ? words.isDifferentOwn : words.isDifferent(name),
      'not-a-key': words.isNoKey,
    };
    this.#say({ tone: answer.value === 'same' ? 'good' : 'bad', words: said[answer.value] });
  }

  #say(result: Result): void {
    this.result = result;
    if (result.tone === 'bad') this.announce(result.words, 'assertive');
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.ownKeys);
      this.announce(this.texts.copied);
    } catch {
      this.announce(this.texts.copyFailed, 'assertive');
    }
  }
}

const renderResult = ({ tone, words }: Result): TemplateResult =>
  html`<p class=${tone}>${tone === 'good' ? verifiedIcon(18) : warnIcon(18)}<span>${words}</span></p>`;
