// Registers the elements. `warbler-chat` at once; the others as soon as the page uses them, and otherwise when the page is idle.
import { giveTalk } from '../client/begun-talk.ts';
import type { Talk } from '../client/shared.ts';
import { usePolicy, type ScriptUrlPolicy } from '../client/worker-url.ts';
import { WarblerChat } from '../elements/chat/chat.ts';
import { provideCore } from '../elements/core-loader.ts';
import { hearLateProviders } from '../elements/late-providers.ts';
import { ELEMENT_TAGS, ensureElement } from '../elements/registry.ts';

/** `talk`: begun for a chat that is shown at once, and most likely shows a thread. */
export async function register(policy: ScriptUrlPolicy | undefined, talk?: Talk): Promise<void> {
  usePolicy(policy);
  giveTalk(talk);
  provideCore(async () => (await import('./in-page-core.ts')).openInPage());
  hearLateProviders();
  if (talk) await ensureElement('warbler-thread').catch(() => undefined);
  // A worker is connected by way of this thread: that comes before the chat is made, and the disk is read meanwhile.
  if (talk) await nextTask();
  if (!customElements.get('warbler-chat')) customElements.define('warbler-chat', WarblerChat);
  ensureUsedElements();
  document.addEventListener('DOMContentLoaded', ensureUsedElements, { once: true });
  // Frameworks make elements whenever they like: by then the classes are there. Safari has no idle callback.
  if (!document.querySelector('warbler-chat'))
    (window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200)))(ensureAllElements);
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Elements that a page places by itself, outside a chat. */
function ensureUsedElements(): void {
  for (const tag of ELEMENT_TAGS) if (document.querySelector(tag)) void ensureElement(tag);
}

function ensureAllElements(): void {
  for (const tag of ELEMENT_TAGS) void ensureElement(tag);
}
