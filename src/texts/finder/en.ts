// Finding in a conversation.
import type { FinderTexts } from '../keys/finder-texts.ts';

export const en: FinderTexts = {
  older: 'Older result',
  newer: 'Newer result',
  count: (at, total, isAll) => `${at.toLocaleString('en')} of ${total.toLocaleString('en')}${isAll ? '' : '…'}`,
  none: 'No results',
  partly: 'Only messages kept on this device were searched.',
  fetchOn: 'Search older ones',
  fetching: 'Fetching older messages…',
  stop: 'Stop',
  dayGo: 'Go',
  dayMissing: 'Choose a date.',
  dayLater: 'Nothing on that day. This is the next day with messages.',
  dayNone: 'Nothing on that day or later. These are the newest messages.',
  dayUnfetched: (why) => `Messages of that day could not be fetched. These are the nearest. ${why}`,
  backToPlace: 'Back to where you were',
};
