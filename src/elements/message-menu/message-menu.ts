// What can be done with one message: by a button beside the bubble under the pointer, a right click, a long press, or Enter.
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { MessageId } from '../../model/message.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { menuStyles } from '../../styles/menu.ts';
import { fullTime } from '../../texts/dates.ts';
import { MenuController } from '../controllers/menu-controller.ts';
import type { FileAction } from '../file-bubble/file-actions.ts';
import type { FileBubble } from '../file-bubble/file-bubble.ts';
import { moreIcon } from '../icon/navigation.ts';
import { renderMenuItem } from '../menu/menu-part.ts';
import type { FailureActions } from '../message/failure-line.ts';
import { travelledWords } from '../message/protection-mark.ts';
import { stateWords } from '../message/state-words.ts';
import type { Row } from '../thread/rows.ts';
import { WarblerElement } from '../warbler-element.ts';
import { actionsOf, type MessageAction } from './message-actions.ts';
import { messageMenuStyles } from './message-menu.styles.ts';
import { placeBeside, placeMenu } from './place-menu.ts';
import { Pointing } from './pointing.ts';

/**
 * The actions of the message that is pointed at or has the focus. It lies over the thread that made it, beside its scrolling list.
 * @tag warbler-message-menu
 * @csspart message-button - The button beside a message.
 * @csspart message-menu - The open menu.
 */
export class MessageMenu extends WarblerElement {
  static override styles: CSSResult[] = [foundation, buttons, menuStyles, messageMenuStyles];

  /** What the thread shows: rows that change place or go take the button along. */
  @property({ attribute: false }) rows: readonly Row[] = [];
  @property({ attribute: false }) actions: FailureActions | undefined;

  @state() private target: MessageId | undefined;

  readonly #menu = new MenuController(this, () => this.#bubble);
  readonly #pointing = new Pointing({
    point: (id) => this.#point(id),
    open: (id) => this.#open(id),
    moved: () => this.#moved(),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#scroller) this.#pointing.watch(this.#scroller, this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pointing.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('rows') && !this.#row) this.target = undefined;
  }

  protected override updated(): void {
    const { renderRoot } = this;
    const bubble = this.#bubble?.querySelector<HTMLElement>('.bubble');
    const button = renderRoot.querySelector<HTMLElement>('.beside');
    const menu = renderRoot.querySelector<HTMLElement>('.menu');
    if (bubble && button) placeBeside(this, bubble, button);
    if (bubble && menu) placeMenu(this, bubble, menu);
  }

  override render(): TemplateResult | typeof nothing {
    const row = this.#row;
    if (!row || !this.actions) return nothing;
    const { texts } = this;
    return html`<button
        class="beside"
        part="message-button"
        type="button"
        tabindex="-1"
        aria-label=${texts.messageActions}
        title=${texts.messageActions}
        aria-haspopup="menu"
        aria-expanded=${this.#menu.open}
        @click=${this.#menu.toggle}
      >
        ${moreIcon(18)}
      </button>
      ${this.#menu.open ? this.#renderMenu(row, [...this.#fileActions, ...actionsOf(row.message, { ...this.actions, texts, say: (words) => this.announce(words) })]) : nothing}`;
  }

  #renderMenu({ message, state: reached }: Row, actions: readonly MessageAction[]): TemplateResult {
    const { texts } = this;
    const when = fullTime(texts.dates, message.sentAt);
    const travelled = travelledWords(texts, message);
    const facts = [
      when,
      ...(message.timeCertain ? [] : [texts.timeUncertain]),
      ...(reached ? [stateWords(texts, reached)] : []),
      ...(travelled ? [travelled] : []),
    ];
    return html`<div class="scrim"></div>
      <div class="menu" part="message-menu" role="menu" aria-label=${texts.messageActions} @keydown=${this.#menu.keydown}>
        <p class="facts" role="presentation">${facts.join(' · ')}</p>
        ${actions.map(({ name, icon, grave, act }) => renderMenuItem(name, icon, () => this.#do(act), grave))}
      </div>`;
  }

  get #scroller(): HTMLElement | null {
    return (this.getRootNode() as ParentNode).querySelector<HTMLElement>('.scroller');
  }

  get #row(): Row | undefined {
    return this.rows.find(({ message }) => message.id === this.target && message.content !== 'keys-changed');
  }

  get #bubble(): HTMLElement | null {
    return this.target === undefined
      ? null
      : (this.#scroller?.querySelector<HTMLElement>(`[data-id="${CSS.escape(this.target)}"]`) ?? null);
  }

  /** The bubble of a file knows how far it is. */
  get #fileActions(): readonly FileAction[] {
    return this.#bubble?.querySelector<FileBubble>('warbler-file-bubble')?.actions ?? [];
  }

  #point(id: MessageId | undefined): void {
    if (!this.#menu.open) this.target = id;
  }

  #open(id: MessageId): void {
    if (this.#menu.open) return;
    this.target = id;
    if (this.#row) this.#menu.toggle();
  }

  /** A menu beside something else than it speaks of would lie. */
  #moved(): void {
    this.#menu.close(false);
    this.target = undefined;
  }

  #do(act: () => void): void {
    this.#menu.close();
    act();
  }
}
