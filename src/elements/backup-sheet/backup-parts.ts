// What the sheet about backups draws: the beginning, the two forms, how far it is, what came of it.
import { html, nothing, type TemplateResult } from 'lit';
import { judgeSecret } from '../../base/backup-secret.ts';
import type { Restored } from '../../contracts/backup.ts';
import { dayName } from '../../texts/dates.ts';
import type { BackupTexts } from '../../texts/keys/backup-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { canStream } from './file-sink.ts';
import type { Progress } from './carry-backup.ts';

export const renderBeginning = (words: BackupTexts): TemplateResult =>
  html`<p>${words.intro}</p>
    <ul>
      ${words.holds.map((line) => html`<li>${line}</li>`)}
    </ul>
    <p>${words.holdsNot}</p>`;

export interface SecretForm {
  words: BackupTexts;
  usesCode: boolean;
  code: string;
  isNoted: boolean;
  isCopied: boolean;
  typed: string;
  choose(usesCode: boolean): void;
  copy(): void;
  note(isNoted: boolean): void;
  type(typed: string): void;
}

export function renderSecret(form: SecretForm): TemplateResult {
  const { words, usesCode, choose } = form;
  const choice = (name: string, isCode: boolean): TemplateResult =>
    html`<button type="button" aria-pressed=${usesCode === isCode} @click=${() => choose(isCode)}>${name}</button>`;
  return html`<div class="segment" role="group" aria-label=${words.makeTitle}>
      ${choice(words.code, true)}${choice(words.passphrase, false)}
    </div>
    ${usesCode ? renderCode(form) : renderPassphrase(form)} ${canStream() ? nothing : html`<p>${words.inMemory}</p>`}`;
}

function renderCode({ words, code, isNoted, isCopied, copy, note }: SecretForm): TemplateResult {
  return html`<div class="code" part="code">${code.split('-').map((group) => html`<span>${group}</span> `)}</div>
    <div class="beside">
      <p>${words.codeText}</p>
      <button class="soft-button" type="button" @click=${copy}>${isCopied ? words.copied : words.copy}</button>
    </div>
    <label class="check">
      <input type="checkbox" .checked=${isNoted} @change=${(event: Event) => note((event.target as HTMLInputElement).checked)} />
      <span>${words.noted}</span>
    </label>`;
}

function renderPassphrase({ words, typed, type }: SecretForm): TemplateResult {
  return html`<label class="field">
    ${words.ownWords}
    <input
      class="input"
      autocomplete="off"
      spellcheck="false"
      aria-describedby="strength"
      .value=${typed}
      @input=${(event: Event) => type((event.target as HTMLInputElement).value)}
    />
    <span class="hint" id="strength" role="status">${words.strength[judgeSecret(typed)]}</span>
    <span class="hint">${words.passphraseText}</span>
  </label>`;
}

export interface BringForm {
  words: BackupTexts;
  fileName: string | undefined;
  typed: string;
  isOver: boolean;
  choose(file: File | undefined): void;
  hover(isOver: boolean): void;
  type(typed: string): void;
}

export function renderBring({ words, fileName, typed, isOver, choose, hover, type }: BringForm): TemplateResult {
  const over = (event: DragEvent): void => (event.preventDefault(), hover(true));
  const drop = (event: DragEvent): void => (event.preventDefault(), hover(false), choose(event.dataTransfer?.files[0]));
  return html`<p>${words.bringText}</p>
    <label class="drop ${isOver ? 'over' : ''}" @dragover=${over} @dragleave=${() => hover(false)} @drop=${drop}>
      <input type="file" accept=".wbk" @change=${(event: Event) => choose((event.target as HTMLInputElement).files?.[0])} />
      <span class="soft-button">${words.file}</span>
      <span>${fileName === undefined ? words.drop : words.chosen(fileName)}</span>
    </label>
    <label class="field">
      ${words.secret}
      <input
        class="input"
        autocomplete="off"
        spellcheck="false"
        .value=${typed}
        @input=${(event: Event) => type((event.target as HTMLInputElement).value)}
      />
    </label>`;
}

export function renderProgress(words: BackupTexts, progress: Progress): TemplateResult {
  const { name, share, value } = wordsOf(words, progress);
  return html`<p id="stage">${name}</p>
    <div
      class="far"
      role="progressbar"
      aria-labelledby="stage"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${share ?? nothing}
      aria-valuetext=${value}
    >
      <i style="inline-size: ${share ?? 0}%"></i>
    </div>
    <p>${value}</p>`;
}

function wordsOf(words: BackupTexts, progress: Progress): { name: string; share?: number; value: string } {
  if (progress.stage === 'preparing') return { name: words.preparing, value: words.preparing };
  const { done, total } = progress;
  const share = total > 0 ? Math.floor((done / total) * 100) : 0;
  if (progress.stage === 'writing') return { name: words.writing, share, value: words.written(done, total, progress.messages) };
  return { name: words[progress.stage], share, value: words.percent(share) };
}

export function renderRestored(texts: Texts, words: BackupTexts, found: Restored, showDevices: (() => void) | undefined): TemplateResult {
  const { writtenAt, conversations, added, recovered, decisions } = found;
  return html`<div role="status">
      <p>${words.restored(dayName(texts.dates, writtenAt, Date.now()), conversations, added)}</p>
      ${recovered > 0 ? html`<p>${words.recovered(recovered)}</p>` : nothing}
      ${decisions > 0 ? html`<p>${words.decisions(decisions)}</p>` : nothing}
    </div>
    <p><b>${words.nowNew}</b> ${words.askToCompare}</p>
    ${showDevices ? html`<button class="soft-button" type="button" @click=${showDevices}>${words.ownDevices}</button>` : nothing}`;
}
