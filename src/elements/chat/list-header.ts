// The head of the list: whose service it is, how the connection stands, and what can be begun.
import { html, nothing, type TemplateResult } from 'lit';
import type { Situation } from '../../model/situation.ts';
import type { Texts } from '../../texts/texts.ts';
import { renderAvatar } from '../avatar/avatar-part.ts';
import { connectionTrouble } from '../connection-words.ts';
import { addIcon, closeIcon } from '../icon/navigation.ts';

export interface HeaderFacts {
  provider: string;
  account: string | undefined;
  situation: Situation | undefined;
  /** Drawn where the panel can be put away. */
  close: TemplateResult | typeof nothing;
  accountMenu: TemplateResult | typeof nothing;
}

export function renderListHeader(texts: Texts, facts: HeaderFacts, begin: () => void): TemplateResult {
  const { provider, close, accountMenu } = facts;
  return html`<header class="header" part="header" data-region aria-label=${texts.regionHeader}>
    ${renderAvatar({ name: provider, seed: provider, kind: 'organisation' })}
    <div class="header-words">
      <h2 class="header-title"><bdi>${provider}</bdi></h2>
      ${renderState(texts, facts)}
    </div>
    <div class="header-actions">
      <button class="icon-button" type="button" aria-label=${texts.begin} title=${texts.begin} aria-haspopup="dialog" @click=${begin}>
        ${addIcon()}
      </button>
      ${accountMenu} ${close}
    </div>
  </header>`;
}

function renderState(texts: Texts, { situation, account }: HeaderFacts): TemplateResult {
  const trouble = connectionTrouble(texts, situation);
  if (trouble) return html`<p class="header-state ${trouble.tone}"><span>${trouble.text}</span></p>`;
  return html`<p class="header-state">
    <i class="dot"></i><span>${texts.online}${account ? html` · <bdi>${account}</bdi>` : nothing}</span>
  </p>`;
}

export function renderClose(texts: Texts, close: () => void): TemplateResult {
  return html`<button class="icon-button" part="close" type="button" aria-label=${texts.close} title=${texts.close} @click=${close}>
    ${closeIcon()}
  </button>`;
}
