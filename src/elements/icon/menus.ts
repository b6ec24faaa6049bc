// What can be done with a conversation or a message, and how a conversation stands.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const removeIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 11a1.8 1.8 0 0 0 1.8 1.5h4.8a1.8 1.8 0 0 0 1.8-1.5L17 7M10.2 11v4.5M13.8 11v4.5" />`,
    size,
  );
export const editIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="m14.5 6 3.5 3.5M5 19l.8-3.8L15.5 5.5a1.8 1.8 0 0 1 2.5 0l.5.5a1.8 1.8 0 0 1 0 2.5L8.8 18.2z" />`, size);
export const signOutIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M14 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h7M10.5 12H20M16.5 8.5 20 12l-3.5 3.5" />`, size);
export const keysIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<rect x="3" y="6" width="18" height="12" rx="2.5" /><path d="M7 10v.01M11 10v.01M15 10v.01M8 14h8" />`, size);
export const mutedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M6 16.5V11a6 6 0 0 1 9-5.2M18 11v5.5l1.5 1.5h-15M10 20.5h4M4 4l16 16" />`, size);
export const pinnedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="m14.5 4 5.5 5.5-2.5.8-3.2 3.2.2 3.8-1.5 1.2-7.5-7.5L6.7 9.5l3.8.2 3.2-3.2zM9 15l-5 5" />`, size);
export const organisationIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M5 20V6l7-2.5V20M12 9l7 2v9M3 20h18M8 9v.01M8 13v.01M15.5 14v.01M15.5 17v.01" />`, size);
export const backupIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M4.5 8V6A1.5 1.5 0 0 1 6 4.5h12A1.5 1.5 0 0 1 19.5 6v2M5.5 8h13v10a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 18zM9.5 12h5" />`,
    size,
  );
