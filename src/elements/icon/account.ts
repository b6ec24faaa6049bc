// Account, language, theme, people.
import { svg, type TemplateResult } from 'lit';
import { drawIcon } from './frame.ts';

export const accountIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="8.5" r="4" /><path d="M4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6" />`, size);
export const addPersonIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="10" cy="8.5" r="4" /><path d="M2.5 20c.8-3.8 3.8-6 7.5-6 1.5 0 2.9.4 4 1M18.5 14.5v6M15.5 17.5h6" />`, size);
export const groupIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<circle cx="9" cy="9" r="3.5" /><path d="M2.5 19c.7-3.3 3.3-5.2 6.5-5.2s5.8 1.9 6.5 5.2M15.5 5.8a3.5 3.5 0 0 1 0 6.4M18 14.3c1.8.8 3.1 2.5 3.5 4.7" />`,
    size,
  );
export const signOutIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M14 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h7M10.5 12H20M16.5 8.5 20 12l-3.5 3.5" />`, size);
export const languageIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<circle cx="12" cy="12" r="8.5" /><path d="M3.5 12h17M12 3.5c2.4 2.5 3.6 5.3 3.6 8.5s-1.2 6-3.6 8.5c-2.4-2.5-3.6-5.3-3.6-8.5s1.2-6 3.6-8.5z" />`,
    size,
  );
export const sunIcon = (size?: number): TemplateResult =>
  drawIcon(
    svg`<circle cx="12" cy="12" r="4" /><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />`,
    size,
  );
export const moonIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<path d="M20 14.2A8.5 8.5 0 0 1 9.8 4a8.5 8.5 0 1 0 10.2 10.2z" />`, size);
export const themeIcon = (size?: number): TemplateResult =>
  drawIcon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor" />`, size);
