// A code to be read by another camera, and the ways to read one.
import { css, type CSSResult } from 'lit';

export const keyCodesStyles: CSSResult = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 16px;
    font-size: var(--warbler-size-preview);
  }
  section {
    display: grid;
    gap: 10px;
  }
  .own {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 16px;
  }
  .frame {
    flex: 1 1 200px;
    max-inline-size: 260px;
    margin-inline: auto;
    border-radius: var(--warbler-radius);
    overflow: hidden;
    box-shadow: 0 0 0 1px var(--warbler-line);
  }
  .code {
    inline-size: 100%;
    block-size: auto;
  }
  .beside {
    flex: 1 1 150px;
    display: grid;
    gap: 8px;
    justify-items: start;
  }
  h3 {
    font-size: var(--warbler-size-text);
    font-weight: 600;
    line-height: 1.35;
  }
  p {
    color: var(--warbler-text-quiet);
  }
  .acts,
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .line > .input {
    flex: 1 1 160px;
    min-inline-size: 0;
  }
  .plain {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    background: var(--warbler-paper);
    color: var(--warbler-text);
  }
  video {
    inline-size: 100%;
    max-block-size: 300px;
    border-radius: var(--warbler-radius);
    background: #000;
    object-fit: cover;
  }
  .result:empty {
    display: none;
  }
  .result p {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding: 10px 12px;
    border-radius: var(--warbler-radius);
    color: var(--warbler-danger);
    background: var(--warbler-danger-soft);
  }
  .result .good {
    color: var(--warbler-accent-strong);
    background: var(--warbler-selected);
  }
`;
