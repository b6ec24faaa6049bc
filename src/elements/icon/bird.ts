// The mark: a bird that is also a speech bubble.
import { svg, type TemplateResult } from 'lit';
import { BIRD_BODY, BIRD_EYE, BIRD_SMILE } from '../../styles/mark.ts';
import { drawIcon } from './frame.ts';

/** Eye and smile take the colour of the ground it sits on. */
export const birdMark = (size: number = 34): TemplateResult =>
  drawIcon(
    svg`<path d=${BIRD_BODY} fill="currentColor" stroke="none" /><circle cx=${BIRD_EYE.x} cy=${BIRD_EYE.y} r=${BIRD_EYE.radius} fill="var(--warbler-mark-ground, var(--warbler-accent))" stroke="none" /><path d=${BIRD_SMILE} stroke="var(--warbler-mark-ground, var(--warbler-accent))" stroke-width="1.5" />`,
    size,
  );
