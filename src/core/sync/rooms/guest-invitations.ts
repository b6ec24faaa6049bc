// Asking somebody into a room: directly, or through the room where it lets in only those whom it has on its list.
//   said → the other service is asked whether it is there → its word, behind which a refusal would have come first
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../../model/failure.ts';
import { writeInvitation, writeInvitationThroughRoom } from '../../../xmpp/codecs/invitation.ts';
import { writePing } from '../../../xmpp/codecs/ping.ts';
import { readStanzaError, type StanzaError } from '../../../xmpp/codecs/stanza-error.ts';
import { bareOf, domainOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';
import { say, type Line } from '../live-needs.ts';

export interface GuestWish {
  /** Unique: a refusal names it. */
  id: string;
  room: Address;
  person: Address;
  isMembersOnly: boolean;
}

const UNKNOWN: ReadonlySet<string> = new Set(['item-not-found', 'service-unavailable', 'remote-server-not-found', 'gone', 'jid-malformed']);
const FORBIDDEN: ReadonlySet<string> = new Set(['forbidden', 'not-allowed', 'not-authorized', 'not-acceptable']);

export class GuestInvitations {
  readonly #line: Line;
  readonly #open = new Map<string, { from: Address; failure?: Failure }>();

  constructor(line: Line) {
    this.#line = line;
  }

  async invite({ id, room, person, isMembersOnly }: GuestWish): Promise<Answer<void>> {
    const asked: { from: Address; failure?: Failure } = { from: isMembersOnly ? room : person };
    this.#open.set(id, asked);
    const said = say(this.#line, isMembersOnly ? writeInvitationThroughRoom(room, person, id) : writeInvitation(room, person, id));
    const heard = said.ok ? await this.#line.ask(writePing(isMembersOnly ? room : domainOf(person))) : said;
    this.#open.delete(id);
    if (asked.failure) return failed(asked.failure);
    // Who answers that it is not to be asked has answered.
    return heard.ok || heard.failure.kind === 'refused' || heard.failure.kind === 'not-found' ? succeeded(undefined) : heard;
  }

  /** Whether this refuses what was asked here. */
  hearRefusal(message: Element): boolean {
    const error = readStanzaError(message);
    const asked = error && this.#open.get(message.attributes['id'] ?? '');
    if (!asked || asked.from !== bareOf(message.attributes['from'] ?? '')) return false;
    asked.failure = failureOfInvitation(error);
    return true;
  }
}

function failureOfInvitation({ condition, blocked, text }: StanzaError): Failure {
  const said = text && { said: text };
  if (blocked) return { kind: 'refused', reason: 'blocked', ...said };
  if (FORBIDDEN.has(condition)) return { kind: 'refused', reason: 'forbidden', ...said };
  return { kind: 'refused', reason: UNKNOWN.has(condition) ? 'unknown-person' : 'other', ...said };
}
