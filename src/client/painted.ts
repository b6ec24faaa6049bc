// Until when the core keeps still for a page that draws.
import type { FirstPage } from '../contracts/port.ts';

/** A page that takes longer waits for something else than us. */
const PATIENCE_MS = 500;

/** Settles when what was answered is on the screen. Nobody waits for the picture of a hidden tab. */
export function painted(page: FirstPage, whenPainted: (page: FirstPage) => Promise<void> = twoFrames): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS);
    void whenPainted(page)
      .catch(() => undefined)
      .then(() => (clearTimeout(patience), resolve()));
  });
}

/** The first draws, the second comes when that is on the screen. */
export const twoFrames = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
