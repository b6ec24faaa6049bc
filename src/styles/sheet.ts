// A sheet over the panel: one small task with a way out. It lies in the panel, not over the page.
import { css, type CSSResult } from 'lit';

export const sheetStyles: CSSResult = css`
  :host {
    position: absolute;
    z-index: 6;
    inset: 0;
    display: grid;
    align-items: end;
    justify-items: center;
  }
  .scrim {
    position: absolute;
    inset: 0;
    background: rgb(10 20 15 / 0.4);
    animation: warbler-fade var(--warbler-calm) var(--warbler-ease);
  }
  .sheet {
    position: relative;
    inline-size: min(100%, 460px);
    max-block-size: 100%;
    overflow: auto;
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding: 20px 20px 16px;
    border-radius: 20px 20px 0 0;
    background: var(--warbler-surface);
    box-shadow: var(--warbler-shadow-panel);
    animation: warbler-lift var(--warbler-calm) var(--warbler-ease);
    outline: none;
  }
  .sheet form {
    display: contents;
  }
  h2 {
    font-size: 17px;
    font-weight: 600;
    line-height: 1.35;
  }
  .sheet p {
    font-size: var(--warbler-size-preview);
    color: var(--warbler-text-quiet);
  }
  .sheet-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
  }
  .sheet-actions button {
    flex: 1 1 120px;
    min-block-size: 44px;
  }
  .grave {
    background: var(--warbler-danger);
    color: var(--warbler-surface);
  }
  @keyframes warbler-fade {
    from {
      opacity: 0;
    }
  }
  @keyframes warbler-lift {
    from {
      opacity: 0;
      transform: translateY(24px);
    }
  }
  @media (min-width: 720px) {
    :host(:not([narrow])) {
      align-items: center;
    }
    :host(:not([narrow])) .sheet {
      border-radius: 20px;
    }
  }
  @media (forced-colors: active) {
    .sheet {
      border: 2px solid CanvasText;
    }
  }
`;
