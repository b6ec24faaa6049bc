// What a codec declares of the stanzas it reads.

/** The stanza, the child that makes it what it is, and the types in which it counts; without types all but those listed elsewhere. */
export interface Claim {
  stanza: 'message' | 'presence' | 'iq';
  child: readonly [name: string, namespace: string];
  types?: readonly string[];
}
