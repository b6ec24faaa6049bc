// Where a message stanza goes: archive result, copy from another device, error, receipt, words. Every sender is judged before anything is read.
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Failure } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { readChatState } from '../../xmpp/codecs/chat-state.ts';
import { readStanzaError } from '../../xmpp/codecs/stanza-error.ts';
import type { Item, NodeEvent } from '../../xmpp/codecs/pubsub.ts';
import { claimsOf } from '../../xmpp/claims.ts';
import { NS_DEVICE_STREAMS, NS_MDS } from '../../xmpp/namespaces.ts';
import { bareOf, domainOf } from '../../xmpp/jid.ts';
import type { Element } from '../../xmpp/xml.ts';
import { mayBounce } from './authority/bounce.ts';
import { unwrapCarbon } from './authority/carbon.ts';
import { trustedTime } from './authority/delay.ts';
import { acceptDevicesEvent } from './authority/devices-event.ts';
import { acceptPrivateEvent } from './authority/private-event.ts';
import { trustedArchiveId } from './authority/stanza-id.ts';
import type { ArchiveClient } from './archive-client.ts';
import type { ChatStates } from './chat-states.ts';
import type { Company } from './company.ts';
import type { Hearing } from './hearing.ts';
import type { OwnMessages } from './own-messages.ts';
import type { ReadSync } from './read-sync.ts';
import { partiesOf, type Acquaintance, type Circumstance } from './read-message.ts';
import { Doorway } from './rooms/doorway.ts';
import type { Arrival, Opener } from './sealed/opener.ts';
import type { Sighting } from './sighting.ts';

export interface MessageRouterNeeds {
  self: Address;
  who: Acquaintance & Pick<Company, 'isEntering'>;
  archive: ArchiveClient;
  opener: Opener;
  readSync: ReadSync;
  /** By the clock that the engine's agrees with. */
  now(): number;
  /** The archive whose ids may be believed: only one that is known to strip what others claim in its name. */
  believedArchive(conversation: ConversationId): Address | undefined;
  hearing: Pick<Hearing, 'words' | 'mark'>;
  own: Pick<OwnMessages, 'refused'>;
  states: Pick<ChatStates, 'heard'>;
  heardDevices(person: Address, items: readonly Item[]): void;
  failureOf(stanza: Element): Failure;
  /** A stanza that claims what its sender may not say. */
  forged(what: string): void;
}

export class MessageRouter {
  readonly #needs: MessageRouterNeeds;
  readonly #doorway = new Doorway();
  /** Whose word counts on when a message of one person was sent. */
  readonly #ownServer: readonly Address[];

  constructor(needs: MessageRouterNeeds) {
    this.#needs = needs;
    this.#ownServer = [needs.self, (domainOf(needs.self) ?? '') as Address];
  }

  /** The stream is another: whatever waited for a room is in no room any more. */
  startOver(): void {
    this.#doorway.clear();
  }

  /** We are in the room: what it said before can be understood. Its archive, which is asked now, has what bears its id, and knows where it stands. */
  entered(room: Address): void {
    const archive = this.#needs.believedArchive(room);
    for (const message of this.#doorway.take(room)) if (trustedArchiveId(message, archive) === undefined) this.#hear(message, false);
  }

  handle(stanza: Element): void {
    if (claimsOf(stanza).length > 1) return this.#needs.forged('wrappers');
    const result = this.#needs.archive.offer(stanza);
    if (result === 'forged') return this.#needs.forged('archive result');
    if (result === 'taken') return;
    const carbon = unwrapCarbon(stanza, this.#needs.self);
    if (carbon === 'forged') return this.#needs.forged('carbon');
    if (carbon) return this.#hear(carbon.message, true);
    const event = acceptPrivateEvent(stanza, this.#needs.self);
    if (event === 'forged') return this.#needs.forged('event');
    if (event) return this.#hearOwn(event);
    const devices = acceptDevicesEvent(stanza);
    if (devices === 'forged') return this.#needs.forged('event');
    if (devices) return this.#needs.heardDevices(devices.person, devices.items);
    this.#hear(stanza, false);
  }

  #hearOwn({ node, items }: NodeEvent): void {
    if (node === NS_MDS) this.#needs.readSync.hear(items);
    else if (node === NS_DEVICE_STREAMS) this.#needs.heardDevices(this.#needs.self, items);
  }

  #hear(message: Element, isCopy: boolean): void {
    const { type } = message.attributes;
    if (type === 'error') return isCopy ? undefined : this.#hearError(message);
    if (type === 'headline') return;
    const isRoom = type === 'groupchat';
    const room = bareOf(message.attributes['from'] ?? '');
    if (isRoom && !this.#needs.who.isRoom(room)) return;
    if (isRoom && this.#needs.who.isEntering(room)) return isCopy ? undefined : this.#doorway.wait(room, message);
    const conversation = isRoom ? room : partiesOf(message, this.#needs.self)?.other;
    if (conversation === undefined) return;
    const how = this.#circumstanceOf(message, conversation, isRoom);
    const occupant = isRoom ? this.#needs.who.occupantOf(room, message) : undefined;
    const arrival = { message, conversation, isRoom, how, fromArchive: false, occupant };
    this.#needs.opener.hear(arrival, (said, words) => this.#take(said, words, arrival, isCopy));
  }

  #take(message: Element, words: Sighting | undefined, { conversation, isRoom, occupant }: Arrival, isCopy: boolean): void {
    const { hearing } = this.#needs;
    if (words) hearing.words(words);
    hearing.mark(message);
    if (isCopy || words?.own) return;
    const isWriting = !words && readChatState(message) === 'composing';
    if (isRoom) this.#hearStateInRoom(conversation, occupant, isWriting);
    else this.#hearState(message, isWriting);
  }

  #hearStateInRoom(room: Address, occupant: Arrival['occupant'], isWriting: boolean): void {
    if (occupant && !occupant.own) this.#needs.states.heard(room, occupant.author, occupant.name, isWriting);
  }

  #hearState(message: Element, isWriting: boolean): void {
    const { who, self } = this.#needs;
    const person = bareOf(message.attributes['from'] ?? '');
    if (person !== self && !who.isRoom(person)) this.#needs.states.heard(person, person, who.nameOf(person), isWriting);
  }

  #hearError(stanza: Element): void {
    const { id, from } = stanza.attributes;
    const { self, failureOf, own } = this.#needs;
    const to = bareOf(from ?? '');
    if (!id || !from || to === '' || !mayBounce(from, to, self)) return;
    own.refused(id as MessageId, to, failureOf(stanza), readStanzaError(stanza)?.condition === 'not-acceptable');
  }

  #circumstanceOf(message: Element, other: Address, isRoom: boolean): Circumstance {
    const { now, believedArchive } = this.#needs;
    const trusted = isRoom ? [other] : this.#ownServer;
    const { at: sentAt, certain: timeCertain } = trustedTime(message, { trusted, now: now() });
    const archiveId = trustedArchiveId(message, believedArchive(other));
    return { sentAt, timeCertain, ...(archiveId !== undefined && { archiveId }) };
  }
}
