// The looks of a row.
import { css, type CSSResult } from 'lit';

export const rowStyles: CSSResult = css`
  .item {
    position: relative;
    display: block;
    block-size: var(--warbler-row-height);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    block-size: 100%;
    padding: 10px 8px;
    border-radius: var(--warbler-row-radius);
    text-align: start;
    scroll-margin: 8px;
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    .row:hover {
      background: var(--warbler-surface-hover);
      --warbler-avatar-rim: var(--warbler-surface-hover);
    }
  }
  .row[aria-current='true'] {
    background: var(--warbler-selected);
    --warbler-avatar-rim: var(--warbler-selected);
  }
  .middle {
    flex: 1;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 21px;
  }
  .name {
    min-inline-size: 0;
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .marks {
    display: inline-flex;
    gap: 3px;
    color: var(--warbler-text-faint);
  }
  .marks .verified {
    color: var(--warbler-accent);
  }
  .marks .encrypted {
    color: var(--warbler-info);
  }
  time {
    flex: none;
    margin-inline-start: auto;
    font-size: var(--warbler-size-meta);
    font-variant-numeric: tabular-nums;
    color: var(--warbler-text-faint);
  }
  .row[aria-current='true'] time {
    color: var(--warbler-text-quiet);
  }
  .preview {
    flex: 1;
    min-inline-size: 0;
    font-size: var(--warbler-size-preview);
    color: var(--warbler-text-quiet);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .preview.writing {
    color: var(--warbler-accent-strong);
  }
  .tag.draft {
    color: var(--warbler-danger);
  }
  .tag.mention {
    color: var(--warbler-accent-strong);
    font-weight: 600;
  }
  .state {
    color: var(--warbler-text-faint);
    --warbler-icon-ground: var(--warbler-surface);
  }
  .state.delivered,
  .state.read {
    color: var(--warbler-accent);
  }
  .state.failed {
    color: var(--warbler-danger);
  }
  .item.asking .row {
    padding-inline-end: 120px;
  }
  .decision {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 8px;
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .small {
    min-block-size: 32px;
    padding: 4px 12px;
    font-size: var(--warbler-size-small);
    border-radius: 9px;
  }
  .decline {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 9px;
    display: grid;
    place-items: center;
    color: var(--warbler-text-quiet);
  }
  @media (hover: hover) {
    .decline:hover {
      background: var(--warbler-surface-hover);
    }
  }
  @media (pointer: coarse) {
    .small,
    .decline {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
    .item.asking .row {
      padding-inline-end: 140px;
    }
  }
  @media (forced-colors: active) {
    .row[aria-current='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
