// The older method: the question whether to use it with somebody, and whether this account speaks it at all.
import { html, nothing, type TemplateResult } from 'lit';
import type { LegacyState } from '../../contracts/keys.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { warnIcon } from '../icon/state.ts';

/** Asked only where nothing newer works, and never gone by itself. Whoever had something newer may have been robbed of it. */
export function renderOlderQuestion(
  words: EncryptionTexts,
  { isOnlyWay, hadNewer }: LegacyState,
  name: string,
  use: () => void,
): TemplateResult | typeof nothing {
  if (!isOnlyWay) return nothing;
  return html`<div class="waits older" role="note" part="older">
    ${warnIcon(18)}
    <div>
      <p class="waits-title">${words.olderTitle(name)}</p>
      <p>${words.olderText}</p>
      ${hadNewer ? html`<p>${words.olderHadNewer(name)}</p>` : nothing}
      <div class="device-acts"><button class="soft-button" type="button" @click=${use}>${words.olderGo(name)}</button></div>
    </div>
  </div>`;
}

export function renderOlderSwitch(words: EncryptionTexts, { isOn }: LegacyState, turn: () => void): TemplateResult {
  return html`<div class="switch-row" part="older">
    <span class="switch-words">
      <span>${words.speakOlder}</span>
      <small id="older-hint">${words.speakOlderText}</small>
    </span>
    <button
      class="switch"
      type="button"
      role="switch"
      aria-checked=${isOn}
      aria-label=${words.speakOlder}
      aria-describedby="older-hint"
      @click=${turn}
    >
      <i></i>
    </button>
  </div>`;
}
