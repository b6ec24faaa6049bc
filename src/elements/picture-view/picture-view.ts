// One picture, as large as the window: over everything, with a way to keep it and a way back.
import { LitElement, html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Message } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { knownFileTexts } from '../../texts/files.ts';
import type { Texts } from '../../texts/texts.ts';
import { drawPicture } from '../files/draw-picture.ts';
import type { FileDesk } from '../files/file-desk.ts';
import { saveFile } from '../files/save-file.ts';
import { fetchIcon } from '../icon/file.ts';
import { closeIcon } from '../icon/navigation.ts';
import { cleanLine } from '../text/clean-text.ts';
import { pictureViewStyles } from './picture-view.styles.ts';

/** @tag warbler-picture-view */
export class PictureView extends LitElement {
  static override styles: CSSResult[] = [foundation, buttons, pictureViewStyles];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) texts: Texts | undefined;
  @property({ attribute: false }) desk: FileDesk | undefined;

  @state() private drawn: HTMLCanvasElement | 'nothing' | undefined;
  @query('dialog') private dialog!: HTMLDialogElement | null;

  #file: Blob | undefined;

  show(): void {
    this.dialog?.showModal();
    void this.#draw();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { texts, message, drawn } = this;
    const files = texts && knownFileTexts(texts.locale);
    if (!message?.file || !files) return nothing;
    const name = cleanLine(message.file.name);
    return html`<dialog
      aria-label=${name}
      lang=${texts.locale}
      @keydown=${keepInside}
      @close=${() => this.remove()}
      @click=${this.#clickedBeside}
    >
      <header>
        <bdi title=${name}>${name}</bdi>
        <button class="icon-button" type="button" aria-label=${files.save(name)} title=${files.saveShort} @click=${this.#save}>
          ${fetchIcon()}
        </button>
        <button class="icon-button" type="button" autofocus aria-label=${texts.close} title=${texts.close} @click=${this.#close}>
          ${closeIcon()}
        </button>
      </header>
      <div class="stage" role="img" aria-label=${name} aria-busy=${drawn ? 'false' : 'true'}>
        ${drawn === 'nothing' ? html`<p role="alert">${files.notDrawn}</p>` : drawn}
      </div>
    </dialog>`;
  }

  async #draw(): Promise<void> {
    const answer = this.message && (await this.desk?.read(this.message));
    this.#file = answer?.ok ? answer.value : undefined;
    const scale = window.devicePixelRatio;
    const most = { width: window.innerWidth * scale, height: window.innerHeight * scale };
    this.drawn = (this.#file && (await drawPicture(this.#file, most))) ?? 'nothing';
  }

  readonly #save = (): void => {
    if (this.#file && this.message?.file) saveFile(this.#file, cleanLine(this.message.file.name));
  };

  readonly #close = (): void => this.dialog?.close();

  readonly #clickedBeside = (event: Event): void => {
    if (event.target instanceof Element && !event.target.closest('header, canvas')) this.#close();
  };
}

/** What is pressed here is meant for nobody below: Escape there would close the whole chat. */
const keepInside = (event: Event): void => event.stopPropagation();
