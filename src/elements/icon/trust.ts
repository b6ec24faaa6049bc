// Encrypted, or not: what a thread needs. How sure a device is stands in `device.ts`, which comes later.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

const LOCK = svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />`;

export const lockIcon = (size?: number): TemplateResult => drawIcon(svg`${LOCK}<path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />`, size);
export const openLockIcon = (size?: number): TemplateResult => drawIcon(svg`${LOCK}<path d="M8 10.5V7.5a4 4 0 0 1 7.6-1.7" />`, size);
