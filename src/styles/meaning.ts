// Second tier: what a colour or measure is for. A theme is one page of these; dark is its own palette, not an inversion.
import { css, type CSSResult } from 'lit';

export const lightMeaning: CSSResult = css`
  color-scheme: light;
  --warbler-text: var(--warbler-ink-95);
  --warbler-text-quiet: var(--warbler-ink-70);
  --warbler-text-faint: var(--warbler-ink-60);
  --warbler-paper: var(--warbler-ink-4);
  --warbler-surface: var(--warbler-ink-0);
  --warbler-surface-raised: var(--warbler-ink-0);
  --warbler-surface-hover: var(--warbler-ink-8);
  --warbler-line: var(--warbler-ink-15);
  --warbler-line-strong: var(--warbler-ink-45);
  --warbler-accent: var(--warbler-willow-60);
  --warbler-accent-strong: var(--warbler-willow-70);
  --warbler-on-accent: var(--warbler-ink-0);
  --warbler-selected: var(--warbler-willow-10);
  --warbler-own: var(--warbler-willow-15);
  --warbler-own-text: var(--warbler-willow-85);
  --warbler-online: var(--warbler-willow-45);
  --warbler-warn: var(--warbler-amber-60);
  --warbler-warn-soft: var(--warbler-amber-10);
  --warbler-danger: var(--warbler-red-60);
  --warbler-danger-soft: var(--warbler-red-10);
  --warbler-info: var(--warbler-blue-60);
  --warbler-info-soft: var(--warbler-blue-10);
  --warbler-shadow: 0 1px 1px rgb(20 40 30 / 0.05);
  --warbler-shadow-raised: 0 2px 10px rgb(20 40 30 / 0.16);
  --warbler-shadow-panel: 0 2px 6px rgb(20 40 30 / 0.06), 0 16px 48px rgb(20 40 30 / 0.16);
`;

export const darkMeaning: CSSResult = css`
  color-scheme: dark;
  --warbler-text: var(--warbler-night-5);
  --warbler-text-quiet: var(--warbler-night-25);
  --warbler-text-faint: var(--warbler-night-35);
  --warbler-paper: var(--warbler-night-100);
  --warbler-surface: var(--warbler-night-95);
  --warbler-surface-raised: var(--warbler-night-90);
  --warbler-surface-hover: var(--warbler-night-85);
  --warbler-line: var(--warbler-night-80);
  --warbler-line-strong: var(--warbler-night-50);
  --warbler-accent: var(--warbler-willow-40);
  --warbler-accent-strong: var(--warbler-willow-30);
  --warbler-on-accent: var(--warbler-willow-90);
  --warbler-selected: var(--warbler-willow-75);
  --warbler-own: var(--warbler-willow-65);
  --warbler-own-text: var(--warbler-willow-5);
  --warbler-warn: var(--warbler-amber-30);
  --warbler-warn-soft: var(--warbler-amber-80);
  --warbler-danger: var(--warbler-red-20);
  --warbler-danger-soft: var(--warbler-red-80);
  --warbler-info: var(--warbler-blue-20);
  --warbler-info-soft: var(--warbler-blue-80);
  --warbler-shadow: none;
  --warbler-shadow-raised: 0 2px 10px rgb(0 0 0 / 0.5);
  --warbler-shadow-panel: 0 0 0 1px var(--warbler-night-80), 0 16px 48px rgb(0 0 0 / 0.6);
`;

/** Colours the person chose for the whole system win over ours. */
export const forcedMeaning: CSSResult = css`
  --warbler-text: CanvasText;
  --warbler-text-quiet: CanvasText;
  --warbler-text-faint: CanvasText;
  --warbler-paper: Canvas;
  --warbler-surface: Canvas;
  --warbler-surface-raised: Canvas;
  --warbler-surface-hover: Canvas;
  --warbler-line: CanvasText;
  --warbler-line-strong: ButtonBorder;
  --warbler-accent: LinkText;
  --warbler-accent-strong: LinkText;
  --warbler-on-accent: Canvas;
  --warbler-selected: Canvas;
  --warbler-own: Canvas;
  --warbler-own-text: CanvasText;
  --warbler-online: Highlight;
  --warbler-warn: CanvasText;
  --warbler-warn-soft: Canvas;
  --warbler-danger: CanvasText;
  --warbler-danger-soft: Canvas;
  --warbler-info: CanvasText;
  --warbler-info-soft: Canvas;
`;

/** What is the same by day and by night. */
export const measures: CSSResult = css`
  /* Behind the system's own those alone that decide which shapes Han characters have: each name is looked up in every size and weight,
     a generic one too, and none is left to decide anything where the browser knows the first. */
  --warbler-font: system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC';
  --warbler-size-text: 15px;
  --warbler-size-preview: 13.5px;
  --warbler-size-small: 13px;
  --warbler-size-meta: 12px;
  --warbler-size-time: 11px;
  --warbler-leading: 1.45;
  --warbler-space-1: 4px;
  --warbler-space-2: 8px;
  --warbler-space-3: 12px;
  --warbler-space-4: 16px;
  --warbler-space-6: 24px;
  --warbler-radius-small: 10px;
  --warbler-radius: 12px;
  --warbler-radius-large: 16px;
  --warbler-target: 36px;
  --warbler-quick: 120ms;
  --warbler-calm: 200ms;
  --warbler-ease: cubic-bezier(0.2, 0, 0, 1);
`;
