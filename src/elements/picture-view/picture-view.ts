// One picture, as large as the window: over everything, with ways to the one before and behind it, to keep it, and back.
import { LitElement, html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Message } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { knownFileTexts } from '../../texts/files.ts';
import type { FileTexts } from '../../texts/keys/file-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { actOf, nameOf, stateOf } from '../file-bubble/file-words.ts';
import { drawPicture } from '../files/draw-picture.ts';
import { placeOf, type FileDesk } from '../files/file-desk.ts';
import { splitName } from '../files/file-kind.ts';
import { fileState, type FileState } from '../files/file-state.ts';
import { saveFile } from '../files/save-file.ts';
import { aheadIcon, fetchIcon } from '../icon/file.ts';
import { backIcon, closeIcon } from '../icon/navigation.ts';
import { pictureViewStyles } from './picture-view.styles.ts';

type Direction = 'earlier' | 'later';

/** @tag warbler-picture-view */
export class PictureView extends LitElement {
  static override styles: CSSResult[] = [foundation, buttons, pictureViewStyles];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) texts: Texts | undefined;
  @property({ attribute: false }) desk: FileDesk | undefined;

  @state() private drawn: HTMLCanvasElement | 'nothing' | undefined;
  /** Where another was looked for, and there is none. */
  @state() private end: Direction | undefined;
  @query('dialog') private dialog!: HTMLDialogElement | null;

  #file: Blob | undefined;
  /** What is being drawn, or was. */
  #drawnOf: Message | undefined;
  #isLooking = false;
  #unwatch: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch = this.desk?.watch(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
  }

  show(): void {
    this.dialog?.showModal();
  }

  protected override updated(): void {
    const { message, desk } = this;
    if (!message || !desk) return;
    if (this.#state?.stage === 'here' && this.#drawnOf !== message) void this.#draw(message, desk);
    else if (this.#state?.stage === 'away' && desk.comesByItself(message) && desk.isFirstWish(message))
      void desk.fetch(placeOf(message), true);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { texts, message, drawn, end } = this;
    const files = texts && knownFileTexts(texts.locale);
    if (!message?.file || !files) return nothing;
    const name = nameOf(message);
    return html`<dialog
      aria-label=${name}
      lang=${texts.locale}
      @keydown=${this.#pressed}
      @close=${() => this.remove()}
      @click=${this.#clickedBeside}
    >
      <header>
        <bdi title=${name} role="status">${end ? html`<span class="stem">${endOf(files, end)}</span>` : renderName(name)}</bdi>
        ${this.#renderWay(files.earlierPicture, 'earlier', backIcon())}${this.#renderWay(files.laterPicture, 'later', aheadIcon())}
        <button class="icon-button" type="button" aria-label=${files.save(name)} title=${files.saveShort} @click=${this.#save}>
          ${fetchIcon()}
        </button>
        <button class="icon-button" type="button" autofocus aria-label=${texts.close} title=${texts.close} @click=${this.#close}>
          ${closeIcon()}
        </button>
      </header>
      ${
        drawn || this.#state?.stage === 'here'
          ? html`<div class="stage" role="img" aria-label=${name} aria-busy=${drawn ? 'false' : 'true'}>
              ${drawn === 'nothing' ? html`<p role="alert">${files.notDrawn}</p>` : drawn}
            </div>`
          : this.#renderAway(texts, files, message)
      }
    </dialog>`;
  }

  #renderWay(words: string, direction: Direction, icon: TemplateResult): TemplateResult {
    const isEnd = this.end === direction ? 'true' : 'false';
    // oxfmt-ignore
    return html`<button class="icon-button" type="button" aria-label=${words} title=${words} aria-disabled=${isEnd} @click=${() => void this.#go(direction)}>
      ${icon}
    </button>`;
  }

  /** Not here yet: how far it is, and the button that fetches it where it does not come by itself. */
  #renderAway(texts: Texts, files: FileTexts, message: Message): TemplateResult | typeof nothing {
    const known = this.#state;
    if (!known) return nothing;
    const act = actOf({ texts, files }, message, known, true);
    return html`<div class="stage">
      <p role="status">${stateOf({ texts, files }, message, known)}</p>
      ${act ? html`<button class="soft-button" type="button" @click=${this.#fetch}>${act}</button>` : nothing}
    </div>`;
  }

  get #state(): FileState | undefined {
    return this.message && fileState(this.message, this.desk?.transferOf(this.message));
  }

  async #draw(message: Message, desk: FileDesk): Promise<void> {
    this.#drawnOf = message;
    const answer = await desk.read(message);
    const file = answer.ok ? answer.value : undefined;
    const scale = window.devicePixelRatio;
    const most = { width: window.innerWidth * scale, height: window.innerHeight * scale };
    const drawn = (file && (await drawPicture(file, most))) ?? 'nothing';
    if (this.#drawnOf !== message) return;
    this.#file = file;
    this.drawn = drawn;
  }

  async #go(direction: Direction): Promise<void> {
    const { message, desk } = this;
    if (!message || !desk || this.#isLooking) return;
    this.#isLooking = true;
    const beside = await desk.beside(message, direction);
    this.#isLooking = false;
    this.end = beside ? undefined : direction;
    if (!beside) return;
    this.message = beside;
    this.drawn = this.#file = this.#drawnOf = undefined;
  }

  /** What is pressed here is meant for nobody below: Escape there would close the whole chat. */
  readonly #pressed = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'ArrowLeft') void this.#go('earlier');
    else if (event.key === 'ArrowRight') void this.#go('later');
  };

  readonly #fetch = (): void => {
    if (this.message) void this.desk?.fetch(placeOf(this.message));
  };

  readonly #save = (): void => {
    if (this.#file && this.message) saveFile(this.#file, nameOf(this.message));
  };

  readonly #close = (): void => this.dialog?.close();

  readonly #clickedBeside = (event: Event): void => {
    if (event.target instanceof Element && !event.target.closest('header, canvas, button')) this.#close();
  };
}

/** Too long to stand there whole, it still tells how it ends. */
function renderName(name: string): TemplateResult {
  const [stem, end] = splitName(name);
  return html`<span class="stem">${stem}</span><span>${end}</span>`;
}

const endOf = (files: FileTexts, end: Direction): string => (end === 'earlier' ? files.noEarlierPicture : files.noLaterPicture);
