// A session with one device: who it is with, its ratchet, and the key exchange that goes along until the other side was heard.
import type { Primitives } from './primitives/curves.ts';
import type { AgreementPair, AgreementPublic, IdentityPublic, RootKey } from './primitives/keys.ts';
import { beginExchange } from './exchange/x3dh.ts';
import type { Bundle } from './exchange/bundle.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import { openInRatchet, sealInRatchet, type RatchetOpening } from './ratchet/seal.ts';
import { beginAsInitiator, beginAsResponder, type RatchetState } from './ratchet/state.ts';
import type { Dialect, KeyExchange, RatchetMessage } from './wire/dialect.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Session {
  readonly theirs: IdentityPublic;
  readonly role: 'initiator' | 'responder';
  /** Of the key exchange: the same one seen again belongs to this session. */
  readonly ephemeral: AgreementPublic;
  /** What the tags are over beside each message, one for each direction. */
  readonly associated: { readonly sent: Bytes; readonly received: Bytes };
  readonly ratchet: RatchetState;
  /** As long as it is not known to have arrived. */
  readonly exchange?: Pick<KeyExchange, 'preKeyId' | 'signedPreKeyId'>;
}

export interface Sealed {
  readonly bytes: Bytes;
  /** It carries the key exchange, and has to say so. */
  readonly withExchange: boolean;
}

export type Beginning =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly why: 'not-signed' | 'no-prekeys' | 'bad-key' };

export async function beginSession(primitives: Primitives, dialect: Dialect, own: OwnKeys, bundle: Bundle): Promise<Beginning> {
  const begun = await beginExchange(primitives, dialect, own, bundle);
  if (!begun.ok) return begun;
  const { ephemeral, preKeyId, signedPreKeyId } = begun.exchange;
  const ratchet = beginAsInitiator(begun.root, begun.theirs);
  const associated = associate(dialect, own.identity.public, bundle.identity, 'initiator');
  return {
    ok: true,
    session: { theirs: bundle.identity, role: 'initiator', ephemeral, associated, ratchet, exchange: { preKeyId, signedPreKeyId } },
  };
}

export function answerSession(dialect: Dialect, own: OwnKeys, exchange: KeyExchange, root: RootKey, signed: AgreementPair): Session {
  const { identity, ephemeral } = exchange;
  const associated = associate(dialect, own.identity.public, identity, 'responder');
  return { theirs: identity, role: 'responder', ephemeral, associated, ratchet: beginAsResponder(root, signed) };
}

function associate(dialect: Dialect, ours: IdentityPublic, theirs: IdentityPublic, role: Session['role']): Session['associated'] {
  return { sent: dialect.associated(ours, theirs, role === 'initiator'), received: dialect.associated(theirs, ours, role === 'responder') };
}

export async function sealInSession(
  primitives: Primitives,
  dialect: Dialect,
  own: OwnKeys,
  session: Session,
  plaintext: Bytes,
): Promise<{ session: Session; sealed: Sealed }> {
  const { state: ratchet, message } = await sealInRatchet(primitives, dialect, session.ratchet, session.associated.sent, plaintext);
  const { exchange, ephemeral } = session;
  const identity = own.identity.public;
  const bytes = exchange ? dialect.writeExchange({ ...exchange, identity, ephemeral }, message) : message;
  return { session: { ...session, ratchet }, sealed: { bytes, withExchange: exchange !== undefined } };
}

export type SessionOpening =
  | (Extract<RatchetOpening, { outcome: 'opened' }> & { readonly session: Session })
  | Exclude<RatchetOpening, { outcome: 'opened' }>;

export async function openInSession(
  primitives: Primitives,
  dialect: Dialect,
  session: Session,
  message: RatchetMessage,
): Promise<SessionOpening> {
  const opening = await openInRatchet(primitives, dialect, session.ratchet, session.associated.received, message);
  if (opening.outcome !== 'opened') return opening;
  // They have answered, so they have the key exchange.
  const { exchange: _arrived, ...rest } = session;
  return { ...opening, session: { ...rest, ratchet: opening.state } };
}
