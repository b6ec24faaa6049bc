// What lies over the thread comes when somebody reaches for it. The registry cannot be asked: it knows the thread.
import type { ThreadFinder } from '../thread-finder/thread-finder.ts';

type Load = () => Promise<CustomElementConstructor>;

/** What fails to load is asked for again at the next approach. */
async function loadPart(tag: string, load: Load): Promise<void> {
  if (customElements.get(tag)) return;
  const Part = await load().catch(() => undefined);
  if (Part && !customElements.get(tag)) customElements.define(tag, Part);
}

export const loadMessageMenu = (): void =>
  void loadPart('warbler-message-menu', async () => (await import('../message-menu/message-menu.ts')).MessageMenu);

const loadFinder = (): Promise<void> =>
  loadPart('warbler-thread-finder', async () => (await import('../thread-finder/thread-finder.ts')).ThreadFinder);

/** False where there is none, or where it has the focus already: a second press of the keys is meant for the browser. */
export function openFinder(root: ParentNode, day?: number): boolean {
  const finder = root.querySelector<ThreadFinder>('warbler-thread-finder');
  if (!finder || finder.matches(':focus-within')) return false;
  void loadFinder().then(() => finder.open?.(day));
  return true;
}
