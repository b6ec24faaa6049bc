// The unread figure as a part of another element's template. `unread-badge.styles.ts` belongs with it.
import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../texts/texts.ts';

export interface BadgeFacts {
  count: number;
  /** Muted conversations count quietly. */
  muted?: boolean;
  /** Told by the @ as well as by colour. */
  mention?: boolean;
  /** 99 in a list, 9 on the launcher. */
  most?: number;
}

export function figureOf(count: number, most: number): string {
  return count > most ? `${most}+` : String(count);
}

export function badgeName(texts: Texts, { count, mention }: BadgeFacts): string {
  return mention ? texts.unreadWithMention(count) : texts.unread(count);
}

/** `silent` where the element around it says the same in its own name. */
export function renderBadge(texts: Texts, facts: BadgeFacts, silent = false): TemplateResult | typeof nothing {
  if (facts.count <= 0) return nothing;
  const { count, muted = false, mention = false, most = 99 } = facts;
  return html`<span
    class="badge ${muted ? 'muted' : ''} ${mention ? 'mention' : ''}"
    part="badge"
    role=${silent ? nothing : 'img'}
    aria-hidden=${silent ? 'true' : nothing}
    aria-label=${silent ? nothing : badgeName(texts, facts)}
    >${mention ? '@' : ''}${figureOf(count, most)}</span
  >`;
}
