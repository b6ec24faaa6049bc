// The looks of a screen of trouble.
import { css, type CSSResult } from 'lit';

export const troubleStyles: CSSResult = css`
  :host {
    display: flex;
    background: var(--warbler-surface);
  }
  .face-title {
    max-inline-size: 300px;
    text-wrap: balance;
  }
  .face .primary-button {
    margin-block-start: 20px;
    min-inline-size: 180px;
  }
  .quiet {
    margin-block-start: 12px;
    color: var(--warbler-accent-strong);
    font-size: var(--warbler-size-small);
  }
`;
