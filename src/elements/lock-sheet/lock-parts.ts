// What the sheet of the lock is made of: what a mode protects, when it locks by itself, a new passphrase with its strength in words.
import { html, type TemplateResult } from 'lit';
import { LOCK_MINUTES, type AutoLock, type LockMinutes, type LockMode } from '../../model/lock.ts';
import { strengthOf } from '../../model/passphrase.ts';
import type { LockTexts } from '../../texts/keys/lock-texts.ts';
import { lockIcon } from '../icon/lock.ts';

export function renderMode(words: LockTexts, mode: LockMode): TemplateResult {
  const { name, protects, not } = words.modes[mode];
  return html`<section class="mode" aria-label=${name}>
    <h3>${lockIcon(18)}<span>${name}</span></h3>
    <dl>
      <dt>${words.protects}</dt>
      <dd>${protects}</dd>
      <dt>${words.protectsNot}</dt>
      <dd>${not}</dd>
    </dl>
  </section>`;
}

export function renderAutoLock(words: LockTexts, auto: AutoLock, choose: (auto: AutoLock) => void): TemplateResult {
  const wait = (name: keyof AutoLock): TemplateResult =>
    html`<label class="wait">
      <span>${words[name]}</span>
      <select name=${name} @change=${(event: Event) => choose({ ...auto, [name]: minutesOf(event) })}>
        ${LOCK_MINUTES.map((minutes) => html`<option value=${minutes} ?selected=${auto[name] === minutes}>${words.after(minutes)}</option>`)}
      </select>
    </label>`;
  return html`${wait('idle')} ${wait('hidden')}
    <p>${words.always}</p>`;
}

const minutesOf = (event: Event): LockMinutes => Number((event.target as HTMLSelectElement).value) as LockMinutes;

/** Words, not colours alone; told to those who listen as it changes. */
export function renderStrength(words: LockTexts, passphrase: string): TemplateResult {
  const strength = strengthOf(passphrase);
  const isWeak = strength === 'short' || strength === 'plain';
  return html`<p class="strength" role="status">
    <span>${words.strengthIs(words.strength[strength])}${isWeak ? html`. ${words.screenLockOnly}` : ''}</span>
  </p>`;
}
