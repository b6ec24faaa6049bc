// What the composer offers.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const sendIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M12 19V6M6.5 11 12 5.5 17.5 11" />`, size);
export const attachIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="m20 11.5-8 8a5 5 0 0 1-7.1-7.1l8-8a3.4 3.4 0 0 1 4.8 4.8l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2" />`, size);
