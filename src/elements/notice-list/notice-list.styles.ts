// The looks of notices.
import { css, type CSSResult } from 'lit';

export const noticeStyles: CSSResult = css`
  :host {
    display: grid;
    gap: 8px;
    padding: 10px 12px 0;
  }
  .notice {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 10px;
    align-items: start;
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--warbler-info-soft);
    font-size: var(--warbler-size-small);
  }
  .notice svg {
    color: var(--warbler-info);
  }
  .notice.grave {
    background: var(--warbler-warn-soft);
  }
  .notice.grave svg,
  .notice.grave .link-button {
    color: var(--warbler-warn);
  }
  .notice .link-button {
    align-self: end;
    font-weight: 600;
    text-decoration: none;
    color: var(--warbler-info);
  }
  @media (forced-colors: active) {
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;
