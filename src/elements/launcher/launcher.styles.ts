// The looks of the launcher. Only its visible circle takes clicks.
import { css, type CSSResult } from 'lit';

export const launcherStyles: CSSResult = css`
  .launcher {
    --warbler-mark-ground: var(--warbler-launcher-ground);
    position: fixed;
    z-index: var(--warbler-layer);
    inset-block-end: calc(var(--warbler-launcher-inset-block) + env(safe-area-inset-bottom, 0px));
    inset-inline-end: calc(var(--warbler-launcher-inset-inline) + env(safe-area-inset-right, 0px));
    inline-size: var(--warbler-launcher-size);
    block-size: var(--warbler-launcher-size);
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: var(--warbler-launcher-ground);
    color: var(--warbler-launcher-ink);
    box-shadow: 0 6px 20px rgb(20 60 40 / 0.32);
    transition: transform var(--warbler-quick) var(--warbler-ease);
  }
  :host([side='start']) .launcher {
    inset-inline: calc(var(--warbler-launcher-inset-inline) + env(safe-area-inset-left, 0px)) auto;
  }
  .launcher:focus-visible {
    outline: 3px solid var(--warbler-launcher-ground);
    outline-offset: 3px;
  }
  .launcher:active {
    transform: scale(0.96);
  }
  @media (hover: hover) {
    .launcher:hover {
      transform: translateY(-1px);
    }
  }
  .alert {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -5px;
    min-inline-size: 23px;
    block-size: 23px;
    padding-inline: 5px;
    border-radius: 12px;
    border: 2px solid var(--warbler-surface);
    background: var(--warbler-alert-ground);
    color: var(--warbler-alert-ink);
    font: 600 12px/19px var(--warbler-font);
    text-align: center;
  }
  .alert.mention {
    border-end-start-radius: 5px;
  }
  @media (forced-colors: active) {
    .launcher {
      border: 2px solid ButtonText;
    }
  }
`;
