// What lies over the thread comes when somebody reaches for it. The registry cannot be asked: it knows the thread.
import { loadPart } from '../load-part.ts';
import type { ThreadFinder } from '../thread-finder/thread-finder.ts';

export const loadMessageMenu = (): void =>
  void loadPart('warbler-message-menu', async () => (await import('../message-menu/message-menu.ts')).MessageMenu);

export const loadFileBubble = (): void =>
  void loadPart('warbler-file-bubble', async () => (await import('../file-bubble/file-bubble.ts')).FileBubble);

const loadFinder = (): Promise<void> =>
  loadPart('warbler-thread-finder', async () => (await import('../thread-finder/thread-finder.ts')).ThreadFinder);

/** False where there is none, or where it has the focus already: a second press of the keys is meant for the browser. */
export function openFinder(root: ParentNode, day?: number): boolean {
  const finder = root.querySelector<ThreadFinder>('warbler-thread-finder');
  if (!finder || finder.matches(':focus-within')) return false;
  void loadFinder().then(() => finder.open?.(day));
  return true;
}
