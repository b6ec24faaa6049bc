// The rooms of the account: which are kept, what they are called, and being in them.
import type { Address } from '../../../model/account.ts';
import type { ConversationId, RoomState } from '../../../model/conversation.ts';
import { failed, succeeded, type Answer, type Failure } from '../../../model/failure.ts';
import type { AuthorId } from '../../../model/message.ts';
import { readInvitation } from '../../../xmpp/codecs/invitation.ts';
import { readMessage } from '../../../xmpp/codecs/message.ts';
import { readAffiliationNotice, readRoomNotice, readVouchedAddress } from '../../../xmpp/codecs/room-presence.ts';
import { readStanzaError } from '../../../xmpp/codecs/stanza-error.ts';
import { bareOf, domainOf, parseAddress } from '../../../xmpp/jid.ts';
import { NS_BOOKMARKS, NS_MUC, NS_MUC_USER } from '../../../xmpp/namespaces.ts';
import { child, type Element } from '../../../xmpp/xml.ts';
import { readName } from '../authority/names.ts';
import { authorOfStamp, identifyOccupant } from '../authority/occupant.ts';
import { acceptPrivateEvent } from '../authority/private-event.ts';
import { titleOf } from '../book.ts';
import type { LiveNeeds } from '../live-needs.ts';
import { Attendance } from './attendance.ts';
import { BookmarksSync, type BookmarkChange } from './bookmarks-sync.ts';
import { GuestInvitations } from './guest-invitations.ts';
import type { Member } from './membership.ts';
import { addressesOf, isFit, membersOf } from './room-fitness.ts';
import type { Room } from './room.ts';
import { askInfo, isRoomService } from './room-questions.ts';

const LONGEST_SUBJECT = 1_000;
const MOST_INVITATIONS = 20;
/** The configuration changed: what the room is has to be asked again. */
const CONFIGURATION_CODES: ReadonlySet<number> = new Set([104, 170, 171, 172, 173, 174]);

export interface RoomNeeds extends LiveNeeds {
  /** The name to go by in rooms, where neither bookmark nor record says another. */
  ownName(): string;
  /** We are in, for the first time or again: what was missed can be fetched from the room's archive, where it keeps one. */
  joined?(room: Address, facts: { archive: boolean }): void;
  /** Who reads in a room may be otherwise. `before`: who it was until now, where that was known. */
  membersChanged?(room: Address, before: readonly Address[] | undefined): void;
}

export interface AuthorInRoom {
  author: AuthorId;
  name: string;
  own: boolean;
  /** The name seems made to be taken for another's. */
  suspicious: boolean;
  /** Whose name it is, where the room tells. */
  account?: Address;
}

export class RoomSync {
  readonly #needs: RoomNeeds;
  readonly #bookmarks: BookmarksSync;
  readonly #attendance: Attendance;
  readonly #guests: GuestInvitations;
  #isOnline = false;

  constructor(needs: RoomNeeds) {
    this.#needs = needs;
    this.#bookmarks = new BookmarksSync(needs);
    this.#guests = new GuestInvitations(needs.connection);
    this.#attendance = new Attendance({
      connection: needs.connection,
      clock: needs.clock,
      log: needs.log,
      changed: (room) => this.#changed(room),
      joined: (room) => needs.joined?.(room.address, { archive: room.info?.archive ?? false }),
      membersChanged: (room, before) => needs.membersChanged?.(room.address, before && addressesOf(before)),
      isEncrypted: (room) => needs.book.get(room)?.encryption === 'on',
    });
  }

  /** What the disk holds. To be awaited before the connection starts. */
  async load(): Promise<void> {
    await this.#bookmarks.load();
    for (const { room, autojoin } of this.#bookmarks.all()) if (autojoin) this.#plan(room);
    for (const { id, kind, room } of this.#needs.book.all()) if (kind === 'room' && room?.autojoin) this.#plan(id);
  }

  /** Travels in the same flight as the bind. */
  onOpening(): void {
    this.#attendance.onOpening();
    void this.#bookmarks.fetch().then((changes) => this.#follow(changes));
  }

  /** Joining is presence too: it comes behind the own one. */
  onOnline(how: 'fresh' | 'resumed'): void {
    this.#isOnline = true;
    if (how === 'fresh') this.#attendance.enterAll();
    this.#attendance.onOnline(how);
  }

  onOffline(): void {
    this.#isOnline = false;
    this.#attendance.onOffline();
  }

  /** Whether the stanza was about rooms alone. Words in rooms are left to whoever reads messages. */
  handle(stanza: Element): boolean {
    if (stanza.name === 'presence') return this.#attendance.hear(stanza) || isAboutRooms(stanza);
    return (
      stanza.name === 'message' &&
      (this.#guests.hearRefusal(stanza) || this.#heardEvent(stanza) || this.#heardInvitation(stanza) || this.#heardRoom(stanza))
    );
  }

  isRoom(address: Address): boolean {
    return this.#attendance.get(address) !== undefined || this.#needs.book.get(address)?.kind === 'room';
  }

  stateOf(id: ConversationId): RoomState | undefined {
    const record = this.#needs.book.get(id)?.room;
    const kept = record && {
      joined: 'left' as const,
      nick: record.nick,
      memberCount: 0,
      ...(record.subject && { subject: record.subject }),
      ...(record.invitedBy && { invitedBy: record.invitedBy }),
    };
    return this.#attendance.get(id)?.state() ?? kept;
  }

  nickOf(room: Address): string | undefined {
    return this.#attendance.get(room)?.nick ?? this.#needs.book.get(room)?.room?.nick;
  }

  isEntering(room: Address): boolean {
    return this.#attendance.get(room)?.isEntering ?? false;
  }

  hasArchive(room: Address): boolean {
    return this.#attendance.get(room)?.info?.archive ?? false;
  }

  /** Everybody on the lists of a room that can be encrypted, or why it cannot. What is not known has to be learnt first. */
  membersOf(address: Address): Answer<readonly Member[]> {
    const room = this.#attendance.get(address);
    return room ? membersOf(room) : failed({ kind: 'offline' });
  }

  /** As far as the room says; who belongs to it may not be known yet. */
  isPrivate(address: Address): boolean {
    const room = this.#attendance.get(address);
    return room?.info !== undefined && !room.isStale && isFit(room.info);
  }

  learnMembers(address: Address): Promise<void> {
    return this.#attendance.learnFitness(address);
  }

  /** Who wrote this; undefined for what the room itself says. In an archive a name may have been another's: there only the room's own word counts. */
  occupantOf(address: Address, message: Element, isArchived: boolean = false): AuthorInRoom | undefined {
    const room = this.#attendance.get(address);
    const occupantIds = room?.info?.occupantIds ?? false;
    const epochOf = (nick: string): number | undefined => room?.occupants.epochOf(nick);
    const occupant = identifyOccupant(message, { room: address, occupantIds, epochOf });
    if (!occupant) return undefined;
    const { author, name, suspicious, stable, nick } = occupant;
    const account = isArchived ? this.#vouched(room, message) : room?.occupants.get(nick)?.realAddress;
    const isOurs = isArchived && account ? account === this.#needs.self : nick === this.nickOf(address);
    const own = stable && room?.stamp ? author === authorOfStamp(address, room.stamp) : isOurs;
    return { author, name, own, suspicious, ...(account && { account }) };
  }

  /** A room that hides addresses lets through what others write there. */
  #vouched(room: Room | undefined, message: Element): Address | undefined {
    return room?.info?.showsAddresses ? readVouchedAddress(message) : undefined;
  }

  /** No room is made by a slip of the pen: what does not exist is said not to. */
  async joinRoom(text: string): Promise<Answer<ConversationId>> {
    const address = parseAddress(text);
    if (!address || address === this.#needs.self) return failed({ kind: 'address-invalid', address: text });
    if (!this.#isOnline) return failed({ kind: 'offline' });
    const info = await askInfo(this.#needs.connection, address);
    if (!info.ok && !(await this.#isDiscreetRoom(address, info.failure))) return info;
    const nick = this.#nickFor(address);
    const joined = await this.#attendance.join(address, nick);
    if (!joined.ok) {
      if (!this.#needs.book.get(address)) this.#attendance.leave(address);
      return joined;
    }
    this.#keepRecord(address, true);
    const name = info.ok ? info.value.name : undefined;
    const kept = await this.#bookmarks.keep(address, { autojoin: true, nick: this.nickOf(address) ?? nick, ...(name && { name }) });
    if (!kept.ok) this.#needs.log.info('a bookmark stays on this device', { failure: kept.failure.kind });
    return succeeded(address);
  }

  /** Only with a line: otherwise the other devices would bring it back. */
  async leaveRoom(id: ConversationId): Promise<Answer<void>> {
    if (!this.isRoom(id)) return failed({ kind: 'not-found' });
    if (!this.#isOnline) return failed({ kind: 'offline' });
    this.#attendance.leave(id);
    this.#keepRecord(id, false);
    const kept = this.#bookmarks.get(id) ? await this.#bookmarks.keep(id, { autojoin: false }) : succeeded(undefined);
    return kept.ok || kept.failure.kind === 'refused' ? succeeded(undefined) : kept;
  }

  /** Some rooms tell strangers nothing, and yet let them in. A person who tells nothing is no room: nobody is to be sent a join by mistake. */
  async #isDiscreetRoom(address: Address, failure: Failure): Promise<boolean> {
    return failure.kind === 'refused' && (await isRoomService(this.#needs.connection, domainOf(address) ?? ''));
  }

  #plan(address: Address): void {
    this.#attendance.plan(address, this.#nickFor(address), this.#needs.book.get(address)?.room?.subject);
    this.#keepRecord(address, true);
  }

  #nickFor(address: Address): string {
    return this.#bookmarks.get(address)?.nick ?? this.#needs.book.get(address)?.room?.nick ?? this.#needs.ownName();
  }

  #follow(changes: readonly BookmarkChange[]): void {
    for (const change of changes) {
      const address = 'kept' in change ? change.kept.room : change.dropped;
      if ('kept' in change && change.kept.autojoin) this.#enterKept(address);
      else if (this.isRoom(address)) this.#abandon(address);
    }
  }

  #enterKept(address: Address): void {
    const isNew = !this.#attendance.get(address);
    this.#plan(address);
    if (isNew && this.#isOnline) void this.#attendance.join(address, this.#nickFor(address));
  }

  #abandon(address: Address): void {
    this.#attendance.leave(address);
    this.#keepRecord(address, false);
  }

  #heardEvent(message: Element): boolean {
    const event = acceptPrivateEvent(message, this.#needs.self);
    if (event === 'forged') this.#needs.log.info('a forged private event was dropped');
    if (event === 'forged' || event?.node !== NS_BOOKMARKS) return event === 'forged';
    this.#follow(this.#bookmarks.hear(event));
    return true;
  }

  /** Only a contact may ask directly, and only so many may wait. To be in a room already is answer enough. */
  #heardInvitation(message: Element): boolean {
    const invitation = readInvitation(message);
    if (!invitation) return false;
    const { room, by } = invitation;
    const { book, clock, self } = this.#needs;
    const known = book.get(room);
    const inviter = by && book.get(by);
    const isWelcome = by === undefined || by === self || inviter?.standing === 'contact';
    if (!isWelcome || by === self || this.#attendance.get(room) || (known && known.kind !== 'room')) return true;
    if (known?.standing !== 'asks-for-contact' && this.#countInvitations() >= MOST_INVITATIONS) return true;
    const { nick, subject } = known?.room ?? { nick: this.#nickFor(room) };
    book.change(room, {
      kind: 'room',
      standing: 'asks-for-contact',
      title: known?.title ?? titleOf(room),
      room: { nick, autojoin: false, ...(subject && { subject }), ...(inviter && { invitedBy: inviter.title }) },
      lastActivityAt: clock.now(),
    });
    return true;
  }

  #countInvitations(): number {
    let count = 0;
    for (const { kind, standing } of this.#needs.book.all()) if (kind === 'room' && standing === 'asks-for-contact') count += 1;
    return count;
  }

  /** Only from inside: a room that does not have us is not ours to open. `id` is the message's own. */
  async invite(id: string, room: ConversationId, text: string): Promise<Answer<void>> {
    const person = parseAddress(text);
    const inside = this.#attendance.get(room);
    if (!person || person === this.#needs.self || this.isRoom(person)) return failed({ kind: 'address-invalid', address: text });
    if (!this.#isOnline) return failed({ kind: 'offline' });
    if (inside?.joined !== 'joined') return failed({ kind: 'not-found' });
    return this.#guests.invite({ id, room, person, isMembersOnly: inside.info?.membersOnly ?? false });
  }

  /** Nobody is told of a no. */
  async answerInvitation(id: ConversationId, answer: 'accept' | 'decline'): Promise<Answer<void>> {
    if (this.#needs.book.get(id)?.standing !== 'asks-for-contact') return failed({ kind: 'not-found' });
    const joined = answer === 'accept' ? await this.joinRoom(id) : succeeded(id);
    if (!joined.ok) return joined;
    this.#needs.book.change(id, { standing: 'member' });
    return succeeded(undefined);
  }

  #heardRoom(message: Element): boolean {
    const address = bareOf(message.attributes['from'] ?? '');
    const room = this.#attendance.get(address);
    const words = room && readMessage(message);
    if (!words) return false;
    if (words.type === 'error') return this.#heardError(message, room);
    this.#attendance.noteWords(address);
    if (words.from === address) this.#heardNotice(address, message);
    if (words.type !== 'groupchat' || words.body !== undefined) return false;
    if (words.subject === undefined) return false;
    const isNew = room.learnSubject(words.subject.trim().slice(0, LONGEST_SUBJECT));
    if (isNew) this.#changed(room);
    return true;
  }

  #heardNotice(address: Address, message: Element): void {
    if (readRoomNotice(message).some((code) => CONFIGURATION_CODES.has(code))) this.#attendance.refreshInfo(address);
    const told = readAffiliationNotice(message);
    if (told) this.#attendance.hearAffiliation(address, told.address, told.affiliation);
  }

  /** "Only occupants may send": we are not in, whatever we believed. Whoever sent the message hears of it too. */
  #heardError(message: Element, room: Room): false {
    if (readStanzaError(message)?.condition === 'not-acceptable') this.#attendance.doubt(room.address);
    return false;
  }

  #changed(room: Room): void {
    if (this.#needs.book.get(room.address)?.kind === 'room')
      this.#keepRecord(room.address, this.#needs.book.get(room.address)?.room?.autojoin ?? true);
    this.#needs.changes.tell({ about: 'conversations' });
  }

  /** What of a room outlives the session: its name, our name there, its subject. */
  #keepRecord(address: Address, autojoin: boolean): void {
    const { book } = this.#needs;
    const room = this.#attendance.get(address);
    const before = book.get(address)?.room;
    const given = this.#bookmarks.get(address)?.name ?? room?.info?.name;
    const subject = room ? room.state().subject : before?.subject;
    const next = { nick: room?.nick ?? before?.nick ?? this.#nickFor(address), autojoin, ...(subject && { subject }) };
    const isSame = before?.nick === next.nick && before.autojoin === autojoin && before.subject === subject;
    book.change(address, {
      kind: 'room',
      standing: 'member',
      title: given ? readName(given).name : titleOf(address),
      room: isSame ? before : next,
    });
  }
}

/** Of a room that we are no longer in, or never were. */
const isAboutRooms = (presence: Element): boolean =>
  child(presence, 'x', NS_MUC_USER) !== undefined || child(presence, 'x', NS_MUC) !== undefined;
