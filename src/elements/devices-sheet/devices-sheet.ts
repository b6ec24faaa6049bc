// The devices of one's own account: which of them read what is written to this person, and taking one out.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import type { DeviceDecision, DeviceKeys, KeysOf, LegacyState } from '../../contracts/keys.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { KeysController } from '../controllers/keys-controller.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { renderDevices } from '../encryption-sheet/device-card.ts';
import { encryptionSheetStyles } from '../encryption-sheet/encryption-sheet.styles.ts';
import { renderSwitch } from '../encryption-sheet/switch-row.ts';
import { TrustSheet } from '../encryption-sheet/trust-sheet.ts';
import { LegacyChangeRequestEvent } from '../events/keys-requests.ts';
import { failureSentence } from '../failure-words.ts';
import { warnIcon } from '../icon/state.ts';

/**
 * @summary Shows the devices of the account that is signed in, lets a person compare, refuse or remove them.
 * @tag warbler-devices-sheet
 * @fires {DeviceDecisionRequestEvent} warbler-device-decision-request - A device is compared, let in or refused.
 * @fires {CompareKeysRequestEvent} warbler-compare-keys-request - What the other device's code says.
 * @fires {LegacyChangeRequestEvent} warbler-legacy-change-request - Whether this account speaks the older method as well.
 * @fires {RemoveDeviceRequestEvent} warbler-remove-device-request - Nobody shall write to it any more.
 * @csspart device - One device.
 * @csspart older - The older method.
 */
export class DevicesSheet extends TrustSheet {
  static override styles: CSSResult[] = [foundation, buttons, sheetStyles, encryptionSheetStyles];

  readonly #situation = new SituationController(this);
  readonly #keys = new KeysController(this);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#situation.follow(this.session);
    this.#keys.show(this.session, this.#situation.value?.account?.address);
  }

  protected override titleOf(): string {
    return this.texts.ownDevices;
  }

  protected override renderInside(words: EncryptionTexts): TemplateResult {
    const keys = this.#keys.value;
    return keys ? this.#renderKeys(words, keys) : this.#renderNoKeys(words);
  }

  #renderKeys(words: EncryptionTexts, keys: KeysOf): TemplateResult {
    if (keys.devices.length === 0) return html`<p role="status">${words.noOwnDevices}</p>`;
    const decide = (device: DeviceKeys, trust: DeviceDecision['trust']): void => void this.decide(keys.person, device, trust);
    const remove = (device: DeviceKeys): void => this.askToRemove(device);
    return html`<p>${words.ownDevicesText}</p>
      ${keys.legacy ? this.#renderOlderSwitch(words, keys.legacy) : nothing}
      ${renderDevices(keys.devices, { texts: this.texts, words, now: Date.now(), decide, remove })}
      ${keys.devices.some(isOther) ? html`<p>${words.exchangeText}</p>` : nothing}
      <div class="number-acts">
        <button class="soft-button plain" type="button" @click=${() => void this.openCodes(keys)}>${words.codes}</button>
      </div>`;
  }

  #renderOlderSwitch(words: EncryptionTexts, { isOn }: LegacyState): TemplateResult {
    const { speakOlder: label, speakOlderText: hint } = words;
    return renderSwitch({ label, hint, isOn, part: 'older', press: () => void this.#turnOlder(words, isOn ? 'off' : 'on') });
  }

  async #turnOlder(words: EncryptionTexts, to: 'on' | 'off'): Promise<void> {
    await this.request(new LegacyChangeRequestEvent(to));
    if (!this.fault) this.announce(to === 'on' ? words.speakOlderOn : words.speakOlderOff);
  }

  #renderNoKeys(words: EncryptionTexts): TemplateResult {
    const { failure } = this.#keys;
    if (!failure) return html`<div class="bones" role="status" aria-label=${words.loading}><i></i><i></i></div>`;
    return html`<p class="fault" role="alert">${warnIcon(14)}<span>${failureSentence(this.texts, failure)}</span></p>
      <button class="soft-button" type="button" @click=${() => void this.#keys.refresh()}>${this.texts.retry}</button>`;
  }
}

const isOther = ({ isThisDevice, isListed }: DeviceKeys): boolean => isListed && !isThisDevice;
