// The looks of a locked chat.
import { css, type CSSResult } from 'lit';

export const lockFaceStyles: CSSResult = css`
  :host {
    display: flex;
    flex: 1;
    background: var(--warbler-surface);
  }
  form {
    display: grid;
    gap: 14px;
    inline-size: min(100%, 320px);
    margin-block-start: 20px;
    text-align: start;
  }
  .link-button {
    justify-self: center;
    font-size: var(--warbler-size-small);
    color: var(--warbler-accent-strong);
  }
  .grave {
    background: var(--warbler-danger);
    color: var(--warbler-surface);
  }
  .fault {
    display: flex;
    gap: 6px;
    color: var(--warbler-danger);
    font-size: var(--warbler-size-small);
  }
`;
