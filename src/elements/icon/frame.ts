// The frame of every icon: a 24-grid, round strokes in the colour of the text around it, silent to screen readers.
import { html, type SVGTemplateResult, type TemplateResult } from 'lit';

/**
 * Small icons take a heavier stroke, so that they weigh the same as the words beside them.
 * Written without a blank around the shape: it would be two more nodes in every icon.
 */
export function drawIcon(shape: SVGTemplateResult, size: number = 20): TemplateResult {
  // oxfmt-ignore
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width=${size < 18 ? 2 : 1.75}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
    >${shape}</svg>`;
}
