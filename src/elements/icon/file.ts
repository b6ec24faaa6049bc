// Kinds of files, and what can be done with one.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

const SHEET = svg`<path d="M13.5 3.5H8a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8zM13.5 3.5V8H18" />`;

export const fileIcon = (size?: number): TemplateResult => drawIcon(SHEET, size);
export const archiveIcon = (size?: number): TemplateResult => drawIcon(svg`${SHEET}<path d="M10.5 7h2M10.5 10h2M10.5 13h2v3h-2z" />`, size);
export const pictureIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<rect x="4" y="5" width="16" height="14" rx="2.5" /><path d="m4.5 16 4.3-4.3a1.5 1.5 0 0 1 2.1 0L17.5 18.5M14 15l1.5-1.5a1.5 1.5 0 0 1 2.1 0L20 16M15 9v.01" />`,
    size,
  );
export const soundIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="7.5" cy="17" r="2.5" /><circle cx="16.5" cy="15" r="2.5" /><path d="M10 17V6.5l9-2V15" />`, size);
export const filmIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<rect x="4" y="5.5" width="16" height="13" rx="2.5" /><path d="m10.3 9.3 4.5 2.7-4.5 2.7z" />`, size);
export const fetchIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M12 4.5V15M7 10.5l5 5 5-5M5 19.5h14" />`, size);
export const lookIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M3 12c2-4 5-6 9-6s7 2 9 6c-2 4-5 6-9 6s-7-2-9-6z" /><circle cx="12" cy="12" r="2.7" />`, size);
export const earlierIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m7 14 5-5 5 5" />`, size);
export const laterIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m7 10 5 5 5-5" />`, size);
export const aheadIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m9 5 7 7-7 7" />`, size);
