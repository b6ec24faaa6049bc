// The sheets about keys: who can read on the ground of its state, digits to read aloud, devices as cards that unfold.
import { css, type CSSResult } from 'lit';

export const encryptionSheetStyles: CSSResult = css`
  .inside {
    display: flex;
    flex-direction: column;
    gap: 18px;
  }
  :host {
    container-type: inline-size;
  }
  .sheet {
    padding-block-end: 24px;
    scroll-padding-block: 64px 16px;
  }
  /* Title and way out stay in sight, however long the sheet is. */
  .sheet > h2 {
    position: sticky;
    z-index: 1;
    inset-block-start: -20px;
    margin-block-start: -20px;
    padding: 20px 0 10px;
    padding-inline-end: 44px;
    background: var(--warbler-surface);
    /* Shadows reach into the sheet's padding without making it wider, as WebKit would by a negative margin. */
    box-shadow:
      20px 0 var(--warbler-surface),
      -20px 0 var(--warbler-surface);
    overflow-wrap: anywhere;
  }
  .corner {
    position: sticky;
    z-index: 2;
    inset-block-start: -8px;
    align-self: flex-end;
    margin-block: -55px 5px;
  }
  section,
  .own > * + * {
    display: grid;
    gap: 10px;
  }
  h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--warbler-size-text);
    font-weight: 600;
    line-height: 1.35;
  }
  .who-reads,
  .waits,
  .fault {
    display: flex;
    gap: 10px;
    padding: 12px 14px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-paper);
  }
  .who-reads > div,
  .waits > div {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .sheet .who-reads-title,
  .sheet .waits-title {
    font-size: var(--warbler-size-text);
    font-weight: 600;
    color: inherit;
    overflow-wrap: anywhere;
  }
  .sheet .faint {
    font-size: var(--warbler-size-meta);
    color: var(--warbler-text-quiet);
  }
  .who-reads.verified {
    background: var(--warbler-selected);
    color: var(--warbler-accent-strong);
  }
  .who-reads.encrypted {
    background: var(--warbler-info-soft);
    color: var(--warbler-info);
  }
  .who-reads.mixed,
  .fault {
    background: var(--warbler-danger-soft);
    color: var(--warbler-danger);
  }
  .sheet .fault {
    color: var(--warbler-danger);
  }
  .waits {
    background: var(--warbler-warn-soft);
    color: var(--warbler-warn);
  }
  .sheet .waits p,
  .sheet .who-reads p:not(.faint) {
    color: var(--warbler-text);
  }
  .sheet .waits .waits-title {
    color: var(--warbler-warn);
  }
  .sheet .verified > div > .who-reads-title {
    color: var(--warbler-accent-strong);
  }
  .sheet .encrypted > div > .who-reads-title {
    color: var(--warbler-info);
  }
  .sheet .mixed > div > .who-reads-title {
    color: var(--warbler-danger);
  }
  .switch-row {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .switch-words {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    font-weight: 600;
  }
  .switch-words small {
    font-weight: 400;
    font-size: var(--warbler-size-small);
    color: var(--warbler-text-quiet);
  }
  .switch {
    position: relative;
    flex: none;
    inline-size: 48px;
    block-size: 28px;
    border-radius: 14px;
    background: var(--warbler-line-strong);
    transition: background-color var(--warbler-quick) var(--warbler-ease);
  }
  .switch i {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    inline-size: 22px;
    block-size: 22px;
    border-radius: 50%;
    background: var(--warbler-surface);
    transition: inset-inline-start var(--warbler-quick) var(--warbler-ease);
  }
  .switch[aria-checked='true'] {
    background: var(--warbler-accent);
  }
  .switch[aria-checked='true'] i {
    inset-inline-start: 23px;
  }
  .switch[aria-busy='true'] {
    opacity: 0.6;
  }
  .number {
    display: grid;
    grid-template-columns: repeat(4, auto);
    justify-content: space-evenly;
    gap: 6px 10px;
    padding: 14px 10px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-paper);
  }
  .sheet .number {
    font:
      600 18px / 1.4 ui-monospace,
      'SF Mono',
      'Cascadia Mono',
      'Noto Sans Mono',
      monospace;
    font-variant-numeric: tabular-nums;
    color: var(--warbler-text);
  }
  .number-acts,
  .device-acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .careful {
    background: var(--warbler-danger-soft);
    color: var(--warbler-danger);
  }
  .plain {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    background: var(--warbler-paper);
    color: var(--warbler-text);
  }
  .devices {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .device {
    border-radius: var(--warbler-radius);
    background: var(--warbler-paper);
  }
  summary {
    cursor: pointer;
    list-style: none;
    border-radius: var(--warbler-radius);
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .own > summary {
    display: flex;
    align-items: center;
    min-block-size: 32px;
  }
  .own > summary h3::after {
    content: '';
    inline-size: 7px;
    block-size: 7px;
    margin: -3px 4px 0;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
  }
  .own[open] > summary h3::after {
    margin-block-start: 4px;
    transform: rotate(-135deg);
  }
  .own[open] > summary {
    margin-block-end: 8px;
  }
  .device > summary {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 52px;
    padding: 6px 12px;
  }
  .device-icon {
    flex: none;
    color: var(--warbler-text-quiet);
  }
  .device-words {
    flex: 1;
    min-inline-size: 0;
    display: grid;
  }
  .device-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .device-state {
    font-size: var(--warbler-size-small);
    color: var(--warbler-text-quiet);
  }
  .device-more {
    flex: none;
    color: var(--warbler-text-faint);
    transition: rotate var(--warbler-quick) var(--warbler-ease);
  }
  .device[open] > summary .device-more {
    rotate: 180deg;
  }
  .device:is(.verified, .this) > summary :is(.device-icon, .device-state) {
    color: var(--warbler-accent);
  }
  .device.undecided {
    box-shadow: inset 0 0 0 1.5px var(--warbler-warn);
  }
  .device.undecided > summary :is(.device-icon, .device-state) {
    color: var(--warbler-warn);
  }
  .device.refused > summary :is(.device-icon, .device-state) {
    color: var(--warbler-danger);
  }
  .device[open] {
    padding-block-end: 12px;
  }
  .device > :not(summary) {
    margin: 0 12px;
  }
  .device .plain {
    background: var(--warbler-surface);
  }
  .sheet .device-facts,
  .sheet .fingerprint {
    margin-block-end: 10px;
  }
  .sheet .device-facts {
    font-size: var(--warbler-size-meta);
  }
  .fingerprint {
    display: grid;
    grid-template-columns: repeat(4, auto);
    justify-content: space-between;
    gap: 2px 8px;
  }
  .sheet .fingerprint {
    font:
      13px / 1.5 ui-monospace,
      'SF Mono',
      'Cascadia Mono',
      'Noto Sans Mono',
      monospace;
    color: var(--warbler-text);
  }
  .reader-keys {
    display: grid;
    gap: 14px;
  }
  .reader-keys .device,
  .reader-keys .number {
    background: var(--warbler-surface);
  }
  .sheet .addresses,
  .reader-keys bdi {
    overflow-wrap: anywhere;
  }
  .accept-members {
    justify-self: start;
  }
  .renew {
    justify-items: start;
  }
  .bones {
    display: grid;
    gap: 8px;
  }
  .bones i {
    block-size: 44px;
    border-radius: var(--warbler-radius);
    background: var(--warbler-paper);
    animation: warbler-appear 1ms 200ms both;
  }
  @keyframes warbler-appear {
    from {
      visibility: hidden;
    }
  }
  @container (min-width: 720px) {
    .sheet {
      max-block-size: calc(100% - 64px);
    }
  }
  @container (max-width: 359.98px) {
    .fingerprint {
      grid-template-columns: repeat(2, auto);
      justify-content: start;
    }
    .sheet .number {
      font-size: 16px;
    }
  }
  @media (pointer: coarse) {
    .soft-button,
    .corner {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .device,
    .who-reads,
    .waits,
    .number,
    .switch {
      border: 1px solid CanvasText;
    }
    .switch i {
      background: CanvasText;
    }
  }
`;
