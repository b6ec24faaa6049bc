// Every failure: what happened, what to do next.
import type { FailureTexts, FailureWords, RefusalWord } from '../keys/failure-texts.ts';
import { fileSize, figure, plural } from '../plural.ts';

const refusals: Record<RefusalWord, FailureWords> = {
  blocked: { what: 'This person does not take messages from you.', next: 'Reach them another way.' },
  forbidden: { what: 'You are not allowed to do this.', next: 'Ask an administrator for permission.' },
  'members-only': { what: 'This room is for members only.', next: 'Ask its administrator to invite you.' },
  banned: { what: 'You were removed from this room.', next: 'Ask its administrator if you think this is wrong.' },
  'name-taken': { what: 'Somebody else uses this nickname.', next: 'Choose another one and try again.' },
  'unknown-person': { what: 'Nobody was found at this address.', next: 'Check the address and try again.' },
  'too-large': { what: 'This is too large for the service.', next: 'Shorten it, or send it in parts.' },
  other: { what: 'The service said no.', next: 'Try again in a while.' },
};

const listed = (people: readonly string[]): string => people.slice(0, 3).join(', ') + (people.length > 3 ? ` + ${people.length - 3}` : '');

export const failures: FailureTexts = {
  offline: () => ({ what: 'You are offline.', next: 'It goes on by itself once you are online; nothing you wrote is lost.' }),
  'no-answer': () => ({ what: 'There was no answer in time.', next: 'Try again; nothing is sent twice.' }),
  'service-unreachable': ({ service }) => ({ what: `${service} cannot be reached.`, next: 'Check your network, or try again later.' }),
  'service-not-secure': ({ service }) => ({
    what: `The connection to ${service} is not secure, so signing in was stopped.`,
    next: 'Ask the provider for an address that begins with wss://.',
  }),
  'service-unsuitable': ({ service, why }) => unsuitable(service, why),
  'wrong-credentials': () => ({ what: 'Wrong address or password.', next: 'Check both and try again.' }),
  'address-invalid': ({ address }) => ({
    what: `“${address}” is not a complete address.`,
    next: 'An address looks like name@example.com.',
  }),
  'account-disabled': () => ({ what: 'This account is disabled.', next: 'Ask the provider of the service.' }),
  'signed-in-elsewhere': () => ({
    what: 'You signed in elsewhere, so this connection ended.',
    next: 'Reconnect if you want to go on here.',
  }),
  'not-signed-in': () => ({ what: 'You are not signed in.', next: 'Sign in to go on.' }),
  locked: () => ({ what: 'This chat is locked.', next: 'Unlock it, or sign out first.' }),
  'storage-full': () => ({ what: 'The storage of this device is full.', next: 'Make some room, then try again.' }),
  'storage-blocked': () => ({
    what: 'The browser does not let us keep anything.',
    next: 'You can chat, but it is gone when the page closes.',
  }),
  'message-too-long': ({ limit }) => ({
    what: `The message is longer than ${figure('en', limit)} characters.`,
    next: 'Shorten it, or send it in parts.',
  }),
  'message-empty': () => ({ what: 'The message is empty.', next: 'Write something first.' }),
  refused: ({ reason, said }) => withSaid(refusals[reason], said),
  'not-found': () => ({ what: 'Nothing was found.', next: 'Check the address and try again.' }),
  'too-many-requests': () => ({ what: 'That was too often.', next: 'Wait a little, then try again.' }),
  'reload-needed': ({ older }) => ({
    what: older === 'tab' ? 'This page is out of date.' : 'Another tab still runs an older version.',
    next: older === 'tab' ? 'Reload it; your drafts are kept.' : 'Close the other tabs, then reload.',
  }),
  'keys-undecided': ({ devices }) => ({
    what: `${plural('en', devices, { one: 'new device waits', other: 'new devices wait' })} for your word.`,
    next: 'Decide on it under “Encryption”; then this is sent.',
  }),
  'keys-missing': ({ person, people = [person] }) => ({
    what: `There are no keys to encrypt for ${listed(people)}, so nothing was sent.`,
    next: 'Try again when they have been online, or ask them to check their devices.',
  }),
  'no-uploads': () => ({ what: 'This service takes no files.', next: 'Ask the provider of the service.' }),
  'legacy-no-files': () => ({
    what: 'The older method carries no files.',
    next: 'Send it another way, or ask for a program with the newer encryption.',
  }),
  'file-too-large': ({ limit }) => ({
    what: `The file is larger than ${fileSize('en', limit)}, which is the most here.`,
    next: 'Make it smaller, or send it another way.',
  }),
  'not-fetched': () => ({ what: 'The file is not on this device yet.', next: 'Fetch it first.' }),
  'file-gone': () => ({ what: 'The file is no longer on the service.', next: 'Ask for it to be sent again.' }),
  'file-changed': () => ({
    what: 'What came is not what was sent.',
    next: 'Ask for it to be sent again.',
  }),
  'members-changed': ({ came }) => ({
    what: `${listed(came)} joined since you last looked.`,
    next: 'Decide on it under “Encryption”; then this is sent.',
  }),
  'room-unfit': () => ({ what: 'This room cannot be encrypted as it is now.', next: 'Decide under “Encryption”.' }),
  'core-gone': () => ({ what: 'The chat stopped in the background.', next: 'Try again; if that does not help, reload the page.' }),
};

function unsuitable(service: string, why: 'not-xmpp' | 'no-safe-sign-in' | 'not-proven'): FailureWords {
  if (why === 'not-xmpp') return { what: `${service} is not a chat service.`, next: 'Check the address of the service.' };
  if (why === 'no-safe-sign-in') {
    return { what: `${service} offers no safe way to sign in; your password was not sent.`, next: 'Ask the provider of the service.' };
  }
  return {
    what: `${service} could not prove who it is, so signing in was stopped.`,
    next: 'Do not enter your password again; ask the provider.',
  };
}

function withSaid(words: FailureWords, said: string | undefined): FailureWords {
  return said ? { what: `${words.what} (They said: ${said})`, next: words.next } : words;
}
