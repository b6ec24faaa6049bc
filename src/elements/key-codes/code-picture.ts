// A QR code as one path: dark on white in every theme, because cameras expect it so.
import { html, svg, type TemplateResult } from 'lit';
import type { Code } from './make-code.ts';

/** Modules of white around it. */
const QUIET = 4;

export function renderCode(code: Code, name: string): TemplateResult {
  const size = code.length + QUIET * 2;
  return html`<svg class="code" role="img" aria-label=${name} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    ${svg`<path fill="#fff" d="M0 0h${size}v${size}H0z" /><path fill="#000" d=${pathOf(code)} />`}
  </svg>`;
}

/** A bar for each run of dark modules. */
function pathOf(code: Code): string {
  const bars = code.flatMap((row, y) =>
    [
      ...row
        .map((isDark) => (isDark ? 'x' : ' '))
        .join('')
        .matchAll(/x+/g),
    ].map(({ 0: { length }, index }) => `M${index + QUIET} ${y + QUIET}h${length}v1h-${length}z`),
  );
  return bars.join('');
}
