// The looks of the list around its rows.
import { css, type CSSResult } from 'lit';

export const conversationListStyles: CSSResult = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
    background: var(--warbler-surface);
  }
  .search {
    position: relative;
    margin: 12px 12px 8px;
    color: var(--warbler-text-faint);
  }
  .search .icon {
    position: absolute;
    inset-block-start: 10px;
    inset-inline-start: 12px;
    pointer-events: none;
  }
  .search input {
    inline-size: 100%;
    block-size: 36px;
    padding-inline: 36px;
    border: 1px solid transparent;
    border-radius: var(--warbler-radius-small);
    background: var(--warbler-paper);
    color: var(--warbler-text);
    font: inherit;
    font-size: 14px;
    appearance: none;
  }
  .search input::placeholder {
    color: var(--warbler-text-faint);
    opacity: 1;
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  .search input:focus-visible {
    outline: 2px solid transparent;
    border-color: var(--warbler-accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--warbler-accent) 22%, transparent);
  }
  .clear {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 8px;
    display: grid;
    place-items: center;
  }
  .clear .icon {
    position: static;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 0 12px 8px;
  }
  .filters button {
    min-block-size: 28px;
    padding: 4px 10px;
    border-radius: 8px;
    font-size: var(--warbler-size-small);
    color: var(--warbler-text-quiet);
    font-variant-numeric: tabular-nums;
  }
  @media (hover: hover) {
    .filters button:hover {
      background: var(--warbler-surface-hover);
    }
  }
  .filters button[aria-pressed='true'] {
    background: var(--warbler-selected);
    color: var(--warbler-accent-strong);
    font-weight: 600;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding-inline: 8px;
    /* The connection bar lies over this edge when there is something to say. */
    padding-block-end: 40px;
    scrollbar-width: thin;
    scrollbar-color: var(--warbler-line-strong) transparent;
    display: flex;
    flex-direction: column;
    outline: none;
  }
  .rows {
    list-style: none;
    padding: 0;
    flex: none;
  }
  .more {
    padding: 8px;
    text-align: center;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-faint);
  }
  .more .link-button {
    color: var(--warbler-accent-strong);
  }
  .loading {
    animation: warbler-appear 1ms 200ms both;
  }
  .bones {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 10px 8px;
  }
  .bones > span {
    flex: 1;
    display: grid;
    gap: 8px;
  }
  .bone.round {
    inline-size: 44px;
    block-size: 44px;
  }
  .bone.short {
    inline-size: 38%;
  }
  .bone.middling {
    inline-size: 52%;
  }
  .bone.middle {
    inline-size: 64%;
  }
  .bone.long {
    inline-size: 78%;
  }
  @keyframes warbler-appear {
    from {
      visibility: hidden;
    }
  }
  @media (pointer: coarse) {
    .search input {
      block-size: 44px;
      font-size: 16px;
    }
    .search .icon {
      inset-block-start: 14px;
    }
    .clear {
      inline-size: 36px;
      block-size: 36px;
    }
    .filters button {
      min-block-size: 36px;
      padding-inline: 14px;
    }
  }
  @media (forced-colors: active) {
    .search input {
      border-color: ButtonBorder;
    }
    .filters button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
