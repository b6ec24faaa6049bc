// What one go at one service works with, and what it ends in.
import type { Address } from '../../model/account.ts';
import type { ServiceKnowledge, World } from '../ports.ts';
import type { SaslClient } from './sasl-client.ts';
import type { Secrets } from './secrets.ts';
import type { Stream } from './stream.ts';

export type SignInWorld = Pick<World, 'clock' | 'random' | 'subtle' | 'log'>;

export interface Attempt {
  world: SignInWorld;
  stream: Stream;
  address: Address;
  domain: string;
  /** The part of the address that names this device, the same each time, so that a new stream replaces the old one. */
  resource: string;
  secrets: Secrets;
  known: ServiceKnowledge;
  /** As known, or slower where the offers of this very stream call for it. */
  pace: ServiceKnowledge['pace'];
  learn(lesson: ServiceKnowledge): void;
  /** A session of an earlier stream that the engine may still hold. */
  resumable: { id: string; handled: number } | undefined;
  /** The engine no longer holds it, and had handled so many. */
  resumeRefused(handled: number | undefined): void;
  /** A fresh session is on its way. What is written from here travels behind its bind. */
  beginFresh(): void;
}

export interface Established {
  address: string;
  session: { how: 'fresh'; management: Management | undefined } | { how: 'resumed'; handled: number };
  /** Undefined where the offers are still on their way. */
  clientState: boolean | undefined;
  client: SaslClient;
  token?: { token: string; expiresAt: number } | undefined;
  learned: ServiceKnowledge;
}

/** The engine counts. It can carry the session over to another stream only under an id. */
export interface Management {
  id?: string;
  withinMs?: number;
}
