// Which keys do what, and whether single keys do anything at all.
import { html, type CSSResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { Texts } from '../../texts/texts.ts';
import { PreferenceChangeEvent } from '../events/shell-requests.ts';
import { SheetElement } from '../sheet-element.ts';
import { keysSheetStyles } from './keys-sheet.styles.ts';

type Line = readonly [keys: readonly string[], words: string];

/**
 * @summary Lists the keys, and switches off those that are one character alone.
 * @tag warbler-keys-sheet
 * @attr {boolean} no-single-keys - Single characters mean nothing.
 * @fires {PreferenceChangeEvent} warbler-preference-change - Single keys were switched on or off.
 */
export class KeysSheet extends SheetElement {
  static override styles: CSSResult[] = [foundation, buttons, sheetStyles, keysSheetStyles];

  @property({ type: Boolean, attribute: 'no-single-keys' }) noSingleKeys = false;

  override render(): TemplateResult {
    const { texts } = this;
    const inside = html`<dl>
        ${linesOf(texts).map(
          ([keys, words]) =>
            html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
              <dd>${words}</dd>`,
        )}
      </dl>
      <label class="single">
        <input type="checkbox" .checked=${!this.noSingleKeys} @change=${this.#switch} /><span>${texts.keysSingle}</span>
      </label>
      <div class="sheet-actions">${this.renderEnd(texts.close)}</div>`;
    return this.renderSheet(texts.keys, inside, 'to-read');
  }

  readonly #switch = (): void => {
    this.noSingleKeys = !this.noSingleKeys;
    this.dispatchEvent(new PreferenceChangeEvent({ singleKeys: !this.noSingleKeys }));
  };
}

const linesOf = (texts: Texts): readonly Line[] => [
  [['F6'], texts.keysRegion],
  [['Alt ↑', 'Alt ↓'], texts.keysNeighbour],
  [['↑', '↓', 'Home', 'End', 'Page ↑', 'Page ↓'], texts.keysMove],
  [['Ctrl F', '⌘ F'], texts.findInConversation],
  [['A … Z'], texts.keysLetters],
  [['Enter'], texts.keysEnter],
  [['Shift Enter'], texts.keysBreak],
  [['Alt Shift L'], texts.lockNow],
  [['Esc'], texts.keysBack],
  [['?'], texts.keys],
];
