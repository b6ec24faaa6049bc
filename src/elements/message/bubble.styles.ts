// Bubbles: others' on the surface colour with a face at the group's foot, one's own in soft willow.
import { css, type CSSResult } from 'lit';

export const bubbleStyles: CSSResult = css`
  .message {
    --warbler-avatar-size: 28px;
    display: grid;
    grid-template-columns: minmax(0, auto);
    justify-items: start;
    inline-size: fit-content;
    max-inline-size: 86%;
    border-radius: var(--warbler-bubble-radius);
    scroll-margin-block: 44px 30px;
  }
  /* Nothing is positioned that need not be: each is a layer more in every frame that scrolls. */
  .message.other {
    grid-template-columns: 36px minmax(0, auto);
  }
  .other > .bubble {
    grid-column: 2;
  }
  .message.own {
    margin-inline-start: auto;
    justify-items: end;
  }
  .message:focus-visible {
    outline: none;
  }
  .message:focus-visible .bubble {
    outline: 2px solid var(--warbler-accent);
    outline-offset: 2px;
  }
  .message > .avatar {
    position: static;
    align-self: end;
    grid-area: 1 / 1;
  }
  .bubble {
    --warbler-icon-ground: var(--warbler-bubble-ground);
    position: relative;
    max-inline-size: 100%;
    min-inline-size: 0;
    border-radius: var(--warbler-bubble-radius);
    background: var(--warbler-bubble-ground);
    box-shadow: var(--warbler-shadow);
  }
  /* Letters piled with marks stay inside their bubble. */
  .body {
    padding: 8px 12px;
    border-radius: inherit;
    overflow: clip;
  }
  .other .bubble {
    border-end-start-radius: var(--warbler-bubble-joint);
  }
  .other:not(.first) .bubble {
    border-start-start-radius: var(--warbler-bubble-joint);
  }
  .own .bubble {
    --warbler-icon-ground: var(--warbler-bubble-own-ground);
    background: var(--warbler-bubble-own-ground);
    color: var(--warbler-bubble-own-ink);
    border-end-end-radius: var(--warbler-bubble-joint);
  }
  .own:not(.first) .bubble {
    border-start-end-radius: var(--warbler-bubble-joint);
  }
  .mention .bubble {
    box-shadow: 0 0 0 1.5px color-mix(in oklab, var(--warbler-accent) 60%, transparent);
  }
  .meta {
    position: absolute;
    inset-inline-end: 12px;
    inset-block-end: 7px;
    display: flex;
    align-items: center;
    gap: 3px;
    font-size: var(--warbler-size-time);
    line-height: 14px;
    color: var(--warbler-text-faint);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .own .meta {
    color: var(--warbler-bubble-own-ink-quiet);
  }
  .mark {
    order: -1;
    display: flex;
    align-items: center;
    gap: 3px;
    margin-inline-end: 3px;
    color: var(--warbler-danger);
  }
  .mark[data-mark='accepted'] {
    color: var(--warbler-info);
  }
  warbler-file-bubble,
  warbler-file-bubble canvas {
    position: relative;
    display: block;
    max-inline-size: 100%;
    border-radius: inherit;
  }
  .text:empty {
    line-height: 0;
  }
  .pictured canvas {
    block-size: auto;
  }
  .pictured .body {
    padding: 0;
  }
  .pictured .text {
    inline-size: 0;
    min-inline-size: 100%;
    padding: 8px 12px;
  }
  /* Keeps room for the time at the end of the last line, or on a line of its own. */
  .text::after {
    content: attr(data-meta);
    display: inline-block;
    block-size: 12px;
    visibility: hidden;
    padding-inline-start: 10px;
    font-size: var(--warbler-size-time);
    line-height: 14px;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
    user-select: none;
  }
  .shows-state .text::after {
    padding-inline-end: 17px;
  }
  .marked .text::after {
    padding-inline-start: 28px;
  }
  /* At the bubble's end; the time makes way into the room between it and the text, so that none is kept empty. */
  .state.quiet {
    position: absolute;
    inset-inline-end: -16px;
    display: none;
  }
  .message:is(:hover, :focus, :focus-within) .state.quiet {
    display: inline;
    transition: opacity var(--warbler-quick) var(--warbler-ease);
  }
  @starting-style {
    .message:is(:hover, :focus, :focus-within) .state.quiet {
      opacity: 0;
    }
  }
  .hides-state:is(:hover, :focus, :focus-within) .meta {
    inset-inline-end: 19px;
  }
  .state[data-state='read'],
  .state[data-state='delivered'] {
    color: var(--warbler-accent);
  }
  .state[data-state='failed'] {
    color: var(--warbler-danger);
  }
  .unreadable {
    display: flex;
    gap: 8px;
    color: var(--warbler-text-quiet);
  }
  .unreadable .text {
    white-space: normal;
  }
  .unreadable small::before {
    content: '\\a';
    white-space: pre;
  }
  .unreadable small {
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-faint);
  }
  .unreadable .link-button {
    font: inherit;
    color: var(--warbler-accent);
  }
  .note.keys {
    display: block;
    inline-size: fit-content;
    max-inline-size: min(100%, 540px);
    margin: 4px auto;
    padding: 2px 8px;
    border-radius: 8px;
    text-wrap: balance;
  }
  .keys svg {
    display: inline;
    margin-inline-end: 5px;
    vertical-align: -2px;
  }
  .keys .link-button {
    margin-inline-start: 6px;
  }
  .note.keys:is(.undecided-device, .other-identity, .encryption-off, .encryption-legacy) {
    color: var(--warbler-warn);
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: center;
    column-gap: 6px;
    margin-block-start: 3px;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-danger);
  }
  .failure .acts {
    display: inline-flex;
    gap: 8px;
  }
  .failure .why {
    max-inline-size: calc(100% - 20px);
    overflow-wrap: anywhere;
  }
  @container thread (min-width: 600px) {
    .message {
      max-inline-size: min(70%, 640px);
    }
  }
  @media (pointer: coarse) {
    .failure .link-button {
      min-block-size: 44px;
      padding-inline: 4px;
    }
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
  }
`;
