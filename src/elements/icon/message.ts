// What can be done with a message.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const copyIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5" /><path d="M15.5 8.5V7A2.5 2.5 0 0 0 13 4.5H7A2.5 2.5 0 0 0 4.5 7v6A2.5 2.5 0 0 0 7 15.5h1.5" />`,
    size,
  );
export const unreadableIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M4.5 8.5v-2a2 2 0 0 1 2-2h2M15.5 4.5h2a2 2 0 0 1 2 2v2M19.5 15.5v2a2 2 0 0 1-2 2h-2M8.5 19.5h-2a2 2 0 0 1-2-2v-2" /><path d="M10 9.8a2 2 0 1 1 2.7 2c-.5.2-.7.5-.7 1v.4M12 15.6v.01" />`,
    size,
  );
