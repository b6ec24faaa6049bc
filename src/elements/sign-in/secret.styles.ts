// A field that hides what is typed, with its button to show it: a password, a passphrase.
import { css, type CSSResult } from 'lit';

export const secretStyles: CSSResult = css`
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
`;
