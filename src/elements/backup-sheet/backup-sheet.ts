// Making a backup, and bringing one back.
//   beginning ──▶ secret ──▶ working ──▶ written
//       └──────▶ bring ───▶ working ──▶ restored        from working back to its form: cancelled, refused, failed
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CODE_RANDOM_BYTES, isStrongSecret, writeCode } from '../../base/backup-secret.ts';
import type { Restored } from '../../contracts/backup.ts';
import type { Answer } from '../../model/failure.ts';
import { buttons, fields } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { segmentStyles } from '../../styles/segment.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import { BACKUP_TEXTS } from '../../texts/backup/backup.ts';
import type { BackupTexts } from '../../texts/keys/backup-texts.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { failureSentence } from '../failure-words.ts';
import { warnIcon } from '../icon/state.ts';
import { SheetElement } from '../sheet-element.ts';
import { renderBeginning, renderBring, renderProgress, renderRestored, renderSecret } from './backup-parts.ts';
import { backupSheetStyles } from './backup-sheet.styles.ts';
import { bringBackup, FileTrouble, writeBackup, type Carrying, type Progress } from './carry-backup.ts';
import { openSink } from './file-sink.ts';

type Stage =
  | { at: 'beginning' | 'secret' | 'bring' }
  | { at: 'working'; from: 'secret' | 'bring'; progress: Progress }
  | { at: 'written'; name: string; messages: number }
  | { at: 'restored'; found: Restored };

/**
 * @summary Writes an encrypted backup of the account into a file, and restores one.
 * @tag warbler-backup-sheet
 * @csspart code - The recovery code.
 */
export class BackupSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, fields, segmentStyles, sheetStyles, backupSheetStyles];

  /** Shows the own devices, where somebody can. */
  @property({ attribute: false }) showDevices: (() => void) | undefined;

  @state() private stage: Stage = { at: 'beginning' };
  @state() private fault = '';
  @state() private usesCode = true;
  @state() private isNoted = false;
  @state() private isCopied = false;
  @state() private typed = '';
  @state() private file: File | undefined;
  @state() private isOver = false;

  readonly #situation = new SituationController(this);
  readonly #code = writeCode(crypto.getRandomValues(new Uint8Array(CODE_RANDOM_BYTES)));
  #isStopped = false;

  /** What is under way goes no further than the sheet that shows it. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#isStopped = true;
  }

  protected override willUpdate(_: PropertyValues): void {
    this.#situation.follow(this.session);
  }

  /** The buttons go with their face: the keys go on from the sheet. */
  protected override updated(changed: PropertyValues): void {
    const before = changed.get('stage') as Stage | undefined;
    if (before && before.at !== this.stage.at) this.renderRoot.querySelector<HTMLElement>('.sheet')?.focus();
  }

  override render(): TemplateResult {
    const words = this.#words;
    const { at } = this.stage;
    const title = at === 'secret' ? words.makeTitle : at === 'bring' ? words.bringTitle : words.title;
    const inside = html`${this.fault ? html`<p class="fault" role="alert">${warnIcon(14)}<span>${this.fault}</span></p>` : nothing}
    ${this.#renderStage(words)}`;
    return this.renderSheet(title, inside, 'to-read');
  }

  get #words(): BackupTexts {
    return BACKUP_TEXTS[this.texts.locale];
  }

  #renderStage(words: BackupTexts): TemplateResult {
    const { stage, texts } = this;
    switch (stage.at) {
      case 'beginning':
        return html`${renderBeginning(words)}
          <div class="sheet-actions">
            ${this.renderEnd(texts.close)}
            <button class="soft-button" type="button" @click=${() => this.#go('bring')}>${words.bring}</button>
            <button class="primary-button" type="button" @click=${() => this.#go('secret')}>${words.make}</button>
          </div>`;
      case 'secret':
        return this.#renderForm(this.#renderSecret(words), words.start, this.#write);
      case 'bring':
        return this.#renderForm(this.#renderBring(words), words.bringStart, this.#bring);
      case 'working':
        return html`${renderProgress(words, stage.progress)}
          <div class="sheet-actions"><button class="soft-button" type="button" @click=${this.#stop}>${words.cancel}</button></div>`;
      case 'written':
        return html`<div role="status">
            <p>${words.done(stage.name, stage.messages)}</p>
            <p>${words.keepSecret}</p>
          </div>
          <div class="sheet-actions">${this.renderEnd(texts.close)}</div>`;
      case 'restored':
        return html`${renderRestored(texts, words, stage.found, this.showDevices)}
          <div class="sheet-actions">${this.renderEnd(texts.close)}</div>`;
    }
  }

  #renderForm(inside: TemplateResult, go: string, submit: () => Promise<void>): TemplateResult {
    const send = (event: Event): void => (event.preventDefault(), void submit());
    return html`<form @submit=${send}>
      ${inside}
      <div class="sheet-actions">
        <button class="soft-button" type="button" @click=${() => this.#go('beginning')}>${this.#words.goBack}</button>
        <button class="primary-button" type="submit">${go}</button>
      </div>
    </form>`;
  }

  #renderSecret(words: BackupTexts): TemplateResult {
    const { usesCode, isNoted, isCopied, typed } = this;
    return renderSecret({
      words,
      usesCode,
      code: this.#code,
      isNoted,
      isCopied,
      typed,
      choose: (usesIt) => (this.usesCode = usesIt),
      copy: () => void this.#copy(),
      note: (is) => (this.isNoted = is),
      type: (text) => (this.typed = text),
    });
  }

  #renderBring(words: BackupTexts): TemplateResult {
    return renderBring({
      words,
      fileName: this.file?.name,
      typed: this.typed,
      isOver: this.isOver,
      choose: (file) => (this.file = file ?? this.file),
      hover: (isOver) => (this.isOver = isOver),
      type: (text) => (this.typed = text),
    });
  }

  #go(at: 'beginning' | 'secret' | 'bring'): void {
    this.fault = '';
    this.typed = '';
    this.stage = { at };
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.#code).then(
      () => (this.isCopied = true),
      () => undefined,
    );
    if (this.isCopied) this.announce(this.#words.copied);
  }

  readonly #write = async (): Promise<void> => {
    const words = this.#words;
    const secret = this.usesCode ? this.#code : this.typed;
    this.fault = this.usesCode ? (this.isNoted ? '' : words.mustNote) : isStrongSecret(secret) ? '' : words.mustBeStrong;
    if (this.fault) return;
    const name = this.#fileName();
    await this.#work('secret', secret, words.couldNotSave, async (carrying) => {
      const sink = await openSink(name);
      if (!sink) return void (this.stage = { at: 'secret' });
      const answer = await writeBackup(carrying, sink);
      if (this.#isIn('secret', answer, words.stopped)) this.stage = { at: 'written', name, messages: answer.value.messages };
    });
  };

  readonly #bring = async (): Promise<void> => {
    const words = this.#words;
    const { file, typed } = this;
    this.fault = !file ? words.mustChoose : typed.trim() === '' ? words.mustTell : '';
    if (!file || this.fault) return;
    await this.#work('bring', typed, words.couldNotRead, async (carrying) => {
      const answer = await bringBackup(carrying, file);
      if (!this.#isIn('bring', answer, words.bringStopped)) return;
      if (answer.value.state === 'refused') this.#fail('bring', words.refused[answer.value.why]);
      else this.stage = { at: 'restored', found: answer.value.found };
    });
  };

  async #work(from: 'secret' | 'bring', secret: string, fileFault: string, work: (carrying: Carrying) => Promise<void>): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.#isStopped = false;
    this.stage = { at: 'working', from, progress: { stage: 'preparing' } };
    const tell = (progress: Progress): void => (this.stage.at === 'working' ? void (this.stage = { ...this.stage, progress }) : undefined);
    try {
      await work({ session, secret, tell, isStopped: () => this.#isStopped });
    } catch (error) {
      if (!(error instanceof FileTrouble) && !(error instanceof DOMException)) throw error;
      this.#fail(from, fileFault);
    }
  }

  /** Whether it came to its end; otherwise its form is shown again, and why. */
  #isIn<T>(from: 'secret' | 'bring', answer: Answer<T> | undefined, stopped: string): answer is { ok: true; value: T } {
    if (answer?.ok) return true;
    this.#fail(from, answer ? failureSentence(this.texts, answer.failure) : stopped);
    return false;
  }

  #fail(from: 'secret' | 'bring', fault: string): void {
    this.stage = { at: from };
    this.fault = fault;
  }

  readonly #stop = (): void => {
    this.#isStopped = true;
  };

  #fileName(): string {
    const name = this.#situation.value?.account?.address.split('@')[0] ?? 'account';
    return `warbler-${name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}-${new Date().toISOString().slice(0, 10)}.wbk`;
  }
}
