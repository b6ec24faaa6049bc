// The bar at the top of list and thread: face, two lines, a few buttons.
import { css, type CSSResult } from 'lit';

export const headerStyles: CSSResult = css`
  .header {
    --warbler-avatar-size: 40px;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: var(--warbler-header-height);
    padding: 9px 8px 10px 14px;
    padding-inline: 14px 8px;
    border-block-end: 1px solid var(--warbler-line);
    background: var(--warbler-surface);
  }
  .header.with-back {
    padding-inline-start: 8px;
  }
  .header-words {
    flex: 1;
    min-inline-size: 0;
  }
  .header-title {
    font-size: var(--warbler-size-text);
    font-weight: 600;
    line-height: 1.35;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .header-state {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 17px;
    font-size: var(--warbler-size-meta);
    line-height: 1.4;
    color: var(--warbler-text-faint);
    white-space: nowrap;
  }
  .header-state > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .header-state.good {
    color: var(--warbler-accent);
  }
  .header-state.warn {
    color: var(--warbler-warn);
  }
  .header-actions {
    display: flex;
    align-items: center;
  }
`;
