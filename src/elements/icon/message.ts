// What can be done with a message.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const copyIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5" /><path d="M15.5 8.5V7A2.5 2.5 0 0 0 13 4.5H7A2.5 2.5 0 0 0 4.5 7v6A2.5 2.5 0 0 0 7 15.5h1.5" />`,
    size,
  );
export const removeIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 11a1.8 1.8 0 0 0 1.8 1.5h4.8a1.8 1.8 0 0 0 1.8-1.5L17 7M10.2 11v4.5M13.8 11v4.5" />`,
    size,
  );
export const editIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="m14.5 6 3.5 3.5M5 19l.8-3.8L15.5 5.5a1.8 1.8 0 0 1 2.5 0l.5.5a1.8 1.8 0 0 1 0 2.5L8.8 18.2z" />`, size);
export const unreadableIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M4.5 8.5v-2a2 2 0 0 1 2-2h2M15.5 4.5h2a2 2 0 0 1 2 2v2M19.5 15.5v2a2 2 0 0 1-2 2h-2M8.5 19.5h-2a2 2 0 0 1-2-2v-2" /><path d="M10 9.8a2 2 0 1 1 2.7 2c-.5.2-.7.5-.7 1v.4M12 15.6v.01" />`,
    size,
  );
