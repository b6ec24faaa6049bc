// The keys that look for words, as the system has them.

const IS_APPLE = /Mac|iP/.test(navigator.platform);

export const isFindKey = (event: KeyboardEvent): boolean =>
  event.key === 'f' && (IS_APPLE ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey && !event.shiftKey;
