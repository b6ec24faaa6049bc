// What every element's shadow root starts from: type, box, focus, hidden words.
import { css, type CSSResult } from 'lit';

export const foundation: CSSResult = css`
  :host {
    font: var(--warbler-size-text) / var(--warbler-leading) var(--warbler-font);
    color: var(--warbler-text);
    text-align: start;
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
    margin: 0;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--warbler-accent);
    outline-offset: 2px;
  }
  svg {
    flex: none;
    display: block;
  }
  :host(:dir(rtl)) .directional {
    transform: scaleX(-1);
    transform-origin: center;
    transform-box: view-box;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
