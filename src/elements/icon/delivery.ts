// How far a message has come, each told by its own shape.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const queuedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`, size);
export const sendingIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M12 3.5a8.5 8.5 0 1 1-8.5 8.5" />`, size);
export const sentIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`, size);
export const deliveredIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="m2 12.5 4.5 4.5L15 8M11.5 16l1 1L22 7.5" />`, size);
export const readIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none" /><path d="m7.3 12.3 3.1 3.1 6.2-6.3" stroke="var(--warbler-icon-ground, Canvas)" />`,
    size,
  );
