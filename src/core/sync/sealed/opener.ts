// Everything sealed is opened before it is read, each ratchet's step in the step that writes the words.
//   live:    in clear, nothing waits ──▶ read at once
//            sealed ──▶ its conversation waits ──turn──▶ opened, read and kept in one step ──▶ what waited behind it
//   archive: a page is whole ──turn──▶ opened, oldest first ──▶ worked in and kept in one step
import type { Address } from '../../../model/account.ts';
import type { ConversationId } from '../../../model/conversation.ts';
import type { AuthorId } from '../../../model/message.ts';
import { isEncrypted, isOmemo } from '../../../xmpp/codecs/encrypted.ts';
import { asksForReceipt, writeReceiptRequest } from '../../../xmpp/codecs/receipts.ts';
import type { Element } from '../../../xmpp/xml.ts';
import { complain } from '../../complain.ts';
import { MARGIN_MS, type ArchivedStanza } from '../archive-client.ts';
import type { ConversationBook } from '../book.ts';
import type { Intake } from '../intake.ts';
import type { Journal } from '../journal.ts';
import type { KnownMessages } from '../known-messages.ts';
import { contentOfMessage } from '../outgoing-message.ts';
import { idOf, partiesOf, type Circumstance, type RoomAuthor } from '../read-message.ts';
import type { Encryption, Log, OutboxRecord, Ratchets, Store, Unsealed } from '../../ports.ts';
import type { Sighting } from '../sighting.ts';
import { PassedWords } from './passed-words.ts';
import { openedMessage, plainMessage, unopenedMessage, type Reading } from './reading.ts';

/** A message whose sender was judged. */
export interface Arrival {
  message: Element;
  conversation: ConversationId;
  isRoom: boolean;
  how: Circumstance;
  fromArchive: boolean;
  /** Of a room: whose name it was when it came, or as its archive has it. Undefined where it is nobody's. */
  occupant: RoomAuthor | undefined;
}

export interface OpenerNeeds {
  self: Address;
  book: ConversationBook;
  known: KnownMessages;
  intake: Intake;
  journal: Journal;
  store: Pick<Store, 'keys'>;
  log: Log;
  /** Fetched when something sealed has come. Undefined where nothing is ever opened. */
  encryption: (() => Promise<Encryption>) | undefined;
  /** An own message that still stands in the outbox: its words are known. */
  waiting(id: string): OutboxRecord | undefined;
  /** Who wrote this message of a room, as its archive has it. */
  archivedOccupant(room: Address, message: Element): RoomAuthor | undefined;
  /** What it says for the thread, if anything: whoever it was then, names change hands meanwhile. */
  wordsOf(reading: Reading, arrival: Arrival): Sighting | undefined;
  /** What was archived, read again now that it is open. */
  readArchived(reading: Reading, how: Circumstance, room: Address | undefined): ArchivedStanza['said'];
  /** What was too far ahead is kept for later. */
  late(arrival: Arrival): void;
  /** Nothing waits any more. */
  rested(): void;
}

interface Waiting {
  arrival: Arrival;
  heard: Heard;
}

/** It is open, and read: its words, or a message that has none for the thread. */
type Heard = (message: Element, words: Sighting | undefined) => void;

/** Who says it, to whom, under which id. */
interface Identity {
  author: AuthorId;
  own: boolean;
  sender: Address | undefined;
  recipient: Address;
  originId?: string;
}

interface PageOpening {
  room: Address | undefined;
  isKnown: boolean;
  ratchets: Ratchets;
  /** What turned out to hold no words. */
  passed: string[];
}

/** Works a page in; `keep` is to be called in the step that places its messages. */
export type WorkIn<T> = (results: readonly ArchivedStanza[], keep: () => void) => Promise<T>;

export class Opener {
  readonly #needs: OpenerNeeds;
  readonly #lanes = new Map<ConversationId, Waiting[]>();
  readonly #passed: PassedWords;
  #isStopped = false;

  constructor(needs: OpenerNeeds) {
    this.#needs = needs;
    this.#passed = new PassedWords(needs);
  }

  /** Nothing that came live waits to be opened. */
  get isAtRest(): boolean {
    return this.#lanes.size === 0;
  }

  /** Whether it has to be opened before anybody can say what it is. */
  mustOpen(message: Element): boolean {
    return this.#needs.encryption !== undefined && isEncrypted(message);
  }

  /** In clear and with nothing before it, it is read at once. */
  hear(arrival: Arrival, heard: Heard): void {
    const lane = this.#lanes.get(arrival.conversation);
    if (lane) return void lane.push({ arrival, heard });
    if (!this.mustOpen(arrival.message)) return void this.#handOn({ arrival, heard }, this.readPlain(arrival));
    const begun = [{ arrival, heard }];
    this.#lanes.set(arrival.conversation, begun);
    void this.#run(arrival.conversation, begun);
  }

  /** Programs whose receipts come in clear speak legacy OMEMO, and their conversations claim no more than that. */
  readPlain({ message, conversation }: Pick<Arrival, 'message' | 'conversation'>): Reading {
    const badge = this.#needs.book.get(conversation)?.badge;
    return { message: badge === 'verified' || badge === 'encrypted' ? plainMessage(message) : message };
  }

  /** `isKnown`: what lies around the page is in memory already. */
  page<T>(results: readonly ArchivedStanza[], room: Address | undefined, isKnown: boolean, work: WorkIn<T>): Promise<T> {
    const { encryption } = this.#needs;
    if (!encryption || !results.some(({ said }) => 'sealed' in said)) return work(results, () => undefined);
    return encryption().then((there) => there.turn((ratchets) => this.#openPage(results, { room, isKnown, ratchets, passed: [] }, work)));
  }

  /** Opened after all, and there were no words in it. In the step that keeps what the ratchets came to. */
  notePassed(arrival: Arrival): void {
    this.#passed.note(namesOf(arrival));
  }

  stop(): void {
    this.#isStopped = true;
    this.#lanes.clear();
  }

  async #run(conversation: ConversationId, lane: Waiting[]): Promise<void> {
    for (let next = lane.shift(); next && !this.#isStopped; next = lane.shift()) {
      try {
        if (this.mustOpen(next.arrival.message)) await this.#openLive(next);
        else this.#handOn(next, this.readPlain(next.arrival));
      } catch (defect) {
        this.#tell(defect);
      }
    }
    this.#lanes.delete(conversation);
    if (this.isAtRest && !this.#isStopped) this.#needs.rested();
  }

  async #openLive(next: Waiting): Promise<void> {
    const { arrival } = next;
    const { intake, journal, encryption } = this.#needs;
    const there = await encryption?.();
    await there?.turn(async (ratchets) => {
      if (this.#isStopped) return;
      await this.#learn(arrival.conversation, Infinity);
      const reading = await this.#open(arrival, ratchets);
      const keys = ratchets.takeChanged();
      await intake.together([[arrival.conversation, Infinity]], () => {
        try {
          if (!this.#handOn(next, reading)) this.#passed.note(idsOfPassed(arrival, reading));
        } finally {
          journal.keep(keys);
        }
      });
    });
  }

  #handOn({ arrival, heard }: Waiting, reading: Reading): Sighting | undefined {
    const words = this.#needs.wordsOf(reading, arrival);
    heard(reading.message, words);
    return words;
  }

  async #openPage<T>(results: readonly ArchivedStanza[], page: PageOpening, work: WorkIn<T>): Promise<T> {
    const opened: ArchivedStanza[] = [];
    for (const result of results) {
      const said = 'sealed' in result.said ? await this.#openArchived(result, result.said.sealed, page) : result.said;
      opened.push({ ...result, said });
    }
    const keys = page.ratchets.takeChanged();
    return work(opened, () => {
      this.#passed.note(page.passed);
      this.#needs.journal.keep(keys);
    });
  }

  async #openArchived(
    { archiveId, sentAt, timeCertain }: ArchivedStanza,
    message: Element,
    { room, isKnown, ratchets, passed }: PageOpening,
  ): Promise<ArchivedStanza['said']> {
    const how: Circumstance = { archiveId, sentAt, timeCertain };
    const conversation = room ?? partiesOf(message, this.#needs.self)?.other;
    if (conversation === undefined) return { other: unopenedMessage(message) };
    if (!isKnown) await this.#learn(conversation, sentAt - MARGIN_MS);
    const occupant = room && this.#needs.archivedOccupant(room, message);
    const arrival = { message, conversation, isRoom: room !== undefined, how, fromArchive: true, occupant };
    const reading = await this.#open(arrival, ratchets);
    const said = this.#needs.readArchived(reading, how, room);
    if ('other' in said) passed.push(...idsOfPassed(arrival, reading));
    return said;
  }

  /** Whether it was read before has to be known first: a ratchet opens nothing twice. */
  async #learn(conversation: ConversationId, since: number): Promise<void> {
    const { book, known } = this.#needs;
    if ((book.get(conversation)?.top ?? 0) === 0) known.begin(conversation);
    await known.load(conversation, since);
  }

  async #open(arrival: Arrival, ratchets: Ratchets): Promise<Reading> {
    const { message, conversation, how } = arrival;
    await this.#passed.load();
    const [passed] = namesOf(arrival);
    if (passed !== undefined && this.#passed.has(passed)) return { message: openedMessage(message, []) };
    const who = this.#identify(arrival);
    const isRepeat = who && this.#needs.known.placeOf({ conversation, ...who, ...how }) !== undefined;
    if (isRepeat) return { message: unopenedMessage(message) };
    const reading = await this.openUnknown(arrival, ratchets);
    if (reading.unreadable === 'no-session') this.#needs.late(arrival);
    return reading;
  }

  /** In a turn, whether it is known or not. */
  async openUnknown(arrival: Arrival, ratchets: Ratchets): Promise<Reading> {
    const { message, conversation, isRoom } = arrival;
    const who = this.#identify(arrival);
    if (!who) return { message: unopenedMessage(message) };
    const record = who.own && who.originId !== undefined ? this.#needs.waiting(who.originId) : undefined;
    if (record?.conversation === conversation && record.protection)
      return { message: openedMessage(message, contentOfMessage(record, isRoom ? 'room' : 'direct')), protection: record.protection };
    if (!isOmemo(message)) return { message: unopenedMessage(message), unreadable: 'unknown-method' };
    if (who.sender === undefined) return { message: unopenedMessage(message), unreadable: 'unknown-sender' };
    return readingOf(message, await this.#unseal(arrival, { ...who, sender: who.sender }, ratchets));
  }

  async #unseal(arrival: Arrival, { sender, recipient }: Identity & { sender: Address }, ratchets: Ratchets): Promise<Unsealed> {
    const { message, isRoom, how, fromArchive, conversation } = arrival;
    const readers = isRoom ? this.#needs.book.get(conversation)?.readers?.listed : undefined;
    try {
      return await ratchets.open({ message, sender, recipient, isRoom, sentAt: how.sentAt, fromArchive, ...(readers && { readers }) });
    } catch (defect) {
      this.#tell(defect);
      return { outcome: 'unreadable', why: 'no-session' };
    }
  }

  /** In a room only it can say whose a name is; where it does not, nobody knows whose keys to try. */
  #identify({ message, conversation, isRoom, occupant }: Arrival): Identity | undefined {
    const { self } = this.#needs;
    const originId = idOf(message);
    const rest = { ...(originId !== undefined && { originId }) };
    if (isRoom)
      return occupant && { author: occupant.author, own: occupant.own, sender: occupant.account, recipient: conversation, ...rest };
    const own = partiesOf(message, self)?.own === true;
    const [sender, recipient] = own ? [self, conversation] : [conversation, self];
    return { author: sender as string as AuthorId, own, sender, recipient, ...rest };
  }

  #tell(defect: unknown): void {
    complain(this.#needs.log, 'what came sealed could not be dealt with', defect);
  }
}

/** Each room has an archive with ids of its own. */
const namesOf = ({ conversation, isRoom, how: { archiveId } }: Arrival): string[] =>
  archiveId === undefined ? [] : [isRoom ? `${conversation} ${archiveId}` : archiveId];

/** What could not be opened is tried again. */
const idsOfPassed = (arrival: Arrival, { unreadable }: Reading): string[] => (unreadable === undefined ? namesOf(arrival) : []);

function readingOf(message: Element, unsealed: Unsealed): Reading {
  if (unsealed.outcome === 'silent') return { message: openedMessage(message, []) };
  if (unsealed.outcome === 'unreadable') return { message: unopenedMessage(message), unreadable: unsealed.why };
  const { content, outcome: _, ...travelled } = unsealed;
  // In the older method only words lie inside. Whether somebody asks for a receipt tells an engine nothing: it knows what it delivered.
  const beside = travelled.protection.how === 'legacy' && asksForReceipt(message) ? [writeReceiptRequest()] : [];
  return { message: openedMessage(message, [...content, ...beside]), ...travelled };
}
