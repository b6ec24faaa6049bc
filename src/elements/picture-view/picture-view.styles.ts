// A dark room for one picture, by day and by night.
import { css, type CSSResult } from 'lit';

export const pictureViewStyles: CSSResult = css`
  dialog {
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    padding: 0;
    border: 0;
    overflow: hidden;
    background: rgb(8 12 10 / 0.94);
    color: #fff;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: warbler-fade var(--warbler-quick) var(--warbler-ease);
  }
  dialog::backdrop {
    background: none;
  }
  header {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: max(8px, env(safe-area-inset-top)) 10px 8px 18px;
    padding-inline: 18px 10px;
  }
  bdi {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    white-space: pre;
  }
  .stem {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .icon-button {
    inline-size: 44px;
    block-size: 44px;
    color: inherit;
  }
  @media (hover: hover) {
    .icon-button:hover {
      background: rgb(255 255 255 / 0.14);
    }
  }
  .icon-button[aria-disabled='true'] {
    opacity: 0.4;
  }
  .icon-button:focus-visible,
  .soft-button:focus-visible {
    outline-color: currentColor;
  }
  .stage {
    flex: 1;
    min-block-size: 0;
    display: grid;
    place-items: center;
    place-content: center;
    gap: 12px;
    padding: 0 12px max(12px, env(safe-area-inset-bottom));
  }
  .stage > canvas {
    max-inline-size: 100%;
    max-block-size: 100%;
    min-block-size: 0;
    object-fit: contain;
    border-radius: 6px;
  }
  @keyframes warbler-fade {
    from {
      opacity: 0;
    }
  }
`;
