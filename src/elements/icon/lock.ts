// Shut.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const lockIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.2" /><path d="M8.5 10.5V7.8a3.5 3.5 0 0 1 7 0v2.7M12 14.2v2" />`, size);
