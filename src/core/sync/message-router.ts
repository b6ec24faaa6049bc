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
import { isDelayed, trustedTime, type TrustedTime } from './authority/delay.ts';
import { acceptDevicesEvent } from './authority/devices-event.ts';
import { acceptPrivateEvent } from './authority/private-event.ts';
import { trustedArchiveId } from './authority/stanza-id.ts';
import { inOrderOfTime, type ArchiveClient, type ArchiveClientNeeds, type ArchivedStanza } from './archive-client.ts';
import type { ChatStates } from './chat-states.ts';
import type { Company } from './company.ts';
import { Doorway } from './doorway.ts';
import type { Hearing } from './hearing.ts';
import type { OwnMessages } from './own-messages.ts';
import type { ReadSync } from './read-sync.ts';
import { partiesOf, type Acquaintance, type Circumstance } from './read-message.ts';
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
  readArchived: ArchiveClientNeeds['read'];
  /** Pages of the account's archive are on their way. */
  isCatchingUp(): boolean;
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

  /** The stream is another: whatever waited for a room is in no room any more, and what the archive has is asked for anew. */
  startOver(): void {
    this.#doorway.clear();
  }

  /** We are in the room: what it said before can be understood. Its archive, which is asked now, has what bears its id, and knows where it stands. */
  entered(room: Address): void {
    const archive = this.#needs.believedArchive(room);
    for (const { stanza } of this.#doorway.take(room)) if (trustedArchiveId(stanza, archive) === undefined) this.#hear(stanza, false);
  }

  /**
   * A page of the account's archive: what it has waits no longer. The last one takes in what none had and is no newer: an engine may keep what
   * was said to nobody longer than its archive does.
   */
  joinPage(results: readonly ArchivedStanza[], isLast: boolean): readonly ArchivedStanza[] {
    const { self, readArchived } = this.#needs;
    const ids = new Set(results.map(({ archiveId }) => archiveId));
    this.#doorway.take(self, ({ archived }) => ids.has(archived?.how.archiveId ?? ''));
    const newest = results.at(-1)?.sentAt ?? Infinity;
    const left = isLast ? this.#doorway.take(self, ({ archived }) => (archived?.how.sentAt ?? Infinity) <= newest) : [];
    const read = left.flatMap(({ archived }) =>
      archived ? [{ ...archived.how, said: readArchived(archived.message, archived.how, undefined) }] : [],
    );
    return read.length === 0 ? results : inOrderOfTime([...read, ...results]);
  }

  /** No page comes any more: what had a place in none is heard now. */
  caughtUp(): void {
    for (const { stanza } of this.#doorway.take(this.#needs.self)) this.handle(stanza);
  }

  handle(stanza: Element): void {
    if (claimsOf(stanza).length > 1) return this.#needs.forged('wrappers');
    const result = this.#needs.archive.offer(stanza);
    if (result === 'forged') return this.#needs.forged('archive result');
    if (result === 'taken') return;
    const carbon = unwrapCarbon(stanza, this.#needs.self);
    if (carbon === 'forged') return this.#needs.forged('carbon');
    if (carbon) return this.#hear(carbon.message, true, stanza);
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

  #hear(message: Element, isCopy: boolean, stanza: Element = message): void {
    const { type } = message.attributes;
    if (type === 'error') return isCopy ? undefined : this.#hearError(message);
    if (type === 'headline') return;
    const isRoom = type === 'groupchat';
    const room = bareOf(message.attributes['from'] ?? '');
    if (isRoom && !this.#needs.who.isRoom(room)) return;
    if (isRoom && this.#needs.who.isEntering(room)) return void (isCopy || this.#doorway.wait(room, { stanza }));
    const conversation = isRoom ? room : partiesOf(message, this.#needs.self)?.other;
    if (conversation === undefined) return;
    if (!isRoom && this.#waits(message, stanza)) return;
    const how = this.#circumstanceOf(message, conversation, isRoom);
    const occupant = isRoom ? this.#needs.who.occupantOf(room, message) : undefined;
    const arrival = { message, conversation, isRoom, how, fromArchive: false, occupant };
    this.#needs.opener.hear(arrival, (said, words) => this.#take(said, words, arrival, isCopy));
  }

  /**
   * An engine hands it on late, and the pages that come know where it stands. Nobody has to believe its id for that: who makes one up is heard
   * later. Nothing is opened, and the archive not known any further: a core that dies now finds it there.
   */
  #waits(message: Element, stanza: Element): boolean {
    const { self, isCatchingUp } = this.#needs;
    const archiveId = trustedArchiveId(message, self);
    if (archiveId === undefined || !isCatchingUp()) return false;
    const late = [message, stanza].find((one) => isDelayed(one, this.#ownServer));
    if (!late) return false;
    const { at: sentAt, certain: timeCertain } = this.#timeOf(late, this.#ownServer);
    return this.#doorway.wait(self, { stanza, archived: { message, how: { archiveId, sentAt, timeCertain } } });
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
    const { at: sentAt, certain: timeCertain } = this.#timeOf(message, isRoom ? [other] : this.#ownServer);
    const archiveId = trustedArchiveId(message, this.#needs.believedArchive(other));
    return { sentAt, timeCertain, ...(archiveId !== undefined && { archiveId }) };
  }

  #timeOf(message: Element, trusted: readonly Address[]): TrustedTime {
    return trustedTime(message, { trusted, now: this.#needs.now() });
  }
}
