// Results of the archive: only of a query that waits, and only from the archive that was asked.
import type { Address } from '../../../model/account.ts';
import { isArchiveResult, queryNamedIn, readArchiveResult, type ArchiveResult } from '../../../xmpp/codecs/archive.ts';
import { isCarbon } from '../../../xmpp/codecs/carbons.ts';
import { bareOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Judged } from './judged.ts';

export interface ArchiveExpectations {
  ownBare: Address;
  /** Queries under way, by their id: the own bare address, or the room that was asked. */
  waiting: ReadonlyMap<string, Address>;
}

export function acceptArchiveResult(stanza: Element, { ownBare, waiting }: ArchiveExpectations): Judged<ArchiveResult> {
  if (!isArchiveResult(stanza)) return undefined;
  const result = readArchiveResult(stanza);
  const expected = result && waiting.get(result.queryId);
  if (!result || !expected || stanza.attributes['type'] === 'error' || isCarbon(stanza)) return 'forged';
  // Prosody leaves the sender out where the own account was asked; from anybody else a sender is always stamped.
  const from = stanza.attributes['from'] ?? ownBare;
  if (from !== expected) return 'forged';
  return isPlainMessage(result.message, expected, ownBare) ? result : 'forged';
}

/** The query under way whose result came from the right archive and cannot be read: its page is not whole. */
export function queryOfBrokenResult(stanza: Element, { ownBare, waiting }: ArchiveExpectations): string | undefined {
  const name = readArchiveResult(stanza) ? '' : (queryNamedIn(stanza) ?? '');
  return waiting.get(name) === (stanza.attributes['from'] ?? ownBare) ? name : undefined;
}

/** The own archive also keeps what forgers sent us: a wrapper that was archived is no wrapper. A room speaks for its occupants alone. */
function isPlainMessage(message: Element, archive: Address, ownBare: Address): boolean {
  if (isCarbon(message) || isArchiveResult(message)) return false;
  const { from = '', type } = message.attributes;
  return archive === ownBare || (type === 'groupchat' && bareOf(from) === archive);
}
