// The badge in the header: the colour of its state, and room for a finger around it.
import { css, type CSSResult } from 'lit';

export const readabilityStyles: CSSResult = css`
  .readability {
    position: relative;
    display: flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    min-block-size: 24px;
    margin-block: -4px;
    padding-inline-end: 2px;
    border-radius: 6px;
    line-height: inherit;
    text-align: start;
  }
  .readability > span {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .readability.verified {
    color: var(--warbler-accent);
  }
  .readability.encrypted {
    color: var(--warbler-info);
  }
  .readability.mixed {
    color: var(--warbler-danger);
  }
  .readability:focus-visible {
    outline-offset: 0;
  }
  .readability + span {
    flex: 0 1000 auto;
    min-inline-size: 0;
  }
  @media (hover: hover) {
    .readability:hover > span {
      text-decoration: underline;
      text-underline-offset: 2px;
    }
  }
  @media (pointer: coarse) {
    .readability::after {
      content: '';
      position: absolute;
      inset: -6px 0 -14px;
    }
  }
`;
