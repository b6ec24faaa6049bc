// A file in its bubble. What keeps its place lies below; everything here lies over it and never changes its size.
import { css, type CSSResult } from 'lit';

export const fileBubbleStyles: CSSResult = css`
  ::slotted(*) {
    visibility: hidden;
  }
  .main {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    display: flex;
    align-items: start;
    gap: 10px;
    border-radius: inherit;
    text-align: start;
    outline-offset: -2px;
  }
  .tile,
  .ring,
  .stop {
    margin-block-start: 1px;
    inline-size: 40px;
    block-size: 40px;
    flex: none;
    display: grid;
    place-items: center;
    border-radius: var(--warbler-radius-small);
  }
  .tile {
    background: color-mix(in oklab, var(--warbler-accent) 14%, transparent);
    color: var(--warbler-accent-strong);
  }
  :is(.waiting, .running) .tile {
    border-radius: 50%;
  }
  .waiting ~ .ring .done {
    display: none;
  }
  .failed .tile {
    background: color-mix(in oklab, var(--warbler-danger) 14%, transparent);
    color: var(--warbler-danger);
  }
  .named .tile {
    background: color-mix(in oklab, currentColor 8%, transparent);
    color: inherit;
  }
  .words {
    min-inline-size: 0;
    flex: 1;
    display: grid;
    gap: 1px;
  }
  .name {
    display: flex;
    min-inline-size: 0;
    line-height: 20px;
    white-space: pre;
  }
  .stem {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .facts {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    font-variant-numeric: tabular-nums;
    color: var(--warbler-file-quiet);
  }
  .failed .facts {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 14px;
    white-space: normal;
  }
  .failed .facts,
  .failed .chip {
    color: var(--warbler-danger);
  }
  .ring {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    pointer-events: none;
  }
  .ring svg {
    inline-size: 100%;
    block-size: 100%;
    transform: rotate(-90deg);
    fill: none;
    stroke: color-mix(in oklab, var(--warbler-accent) 22%, transparent);
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  .ring .done {
    stroke: var(--warbler-accent);
    transition: stroke-dasharray var(--warbler-calm) linear;
  }
  .stop {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    border-radius: 50%;
    color: var(--warbler-accent-strong);
  }
  :host([picture]) .main {
    display: grid;
    place-items: center;
    overflow: hidden;
    background: color-mix(in oklab, var(--warbler-accent) 10%, var(--warbler-surface-hover));
    color: var(--warbler-text-quiet);
  }
  :host([picture]) .main:focus-visible {
    outline: 2px solid var(--warbler-accent);
    outline-offset: -4px;
  }
  .ground {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
  }
  .ground > canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .away .ground > canvas {
    filter: blur(6px);
    transform: scale(1.06);
  }
  .chip {
    position: relative;
    align-self: start;
    justify-self: start;
    display: flex;
    align-items: center;
    gap: 5px;
    max-inline-size: calc(100% - 16px);
    margin: 8px;
    padding: 2px 8px;
    border-radius: var(--warbler-radius-small);
    background: var(--warbler-surface-raised);
    color: var(--warbler-text);
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  :host([picture]) :is(.ring, .stop) {
    inset: 0;
    margin: auto;
  }
  :host([picture]) .ring {
    border-radius: 50%;
    background: var(--warbler-surface-raised);
  }
  @media (pointer: coarse) {
    .stop::after {
      content: '';
      position: absolute;
      inset: -4px;
    }
  }
  @media (forced-colors: active) {
    .tile,
    .chip {
      border: 1px solid CanvasText;
    }
  }
`;

/** Over a picture without words the time lies on it. None of it has a size of its own: the bubble stays as it was. */
const threadStyles: CSSResult = css`
  warbler-file-bubble {
    --warbler-file-quiet: var(--warbler-text-faint);
  }
  .own warbler-file-bubble {
    --warbler-file-quiet: var(--warbler-bubble-own-ink-quiet);
  }
  .pictured:not(.captioned) .meta {
    inset-inline-end: 8px;
    inset-block-end: 8px;
    padding: 1px 7px;
    border-radius: 9px;
    background: rgb(0 0 0 / 0.62);
    color: #fff;
  }
  .pictured:not(.captioned) .meta * {
    color: inherit;
  }
`;

const dressed = new WeakSet<Node>();

export function dressThread(root: Node): void {
  if (!(root instanceof ShadowRoot) || dressed.has(root) || !threadStyles.styleSheet) return;
  dressed.add(root);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, threadStyles.styleSheet];
}
