// Which keys do what, by the part of the widget that has the focus; and whether single keys do anything at all.
import { html, type CSSResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { sheetStyles } from '../../styles/sheet.ts';
import type { Texts } from '../../texts/texts.ts';
import { SheetController } from '../controllers/sheet-controller.ts';
import { PreferenceChangeEvent } from '../events/shell-requests.ts';
import { WarblerElement } from '../warbler-element.ts';
import { keysSheetStyles } from './keys-sheet.styles.ts';

type Line = readonly [keys: readonly string[], words: string];

/**
 * @summary Lists the keys, and switches off those that are one character alone.
 * @tag warbler-keys-sheet
 * @attr {boolean} no-single-keys - Single characters mean nothing.
 * @fires {PreferenceChangeEvent} warbler-preference-change - Single keys were switched on or off.
 */
export class KeysSheet extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, sheetStyles, keysSheetStyles];

  @property({ type: Boolean, attribute: 'no-single-keys' }) noSingleKeys = false;
  @property({ attribute: false }) end: () => void = () => {};

  constructor() {
    super();
    void new SheetController(this);
  }

  override render(): TemplateResult {
    const { texts } = this;
    return html`<div class="scrim" @click=${this.end}></div>
      <section class="sheet" role="dialog" aria-modal="true" aria-labelledby="title" tabindex="-1" autofocus>
        <h2 id="title">${texts.keys}</h2>
        ${groupsOf(texts).map(([name, lines]) => renderGroup(name, lines))}
        <label class="single">
          <input type="checkbox" .checked=${!this.noSingleKeys} @change=${this.#switch} /><span>${texts.keysSingle}</span>
        </label>
        <div class="sheet-actions"><button class="soft-button" type="button" @click=${this.end}>${texts.close}</button></div>
      </section>`;
  }

  readonly #switch = (): void => {
    this.noSingleKeys = !this.noSingleKeys;
    this.dispatchEvent(new PreferenceChangeEvent({ singleKeys: !this.noSingleKeys }));
  };
}

function groupsOf(texts: Texts): [name: string, lines: readonly Line[]][] {
  const move: Line = [['↑', '↓', 'Home', 'End', 'Page ↑', 'Page ↓'], texts.keysMove];
  return [
    [
      texts.keysEverywhere,
      [
        [['F6'], texts.keysRegion],
        [['Alt ↑', 'Alt ↓'], texts.keysNeighbour],
        [['Esc'], texts.keysBack],
        [['?'], texts.keys],
      ],
    ],
    [texts.conversations, [move, [['A … Z'], texts.keysLetters]]],
    [texts.keysMessages, [move, [['Enter'], texts.messageActions], [['Esc'], texts.keysWrite]]],
    [
      texts.keysWriting,
      [
        [['Enter'], texts.send],
        [['Shift Enter'], texts.keysBreak],
      ],
    ],
  ];
}

const renderGroup = (name: string, lines: readonly Line[]): TemplateResult =>
  html`<h3>${name}</h3>
    <dl>
      ${lines.map(
        ([keys, words]) =>
          html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${words}</dd>`,
      )}
    </dl>`;
