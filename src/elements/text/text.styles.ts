// How the text of a message looks, inside whatever bubble holds it.
import { css, type CSSResult } from 'lit';

export const textStyles: CSSResult = css`
  .text {
    min-inline-size: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    line-break: auto;
  }
  .text.jumbo {
    font-size: 40px;
    line-height: 1.2;
    padding-block: 2px;
  }
  .text strong {
    font-weight: 600;
  }
  .text a {
    color: var(--warbler-accent-strong);
    text-underline-offset: 2px;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    border-radius: 3px;
  }
  .text code,
  .text pre {
    font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
    font-size: 0.9em;
    background: color-mix(in oklab, currentColor 8%, transparent);
    border-radius: 5px;
  }
  .text code {
    padding: 1px 4px;
  }
  .text pre {
    margin-block: 4px;
    padding: 8px 10px;
    border-radius: 8px;
    white-space: pre;
    overflow-x: auto;
    overscroll-behavior-x: contain;
  }
  .text blockquote {
    margin: 2px 0 4px;
    padding: 4px 8px;
    border-inline-start: 3px solid var(--warbler-accent);
    border-radius: 6px;
    background: color-mix(in oklab, var(--warbler-accent) 9%, transparent);
    font-size: var(--warbler-size-small);
    color: inherit;
    opacity: 0.92;
  }
`;
