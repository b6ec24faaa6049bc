// A list of short cards in a sheet.
import { css, type CSSResult } from 'lit';

export const outboxSheetStyles: CSSResult = css`
  ul {
    display: grid;
    gap: 8px;
    padding: 0;
    margin: 0;
    list-style: none;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    padding: 8px 12px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-paper);
  }
  .open {
    flex: 1 1 100%;
    min-inline-size: 0;
    display: grid;
    text-align: start;
    border-radius: var(--warbler-radius-small);
  }
  .to {
    font-weight: 600;
  }
  .to,
  .words {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .sheet .state {
    flex: 1;
    display: flex;
    gap: 5px;
    align-items: center;
    font-size: var(--warbler-size-meta);
  }
  .sheet .state.failed {
    color: var(--warbler-danger);
  }
  .state svg {
    flex: none;
  }
  .acts {
    display: flex;
    gap: 12px;
    font-size: var(--warbler-size-meta);
    color: var(--warbler-accent-strong);
  }
  @media (pointer: coarse) {
    .acts button {
      min-block-size: 44px;
    }
  }
`;
