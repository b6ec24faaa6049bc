// What is said only after something was pressed: finding in a conversation, inviting into a room.
import type { LateTexts } from '../keys/late-texts.ts';

export const en: LateTexts = {
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

  inviteInto: (room) => `Invite into ${room}`,
  inviteSearch: 'Search contacts',
  inviteNobody: 'There is no contact to invite yet. Add one first.',
  inviteNoMatch: 'No contact matches.',
  invite: 'Invite',
  inviteName: (name) => `Invite ${name}`,
  inviting: 'Inviting…',
  invited: 'Invited',
  invitedName: (name) => `${name} was invited`,
  inviteFailed: (name, why) => `${name} was not invited: ${why}`,
  done: 'Done',
};
