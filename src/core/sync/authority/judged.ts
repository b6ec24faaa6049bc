// What a check of a sender answers: the content, that somebody forged it, or that this is nothing of the kind.

/** `forged` means: drop the stanza as a whole, and count it. Nothing else in it may be read. */
export type Judged<T> = T | 'forged' | undefined;
