// The looks of the account's menu.
import { css, type CSSResult } from 'lit';

export const accountMenuStyles: CSSResult = css`
  .menu {
    inline-size: 280px;
  }
  .who {
    --warbler-avatar-size: 40px;
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 8px 8px 10px;
  }
  .who span:last-child {
    min-inline-size: 0;
    display: grid;
  }
  .who-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .who-address {
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-faint);
    overflow-wrap: anywhere;
  }
  .storage {
    display: flex;
    gap: 6px;
    margin: 0 8px 8px;
    font-size: var(--warbler-size-meta);
    line-height: 1.4;
    color: var(--warbler-warn);
  }
  .storage svg {
    margin-block-start: 1.5px;
  }
  .choice {
    display: grid;
    gap: 4px;
    padding: 4px 8px 8px;
  }
  .choice-name {
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-faint);
  }
  .segment {
    font-size: var(--warbler-size-small);
  }
`;
