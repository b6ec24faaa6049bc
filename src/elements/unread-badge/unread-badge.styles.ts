// The pill of an unread figure.
import { css, type CSSResult } from 'lit';

export const unreadBadgeStyles: CSSResult = css`
  .badge {
    flex: none;
    display: inline-block;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: 6px;
    border-radius: 10px;
    background: var(--warbler-badge-ground);
    color: var(--warbler-badge-ink);
    font: 600 12px/20px var(--warbler-font);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .badge.mention {
    border-start-end-radius: 4px;
  }
  .badge.muted {
    background: var(--warbler-line);
    color: var(--warbler-text-quiet);
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid CanvasText;
      line-height: 18px;
    }
  }
`;
