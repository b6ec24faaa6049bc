// What the composer offers.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const sendIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M12 19V6M6.5 11 12 5.5 17.5 11" />`, size);
export const attachIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="m20 11.5-8 8a5 5 0 0 1-7.1-7.1l8-8a3.4 3.4 0 0 1 4.8 4.8l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2" />`, size);
export const smileIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 14c.9 1.3 2.1 2 3.5 2s2.6-.7 3.5-2M9 9.5v.01M15 9.5v.01" />`, size);
