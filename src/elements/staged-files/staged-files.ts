// Above the field: the files that go out with the next "send", and where they may be dropped.
import { LitElement, html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageId } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { knownFileTexts, loadFileTexts } from '../../texts/files.ts';
import type { FileTexts } from '../../texts/keys/file-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { announce } from '../announcement.ts';
import { failureSentence } from '../failure-words.ts';
import { drawPicture } from '../files/draw-picture.ts';
import { cleanLine } from '../text/clean-text.ts';
import { MOST_FILES, type Stage, type StagedFile } from './stage.ts';
import { renderStaged } from './staged-row.ts';
import { stagedFilesStyles } from './staged-files.styles.ts';

const THUMB = { width: 96, height: 96 };

/**
 * Files that wait to be sent. The composer makes it.
 * @tag warbler-staged-files
 * @csspart staged - The list of files.
 * @csspart drop-veil - What lies over the panel while files are held above it.
 */
export class StagedFiles extends LitElement {
  static override styles: CSSResult[] = [foundation, buttons, stagedFilesStyles];

  @property({ attribute: false }) stage: Stage | undefined;
  /** As the stage has them: another list is another drawing. */
  @property({ attribute: false }) files: readonly StagedFile[] = [];
  @property({ attribute: false }) texts: Texts | undefined;
  /** The field below takes the focus when nothing is left. */
  @property({ attribute: false }) leave: () => void = () => {};

  @state() private veilWords: string | undefined;

  readonly #thumbs = new Map<MessageId, HTMLCanvasElement>();
  #ground: Element | undefined;
  /** The last that was brought into sight because it cannot go. */
  #told: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { texts } = this;
    if (texts && !knownFileTexts(texts.locale)) void loadFileTexts(texts.locale).then(() => this.requestUpdate());
    if (changed.has('files')) for (const staged of this.files) void this.#drawThumb(staged);
  }

  protected override updated(): void {
    this.#tellFault();
    const veil = this.renderRoot.querySelector<HTMLElement>('.veil');
    if (!veil || !this.#ground) return;
    const { left, top, width, height } = this.#ground.getBoundingClientRect();
    // Set on the node: the strictest pages forbid style attributes.
    Object.assign(veil.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    veil.showPopover();
  }

  /** Nobody looks for the reason below the edge of the list. */
  #tellFault(): void {
    const bad = this.renderRoot.querySelector<HTMLElement>('li.bad');
    if (bad && bad.dataset['id'] !== this.#told) bad.scrollIntoView({ block: 'nearest' });
    this.#told = bad?.dataset['id'];
  }

  /** While files are held over the panel: it says what dropping them means. */
  veil(ground: Element | undefined, words: string): void {
    this.#ground = ground;
    this.veilWords = ground && words;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { texts, stage } = this;
    const words = texts && knownFileTexts(texts.locale);
    if (!words) return nothing;
    return html`${stage && (this.files.length > 0 || stage.refusal || stage.isCut) ? this.#renderStage(words, stage) : nothing}
    ${
      this.veilWords === undefined
        ? nothing
        : html`<div class="veil" part="drop-veil" popover="manual">
            <p><span>${this.veilWords}</span></p>
          </div>`
    }`;
  }

  #renderStage(words: FileTexts, stage: Stage): TemplateResult {
    const shown = this.files.filter(({ isLeaving }) => !isLeaving);
    return html`${shown.length > 0 ? this.#renderList(words, stage, shown) : nothing}
      <p class="note" role="status">${this.#note(words, stage)}</p>`;
  }

  #renderList(words: FileTexts, stage: Stage, shown: readonly StagedFile[]): TemplateResult {
    const row = (staged: StagedFile, index: number): TemplateResult => {
      const name = cleanLine(staged.name);
      const place = { isFirst: index === 0, isLast: index === shown.length - 1 };
      const facts = { staged, name, thumb: this.#thumbs.get(staged.id), limit: stage.limit, ...place };
      return renderStaged(words, facts, {
        remove: () => this.#remove(words, staged.id, name),
        move: (by) => announce(this, words.moved(name, stage.move(staged.id, by), shown.length)),
        keepAsIs: (asIs) => stage.keepAsIs(staged.id, asIs),
      });
    };
    return html`<ul part="staged" role="list" aria-label=${words.staged}>
      ${repeat(shown, ({ id }) => id, row)}
    </ul>`;
  }

  #note(words: FileTexts, { refusal, isCut, limit, isBlocked }: Stage): string {
    if (refusal && this.texts) return failureSentence(this.texts, refusal);
    if (isCut) return words.tooMany(MOST_FILES);
    if (isBlocked) return words.removeFirst;
    return limit ? words.limit(words.size(limit.largest)) : '';
  }

  /** The keys go on with the next file, or in the field. */
  #remove(words: FileTexts, id: MessageId, name: string): void {
    const at = this.files.findIndex((one) => one.id === id);
    this.stage?.remove(id);
    announce(this, words.removed(name));
    void this.#focusAfter(at);
  }

  async #focusAfter(at: number): Promise<void> {
    await new Promise(requestAnimationFrame);
    await this.updateComplete;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>('li > .icon-button');
    const next = buttons[Math.min(at, buttons.length - 1)];
    if (next) next.focus();
    else this.leave();
  }

  async #drawThumb({ id, prepared }: StagedFile): Promise<void> {
    if (!prepared?.preview || this.#thumbs.has(id)) return;
    const thumb = await drawPicture(new Blob([prepared.preview.bytes]), THUMB);
    if (thumb) this.#thumbs.set(id, thumb);
    for (const known of this.#thumbs.keys()) if (!this.files.some((one) => one.id === known)) this.#thumbs.delete(known);
    this.requestUpdate();
  }
}
