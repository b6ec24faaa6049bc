// A field, and below it people with one button each.
import { css, type CSSResult } from 'lit';

export const inviteSheetStyles: CSSResult = css`
  ul {
    display: grid;
    gap: 2px;
    max-block-size: 46vh;
    overflow: auto;
    margin: 0 -8px;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 2px 12px;
    min-block-size: 48px;
    padding: 5px 8px;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 48px;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .state {
    display: flex;
    align-items: center;
    gap: 5px;
    min-block-size: var(--warbler-target);
    font-size: var(--warbler-size-small);
    color: var(--warbler-text-quiet);
  }
  .sheet .why {
    grid-column: 2 / -1;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-danger);
  }
  @media (pointer: coarse) {
    li .soft-button {
      min-block-size: 44px;
    }
  }
`;
