// What the lock's face and its sheet share: a code that is shown once.
import { css, type CSSResult } from 'lit';

export const lockStyles: CSSResult = css`
  .code {
    padding: 12px;
    border: 1px dashed var(--warbler-line-strong);
    border-radius: var(--warbler-radius);
    font:
      600 16px / 1.6 ui-monospace,
      monospace;
    letter-spacing: 0.04em;
    text-align: center;
    overflow-wrap: anywhere;
    user-select: all;
  }
`;
