// What the sheets about keys have in common: words that come with them, something over them until it is answered, a place for what went wrong.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { DeviceDecision, DeviceKeys, KeysOf } from '../../contracts/keys.ts';
import type { Address } from '../../model/account.ts';
import { knownEncryptionTexts, loadEncryptionTexts } from '../../texts/encryption.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { serveKeysRequests } from '../controllers/keys-requests.ts';
import { DeviceDecisionRequestEvent, RemoveDeviceRequestEvent } from '../events/keys-requests.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { failureSentence } from '../failure-words.ts';
import { closeIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { loadKeyCodes } from '../key-codes/load-key-codes.ts';
import { SheetElement } from '../sheet-element.ts';
import { deviceName } from './device-card.ts';

export interface Question {
  title: string;
  text: string;
  stay: string;
  /** Absent: it is advice. */
  go?: { words: string; act: () => Promise<void> };
}

/** Comparing by QR code: with a person, or without a name with an own device. */
interface Codes {
  title: string;
  person: Address;
  name: string | undefined;
  ownKeys: string;
}

export abstract class TrustSheet extends SheetElement {
  @state() protected words: EncryptionTexts | undefined;
  @state() protected fault = '';
  @state() private over: Question | Codes | undefined;
  @state() private couldNotLoad = false;

  #hadFocus = false;
  #refuge = '.sheet';
  #opener: HTMLElement | undefined;
  #scrollTop = 0;

  constructor() {
    super();
    serveKeysRequests(this, () => this.session);
    this.addEventListener('keydown', this.#pressed);
  }

  protected override willUpdate(_: PropertyValues): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
    this.words = knownEncryptionTexts(this.texts.locale);
    if (!this.words && !this.couldNotLoad) void this.#loadWords();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('over')) this.#overChanged();
    // The button that was pressed may go with what it did: the keys go on from its card.
    else if (this.#hadFocus && !this.shadowRoot?.activeElement) (this.#find(this.#refuge) ?? this.#sheet)?.focus();
  }

  protected abstract titleOf(words: EncryptionTexts): string;
  protected abstract renderInside(words: EncryptionTexts): TemplateResult;

  override render(): TemplateResult {
    const { words, over } = this;
    if (!words) return this.renderSheet(this.texts.encryption, this.#renderUnspoken(), 'to-read');
    const inside = html`${over ? nothing : this.#renderCorner()}
      <div class="inside" ?hidden=${over !== undefined}>
        ${this.fault ? html`<p class="fault" role="alert">${warnIcon(14)}<span>${this.fault}</span></p>` : nothing}
        ${this.renderInside(words)}
      </div>
      ${over ? ('ownKeys' in over ? this.#renderCodes(words, over) : this.#renderQuestion(over)) : nothing}`;
    return this.renderSheet(over?.title ?? this.titleOf(words), inside, over && 'stay' in over ? 'alert' : 'to-read');
  }

  protected ask(question: Question): void {
    this.#cover(question);
  }

  protected async openCodes({ person, ownKeys }: KeysOf, name?: string): Promise<void> {
    const { words } = this;
    if (!words) return;
    try {
      await loadKeyCodes();
    } catch {
      this.fault = this.texts.failedToLoad;
      return;
    }
    this.#cover({ title: name === undefined ? words.ownCodesTitle : words.codesTitle(name), person, name, ownKeys });
  }

  /** Asks above, and keeps what went wrong. Undefined where it failed or answers nothing. */
  protected async request<T>(request: RequestEvent<T>): Promise<T | undefined> {
    this.dispatchEvent(request);
    const answer = await request.answer;
    this.fault = answer && !answer.ok ? failureSentence(this.texts, answer.failure) : '';
    return answer?.ok ? answer.value : undefined;
  }

  /** Where others' keys rest on the word of this device, a person hears so first. */
  protected async decide(person: Address, device: DeviceKeys, trust: DeviceDecision['trust']): Promise<void> {
    const { words } = this;
    const took = device.trust === 'verified' && trust !== 'verified' && device.exchange?.took;
    if (!took || !words) return this.#decideNow(person, device, trust);
    const go = { words: words.doubtGo, act: () => this.#decideNow(person, device, trust) };
    this.ask({ title: words.doubtTitle(deviceName(words, device)), text: words.doubtText(took.people), stay: words.doubtStay, go });
  }

  async #decideNow(person: Address, device: DeviceKeys, trust: DeviceDecision['trust']): Promise<void> {
    const { id, fingerprint } = device;
    this.#refuge = `[data-device="${id}"] summary`;
    await this.request(new DeviceDecisionRequestEvent(person, { device: id, fingerprint, trust }));
    if (!this.fault && this.words) this.announce(this.words.decided[trust](deviceName(this.words, device)));
  }

  protected askToRemove(device: DeviceKeys): void {
    const { words } = this;
    if (!words) return;
    const name = deviceName(words, device);
    const act = async (): Promise<void> => {
      await this.request(new RemoveDeviceRequestEvent(device.id));
      if (!this.fault) this.announce(words.removed(name));
    };
    const took = device.trust === 'verified' && device.exchange?.took;
    const text = took ? `${words.removeText} ${words.doubtText(took.people)}` : words.removeText;
    this.ask({ title: words.removeTitle(name), text, stay: words.removeStay, go: { words: words.removeGo, act } });
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  get #sheet(): HTMLElement | null {
    return this.#find('.sheet');
  }

  #cover(over: Question | Codes): void {
    const active = this.shadowRoot?.activeElement;
    this.#opener = active instanceof HTMLElement ? active : undefined;
    this.#scrollTop = this.#sheet?.scrollTop ?? 0;
    this.over = over;
  }

  async #loadWords(): Promise<void> {
    try {
      await loadEncryptionTexts(this.texts.locale);
    } catch {
      this.couldNotLoad = true;
    }
    this.requestUpdate();
  }

  readonly #loadAgain = (): void => {
    this.couldNotLoad = false;
  };

  #renderUnspoken(): TemplateResult {
    const { texts } = this;
    if (!this.couldNotLoad) return html`<div class="bones" aria-busy="true"><i></i><i></i><i></i></div>`;
    return html`<p role="alert">${texts.failedToLoad}</p>
      <div class="sheet-actions">
        ${this.renderEnd(texts.close)}<button class="primary-button" type="button" @click=${this.#loadAgain}>${texts.retry}</button>
      </div>`;
  }

  #renderCorner(): TemplateResult {
    const { close } = this.texts;
    return html`<button class="icon-button corner" type="button" aria-label=${close} title=${close} @click=${this.end}>
      ${closeIcon()}
    </button>`;
  }

  #renderCodes(words: EncryptionTexts, { person, name, ownKeys }: Codes): TemplateResult {
    return html`<warbler-key-codes
      .words=${words}
      .person=${person}
      .name=${name}
      .ownKeys=${ownKeys}
      .back=${this.#uncover}
    ></warbler-key-codes>`;
  }

  #renderQuestion({ text, stay, go }: Question): TemplateResult {
    return html`<p id="words">${text}</p>
      <div class="sheet-actions">
        <button class="soft-button stay" type="button" @click=${this.#uncover}>${stay}</button>
        ${go ? html`<button class="primary-button grave" type="button" @click=${() => this.#goOn(go.act)}>${go.words}</button>` : nothing}
      </div>`;
  }

  readonly #uncover = (): void => {
    this.over = undefined;
  };

  #goOn(act: () => Promise<void>): void {
    this.over = undefined;
    void act();
  }

  #overChanged(): void {
    const sheet = this.#sheet;
    if (this.over) {
      if (sheet) sheet.scrollTop = 0;
      return (this.#find('.stay') ?? sheet)?.focus();
    }
    if (sheet) sheet.scrollTop = this.#scrollTop;
    (this.#opener?.isConnected ? this.#opener : sheet)?.focus();
    this.#opener = undefined;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.over) return;
    event.preventDefault();
    event.stopPropagation();
    this.#uncover();
  };
}
