// Who can read, beside header, messages and lines of the thread. What the sheet says of it comes with the sheet (`encryption-texts.ts`).

export interface TrustTexts {
  /** Who can read what is here. */
  readability: Readonly<Record<'verified' | 'encrypted' | 'organisation' | 'mixed', string>>;
  /** Of a verified conversation with one person. */
  onlyYouAnd(name: string): string;
  /** Of a verified room. */
  onlyMembers: string;
  /** Follows the above where what one writes goes encrypted, whatever came before. */
  writtenEncrypted: string;
  /** Name of the badge as a button. */
  whoCanRead(words: string): string;
  encryption: string;
  ownDevices: string;
  backup: string;

  /** What a bubble bears beside its time. */
  marks: Readonly<Record<ProtectionMark, string>>;
  /** How a message travelled, in the menu of the message. */
  travelled: Readonly<Record<ProtectionMark | 'first-use' | 'verified', string>>;
  unreadableWhy: Readonly<Record<UnreadableWord, string>>;
  /** A line in the thread; without a name it is the own account. */
  keysChanged: Readonly<Record<KeyChangeWord, (name: string | undefined) => string>>;
  compare: string;
  decide: string;
  lookAtKeys: string;
}

/** What a message may be less than: nothing is said of one whose device is as sure as the header says. */
export type ProtectionMark = 'plain' | 'legacy' | 'accepted' | 'undecided' | 'refused';

export type UnreadableWord = 'not-for-this-device' | 'no-session' | 'tampered' | 'other-identity' | 'unknown-method' | 'unknown-sender';
export type KeyChangeWord =
  | 'new-device'
  | 'undecided-device'
  | 'other-identity'
  | 'encryption-on'
  | 'encryption-legacy'
  | 'encryption-off'
  | 'member-came'
  | 'member-left'
  | 'room-unfit';
