// The composer.
import type { ComposerTexts } from '../keys/composer-texts.ts';
import { plural } from '../plural.ts';

const characters = (count: number): string => plural('en', count, { one: 'character', other: 'characters' });

export const composer: ComposerTexts = {
  writeTo: (name) => `Write to ${name}`,
  writeWhenOnline: 'Will be sent when online',
  composerLabel: (name) => `Message to ${name}`,
  send: 'Send',
  charactersLeft: (count) => `${characters(count)} left`,
  charactersOver: (count) => `${characters(count)} too many`,
  composerNotSignedIn: 'Sign in to write.',
  composerNotMember: 'Join the room to write.',
  composerStranger: 'Accept the request to write.',
};
