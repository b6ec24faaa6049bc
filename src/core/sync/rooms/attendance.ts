// Being in rooms: joining, staying, and coming back whenever the line, the room or its node was gone.
//   fresh session ──▶ join all      resumed ──▶ ask each whether we are still there ──gone──▶ join it
//   silent for long, or it calls us a stranger ──▶ ask, join      lost ──▶ wait longer each time, join
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../../model/failure.ts';
import { writeCaps } from '../../../xmpp/codecs/caps.ts';
import { readOccupantIds } from '../../../xmpp/codecs/occupant-id.ts';
import {
  readOccupant,
  readRefusedJoin,
  writeJoin,
  writeLeave,
  type Affiliation,
  type OccupantTold,
} from '../../../xmpp/codecs/room-presence.ts';
import { readStanzaError } from '../../../xmpp/codecs/stanza-error.ts';
import { bareOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';
import { say, type LiveNeeds } from '../live-needs.ts';
import { failureOfJoin } from './refusals.ts';
import { learnFitness, learnInfo, membersOf } from './room-fitness.ts';
import { askWhetherHere, unlock } from './room-questions.ts';
import type { Member } from './membership.ts';
import { Room } from './room.ts';
import { Waiters } from './waiters.ts';

const JOIN_DEADLINE_MS = 20_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 5 * 60_000;
/** A room that has been silent this long is asked whether we are still there: its process may have died with its node. */
const SILENCE_MS = 15 * 60_000;

export interface AttendanceNeeds extends Pick<LiveNeeds, 'connection' | 'clock' | 'log'> {
  /** Whatever a room's state is made of changed. */
  changed(room: Room): void;
  /** In, for the first time or again; what the room is, is known by now. */
  joined(room: Room): void;
  /** Who belongs to it, or whether that can be relied on, may be otherwise. `before`: as it was until now, where it was known. */
  membersChanged(room: Room, before?: readonly Member[]): void;
  /** It has to be known at once whether a room is still what it was. */
  isEncrypted(room: Address): boolean;
}

export class Attendance {
  readonly #needs: AttendanceNeeds;
  readonly #rooms = new Map<Address, Room>();
  readonly #waiters: Waiters;
  readonly #retries = new Map<Address, { count: number; cancel: () => void }>();
  #cancelWatch: (() => void) | undefined;
  /** Counts openings: what an older session asked is answered too late. */
  #opening = 0;

  constructor(needs: AttendanceNeeds) {
    this.#needs = needs;
    this.#waiters = new Waiters(needs.clock);
  }

  get(room: Address): Room | undefined {
    return this.#rooms.get(room);
  }

  all(): Iterable<Room> {
    return this.#rooms.values();
  }

  /** To be in from the next session on. */
  plan(address: Address, nick: string, subject?: string): void {
    if (!this.#rooms.has(address)) this.#rooms.set(address, new Room(address, nick, subject));
  }

  /** Joins now, and answers how it ended. */
  async join(address: Address, nick: string): Promise<Answer<void>> {
    this.plan(address, nick);
    const room = this.#rooms.get(address);
    if (!room || room.joined === 'joined') return succeeded(undefined);
    const ended = this.#waiters.wait(address, JOIN_DEADLINE_MS);
    if (room.joined !== 'joining') this.#enter(room);
    return ended;
  }

  leave(address: Address): void {
    const room = this.#rooms.get(address);
    if (!room) return;
    this.#forgetRetry(address);
    if (room.joined === 'joined' || room.joined === 'joining') say(this.#needs.connection, writeLeave(address, room.nick));
    room.leave();
    this.#rooms.delete(address);
    if (this.#rooms.size === 0) this.#rest();
    this.#waiters.settle(address, failed({ kind: 'refused', reason: 'other' }));
    this.#needs.changed(room);
  }

  /** A stream is being bound. */
  onOpening(): void {
    for (const room of this.#rooms.values()) room.expectJoining();
  }

  /** A fresh session is in no room. */
  enterAll(): void {
    this.#opening++;
    for (const room of this.#rooms.values()) {
      this.#forgetRetry(room.address);
      this.#enter(room);
    }
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    if (how === 'resumed') for (const room of this.#rooms.values()) void this.#check(room);
    this.#watch();
  }

  onOffline(): void {
    this.#rest();
    for (const { cancel } of this.#retries.values()) cancel();
    this.#waiters.settleAll(failed({ kind: 'offline' }));
  }

  /** Whether the presence came from one of our rooms. */
  hear(presence: Element): boolean {
    const room = this.#rooms.get(bareOf(presence.attributes['from'] ?? ''));
    if (!room || presence.name !== 'presence') return false;
    room.heardAt = this.#needs.clock.now();
    if (readRefusedJoin(presence)) this.#refused(room, presence);
    const told = readOccupant(presence);
    if (told) this.#following(room, () => this.#heardOccupant(room, told, presence));
    return true;
  }

  /** Somebody who is not inside is on the lists now, or no longer. */
  hearAffiliation(address: Address, person: Address, affiliation: Affiliation): void {
    const room = this.#rooms.get(address);
    if (room) this.#following(room, () => room.membership.hear(person, affiliation));
  }

  /** Whatever is not known yet of who reads in this room is asked. */
  async learnFitness(address: Address): Promise<void> {
    const room = this.#rooms.get(address);
    const known = room && membersOf(room);
    if (room && !known?.ok && known?.failure.kind === 'no-answer') await this.#fit(room);
  }

  /** The room calls us a stranger, in answer to something we said. */
  doubt(address: Address): void {
    const room = this.#rooms.get(address);
    if (room?.joined === 'joined') this.#enter(room);
  }

  noteWords(address: Address): void {
    const room = this.#rooms.get(address);
    if (room) room.heardAt = this.#needs.clock.now();
  }

  refreshInfo(address: Address): void {
    const room = this.#rooms.get(address);
    if (!room) return;
    room.doubt();
    room.learning = learnInfo(this.#needs.connection, room);
    void room.learning.then(() => this.#fit(room));
  }

  /** Asked first what it is, so that the first words from it can be understood; both travel in one flight. */
  #enter(room: Room): void {
    room.startJoining();
    room.heardAt = this.#needs.clock.now();
    const isAsked = !room.info || this.#needs.isEncrypted(room.address);
    room.learning = isAsked ? learnInfo(this.#needs.connection, room) : undefined;
    const said = say(this.#needs.connection, writeJoin(room.address, room.nick, [writeCaps()]));
    if (!said.ok) this.#waiters.settle(room.address, said);
    this.#needs.changed(room);
    if (said.ok) this.#expectAnswer(room);
    if (said.ok && !this.#cancelWatch) this.#watch();
  }

  #expectAnswer(room: Room): void {
    const opening = this.#opening;
    const turn = room.turn;
    this.#needs.clock.after(JOIN_DEADLINE_MS, () => {
      if (opening !== this.#opening || turn !== room.turn || room.joined !== 'joining') return;
      this.#fail(room, { kind: 'no-answer' });
    });
  }

  async #fit(room: Room): Promise<void> {
    const { turn } = room;
    await learnFitness(this.#needs.connection, room);
    if (turn !== room.turn || room.joined !== 'joined') return;
    room.countMembers();
    this.#needs.changed(room);
    this.#needs.membersChanged(room);
  }

  /** Members are counted before and after. Before the lists are known there is nothing to compare. */
  #following(room: Room, work: () => void): void {
    const { membership } = room;
    const before = membership.isKnown ? membership.all() : undefined;
    work();
    const after = membership.isKnown ? membership.all() : undefined;
    if (!before || !after || isSame(before, after)) return;
    room.countMembers();
    this.#needs.changed(room);
    this.#needs.membersChanged(room, before);
  }

  #heardOccupant(room: Room, told: OccupantTold, presence: Element): void {
    const heard = room.hear(told);
    if (heard === 'joined') return void this.#arrived(room, told, presence);
    if (heard === 'other' || heard.why === 'renamed') return this.#needs.changed(room);
    if (heard.why === 'shown-out') return this.#fail(room, heard.failure);
    room.startJoining();
    this.#needs.changed(room);
    this.#retry(room);
  }

  async #arrived(room: Room, told: OccupantTold, presence: Element): Promise<void> {
    const [stamp, second] = readOccupantIds(presence);
    room.learnStamp(second ? undefined : stamp);
    this.#forgetRetry(room.address);
    this.#needs.changed(room);
    this.#waiters.settle(room.address, succeeded(undefined));
    if (told.codes.includes(201)) await unlock(this.#needs.connection, room.address);
    await room.learning;
    if (room.joined !== 'joined') return;
    room.settle();
    this.#needs.joined(room);
    if (room.info?.membersOnly || this.#needs.isEncrypted(room.address)) await this.#fit(room);
  }

  #refused(room: Room, presence: Element): void {
    const error = readStanzaError(presence);
    if (!error || room.joined !== 'joining') return;
    if (error.condition === 'conflict' && room.tryNextNick()) return this.#enter(room);
    this.#fail(room, failureOfJoin(error));
  }

  #fail(room: Room, failure: Failure): void {
    room.refuse(failure);
    this.#needs.changed(room);
    this.#waiters.settle(room.address, failed(failure));
    if (failure.kind === 'no-answer' || failure.kind === 'too-many-requests') this.#retry(room);
  }

  #retry(room: Room): void {
    const count = this.#forgetRetry(room.address);
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** count, LONGEST_RETRY_MS);
    const cancel = this.#needs.clock.after(delayMs, () => this.#enter(room));
    this.#retries.set(room.address, { count: count + 1, cancel });
  }

  #forgetRetry(address: Address): number {
    const retry = this.#retries.get(address);
    retry?.cancel();
    this.#retries.delete(address);
    return retry?.count ?? 0;
  }

  async #check(room: Room): Promise<void> {
    if (room.joined !== 'joined') return this.#enter(room);
    const opening = this.#opening;
    const turn = room.turn;
    const found = await askWhetherHere(this.#needs.connection, room.address, room.nick);
    if (opening !== this.#opening || turn !== room.turn || room.joined !== 'joined') return;
    if (found === 'here') room.heardAt = this.#needs.clock.now();
    if (found === 'gone') this.#enter(room);
  }

  /** Without rooms there is nothing to wake up for. */
  #watch(): void {
    this.#rest();
    if (this.#rooms.size === 0) return;
    this.#cancelWatch = this.#needs.clock.after(SILENCE_MS, () => {
      const silentSince = this.#needs.clock.now() - SILENCE_MS;
      for (const room of this.#rooms.values()) if (room.joined === 'joined' && room.heardAt <= silentSince) void this.#check(room);
      this.#watch();
    });
  }

  #rest(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = undefined;
  }
}

const isSame = (one: readonly Member[], other: readonly Member[]): boolean =>
  one.length === other.length && one.every(({ address, role }, at) => other[at]?.address === address && other[at].role === role);
