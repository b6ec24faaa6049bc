// The looks of the widget's frame: panel, page, columns.
import { css, type CSSResult } from 'lit';

export const chatStyles: CSSResult = css`
  :host {
    display: block;
    isolation: isolate;
  }
  /* A closed launcher covers nothing but its own circle. */
  :host([mode='launcher']) {
    display: contents;
  }
  :host([mode='page']) {
    position: fixed;
    inset: 0;
  }
  :host([mode='inline']) {
    block-size: var(--warbler-panel-height);
  }
  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    background: var(--warbler-surface);
    color: var(--warbler-text);
    outline: none;
    container-type: inline-size;
  }
  :host([mode='inline']) .panel {
    border-radius: var(--warbler-panel-radius);
    box-shadow: 0 0 0 1px var(--warbler-line);
  }
  :host([mode='launcher']) .panel {
    position: fixed;
    z-index: var(--warbler-layer);
    inset-inline-end: calc(var(--warbler-launcher-inset-inline) + env(safe-area-inset-right, 0px));
    inset-block-end: calc(var(--warbler-launcher-inset-block) + var(--warbler-launcher-size) + 12px + env(safe-area-inset-bottom, 0px));
    inline-size: min(var(--warbler-panel-width), calc(100vw - 40px));
    block-size: min(var(--warbler-panel-height), calc(100vh - 104px));
    border-radius: var(--warbler-panel-radius);
    box-shadow: var(--warbler-shadow-panel);
    animation: warbler-rise var(--warbler-calm) var(--warbler-ease);
    transform-origin: 100% 100%;
  }
  :host([mode='launcher'][side='start']) .panel {
    inset-inline: calc(var(--warbler-launcher-inset-inline) + env(safe-area-inset-left, 0px)) auto;
    transform-origin: 0 100%;
  }
  @keyframes warbler-rise {
    from {
      opacity: 0;
      transform: translateY(12px) scale(0.98);
    }
  }
  .panes {
    flex: 1;
    min-block-size: 0;
    display: flex;
  }
  .list-pane,
  .thread-pane {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
  }
  .two .list-pane {
    flex: 0 0 var(--warbler-list-width);
    border-inline-end: 1px solid var(--warbler-line);
  }
  .two .thread-pane {
    --warbler-thread-inset: 24px;
  }
  .one .thread-pane {
    animation: warbler-enter var(--warbler-quick) var(--warbler-ease);
  }
  @keyframes warbler-enter {
    from {
      opacity: 0;
      transform: translateX(16px);
    }
  }
  :host(:dir(rtl)) .one .thread-pane {
    animation-name: warbler-enter-rtl;
  }
  @keyframes warbler-enter-rtl {
    from {
      opacity: 0;
      transform: translateX(-16px);
    }
  }
  warbler-conversation-list,
  warbler-thread {
    flex: 1;
    min-block-size: 0;
  }
  warbler-thread:not(:defined) {
    background: var(--warbler-paper);
  }
  warbler-account-menu:not(:defined) {
    inline-size: var(--warbler-target);
  }
  warbler-composer:not(:defined) {
    block-size: 63px;
    border-block-start: 1px solid var(--warbler-line);
  }
  warbler-conversation-header:not(:defined) {
    block-size: var(--warbler-header-height);
    border-block-end: 1px solid var(--warbler-line);
  }
  /* It lies over room that list and thread leave free: nothing moves when it comes or goes. */
  warbler-connection-bar {
    position: absolute;
    z-index: 2;
    inset-inline: 0;
    inset-block-end: 0;
  }
  .thread-pane > warbler-connection-bar {
    inset-block: var(--warbler-header-height) auto;
  }
  .bare {
    display: flex;
    justify-content: flex-end;
    min-block-size: 48px;
    padding: 10px 8px 0;
  }
  .sign-in-pane {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    display: flex;
    flex-direction: column;
  }
  warbler-sign-in,
  warbler-trouble-face {
    flex: 1;
  }
  .panel > .sign-in-pane:first-child {
    padding-block-start: 28px;
  }
  .two .sign-in-pane {
    justify-content: center;
  }
  .two warbler-sign-in {
    flex: none;
  }
  .starting {
    flex: 1;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    color: var(--warbler-text-faint);
    font-size: var(--warbler-size-small);
    animation: warbler-appear 1ms 200ms both;
  }
  .starting .icon {
    color: var(--warbler-accent);
    --warbler-mark-ground: var(--warbler-surface);
  }
  @keyframes warbler-appear {
    from {
      visibility: hidden;
    }
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--warbler-online);
  }
  .failed-part {
    display: flex;
    justify-content: center;
    gap: 8px;
    padding: 8px 12px;
    background: var(--warbler-danger-soft);
    color: var(--warbler-danger);
    font-size: var(--warbler-size-small);
  }
  @media (max-width: 666.98px) {
    :host([mode='launcher']) .panel {
      inset-block: var(--warbler-room-top, 0px) auto;
      inset-inline: 0;
      inline-size: 100%;
      block-size: 100vh;
      block-size: var(--warbler-room, 100dvh);
      border-radius: 0;
      box-shadow: none;
      padding-block: env(safe-area-inset-top, 0px) env(safe-area-inset-bottom, 0px);
    }
    /* The open panel fills the screen and has its own close button. */
    :host([mode='launcher'][open]) .launcher {
      visibility: hidden;
    }
  }
  @media (forced-colors: active) {
    .panel {
      border: 1px solid CanvasText;
    }
  }
`;
