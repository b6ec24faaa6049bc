// Keys at the start, what they do beside them.
import { css, type CSSResult } from 'lit';

export const keysSheetStyles: CSSResult = css`
  dl {
    display: grid;
    grid-template-columns: minmax(0, 45%) minmax(0, 1fr);
    gap: 6px 12px;
    margin: 0;
    font-size: var(--warbler-size-preview);
  }
  dt {
    line-height: 1.75;
  }
  dd {
    margin: 0;
    color: var(--warbler-text-quiet);
  }
  kbd {
    display: inline-block;
    padding: 0 6px;
    border: 1px solid var(--warbler-line-strong);
    border-radius: 6px;
    font: inherit;
    font-size: var(--warbler-size-meta);
    white-space: nowrap;
  }
  .single {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 32px;
    font-size: var(--warbler-size-preview);
  }
  input {
    inline-size: 18px;
    block-size: 18px;
    flex: none;
    accent-color: var(--warbler-accent);
  }
`;
