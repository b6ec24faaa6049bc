// Work that waits until what was just drawn is on the screen.

/** The first frame draws, the second begins when that is on its way to the screen. Nobody waits for the picture of a hidden tab. */
export function afterPaint(work: () => void): void {
  if (document.visibilityState === 'hidden') queueMicrotask(work);
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(work)));
}
