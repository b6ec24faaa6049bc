// A bar that lies over the thread's upper edge, and a pill at its foot.
import { css, type CSSResult } from 'lit';

export const finderStyles: CSSResult = css`
  :host {
    position: absolute;
    z-index: 4;
    inset: 0;
    pointer-events: none;
  }
  .bar {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    border-block-end: 1px solid var(--warbler-line);
    background: var(--warbler-surface-raised);
    box-shadow: var(--warbler-shadow-raised);
    pointer-events: auto;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 6px 8px 6px 14px;
    padding-inline: 14px 8px;
  }
  .line > svg {
    flex: none;
    color: var(--warbler-text-quiet);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    block-size: var(--warbler-target);
    padding-inline: 8px;
    border: 0;
    border-radius: var(--warbler-radius-small);
    background: none;
    color: var(--warbler-text);
    font: inherit;
    font-size: 14px;
    appearance: none;
  }
  input[type='date'] {
    appearance: auto;
  }
  input::placeholder {
    color: var(--warbler-text-faint);
    opacity: 1;
  }
  input:focus-visible {
    outline: 2px solid var(--warbler-accent);
    outline-offset: -2px;
  }
  input::-webkit-search-cancel-button {
    display: none;
  }
  .count {
    flex: none;
    padding-inline: 6px;
    font-size: var(--warbler-size-meta);
    font-variant-numeric: tabular-nums;
    color: var(--warbler-text-quiet);
    white-space: nowrap;
  }
  .up {
    display: grid;
    transform: rotate(180deg);
  }
  .icon-button[aria-disabled='true'] {
    opacity: 0.4;
    background: none;
  }
  .status {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    align-items: center;
    margin: 0;
    padding: 0 14px 8px;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-quiet);
  }
  .back {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    inline-size: fit-content;
    min-block-size: 36px;
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: 6px;
    padding-inline: 10px 14px;
    border: 1px solid var(--warbler-line);
    border-radius: 18px;
    background: var(--warbler-surface-raised);
    box-shadow: var(--warbler-shadow-raised);
    font-size: var(--warbler-size-small);
    font-weight: 600;
    color: var(--warbler-accent-strong);
    pointer-events: auto;
  }
  @media (pointer: coarse) {
    .back {
      min-block-size: 44px;
      border-radius: 22px;
    }
    input {
      font-size: 16px;
    }
  }
`;
