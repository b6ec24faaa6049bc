// A step of the ratchet on receiving: which key opens this message, and the state to keep if it does. Until its tag was found right anybody may
// have written it, so no more is computed than its key; what it moves on is settled after that.
//
//   1. a key that was skipped earlier
//   2. a chain that is known: move it on, keep what lies between
//   3. a new chain: bring the last one to its end, agree anew
import { isEqual } from '../../../base/bytes.ts';
import type { Primitives } from '../primitives/curves.ts';
import type { AgreementPublic, MessageKey } from '../primitives/keys.ts';
import type { Dialect, RatchetHeader } from '../wire/dialect.ts';
import { nextMessage, nextRoot } from './chains.ts';
import { advance, forgetSkipped, keepSkipped, runAhead, takeSkipped } from './skip.ts';
import { CHAINS_KNOWN, CHAINS_WITH_KEY, HEARTBEAT_AT, MOST_SKIPPED, type RatchetState, type ReceivingChain } from './state.ts';

export type ReceivingStep =
  | ({ readonly outcome: 'key'; readonly key: MessageKey; settle(): RatchetState } & Step)
  /** It was read before, or is too old to be read. */
  | { readonly outcome: 'repeat' }
  /** It claims more messages before it than we are ready to compute. */
  | { readonly outcome: 'too-far' }
  | { readonly outcome: 'bad-key' };

export interface Step {
  /** It is the newest that was heard, not one that came late. */
  readonly isNewest: boolean;
  /** They have written many without an answer: an empty one lets them begin a new chain. */
  readonly heartbeat: boolean;
}

type Here = Pick<RatchetHeader, 'n' | 'ratchet'>;

export async function stepToReceive(
  primitives: Primitives,
  dialect: Dialect,
  state: RatchetState,
  header: RatchetHeader,
): Promise<ReceivingStep> {
  const taken = takeSkipped(state.skipped, header.ratchet, header.n);
  if (taken)
    return { outcome: 'key', key: taken.key, settle: () => ({ ...state, skipped: taken.left }), isNewest: false, heartbeat: false };
  const known = state.receiving.findIndex((chain) => isEqual(chain.theirs, header.ratchet));
  return known < 0 ? beginChain(primitives, dialect, state, header) : moveOn(state, known, header);
}

/** Whether a message with this ratchet key can only belong to this session. */
export const knowsChain = (state: RatchetState, ratchet: AgreementPublic): boolean =>
  state.receiving.some((chain) => isEqual(chain.theirs, ratchet));

function moveOn(state: RatchetState, at: number, here: Here): ReceivingStep {
  const chain = state.receiving[at];
  if (!chain?.key || here.n < chain.next) return { outcome: 'repeat' };
  if (here.n - chain.next > MOST_SKIPPED) return { outcome: 'too-far' };
  const { message: key } = nextMessage(runAhead(chain.key, chain.next, here.n));
  const heartbeat = at === 0 && here.n >= HEARTBEAT_AT && !chain.heartbeat;
  return { outcome: 'key', key, isNewest: at === 0, heartbeat, settle: () => movedOn(state, at, here.n, heartbeat) };
}

function movedOn(state: RatchetState, at: number, n: number, heartbeat: boolean): RatchetState {
  const chain = state.receiving[at];
  if (!chain?.key) throw new Error('a chain was moved on and is not there');
  const { chain: key, skipped } = advance(chain.key, chain.next, n);
  const moved: ReceivingChain = { ...chain, key: nextMessage(key).chain, next: n + 1, ...(heartbeat && { heartbeat }) };
  return { ...state, receiving: state.receiving.with(at, moved), skipped: keepSkipped(state.skipped, chain.theirs, skipped) };
}

async function beginChain(
  { curves }: Primitives,
  dialect: Dialect,
  state: RatchetState,
  { n, previous, ratchet }: RatchetHeader,
): Promise<ReceivingStep> {
  if (n > MOST_SKIPPED) return { outcome: 'too-far' };
  const agreed = state.own && (await curves.agree(state.own.secret, ratchet));
  if (!agreed) return { outcome: 'bad-key' };
  const { root, chain } = nextRoot(state.root, agreed, dialect.rootInfo);
  const begun: ReceivingChain = { theirs: ratchet, key: chain, next: 0 };
  const step = moveOn({ ...state, receiving: [begun] }, 0, { n, ratchet });
  if (step.outcome !== 'key') return step;
  return { ...step, settle: () => movedOn(withChain({ ...state, root }, begun, previous), 0, n, step.heartbeat) };
}

function withChain(state: RatchetState, begun: ReceivingChain, length: number): RatchetState {
  const { sending, ...ended } = endChain(state, length);
  const receiving = [begun, ...ended.receiving.map(fade)].slice(0, CHAINS_KNOWN);
  return {
    ...ended,
    theirs: begun.theirs,
    previous: sending ? sending.next : state.previous,
    receiving,
    skipped: forgetSkipped(ended.skipped, receiving),
  };
}

/** Keeps the keys of what is still to come of the newest chain. A gap beyond reason is given up, and the conversation goes on. */
function endChain(state: RatchetState, length: number): RatchetState {
  const [last] = state.receiving;
  const missing = last ? length - last.next : 0;
  if (!last?.key || missing <= 0 || missing > MOST_SKIPPED) return state;
  const { chain, skipped } = advance(last.key, last.next, length);
  return {
    ...state,
    receiving: state.receiving.with(0, { ...last, key: chain, next: length }),
    skipped: keepSkipped(state.skipped, last.theirs, skipped),
  };
}

function fade(chain: ReceivingChain, at: number): ReceivingChain {
  if (at + 1 < CHAINS_WITH_KEY || !chain.key) return chain;
  const { theirs, next } = chain;
  return { theirs, next };
}
