// The looks of the bar.
import { css, type CSSResult } from 'lit';

export const connectionBarStyles: CSSResult = css`
  :host {
    display: block;
    pointer-events: none;
  }
  .bar {
    pointer-events: auto;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 2px 8px;
    min-block-size: 28px;
    padding: 2px 12px;
    background: var(--warbler-warn-soft);
    color: var(--warbler-warn);
    font-size: 12.5px;
    line-height: 1.35;
    animation: warbler-fade var(--warbler-calm) var(--warbler-ease);
  }
  .bar.good {
    background: var(--warbler-selected);
    color: var(--warbler-accent-strong);
  }
  @keyframes warbler-fade {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .bar {
      border-block: 1px solid CanvasText;
    }
  }
`;
