// The looks of the sign-in.
import { css, type CSSResult } from 'lit';

export const signInStyles: CSSResult = css`
  :host {
    display: block;
    background: var(--warbler-surface);
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 14px;
    inline-size: min(100%, 400px);
    min-block-size: 100%;
    margin-inline: auto;
    padding: 4px 28px 20px;
  }
  .provider {
    --warbler-avatar-size: 40px;
    display: flex;
    align-items: center;
    gap: 12px;
    margin-block-end: 2px;
    padding: 12px 14px;
    border-radius: 14px;
    background: var(--warbler-warn-soft);
    font-size: var(--warbler-size-small);
    color: var(--warbler-text-quiet);
  }
  .provider.unknown {
    background: var(--warbler-surface-hover);
  }
  .provider.unknown .avatar {
    background: var(--warbler-text-faint);
    color: var(--warbler-surface);
  }
  .provider-words {
    min-inline-size: 0;
    display: grid;
    justify-items: start;
  }
  .provider-name {
    max-inline-size: 100%;
    font-size: var(--warbler-size-text);
    font-weight: 600;
    color: var(--warbler-text);
    overflow-wrap: anywhere;
  }
  .provider-state {
    display: inline-flex;
    gap: 4px;
    align-items: flex-start;
    font-weight: 600;
    color: var(--warbler-warn);
  }
  .provider-state svg {
    margin-block-start: 2.5px;
  }
  .primary-button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
  }
  .primary-button[aria-busy='true'] {
    cursor: progress;
  }
  .spinner {
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    border: 2px solid currentColor;
    border-inline-start-color: transparent;
    animation: warbler-turn 0.8s linear infinite;
  }
  @keyframes warbler-turn {
    to {
      transform: rotate(1turn);
    }
  }
  .check {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    font-size: var(--warbler-size-small);
    cursor: pointer;
  }
  .check input {
    inline-size: 20px;
    block-size: 20px;
    flex: none;
    accent-color: var(--warbler-accent);
  }
  .check small {
    display: block;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-faint);
  }
  .trouble {
    display: flex;
    gap: 10px;
    padding: 10px 14px;
    border-radius: 12px;
    background: var(--warbler-danger-soft);
    font-size: var(--warbler-size-preview);
  }
  .trouble svg {
    margin-block-start: 1px;
    color: var(--warbler-danger);
  }
  .trouble b {
    display: block;
    font-weight: 600;
  }
  .trouble.offline {
    background: var(--warbler-warn-soft);
  }
  .trouble.offline svg {
    color: var(--warbler-warn);
  }
  .promise {
    font-size: var(--warbler-size-meta);
    text-align: center;
    color: var(--warbler-text-faint);
    text-wrap: balance;
  }
  @media (max-width: 360px) {
    form {
      padding-inline: 20px;
    }
  }
  @media (forced-colors: active) {
    .provider,
    .trouble {
      border: 1px solid CanvasText;
    }
  }
`;
