// How things stand: warned, offline, protected, muted, readable.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const warnIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M12 4 2.8 19.5h18.4z" /><path d="M12 10v4.2M12 17v.01" />`, size);
export const offlineIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M8.3 6.4A5.5 5.5 0 0 1 17 9.2a4.2 4.2 0 0 1 2.9 7M16.5 18.5H7a4 4 0 0 1-.5-8M4 4l16 16" />`, size);
