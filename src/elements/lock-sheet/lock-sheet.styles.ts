// The looks of the sheet where the lock is set.
import { css, type CSSResult } from 'lit';

export const lockSheetStyles: CSSResult = css`
  .mode {
    display: grid;
    gap: 6px;
    padding: 12px 14px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-surface-hover);
  }
  .mode h3 {
    display: flex;
    gap: 8px;
    align-items: center;
    font-size: var(--warbler-size-text);
    font-weight: 600;
  }
  .mode dl {
    display: grid;
    gap: 4px;
    margin: 0;
    font-size: var(--warbler-size-preview);
  }
  .mode dt {
    font-weight: 600;
  }
  .mode dd {
    margin: 0 0 4px;
    color: var(--warbler-text-quiet);
  }
  .choices {
    display: grid;
    gap: 8px;
  }
  .wait {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
    font-size: var(--warbler-size-preview);
  }
  select {
    min-block-size: var(--warbler-target);
    padding: 0 10px;
    border: 1px solid var(--warbler-line-strong);
    border-radius: var(--warbler-radius-small);
    background: var(--warbler-surface);
    color: var(--warbler-text);
    font: inherit;
  }
  .fault,
  .strength {
    display: flex;
    gap: 6px;
    font-size: var(--warbler-size-small);
  }
  .sheet .fault {
    color: var(--warbler-danger);
  }
`;
