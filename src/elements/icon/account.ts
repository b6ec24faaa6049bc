// The account, its keys, and the way out.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const accountIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="8.5" r="4" /><path d="M4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6" />`, size);
export const signOutIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M14 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h7M10.5 12H20M16.5 8.5 20 12l-3.5 3.5" />`, size);
export const keysIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<rect x="3" y="6" width="18" height="12" rx="2.5" /><path d="M7 10v.01M11 10v.01M15 10v.01M8 14h8" />`, size);
export const backupIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M4.5 8V6A1.5 1.5 0 0 1 6 4.5h12A1.5 1.5 0 0 1 19.5 6v2M5.5 8h13v10a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 18zM9.5 12h5" />`,
    size,
  );
