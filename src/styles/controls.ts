// Buttons, fields and links, the same wherever they stand.
import { css, type CSSResult } from 'lit';

export const buttons: CSSResult = css`
  button {
    font: inherit;
    color: inherit;
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
  }
  .icon-button {
    inline-size: var(--warbler-target);
    block-size: var(--warbler-target);
    flex: none;
    border-radius: var(--warbler-radius-small);
    display: grid;
    place-items: center;
    color: var(--warbler-text-quiet);
    transition: background-color var(--warbler-quick) var(--warbler-ease);
  }
  @media (hover: hover) {
    .icon-button:hover {
      background: var(--warbler-surface-hover);
    }
  }
  .icon-button:active,
  .icon-button[aria-expanded='true'] {
    background: var(--warbler-surface-hover);
    color: var(--warbler-text);
  }
  .primary-button {
    min-block-size: 46px;
    padding: 8px 20px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-accent);
    color: var(--warbler-on-accent);
    font-weight: 600;
    transition: background-color var(--warbler-quick) var(--warbler-ease);
  }
  @media (hover: hover) {
    .primary-button:hover {
      background: color-mix(in oklab, var(--warbler-accent) 88%, var(--warbler-text));
    }
  }
  .soft-button {
    min-block-size: var(--warbler-target);
    padding: 7px 16px;
    border-radius: var(--warbler-radius-small);
    background: var(--warbler-selected);
    color: var(--warbler-accent-strong);
    font-weight: 600;
    font-size: 14px;
  }
  .link-button {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
    min-block-size: 24px;
    border-radius: 4px;
  }
  @media (forced-colors: active) {
    .primary-button,
    .soft-button {
      border: 1px solid ButtonBorder;
    }
  }
`;

export const fields: CSSResult = css`
  .field {
    display: grid;
    gap: 6px;
    font-size: var(--warbler-size-small);
    font-weight: 600;
  }
  .input {
    inline-size: 100%;
    block-size: var(--warbler-field-height);
    padding: 0 14px;
    border: 1px solid var(--warbler-line-strong);
    border-radius: var(--warbler-field-radius);
    background: var(--warbler-surface);
    color: var(--warbler-text);
    font: 400 var(--warbler-size-text) / 1.2 var(--warbler-font);
    transition: border-color var(--warbler-quick) var(--warbler-ease);
  }
  .input::placeholder {
    color: var(--warbler-text-faint);
    opacity: 1;
  }
  .input:focus-visible {
    outline: 2px solid transparent;
    border-color: var(--warbler-accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--warbler-accent) 22%, transparent);
  }
  .input[aria-invalid='true'] {
    border-color: var(--warbler-danger);
  }
  .hint {
    display: flex;
    gap: 5px;
    align-items: flex-start;
    font-size: 12.5px;
    font-weight: 400;
    color: var(--warbler-text-faint);
  }
  .hint.error {
    color: var(--warbler-danger);
  }
  .hint svg {
    margin-block-start: 2px;
  }
  @media (pointer: coarse) {
    .input {
      font-size: 16px;
    }
  }
`;
