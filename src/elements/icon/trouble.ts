// What is told on faces and bars of trouble.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const infoIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 11v5M12 8v.01" />`, size);
export const cloudIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M7 18.5a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 9.2a4.2 4.2 0 0 1 .5 9.3z" />`, size);
export const accountIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="8.5" r="4" /><path d="M4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6" />`, size);
