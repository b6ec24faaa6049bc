// All that a Double Ratchet remembers, as plain data: it goes into the sealed store as it stands.
import type { AgreementPair, AgreementPublic, ChainKey, MessageKey, RootKey } from '../primitives/keys.ts';

export interface RatchetState {
  readonly root: RootKey;
  /** None before an initiator has sent its first message. */
  readonly own?: AgreementPair;
  /** The other side's newest ratchet key. A responder knows none before the first message. */
  readonly theirs?: AgreementPublic;
  /** None where the next message to send has to take a new step first. */
  readonly sending?: SendingChain;
  /** How many messages our previous sending chain had. */
  readonly previous: number;
  /** Newest first. */
  readonly receiving: readonly ReceivingChain[];
  /** Oldest first. */
  readonly skipped: readonly SkippedKeys[];
}

export interface SendingChain {
  readonly key: ChainKey;
  readonly next: number;
}

export interface ReceivingChain {
  readonly theirs: AgreementPublic;
  /** An old chain keeps its key for a while, because some count its messages one short; later only its name stays, to know repeats by. */
  readonly key?: ChainKey;
  readonly next: number;
  /** It has been answered so that the other side may begin a new chain. */
  readonly heartbeat?: true;
}

/** Of one chain, oldest first. They go when the chain is no longer remembered, or when there are too many of them. */
export interface SkippedKeys {
  readonly theirs: AgreementPublic;
  readonly keys: readonly { readonly n: number; readonly key: MessageKey }[];
}

/** Keys that one message may make us compute ahead, and keys that are kept for messages still to come. */
export const MOST_SKIPPED = 1000;
/** Old chains that keep their key, and those that are remembered at all. */
export const CHAINS_WITH_KEY = 6;
export const CHAINS_KNOWN = 64;

/** The other side has written this many without an answer: time to give it reason for a new chain. */
export const HEARTBEAT_AT = 53;

export const beginAsInitiator = (root: RootKey, theirs: AgreementPublic): RatchetState => ({
  root,
  theirs,
  previous: 0,
  receiving: [],
  skipped: [],
});

export const beginAsResponder = (root: RootKey, own: AgreementPair): RatchetState => ({
  root,
  own,
  previous: 0,
  receiving: [],
  skipped: [],
});
