// The thread: paper ground, words as dividers, one button on top.
import { css, type CSSResult } from 'lit';

export const threadStyles: CSSResult = css`
  :host {
    display: block;
    position: relative;
    flex: 1;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--warbler-paper);
    container: thread / inline-size;
    --warbler-thread-inset: 14px;
  }
  .scroller {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    overflow-x: hidden;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scroll-padding-block: 44px 30px;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--warbler-text-faint) 45%, transparent) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -3px;
  }
  .rows {
    position: relative;
    flex: none;
    margin-block-start: auto;
    overflow-anchor: none;
  }
  .drawn {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
    overflow-anchor: none;
  }
  .row {
    display: flow-root;
    padding: 2px var(--warbler-thread-inset) 0;
  }
  .row.first {
    padding-block-start: 8px;
  }
  .day,
  .note {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 6px;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    color: var(--warbler-text-faint);
    text-align: center;
  }
  .day {
    margin: 4px 0 8px;
  }
  .day button {
    margin: -4px 0;
    padding: 4px 10px;
    border-radius: 12px;
  }
  .note {
    margin: 8px 24px;
    flex-wrap: wrap;
  }
  .gap {
    padding-block: 6px;
    border-block: 1px dashed var(--warbler-line);
    margin-inline: 0;
  }
  .new {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 4px 0 8px;
    font-size: var(--warbler-size-meta);
    font-weight: 600;
    line-height: 17px;
    color: var(--warbler-accent);
  }
  .new::before,
  .new::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: currentColor;
    opacity: 0.35;
  }
  .who {
    margin: 0 0 2px 12px;
    margin-inline: 48px 12px;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    color: var(--warbler-text-faint);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .suspicious {
    color: var(--warbler-warn);
  }
  .suspicious svg {
    vertical-align: -1.5px;
  }
  .pinned-day {
    position: absolute;
    z-index: 2;
    inset-block-start: 8px;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    pointer-events: none;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    color: var(--warbler-text-quiet);
    opacity: 0;
    transition: opacity var(--warbler-calm) var(--warbler-ease) 900ms;
  }
  .pinned-day span {
    padding: 3px 10px;
    border-radius: 12px;
    background: color-mix(in oklab, var(--warbler-surface-raised) 94%, transparent);
    box-shadow: 0 0 0 1px var(--warbler-line);
  }
  .pinned-day.shown {
    opacity: 1;
    transition-delay: 0ms;
  }
  .writing {
    position: absolute;
    inset-inline: var(--warbler-thread-inset);
    inset-block-end: 0;
    padding: 2px 4px 6px;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    color: var(--warbler-text-faint);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .older {
    position: absolute;
    z-index: 1;
    inset-block-start: 8px;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-quiet);
  }
  .older > * {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 3px 10px;
    border-radius: 12px;
    background: var(--warbler-surface-raised);
    box-shadow: 0 0 0 1px var(--warbler-line);
  }
  .jump {
    position: absolute;
    z-index: 2;
    inset-inline-end: 14px;
    inset-block-end: 12px;
    min-block-size: 36px;
    min-inline-size: 36px;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    padding-inline: 9px;
    border: 1px solid var(--warbler-line);
    border-radius: 18px;
    background: var(--warbler-surface-raised);
    box-shadow: var(--warbler-shadow-raised);
    font-size: var(--warbler-size-small);
    font-weight: 600;
    color: var(--warbler-accent-strong);
  }
  .jump.counts {
    padding-inline: 10px 12px;
  }
  .face {
    position: absolute;
    inset: 0;
  }
  .skeleton {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    gap: 10px;
    padding: 14px;
    opacity: 0;
    animation: warbler-appear 1ms 200ms forwards;
  }
  .skeleton .bone {
    block-size: 38px;
    border-radius: var(--warbler-bubble-radius);
    background: var(--warbler-line);
  }
  .skeleton .own {
    align-self: flex-end;
  }
  .skeleton .s {
    inline-size: 28%;
  }
  .skeleton .m {
    inline-size: 46%;
  }
  .skeleton .l {
    inline-size: 64%;
  }
  @keyframes warbler-appear {
    to {
      opacity: 1;
    }
  }
  @container thread (min-width: 600px) {
    .row,
    .writing {
      padding-inline: 24px;
    }
    .writing {
      inset-inline: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    .jump {
      min-block-size: 44px;
      min-inline-size: 44px;
      border-radius: 22px;
    }
  }
`;
