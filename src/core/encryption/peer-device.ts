// All that is known of another device: its identity, and the sessions with it, the one it was last heard on first.
//
// When both begin at the same time there are two sessions, and both are kept.
//
//   1. what they begin is answered where they began it, by an empty message
//   2. what we say goes on where we began, with the key exchange beside it: who kept theirs can read that, and who keeps only the last as well
//   3. as soon as they are heard again, what we say goes where they spoke, and so both end up on one
import { isEqual } from '../../base/bytes.ts';
import { acceptExchange } from './exchange/x3dh.ts';
import { withPreKeyUsed, type OwnKeys } from './exchange/own-keys.ts';
import type { Primitives } from './primitives/curves.ts';
import type { IdentityPublic } from './primitives/keys.ts';
import { knowsChain } from './ratchet/receive.ts';
import { keepTogether } from './ratchet/skip.ts';
import { answerSession, openInSession, sealInSession, type Sealed, type Session, type SessionOpening } from './session.ts';
import type { Dialect, KeyExchange, RatchetMessage } from './wire/dialect.ts';

export interface PeerDevice {
  /** The first that was seen. It does not change: a device with another one is another device. */
  readonly identity: IdentityPublic;
  readonly sessions: readonly Session[];
}

const MOST_SESSIONS = 5;

type Bytes = Uint8Array<ArrayBuffer>;

export interface Incoming {
  readonly bytes: Bytes;
  readonly withExchange: boolean;
}

export type Opening =
  | {
      readonly outcome: 'opened';
      readonly device: PeerDevice;
      readonly own: OwnKeys;
      readonly plaintext: Bytes;
      /** The other side waits for an empty message: to know that its key exchange arrived, or to begin a new chain. */
      readonly answer?: 'exchange' | 'heartbeat';
    }
  /** It was read before. Nobody is told. */
  | { readonly outcome: 'repeat' }
  /** A person is told that something could not be read. Never a reason to begin a new session by ourselves. */
  | { readonly outcome: 'refused'; readonly why: Unreadable };

export type Unreadable = 'malformed' | 'no-session' | 'not-for-us' | 'too-far' | 'bad-key' | 'unknown-prekey' | 'other-identity';

export async function openFromDevice(
  primitives: Primitives,
  dialect: Dialect,
  own: OwnKeys,
  device: PeerDevice | undefined,
  incoming: Incoming,
): Promise<Opening> {
  if (!incoming.withExchange) {
    const message = dialect.readMessage(incoming.bytes);
    return message ? openInKnown(primitives, dialect, own, device, message) : refuse('malformed');
  }
  const read = dialect.readExchange(incoming.bytes);
  if (!read) return refuse('malformed');
  const { exchange, message } = read;
  if (device && !isEqual(device.identity, exchange.identity)) return refuse('other-identity');
  const known = device?.sessions.find(({ ephemeral, role }) => role === 'responder' && isEqual(ephemeral, exchange.ephemeral));
  if (device && known) return openInKnown(primitives, dialect, own, device, message, known);
  return openAnew(primitives, dialect, own, device, exchange, message);
}

async function openInKnown(
  primitives: Primitives,
  dialect: Dialect,
  own: OwnKeys,
  device: PeerDevice | undefined,
  message: RatchetMessage,
  only?: Session,
): Promise<Opening> {
  let unread = refuse('no-session');
  for (const session of device ? candidates(device, message, only) : []) {
    const opening = await openInSession(primitives, dialect, session, message);
    if (opening.outcome === 'opened') return opened(own, device!, session, opening);
    unread = unopened(opening);
  }
  return unread;
}

function opened(own: OwnKeys, device: PeerDevice, before: Session, opening: Extract<SessionOpening, { outcome: 'opened' }>): Opening {
  const { session, plaintext, isNewest, heartbeat } = opening;
  const after = isNewest ? heardOn(device, before, session) : replace(device, before, session);
  return { outcome: 'opened', device: after, own, plaintext, ...(heartbeat && { answer: 'heartbeat' }) };
}

/** A chain that is known names its session; a new one could belong to any. */
function candidates({ sessions }: PeerDevice, { header }: RatchetMessage, only: Session | undefined): readonly Session[] {
  if (only) return [only];
  const owner = sessions.find(({ ratchet }) => knowsChain(ratchet, header.ratchet));
  return owner ? [owner] : sessions;
}

async function openAnew(
  primitives: Primitives,
  dialect: Dialect,
  own: OwnKeys,
  device: PeerDevice | undefined,
  exchange: KeyExchange,
  message: RatchetMessage,
): Promise<Opening> {
  const accepted = await acceptExchange(primitives, dialect, own, exchange);
  if (!accepted.ok) return refuse(accepted.why);
  const begun = answerSession(dialect, own, exchange, accepted.root, accepted.signed.pair);
  const opening = await openInSession(primitives, dialect, begun, message);
  if (opening.outcome !== 'opened') return unopened(opening);
  return {
    outcome: 'opened',
    device: metOn(device ?? { identity: exchange.identity, sessions: [] }, opening.session),
    own: withPreKeyUsed(own, accepted.preKey.id),
    plaintext: opening.plaintext,
    answer: 'exchange',
  };
}

function heardOn(device: PeerDevice, before: Session | undefined, after: Session): PeerDevice {
  const others = device.sessions.filter((one) => one !== before);
  return withSessions(device, [after, ...others]);
}

/** The first of a session. As long as it is not known whether ours arrived, ours comes first. */
function metOn(device: PeerDevice, begun: Session): PeerDevice {
  const [first, ...others] = device.sessions;
  const sessions = first?.exchange ? [first, begun, ...others] : [begun, ...device.sessions];
  return withSessions(device, sessions);
}

const replace = (device: PeerDevice, before: Session, after: Session): PeerDevice =>
  withSessions(device, device.sessions.map((one) => (one === before ? after : one))); // oxfmt-ignore

/** Whoever begins one session after another, each with a gap before it, makes us keep no more for that. */
function withSessions(device: PeerDevice, all: readonly Session[]): PeerDevice {
  const sessions = all.slice(0, MOST_SESSIONS);
  const skipped = keepTogether(sessions.map(({ ratchet }) => ratchet.skipped));
  return { ...device, sessions: sessions.map((one, at) => withSkipped(one, skipped[at] ?? [])) };
}

const withSkipped = (session: Session, skipped: Session['ratchet']['skipped']): Session =>
  session.ratchet.skipped === skipped ? session : { ...session, ratchet: { ...session.ratchet, skipped } };

/** A session that this side begins is the one to send on until the other side was heard. */
export function withSession(device: PeerDevice | undefined, session: Session): PeerDevice {
  return heardOn(device ?? { identity: session.theirs, sessions: [] }, undefined, session);
}

/** What a person asks for when nothing can be read any more: the next message begins a new session. */
export const withoutSessions = (device: PeerDevice): PeerDevice => ({ ...device, sessions: [] });

/** Undefined where a session has to be begun first. An answer goes where they were heard and nobody has spoken since. */
export async function sealForDevice(
  primitives: Primitives,
  dialect: Dialect,
  own: OwnKeys,
  device: PeerDevice,
  plaintext: Bytes,
  isAnswer = false,
): Promise<{ device: PeerDevice; sealed: Sealed } | undefined> {
  const [first] = device.sessions;
  const before = (isAnswer && device.sessions.find(({ ratchet }) => !ratchet.sending)) || first;
  if (!before) return undefined;
  const { session, sealed } = await sealInSession(primitives, dialect, own, before, plaintext);
  return { device: replace(device, before, session), sealed };
}

const unopened = ({ outcome }: Exclude<SessionOpening, { outcome: 'opened' }>): Opening =>
  outcome === 'repeat' ? { outcome } : refuse(outcome);

const refuse = (why: Unreadable): Opening => ({ outcome: 'refused', why });
