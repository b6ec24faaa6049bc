// Going somewhere: back, close, search, more.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

/** Mirrored by the header's style where one reads from right to left. */
export const backIcon = (size?: number): TemplateResult => drawIcon(svg`<path class="directional" d="m15 5-7 7 7 7" />`, size);
export const closeIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m6 6 12 12M18 6 6 18" />`, size);
export const searchIcon = (size?: number): TemplateResult => drawIcon(svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4 4" />`, size);
export const moreIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M5 12v.01M12 12v.01M19 12v.01" stroke-width="2.6" />`, size);
export const addIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M12 5v14M5 12h14" />`, size);
export const downIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m6 9.5 6 6 6-6" />`, size);
export const retryIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4.5H15" />`, size);
