// What was found, in the thread's own root: highlights and the message that was leapt to.
import { css, type CSSResult } from 'lit';

export const foundStyles: CSSResult = css`
  ::highlight(warbler-found) {
    background-color: var(--warbler-warn-soft);
    color: var(--warbler-text);
  }
  ::highlight(warbler-found-here) {
    background-color: var(--warbler-warn);
    color: var(--warbler-surface);
  }
  /* Over its neighbours, whose bubbles join it. */
  [data-found] {
    position: relative;
    z-index: 1;
  }
  [data-found] .bubble {
    box-shadow:
      0 0 0 2px var(--warbler-paper),
      0 0 0 4px var(--warbler-accent);
    outline: 2px solid transparent;
    outline-offset: 2px;
  }
`;
