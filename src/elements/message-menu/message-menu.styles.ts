// The button beside a message, and its menu: a card where there is a pointer, a sheet at the foot where there are fingers.
import { css, type CSSResult } from 'lit';

export const messageMenuStyles: CSSResult = css`
  :host {
    position: absolute;
    z-index: 3;
    inset: 0;
    pointer-events: none;
  }
  .beside,
  .menu {
    position: absolute;
    inset: auto;
    left: var(--warbler-at-left);
    top: var(--warbler-at-top);
    pointer-events: auto;
  }
  .beside {
    inline-size: 28px;
    block-size: 28px;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: var(--warbler-surface-raised);
    box-shadow: 0 0 0 1px var(--warbler-line);
    color: var(--warbler-text-quiet);
  }
  .menu {
    max-block-size: calc(100% - 16px);
    overflow-y: auto;
  }
  .facts {
    padding: 4px 10px 6px;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-quiet);
  }
  .scrim {
    display: none;
  }
  @media (hover: hover) {
    .beside:hover {
      color: var(--warbler-text);
    }
  }
  @media (hover: none) {
    .beside {
      display: none;
    }
    .scrim {
      display: block;
      position: absolute;
      inset: 0;
      background: rgb(10 20 15 / 0.25);
      pointer-events: auto;
    }
    .menu {
      inset: auto 0 0;
      max-inline-size: none;
      padding: 10px 10px max(10px, env(safe-area-inset-bottom));
      border-radius: 18px 18px 0 0;
    }
    .menu-item {
      min-block-size: 48px;
    }
  }
`;
