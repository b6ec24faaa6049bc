// Files above the field: rows as the list has them, smaller.
import { css, type CSSResult } from 'lit';

export const stagedFilesStyles: CSSResult = css`
  :host {
    display: block;
    container: staged / inline-size;
  }
  ul {
    max-block-size: 184px;
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
    margin: 0;
    padding: 8px 12px 4px;
  }
  li {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 52px;
    border-radius: var(--warbler-radius);
  }
  .thumb {
    inline-size: 40px;
    block-size: 40px;
    flex: none;
    display: grid;
    place-items: center;
    overflow: hidden;
    border-radius: var(--warbler-radius-small);
    background: color-mix(in oklab, var(--warbler-accent) 14%, transparent);
    color: var(--warbler-accent-strong);
  }
  .bad .thumb {
    background: var(--warbler-danger-soft);
    color: var(--warbler-danger);
  }
  .thumb > canvas {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .words {
    flex: 1;
    min-inline-size: 0;
    margin-inline-start: 6px;
    font-size: var(--warbler-size-preview);
    line-height: 1.35;
  }
  .name {
    display: flex;
    white-space: pre;
  }
  .stem {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .facts {
    display: block;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-quiet);
  }
  .bad .facts {
    color: var(--warbler-danger);
  }
  .as-is {
    flex: none;
    min-block-size: 28px;
    padding: 2px 10px;
    border: 1px solid var(--warbler-line-strong);
    border-radius: 14px;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-quiet);
  }
  .as-is[aria-pressed='true'] {
    border-color: var(--warbler-accent);
    background: var(--warbler-selected);
    color: var(--warbler-accent-strong);
    font-weight: 600;
  }
  .moves {
    display: grid;
    flex: none;
  }
  .move {
    inline-size: 28px;
    block-size: 24px;
    display: grid;
    place-items: center;
    border-radius: 6px;
    color: var(--warbler-text-quiet);
  }
  .move[aria-disabled='true'] {
    opacity: 0.35;
  }
  @media (hover: hover) {
    .move:not([aria-disabled='true']):hover {
      background: var(--warbler-surface-hover);
    }
  }
  .note {
    padding: 4px 16px 0;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    color: var(--warbler-text-faint);
  }
  .note:empty {
    display: none;
  }
  .veil {
    position: fixed;
    inset: auto;
    padding: 12px;
    border: 0;
    pointer-events: none;
    background: color-mix(in oklab, var(--warbler-surface) 80%, transparent);
    color: var(--warbler-accent-strong);
  }
  .veil span {
    padding: 8px 16px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-surface-raised);
    box-shadow: var(--warbler-shadow-raised);
  }
  .veil p {
    block-size: 100%;
    display: grid;
    place-content: center;
    border: 2px dashed var(--warbler-accent);
    border-radius: var(--warbler-radius-large);
    padding: 16px;
    font-weight: 600;
    text-align: center;
  }
  @container staged (min-width: 600px) {
    ul {
      padding-inline: 20px;
    }
    .note {
      padding-inline: 24px;
    }
  }
  @media (pointer: coarse) {
    .icon-button,
    .move {
      inline-size: 44px;
    }
    .icon-button,
    .as-is {
      min-block-size: 44px;
    }
    .move {
      block-size: 36px;
    }
  }
`;
