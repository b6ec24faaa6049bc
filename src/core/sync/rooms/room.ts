// One room as it stands now: whether we are in, under which name, who else is.
//   left ──join──▶ joining ──own presence──▶ joined ──farewell──▶ left | joining again | refused
//                     └── refused: name taken ──▶ joining under the next name; all else ──▶ refused
import type { Address } from '../../../model/account.ts';
import type { RoomState } from '../../../model/conversation.ts';
import type { Failure } from '../../../model/failure.ts';
import type { RoomInfo } from '../../../xmpp/codecs/room-info.ts';
import type { OccupantTold } from '../../../xmpp/codecs/room-presence.ts';
import { Membership } from './membership.ts';
import { nextNick } from './next-nick.ts';
import { Occupants } from './occupants.ts';
import { readFarewell, type Farewell } from './refusals.ts';

/** What the presence of an occupant meant for ourselves. */
export type Heard = 'joined' | 'other' | Farewell;

/** Banned, taken off the lists, or outside when it became one for members. */
const LOST_MEMBERSHIP: ReadonlySet<number> = new Set([301, 321, 322]);

export class Room {
  readonly address: Address;
  readonly occupants: Occupants = new Occupants();
  readonly membership: Membership = new Membership();
  readonly #wanted: string;
  #nick: string;
  #tried = 1;
  #joined: RoomState['joined'] = 'left';
  #failure: Failure | undefined;
  #subject: string | undefined;
  #info: RoomInfo | undefined;
  #members = 0;
  #isStale = false;
  #isEntering = false;
  #stamp: string | undefined;
  #turn = 0;
  /** When the room was heard last. */
  heardAt = 0;
  /** Under way: what the room is. */
  learning: Promise<void> | undefined;
  /** Under way: whether it can be encrypted. */
  fitting: Promise<void> | undefined;

  constructor(address: Address, nick: string, subject?: string) {
    this.address = address;
    this.#wanted = nick;
    this.#nick = nick;
    this.#subject = subject;
  }

  get nick(): string {
    return this.#nick;
  }

  get joined(): RoomState['joined'] {
    return this.#joined;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get info(): RoomInfo | undefined {
    return this.#info;
  }

  /** Its configuration changed, or may have while we were away: what it was is no promise. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** From the moment a stream is being bound, on which we are in no room yet, until it is known who is there and what it is. */
  get isEntering(): boolean {
    return this.#isEntering;
  }

  /** Counts the attempts to join: what belongs to an older one is void. */
  get turn(): number {
    return this.#turn;
  }

  /** The room's own stamp for us, where it makes such. */
  get stamp(): string | undefined {
    return this.#stamp;
  }

  learnStamp(stamp: string | undefined): void {
    this.#stamp = stamp;
  }

  state(): RoomState {
    return {
      joined: this.#joined,
      nick: this.#nick,
      memberCount: Math.max(this.#members, this.occupants.count),
      ...(this.#subject && { subject: this.#subject }),
      ...(this.#failure && { failure: this.#failure }),
    };
  }

  learn(info: RoomInfo): void {
    this.#info = info;
    this.#isStale = false;
  }

  /** How many belong to it, as was said last. */
  countMembers(): void {
    if (this.membership.isKnown) this.#members = this.membership.all().length;
  }

  doubt(): void {
    this.#isStale = true;
  }

  learnSubject(subject: string): boolean {
    const isNew = (this.#subject ?? '') !== subject;
    this.#subject = subject || undefined;
    return isNew;
  }

  /** We will be in as soon as the stream is there. What it says before is not for the one who was in it then. */
  expectJoining(): void {
    this.#isEntering = true;
  }

  /** The presence has to be sent by the caller. */
  startJoining(): void {
    this.#turn++;
    this.#joined = 'joining';
    this.#isEntering = true;
    this.#failure = undefined;
    this.occupants.clear();
    this.membership.forget();
    this.fitting = undefined;
    this.doubt();
  }

  /** Answers whether there is another name to try. */
  tryNextNick(): boolean {
    const next = nextNick(this.#wanted, this.#tried++);
    if (next) this.#nick = next;
    return next !== undefined;
  }

  /** All of it is known. */
  settle(): void {
    this.#isEntering = false;
  }

  refuse(failure: Failure): void {
    this.#joined = 'refused';
    this.#isEntering = false;
    this.#failure = failure;
    this.occupants.clear();
  }

  leave(): void {
    this.#joined = 'left';
    this.#isEntering = false;
    this.#failure = undefined;
    this.occupants.clear();
  }

  hear(told: OccupantTold): Heard {
    this.#hearMember(told);
    const isSelf = told.codes.includes(110) || told.nick === this.#nick;
    return told.present ? this.#come(told) : this.#go(told, isSelf);
  }

  /** Who merely goes away is what they were. */
  #hearMember({ realAddress, present, affiliation, codes }: OccupantTold): void {
    if (realAddress && (present || codes.some((code) => LOST_MEMBERSHIP.has(code)))) this.membership.hear(realAddress, affiliation);
  }

  #come(told: OccupantTold): Heard {
    this.occupants.come(told);
    // Only the mark tells that the list is complete; the room may have given us another name than we asked for.
    if (!told.codes.includes(110)) return 'other';
    this.#nick = told.nick;
    const wasJoined = this.#joined === 'joined';
    this.#joined = 'joined';
    this.#failure = undefined;
    this.#tried = 1;
    return wasJoined ? 'other' : 'joined';
  }

  #go(told: OccupantTold, isSelf: boolean): Heard {
    if (told.newNick) this.occupants.rename(told.nick, told.newNick);
    else this.occupants.go(told.nick);
    if (!isSelf || this.#joined === 'left' || this.#joined === 'refused') return 'other';
    const farewell = readFarewell(told);
    if (farewell.why === 'renamed') this.#nick = farewell.nick;
    return farewell;
  }
}
