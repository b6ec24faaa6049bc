// The mark: a bird that is also a speech bubble. One path, an eye and a smile.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

/** Eye and smile take the colour of the ground it sits on. */
export const birdMark = (size: number = 34): TemplateResult =>
  drawIcon(
    svg`<path d="M3.2 20.2 6 17.4c-1.4-1.3-2.2-3-2.2-4.9 0-4.3 3.8-7.7 8.6-7.7 3.2 0 5.7 1.6 6.7 4l2.9 1.5-2.7 1.5c0 5-3.6 8.4-8.5 8.4Z" fill="currentColor" stroke="none" /><circle cx="14.6" cy="10" r="1.25" fill="var(--warbler-mark-ground, var(--warbler-accent))" stroke="none" /><path d="M6.6 14.2c2.2 1.2 4.6 1.2 6.8-.4" stroke="var(--warbler-mark-ground, var(--warbler-accent))" stroke-width="1.5" />`,
    size,
  );
