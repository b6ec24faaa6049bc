// Finding: a day.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const calendarIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<rect x="4" y="5.5" width="16" height="14" rx="2.5" /><path d="M4 10h16M8.5 3.5v3.5M15.5 3.5v3.5" />`, size);
