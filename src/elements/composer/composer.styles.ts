// The composer: a field that grows, and a button that is there once there is something to send.
import { css, type CSSResult } from 'lit';

export const composerStyles: CSSResult = css`
  :host {
    display: block;
    flex: none;
    background: var(--warbler-surface);
    border-block-start: 1px solid var(--warbler-line);
    container: composer / inline-size;
  }
  .composer {
    display: flex;
    gap: 6px;
    align-items: flex-end;
    padding: 10px 12px max(12px, env(safe-area-inset-bottom));
  }
  .field {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    /* As tall as the button that comes with the first letter: the thread stays where it is. */
    min-block-size: 40px;
    display: grid;
    align-content: center;
    border: 1px solid transparent;
    border-radius: var(--warbler-composer-radius);
    background: var(--warbler-paper);
    transition:
      border-color var(--warbler-quick) var(--warbler-ease),
      box-shadow var(--warbler-quick) var(--warbler-ease);
  }
  .field:focus-within {
    border-color: var(--warbler-accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--warbler-accent) 18%, transparent);
  }
  .field.over:focus-within,
  .field.over {
    border-color: var(--warbler-danger);
  }
  /* A silent twin of the text gives the height: no script measures anything. */
  .field::after {
    content: attr(data-text) ' ';
    visibility: hidden;
    white-space: pre-wrap;
    pointer-events: none;
  }
  .field::after,
  textarea {
    grid-area: 1 / 1;
    inline-size: 100%;
    min-inline-size: 0;
    max-block-size: calc(6 * 1.45em + 17px);
    margin: 0;
    padding: 8px 14px;
    border: 0;
    font: 400 var(--warbler-size-text) / 1.45 var(--warbler-font);
    overflow-wrap: anywhere;
    overflow-y: auto;
    scrollbar-width: none;
  }
  textarea {
    display: block;
    resize: none;
    border-radius: inherit;
    background: none;
    color: var(--warbler-text);
    caret-color: var(--warbler-accent);
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--warbler-text-faint) 45%, transparent) transparent;
    overscroll-behavior: contain;
  }
  /* The whole field shows the focus; the transparent outline is there for forced colours. */
  textarea:focus-visible {
    outline: 2px solid transparent;
  }
  textarea::placeholder {
    color: var(--warbler-text-faint);
    opacity: 1;
    white-space: nowrap;
    text-overflow: ellipsis;
    overflow: hidden;
  }
  .attach {
    block-size: 40px;
    margin-inline-start: -4px;
  }
  .send {
    inline-size: 40px;
    block-size: 40px;
    flex: none;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: var(--warbler-accent);
    color: var(--warbler-on-accent);
    transition: background-color var(--warbler-quick) var(--warbler-ease);
    animation: warbler-send-in var(--warbler-quick) var(--warbler-ease);
  }
  .send:disabled {
    background: color-mix(in oklab, var(--warbler-accent) 40%, var(--warbler-surface));
  }
  @media (hover: hover) {
    .send:enabled:hover {
      background: color-mix(in oklab, var(--warbler-accent) 88%, var(--warbler-text));
    }
  }
  @keyframes warbler-send-in {
    from {
      opacity: 0;
      transform: scale(0.8);
    }
  }
  .line {
    display: flex;
    gap: 6px;
    align-items: center;
    padding: 8px 16px 0;
    font-size: var(--warbler-size-meta);
    line-height: 17px;
    color: var(--warbler-text-quiet);
  }
  .bad {
    color: var(--warbler-danger);
  }
  .closed {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: center;
    gap: 4px 12px;
    min-block-size: 62px;
    padding: 10px 16px max(12px, env(safe-area-inset-bottom));
    font-size: var(--warbler-size-preview);
    color: var(--warbler-text-quiet);
    text-align: center;
  }
  @container composer (min-width: 600px) {
    .composer {
      padding: 12px 20px max(16px, env(safe-area-inset-bottom));
    }
  }
  @media (pointer: coarse) {
    .field {
      min-block-size: 44px;
    }
    .field::after,
    textarea {
      font-size: max(16px, var(--warbler-size-text));
    }
    .attach,
    .send {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .field {
      border-color: ButtonBorder;
    }
  }
`;
