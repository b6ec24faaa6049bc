// What every sheet is made of: a ground that puts it away, a titled dialog that takes the focus, and what it ends with.
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { SheetController } from './controllers/sheet-controller.ts';
import { SessionPart } from './session-part.ts';

export abstract class SheetElement extends SessionPart {
  @property({ attribute: false }) end: () => void = () => {};

  constructor() {
    super();
    void new SheetController(this);
  }

  /** `sheetStyles` belongs with it. An alert asks before something is lost; what is to be read keeps the focus on the sheet itself. */
  protected renderSheet(title: string, inside: unknown, kind?: 'alert' | 'to-read'): TemplateResult {
    return html`<div class="scrim" @click=${this.end}></div>
      <section
        class="sheet"
        role=${kind === 'alert' ? 'alertdialog' : 'dialog'}
        aria-modal="true"
        aria-labelledby="title"
        aria-describedby=${kind === 'alert' ? 'words' : nothing}
        tabindex="-1"
        ?autofocus=${kind === 'to-read'}
      >
        <h2 id="title">${title}</h2>
        ${inside}
      </section>`;
  }

  protected renderEnd(words: string, isSafe = false): TemplateResult {
    return html`<button class="soft-button" type="button" ?autofocus=${isSafe} @click=${this.end}>${words}</button>`;
  }
}
