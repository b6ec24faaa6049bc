// Words for every kind of failure. The facts are those the failure carries.

export interface FailureWords {
  /** One short sentence: what is the matter. */
  what: string;
  /** One short sentence: what the person can do. */
  next: string;
}

export interface FailureTexts {
  offline(): FailureWords;
  'no-answer'(): FailureWords;
  'service-unreachable'(facts: { service: string }): FailureWords;
  'service-not-secure'(facts: { service: string }): FailureWords;
  'service-unsuitable'(facts: { service: string; why: 'not-xmpp' | 'no-safe-sign-in' | 'not-proven' }): FailureWords;
  'wrong-credentials'(): FailureWords;
  'address-invalid'(facts: { address: string }): FailureWords;
  'account-disabled'(): FailureWords;
  'signed-in-elsewhere'(): FailureWords;
  'not-signed-in'(): FailureWords;
  locked(): FailureWords;
  'storage-full'(): FailureWords;
  'storage-blocked'(): FailureWords;
  'message-too-long'(facts: { limit: number }): FailureWords;
  'message-empty'(): FailureWords;
  refused(facts: { reason: RefusalWord; said?: string }): FailureWords;
  'not-found'(): FailureWords;
  'too-many-requests'(): FailureWords;
  'reload-needed'(facts: { older: 'tab' | 'core' }): FailureWords;
  'keys-undecided'(facts: { person: string; devices: number }): FailureWords;
  'keys-missing'(facts: { person: string; people?: readonly string[] }): FailureWords;
  'members-changed'(facts: { came: readonly string[] }): FailureWords;
  'room-unfit'(): FailureWords;
  'no-uploads'(): FailureWords;
  'legacy-no-files'(): FailureWords;
  'file-too-large'(facts: { limit: number }): FailureWords;
  'not-fetched'(): FailureWords;
  'file-gone'(): FailureWords;
  'file-changed'(): FailureWords;
  'core-gone'(): FailureWords;
}

export type RefusalWord = 'blocked' | 'forbidden' | 'members-only' | 'banned' | 'name-taken' | 'unknown-person' | 'too-large' | 'other';
