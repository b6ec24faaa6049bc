// A choice of two or three, side by side.
import { css, type CSSResult } from 'lit';

export const segmentStyles: CSSResult = css`
  .segment {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    padding: 3px;
    border-radius: 12px;
    background: var(--warbler-paper);
    font-size: 14px;
  }
  .segment button {
    min-block-size: 32px;
    padding: 5px 8px;
    border-radius: 9px;
    text-align: center;
    color: var(--warbler-text-quiet);
  }
  .segment button[aria-pressed='true'],
  .segment button[aria-checked='true'] {
    background: var(--warbler-surface-raised);
    color: var(--warbler-text);
    font-weight: 600;
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.12);
  }
  @media (forced-colors: active) {
    .segment button[aria-pressed='true'],
    .segment button[aria-checked='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
