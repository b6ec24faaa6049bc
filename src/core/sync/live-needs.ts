// What people and rooms need of the rest of the core, no more than that.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Changes, Connection, ConversationRecord, FactName, Log } from '../ports.ts';
import type { ConversationPatch } from './book.ts';

export type Line = Pick<Connection, 'ask' | 'send' | 'fullAddress'>;

/** The conversations of the account; every change reaches the disk with the next grouped commit. */
export interface Book {
  get(id: ConversationId): ConversationRecord | undefined;
  all(): Iterable<ConversationRecord>;
  change(id: ConversationId, patch: ConversationPatch): ConversationRecord;
}

/** Small named things that survive a restart. */
export interface Facts {
  fact<T>(name: FactName): Promise<T | undefined>;
  setFact(name: FactName, value: unknown): void;
}

export interface LiveNeeds {
  /** The own bare address. */
  self: Address;
  connection: Line;
  book: Book;
  facts: Facts;
  changes: Changes;
  clock: Clock;
  log: Log;
}

/** Says something, and tells at once where nobody hears it. */
export function say(connection: Line, stanza: Element): Answer<void> {
  let isLost = false;
  connection.send(stanza, (fate) => {
    isLost ||= fate === 'lost';
  });
  return isLost ? failed({ kind: 'offline' }) : succeeded(undefined);
}
