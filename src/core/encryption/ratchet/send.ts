// A step of the ratchet on sending. The state goes in and a new one comes out; nothing is remembered here.
import { mintPair, type Primitives } from '../primitives/curves.ts';
import type { MessageKey } from '../primitives/keys.ts';
import type { Dialect, RatchetHeader } from '../wire/dialect.ts';
import { nextMessage, nextRoot } from './chains.ts';
import type { RatchetState, SendingChain } from './state.ts';

export interface SendingStep {
  readonly state: RatchetState;
  readonly header: RatchetHeader;
  readonly key: MessageKey;
}

export async function stepToSend(primitives: Primitives, dialect: Dialect, before: RatchetState): Promise<SendingStep> {
  const { own, sending, ...state } = before.sending ? before : await beginChain(primitives, dialect, before);
  if (!own || !sending) throw new Error('a chain was begun and is not there');
  const { message, chain } = nextMessage(sending.key);
  return {
    state: { ...state, own, sending: { key: chain, next: sending.next + 1 } },
    header: { n: sending.next, previous: state.previous, ratchet: own.public },
    key: message,
  };
}

/** Only when there is something to send: who merely reads along makes one agreement a turn instead of three. */
async function beginChain(
  primitives: Primitives,
  dialect: Dialect,
  state: RatchetState,
): Promise<RatchetState & { sending: SendingChain }> {
  if (!state.theirs) throw new Error('a responder cannot write before it has read');
  const own = await mintPair(primitives);
  const agreed = await primitives.curves.agree(own.secret, state.theirs);
  if (!agreed) throw new Error('a ratchet key was taken over that agrees with nobody');
  const { root, chain } = nextRoot(state.root, agreed, dialect.rootInfo);
  return { ...state, root, own, sending: { key: chain, next: 0 } };
}
