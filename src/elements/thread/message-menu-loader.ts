// The menu of messages comes when somebody approaches one. The registry cannot be asked: it knows the thread.
const TAG = 'warbler-message-menu';

/** What fails to load is asked for again at the next approach. */
export function loadMessageMenu(): void {
  if (customElements.get(TAG)) return;
  import('../message-menu/message-menu.ts').then(
    ({ MessageMenu }) => customElements.get(TAG) ?? customElements.define(TAG, MessageMenu),
    () => undefined,
  );
}
