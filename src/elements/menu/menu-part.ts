// What menus have in common: the button that opens one, and an item of it.
import { html, type TemplateResult } from 'lit';
import { moreIcon } from '../icon/navigation.ts';

interface OpensMenu {
  open: boolean;
  toggle(): void;
}

/** `menuStyles` belongs with it, and a menu beside it while it is open. */
export function renderMenuButton(name: string, { open, toggle }: OpensMenu): TemplateResult {
  return html`<button
    class="icon-button"
    type="button"
    aria-label=${name}
    title=${name}
    aria-haspopup="menu"
    aria-expanded=${open}
    @click=${toggle}
  >
    ${moreIcon()}
  </button>`;
}

export function renderMenuItem(words: string | TemplateResult, icon: TemplateResult, act: () => void, isGrave = false): TemplateResult {
  return html`<button class="menu-item ${isGrave ? 'grave' : ''}" type="button" role="menuitem" tabindex="-1" @click=${act}>
    ${icon}<span>${words}</span>
  </button>`;
}
