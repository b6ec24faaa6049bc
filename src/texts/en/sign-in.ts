// The sign-in.
import type { SignInTexts } from '../keys/sign-in-texts.ts';
import { plural } from '../plural.ts';

export const signIn: SignInTexts = {
  signInTitle: 'Sign in',
  providedBy: 'Chat service run by',
  providerNotCertified: 'Not certified · make sure you trust it',
  providerUnknown: 'No service chosen yet',
  service: 'Service address',
  serviceHint: 'Your provider gives it to you. It begins with wss://.',
  serviceMissing: 'Enter the address of the service.',
  serviceNotWebSocket: 'A service address begins with wss://, like wss://chat.example.com/ws.',
  address: 'Chat address',
  addressExample: 'name@example.com',
  addressMissing: 'Enter your chat address.',
  addressNotComplete: 'The address is not complete. It looks like name@example.com.',
  password: 'Password',
  passwordMissing: 'Enter your password.',
  showPassword: 'Show',
  hidePassword: 'Hide',
  passwordShown: 'Password shown',
  passwordHidden: 'Password hidden',
  capsLock: 'Caps Lock is on.',
  borrowed: 'This is not my device',
  borrowedHint: 'Everything here is erased when the last tab closes.',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  offlineNow: 'You are offline. Sign in once you are back online.',
  mendFirst: (count) => `${plural('en', count, { one: 'field needs', other: 'fields need' })} your attention.`,
  notKept: 'Your password is used for this sign-in only and never kept.',
};
