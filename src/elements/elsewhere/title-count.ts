// How many messages wait, before the page's own title. A page that changes its title is never fought: what it wrote stands.
import { figureOf } from '../unread-badge/badge-part.ts';

const MOST = 99;

/** Several widgets on one page share one figure. */
const counts = new Map<object, number>();
let shown = '';

document.addEventListener('visibilitychange', () => writeTitleCount());

/** Tells what one widget has unread; zero is its farewell. */
export function countInTitle(owner: object, unread: number): void {
  if (unread === (counts.get(owner) ?? 0)) return;
  if (unread > 0) counts.set(owner, unread);
  else counts.delete(owner);
  writeTitleCount();
}

/** Written when the figure changes and when the page goes out of sight: a title that a page wrote in between is taken as it is. */
function writeTitleCount(): void {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const figure = total > 0 ? `(${figureOf(total, MOST)}) ` : '';
  const own = shown !== '' && document.title.startsWith(shown) ? document.title.slice(shown.length) : document.title;
  shown = figure;
  if (document.title !== figure + own) document.title = figure + own;
}
