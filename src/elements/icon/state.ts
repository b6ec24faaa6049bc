// How things stand: warned, offline, protected, muted, readable.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const warnIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M12 4 2.8 19.5h18.4z" /><path d="M12 10v4.2M12 17v.01" />`, size);
export const infoIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 11v5M12 8v.01" />`, size);
export const cloudIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M7 18.5a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 9.2a4.2 4.2 0 0 1 .5 9.3z" />`, size);
export const offlineIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M8.3 6.4A5.5 5.5 0 0 1 17 9.2a4.2 4.2 0 0 1 2.9 7M16.5 18.5H7a4 4 0 0 1-.5-8M4 4l16 16" />`, size);
export const organisationIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M5 20V6l7-2.5V20M12 9l7 2v9M3 20h18M8 9v.01M8 13v.01M15.5 14v.01M15.5 17v.01" />`, size);
export const mutedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M6 16.5V11a6 6 0 0 1 9-5.2M18 11v5.5l1.5 1.5h-15M10 20.5h4M4 4l16 16" />`, size);
export const pinnedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="m14.5 4 5.5 5.5-2.5.8-3.2 3.2.2 3.8-1.5 1.2-7.5-7.5L6.7 9.5l3.8.2 3.2-3.2zM9 15l-5 5" />`, size);
