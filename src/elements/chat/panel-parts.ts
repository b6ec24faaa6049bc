// What the root asks of the elements in its panel: to take the focus, or words. They may not be loaded yet.
import type { Composer } from '../composer/composer.ts';
import type { ConversationList } from '../conversation-list/conversation-list.ts';
import type { Thread } from '../thread/thread.ts';

interface PartTypes {
  'warbler-composer': Composer;
  'warbler-conversation-list': ConversationList;
  'warbler-conversation-header': HTMLElement;
  'warbler-thread': Thread;
}

/** Undefined until it is there and knows what it is. */
function partOf<Tag extends keyof PartTypes>(root: ShadowRoot | null, tag: Tag): PartTypes[Tag] | undefined {
  if (!customElements.get(tag)) return undefined;
  return root?.querySelector<PartTypes[Tag]>(tag) ?? undefined;
}

/** Where a keyboard would pop up over the thread, the way back is the better place to be. */
export function focusThread(root: ShadowRoot | null): void {
  const isTouch = window.matchMedia('(pointer: coarse)').matches;
  partOf(root, isTouch ? 'warbler-conversation-header' : 'warbler-composer')?.focus();
}

export function focusComposer(root: ShadowRoot | null): void {
  partOf(root, 'warbler-composer')?.focus();
}

export function focusList(root: ShadowRoot | null): void {
  partOf(root, 'warbler-conversation-list')?.focus();
}

/** Answers whether there was a composer to take the words. */
export function writeInComposer(root: ShadowRoot | null, text: string): boolean {
  const composer = partOf(root, 'warbler-composer');
  composer?.insert(text);
  return composer !== undefined;
}

export function openNeighbour(root: ShadowRoot | null, step: 1 | -1): void {
  void partOf(root, 'warbler-conversation-list')?.openNeighbour(step);
}

/** False where no conversation is in sight, or somebody is in the search already. */
export function findInThread(root: ShadowRoot | null): boolean {
  const thread = partOf(root, 'warbler-thread');
  return thread?.checkVisibility() === true && thread.find();
}
