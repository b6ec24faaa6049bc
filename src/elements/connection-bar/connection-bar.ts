// A slim bar for trouble with the connection: what is the matter, what still works, and a way to try now.
import { html, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Clock } from '../../base/clock.ts';
import { buttons } from '../../styles/controls.ts';
import { foundation } from '../../styles/foundation.ts';
import { serveShellRequests } from '../controllers/shell-requests.ts';
import { SituationController } from '../controllers/situation-controller.ts';
import { ReconnectRequestEvent } from '../events/shell-requests.ts';
import { offlineIcon, warnIcon } from '../icon/state.ts';
import { cloudIcon } from '../icon/trouble.ts';
import { sentIcon } from '../icon/delivery.ts';
import { pageClock } from '../page-clock.ts';
import { SessionPart } from '../session-part.ts';
import { readTrouble, type BarTrouble } from './bar-trouble.ts';
import { connectionBarStyles } from './connection-bar.styles.ts';

/** Most interruptions are shorter than this and need no words. */
const GRACE_MS = 2000;
const CONFIRM_MS = 3000;

/**
 * Tells of trouble after two seconds of grace, and once that it is over. It overlays: nothing below it moves.
 * @tag warbler-connection-bar
 * @fires {ReconnectRequestEvent} warbler-reconnect-request - Somebody wants to try now.
 * @csspart bar - The bar.
 */
export class ConnectionBar extends SessionPart {
  static override styles: CSSResult[] = [foundation, buttons, connectionBarStyles];

  /** Time as tests wind it. */
  @property({ attribute: false }) clock: Clock = pageClock;

  /** Shows what waits to be sent; without it the bar only counts. */
  @property({ attribute: false }) showOutbox: (() => void) | undefined;

  @state() private told: BarTrouble | 'over' | undefined;

  readonly #situation = new SituationController(this);
  #cancel: (() => void) | undefined;
  #graceFor: BarTrouble['kind'] | undefined;

  constructor() {
    super();
    serveShellRequests(this, this.ownSession);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel?.();
  }

  protected override willUpdate(): void {
    this.#situation.follow(this.session);
    const situation = this.#situation.value;
    if (situation) this.#weigh(readTrouble(situation));
  }

  override render(): TemplateResult | typeof nothing {
    const { told, texts } = this;
    if (!told) return nothing;
    if (told === 'over') return html`<div class="bar good" part="bar">${sentIcon(14)}<span>${texts.backOnline}</span></div>`;
    const { icon, text } = this.#words(told);
    return html`<div class="bar ${told.kind}" part="bar">
      ${icon}<span>${text}</span>
      ${
        told.waiting > 0 && this.showOutbox
          ? html`<button class="link-button" type="button" aria-haspopup="dialog" @click=${this.showOutbox}>
              ${texts.waiting(told.waiting)}
            </button>`
          : nothing
      }
      ${
        told.canRetry
          ? html`<button class="link-button" type="button" @click=${() => this.dispatchEvent(new ReconnectRequestEvent())}>
              ${texts.tryNow}
            </button>`
          : nothing
      }
    </div>`;
  }

  #words({ kind, waiting }: BarTrouble): { icon: TemplateResult; text: string } {
    const { texts } = this;
    switch (kind) {
      case 'offline':
        return { icon: offlineIcon(14), text: waiting > 0 && !this.showOutbox ? texts.offlineBarWaiting(waiting) : texts.offlineBar };
      case 'unreachable':
        return { icon: cloudIcon(14), text: texts.unreachableBar };
      case 'storage-full':
        return { icon: warnIcon(14), text: texts.storageFull };
      case 'read-only':
        return { icon: warnIcon(14), text: texts.storageReadOnly };
      case 'held':
        return { icon: warnIcon(14), text: texts.storageHeld };
    }
  }

  /** Grace first; a trouble that is already told changes its words at once. */
  #weigh(trouble: BarTrouble | undefined): void {
    if (!trouble) this.#allIsWell();
    else if (this.told && this.told !== 'over') this.told = trouble;
    else if (this.#graceFor !== trouble.kind) {
      this.#graceFor = trouble.kind;
      this.#after(GRACE_MS, () => this.#tell());
    }
  }

  #tell(): void {
    const situation = this.#situation.value;
    const trouble = situation && readTrouble(situation);
    if (!trouble) return;
    this.told = trouble;
    this.announce(this.#words(trouble).text);
  }

  #allIsWell(): void {
    this.#graceFor = undefined;
    if (this.told === 'over') return;
    this.#cancel?.();
    if (!this.told) return;
    const wasConnection = this.told.kind === 'offline' || this.told.kind === 'unreachable';
    this.told = wasConnection ? 'over' : undefined;
    if (!wasConnection) return;
    this.announce(this.texts.backOnline);
    this.#after(CONFIRM_MS, () => (this.told = undefined));
  }

  #after(delayMs: number, work: () => void): void {
    this.#cancel?.();
    this.#cancel = this.clock.after(delayMs, work);
  }
}
