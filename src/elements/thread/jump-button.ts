// Down to what is new, then down to the end.
import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../texts/texts.ts';
import { downIcon } from '../icon/navigation.ts';

export function renderJumpButton(texts: Texts, shown: boolean, newer: number, jump: () => void): TemplateResult | typeof nothing {
  if (!shown) return nothing;
  const name = newer > 0 ? texts.jumpToNewestCount(newer) : texts.jumpToNewest;
  return html`<button
    class=${newer > 0 ? 'jump counts' : 'jump'}
    part="jump-button"
    type="button"
    aria-label=${name}
    title=${name}
    @click=${jump}
  >
    ${downIcon(16)}${newer > 0 ? html`<span>${texts.newMessageCount(newer)}</span>` : nothing}
  </button>`;
}
