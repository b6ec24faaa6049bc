// The digits that two people compare, and what they say of them.
import { html, nothing, type TemplateResult } from 'lit';
import type { KeysOf } from '../../contracts/keys.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import { verifiedIcon } from '../icon/device.ts';
import { lockIcon } from '../icon/trust.ts';

export interface NumberWishes {
  words: EncryptionTexts;
  name: string;
  same(number: string): void;
  different(): void;
  codes(): void;
}

/** Every device that is written to was compared. */
export const isCompared = ({ devices }: KeysOf): boolean => {
  const listed = devices.filter((one) => one.isListed);
  return listed.length > 0 && listed.every(({ trust }) => trust === 'verified');
};

export function renderNumber(keys: KeysOf, { words, name, same, different, codes }: NumberWishes): TemplateResult | typeof nothing {
  const { safetyNumber } = keys;
  if (safetyNumber === undefined) return nothing;
  const done = isCompared(keys);
  return html`<section aria-labelledby="number-title">
    <h3 id="number-title">${done ? verifiedIcon(16) : lockIcon(16)}${words.number}</h3>
    <p>${done ? words.numberDone(name) : words.numberText(name)}</p>
    <p class="number" dir="ltr" role="group" aria-labelledby="number-title">
      ${safetyNumber.split(' ').map((group) => html`<span>${group}</span> `)}
    </p>
    <div class="number-acts">
      ${
        done
          ? nothing
          : html`<button class="soft-button" type="button" @click=${() => same(safetyNumber)}>${words.same}</button>
              <button class="soft-button careful" type="button" @click=${different}>${words.different}</button>`
      }
      <button class="soft-button plain" type="button" @click=${codes}>${words.codes}</button>
    </div>
  </section>`;
}
