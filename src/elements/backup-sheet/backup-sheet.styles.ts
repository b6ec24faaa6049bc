// The sheet about backups: what is in it, a secret that is easily copied, a place to drop a file, how far it is.
import { css, type CSSResult } from 'lit';

export const backupSheetStyles: CSSResult = css`
  ul {
    display: grid;
    gap: 6px;
    margin: 0;
    padding-inline-start: 20px;
    font-size: var(--warbler-size-preview);
  }
  .code {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    padding: 14px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-paper);
    font:
      600 17px/1.5 ui-monospace,
      monospace;
    letter-spacing: 0.06em;
    user-select: all;
  }
  .beside {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
  }
  .check {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 32px;
    font-size: var(--warbler-size-preview);
  }
  .check input {
    inline-size: 18px;
    block-size: 18px;
    flex: none;
    accent-color: var(--warbler-accent);
  }
  .drop {
    display: grid;
    gap: 8px;
    justify-items: center;
    padding: 18px 14px;
    border: 2px dashed var(--warbler-line-strong);
    border-radius: var(--warbler-radius);
    font-size: var(--warbler-size-preview);
    color: var(--warbler-text-quiet);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .drop.over {
    border-color: var(--warbler-accent);
    background: var(--warbler-selected);
  }
  .drop input {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    opacity: 0;
  }
  .drop:focus-within {
    outline: 2px solid var(--warbler-accent);
    outline-offset: 2px;
  }
  .far {
    block-size: 8px;
    border-radius: 4px;
    overflow: hidden;
    background: var(--warbler-paper);
  }
  .far i {
    display: block;
    block-size: 100%;
    border-radius: 4px;
    background: var(--warbler-accent);
  }
  .fault {
    display: flex;
    gap: 8px;
    align-items: flex-start;
  }
  .sheet .fault {
    color: var(--warbler-danger);
  }
  .fault svg {
    flex: none;
    margin-block-start: 3px;
  }
  @media (forced-colors: active) {
    .far {
      border: 1px solid CanvasText;
    }
    .far i {
      background: Highlight;
    }
  }
`;
