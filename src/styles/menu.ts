// A menu: a raised card of rows.
import { css, type CSSResult } from 'lit';

export const menuStyles: CSSResult = css`
  .menu-anchor {
    position: relative;
    display: grid;
  }
  .menu {
    position: absolute;
    z-index: 5;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0;
    min-inline-size: 220px;
    max-inline-size: min(300px, 80vw);
    padding: 6px;
    border-radius: 14px;
    border: 1px solid var(--warbler-line);
    background: var(--warbler-surface-raised);
    box-shadow: var(--warbler-shadow-panel);
    animation: warbler-unfold var(--warbler-quick) var(--warbler-ease);
  }
  @keyframes warbler-unfold {
    from {
      opacity: 0;
      transform: translateY(-4px);
    }
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 40px;
    padding: 6px 10px;
    border-radius: 9px;
    text-align: start;
    font-size: 14px;
  }
  .menu-item > svg {
    color: var(--warbler-text-quiet);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    .menu-item:hover {
      background: var(--warbler-surface-hover);
    }
  }
  .menu-item.grave,
  .menu-item.grave > svg {
    color: var(--warbler-danger);
  }
  .menu-item small {
    display: block;
    font-size: var(--warbler-size-meta);
    line-height: 1.35;
    color: var(--warbler-text-faint);
  }
  .menu-line {
    block-size: 1px;
    margin: 6px 4px;
    background: var(--warbler-line);
    border: 0;
  }
`;
