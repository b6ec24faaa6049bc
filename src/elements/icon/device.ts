// How sure a device is, each told by its own shape.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

const SHIELD = svg`<path d="M12 3.3 5 5.8v5.4c0 4.3 2.8 7.5 7 9.3 4.2-1.8 7-5 7-9.3V5.8z" />`;

export const verifiedIcon = (size?: number): TemplateResult => drawIcon(svg`${SHIELD}<path d="m8.8 11.8 2.3 2.3 4.2-4.3" />`, size);
export const refusedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="m6.2 6.2 11.6 11.6" />`, size);
export const undecidedIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M9.8 9.8a2.2 2.2 0 1 1 3 2.1c-.5.2-.8.6-.8 1.1v.5M12 16.3v.01" />`, size);
export const devicesIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<path d="M11 17.5H4.5A1.5 1.5 0 0 1 3 16V6.5A1.5 1.5 0 0 1 4.5 5h13A1.5 1.5 0 0 1 19 6.5M3 20h8" /><rect x="14" y="9.5" width="7" height="10.5" rx="1.8" />`,
    size,
  );
