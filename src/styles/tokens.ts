// The three tiers together, as one sheet. The outermost Warbler element adopts it and all below inherit.
import { css, type CSSResult } from 'lit';
import { elementTokens } from './element-tokens.ts';
import { darkMeaning, forcedMeaning, lightMeaning, measures } from './meaning.ts';
import { palette } from './palette.ts';

/**
 * Set `theme` to `light` or `dark` to decide; without it, or with `auto`, the system does.
 * A page changes looks with rules of its own on the element: `warbler-chat { --warbler-accent: … }`.
 */
export const tokens: CSSResult = css`
  :host {
    ${palette}
    ${lightMeaning}
    ${measures}
    ${elementTokens}
  }
  :host([theme='dark']) {
    ${darkMeaning}
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${darkMeaning}
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --warbler-quick: 0ms;
      --warbler-calm: 0ms;
    }
  }
  @media (pointer: coarse) {
    :host {
      --warbler-target: 44px;
    }
  }
  @media (forced-colors: active) {
    :host,
    :host([theme]) {
      color-scheme: light dark;
      ${forcedMeaning}
    }
  }
`;
