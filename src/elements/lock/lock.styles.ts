// What the lock's face and its sheet share: a field that hides what is typed.
import { css, type CSSResult } from 'lit';

export const lockStyles: CSSResult = css`
  .secret {
    position: relative;
    display: block;
  }
  .secret .input {
    padding-inline-end: 76px;
  }
  .reveal {
    position: absolute;
    inset-block: 1px;
    inset-inline-end: 2px;
    padding-inline: 12px;
    font-size: var(--warbler-size-small);
    font-weight: 600;
    color: var(--warbler-accent);
    border-radius: var(--warbler-radius-small);
  }
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
