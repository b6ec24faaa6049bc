// What the composer offers.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const sendIcon = (size?: number): TemplateResult => drawIcon(svg`<path d="M12 19V6M6.5 11 12 5.5 17.5 11" />`, size);
