// How many messages wait, at a glance and by name.
import type { CSSResult, TemplateResult, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { foundation } from '../../styles/foundation.ts';
import { WarblerElement } from '../warbler-element.ts';
import { renderBadge } from './badge-part.ts';
import { unreadBadgeStyles } from './unread-badge.styles.ts';

/**
 * A pill with a figure; nothing at zero.
 * @tag warbler-unread-badge
 * @attr {number} count - How many wait.
 * @attr {number} most - The highest figure shown; above it, `99+`.
 * @attr {boolean} muted - Grey: a conversation that was silenced.
 * @attr {boolean} mention - One of them names this person.
 * @csspart badge - The rounded ground.
 * @cssproperty [--warbler-badge-ground=var(--warbler-accent)] - Its colour.
 * @cssproperty [--warbler-badge-ink=var(--warbler-on-accent)] - The figure's colour.
 */
export class UnreadBadge extends WarblerElement {
  static override styles: CSSResult[] = [foundation, unreadBadgeStyles];

  @property({ type: Number }) count = 0;
  @property({ type: Number }) most = 99;
  @property({ type: Boolean, reflect: true }) muted = false;
  @property({ type: Boolean, reflect: true }) mention = false;

  override render(): TemplateResult | typeof nothing {
    return renderBadge(this.texts, this);
  }
}
