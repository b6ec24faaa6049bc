// Who can read a conversation, and what a person can do about it: switch, compare, decide on devices, begin anew.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeviceDecision, DeviceKeys, KeysOf } from '../../contracts/keys.ts';
import type { Address } from '../../model/account.ts';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { ConversationController } from '../controllers/conversation-controller.ts';
import { KeysController } from '../controllers/keys-controller.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { EncryptionChangeRequestEvent, RenewSessionsRequestEvent, SafetyNumberRequestEvent } from '../events/keys-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { retryIcon } from '../icon/navigation.ts';
import { warnIcon } from '../icon/state.ts';
import { cleanLine } from '../text/clean-text.ts';
import { isUndecided, renderDevices, type DeviceWishes } from './device-card.ts';
import { encryptionSheetStyles } from './encryption-sheet.styles.ts';
import { renderNumber } from './safety-number.ts';
import { TrustSheet } from './trust-sheet.ts';
import { renderWhoReads } from './who-reads.ts';

/**
 * @summary Explains who can read a conversation, and lets a person compare keys and decide on devices.
 * @tag warbler-encryption-sheet
 * @attr conversation - The address of the person or room.
 * @fires {EncryptionChangeRequestEvent} warbler-encryption-change-request - What one writes there goes encrypted from now on, or no longer.
 * @fires {DeviceDecisionRequestEvent} warbler-device-decision-request - A device is compared, let in or refused.
 * @fires {SafetyNumberRequestEvent} warbler-safety-number-request - The digits are the same on both sides.
 * @fires {CompareKeysRequestEvent} warbler-compare-keys-request - What the other side's code says.
 * @fires {RenewSessionsRequestEvent} warbler-renew-sessions-request - Begin the encryption anew.
 * @csspart who-reads - Who can read, with its reasons.
 * @csspart device - One device.
 */
export class EncryptionSheet extends TrustSheet {
  static override styles: CSSResult[] = [foundation, buttons, fields, sheetStyles, encryptionSheetStyles];

  @property() conversation: ConversationId | undefined;

  @state() private busy = false;

  readonly #details = new ConversationController(this);
  readonly #situation = new SituationController(this);
  readonly #theirs = new KeysController(this);
  readonly #ours = new KeysController(this);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { session, conversation } = this;
    this.#details.show(session, conversation);
    this.#situation.follow(session);
    const isDirect = this.#details.value?.kind === 'direct';
    this.#theirs.show(session, isDirect ? conversation : undefined);
    this.#ours.show(session, isDirect ? this.#situation.value?.account?.address : undefined);
  }

  protected override titleOf(words: EncryptionTexts): string {
    const shown = this.#details.value;
    return shown?.kind === 'direct' ? words.titleWith(cleanLine(shown.title)) : this.texts.encryption;
  }

  protected override renderInside(words: EncryptionTexts): TemplateResult {
    const shown = this.#details.value;
    return html`${shown ? renderWhoReads(this.texts, words, shown) : nothing}
    ${shown?.kind === 'direct' ? this.#renderDirect(words, shown) : nothing}`;
  }

  #renderDirect(words: EncryptionTexts, shown: Conversation): TemplateResult {
    const name = cleanLine(shown.title);
    return html`${this.#renderSwitch(words, shown, name)} ${this.#renderKeys(words, shown, name)} ${this.#renderOwn(words)}`;
  }

  #renderSwitch(words: EncryptionTexts, { id, encrypted }: Conversation, name: string): TemplateResult {
    return html`<div class="switch-row">
      <span class="switch-words">
        <span>${words.encryptMine}</span>
        <small id="switch-hint">${encrypted ? words.encryptMineOn(name) : words.encryptMineOff}</small>
      </span>
      <button
        class="switch"
        type="button"
        role="switch"
        aria-checked=${encrypted}
        aria-label=${words.encryptMine}
        aria-describedby="switch-hint"
        aria-busy=${this.busy}
        @click=${() => (encrypted ? this.#askToTurnOff(words, id, name) : void this.#turn(words, id, 'on'))}
      >
        <i></i>
      </button>
    </div>`;
  }

  #renderKeys(words: EncryptionTexts, shown: Conversation, name: string): TemplateResult {
    const keys = this.#theirs.value;
    if (!keys) return this.#renderNoKeys(words);
    if (keys.devices.length === 0) return html`<p role="status">${words.noDevices(name)}</p>`;
    const undecided = keys.devices.filter(isUndecided).length;
    return html`${undecided > 0 ? this.#renderUndecided(words, words.undecided(name, undecided)) : nothing}
    ${undecided > 0 ? this.#renderDevices(words, keys, name) : nothing}
    ${renderNumber(keys, {
      words,
      name,
      same: (number) => void this.#confirm(words, keys.person, number, name),
      different: () => this.ask({ title: words.differentTitle, text: words.differentText(name), stay: words.understood }),
      codes: () => void this.openCodes(keys, name),
    })}
    ${undecided > 0 ? nothing : this.#renderDevices(words, keys, name)} ${this.#renderRenew(words, shown, name)}`;
  }

  #renderNoKeys(words: EncryptionTexts): TemplateResult {
    const { failure } = this.#theirs;
    if (!failure) return html`<div class="bones" role="status" aria-label=${words.loading}><i></i><i></i></div>`;
    return html`<p class="fault" role="alert">${warnIcon(14)}<span>${failureSentence(this.texts, failure)}</span></p>
      <button class="soft-button" type="button" @click=${() => void this.#theirs.refresh()}>${this.texts.retry}</button>`;
  }

  #renderUndecided(words: EncryptionTexts, title: string): TemplateResult {
    return html`<div class="waits" role="note">
      ${warnIcon(18)}
      <div>
        <p class="waits-title">${title}</p>
        <p>${words.undecidedText}</p>
      </div>
    </div>`;
  }

  #renderDevices(words: EncryptionTexts, keys: KeysOf, name: string): TemplateResult {
    return html`<section aria-labelledby="theirs">
      <h3 id="theirs">${words.devicesOf(name, keys.devices.length)}</h3>
      ${renderDevices(keys.devices, this.#wishes(words, keys.person))}
    </section>`;
  }

  /** One's own matter here only where one of them holds things up; otherwise they stay folded. */
  #renderOwn(words: EncryptionTexts): TemplateResult | typeof nothing {
    const keys = this.#ours.value;
    if (!keys || keys.devices.length === 0) return nothing;
    const undecided = keys.devices.filter(isUndecided).length;
    return html`${undecided > 0 ? this.#renderUndecided(words, words.undecidedOwn(undecided)) : nothing}
      <details class="own" ?open=${undecided > 0}>
        <summary><h3>${words.ownDevices(keys.devices.length)}</h3></summary>
        ${renderDevices(keys.devices, { ...this.#wishes(words, keys.person), remove: (device) => this.askToRemove(device) })}
      </details>`;
  }

  #renderRenew(words: EncryptionTexts, { encrypted, id }: Conversation, name: string): TemplateResult | typeof nothing {
    if (!encrypted) return nothing;
    return html`<section class="renew">
      <p>${words.renewText(name)}</p>
      <button class="soft-button plain" type="button" @click=${() => void this.#renew(words, id, name)}>
        ${retryIcon(16)}${words.renew}
      </button>
    </section>`;
  }

  #wishes(words: EncryptionTexts, person: Address): DeviceWishes {
    const decide = (device: DeviceKeys, trust: DeviceDecision['trust']): void => void this.decide(person, device, trust);
    return { texts: this.texts, words, now: Date.now(), decide };
  }

  #askToTurnOff(words: EncryptionTexts, id: ConversationId, name: string): void {
    const go = { words: words.offGo(name), act: () => this.#turn(words, id, 'off') };
    this.ask({ title: words.offTitle(name), text: words.offText(name), stay: words.offStay, go });
  }

  async #turn(words: EncryptionTexts, id: ConversationId, to: 'on' | 'off'): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.request(new EncryptionChangeRequestEvent(id, to));
    this.busy = false;
    if (!this.fault) this.announce(to === 'on' ? words.turnedOn : words.turnedOff);
  }

  async #confirm(words: EncryptionTexts, person: Address, number: string, name: string): Promise<void> {
    const result = await this.request(new SafetyNumberRequestEvent(person, number));
    if (result === 'same') this.announce(words.verifiedNow(name));
    if (result === 'different') this.fault = words.numberChanged;
  }

  async #renew(words: EncryptionTexts, person: Address, name: string): Promise<void> {
    await this.request(new RenewSessionsRequestEvent(person));
    if (!this.fault) this.announce(words.renewed(name));
  }
}
