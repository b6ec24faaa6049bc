// Empty, loading and failed, drawn once for all elements.
import { css, type CSSResult } from 'lit';

export const faces: CSSResult = css`
  .face {
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    text-align: center;
    padding: 24px;
    min-block-size: 0;
  }
  .face-mark {
    inline-size: 64px;
    block-size: 64px;
    border-radius: 20px;
    display: grid;
    place-items: center;
    background: var(--warbler-selected);
    color: var(--warbler-accent);
    --warbler-mark-ground: var(--warbler-selected);
  }
  .face.failed .face-mark {
    background: var(--warbler-danger-soft);
    color: var(--warbler-danger);
  }
  .face-title {
    margin-block: 12px 4px;
    font-size: var(--warbler-size-text);
    font-weight: 600;
  }
  .face-text {
    max-inline-size: 260px;
    color: var(--warbler-text-quiet);
    font-size: var(--warbler-size-preview);
    text-wrap: balance;
  }
  .face .soft-button {
    margin-block-start: 14px;
  }
  .bone {
    display: block;
    background: var(--warbler-line);
    border-radius: 6px;
    block-size: 11px;
    animation: warbler-breathe 1.6s ease-in-out infinite;
  }
  .bone.round {
    border-radius: 50%;
  }
  @keyframes warbler-breathe {
    50% {
      opacity: 0.5;
    }
  }
`;
