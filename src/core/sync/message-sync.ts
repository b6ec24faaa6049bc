// Messages of one account, put together: what comes is placed, what goes waits in the outbox, what is missing is fetched.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Failure } from '../../model/failure.ts';
import type { AuthorId, MessageId } from '../../model/message.ts';
import { writeCarbonsEnable } from '../../xmpp/codecs/carbons.ts';
import type { Item } from '../../xmpp/codecs/pubsub.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Changes, Connection, Encryption, Log, OutboxRecord, Store } from '../ports.ts';
import { ArchivePosition, type PositionFact } from './archive-position.ts';
import type { ConversationBook } from './book.ts';
import { ChatStates } from './chat-states.ts';
import type { Company } from './company.ts';
import { Fetching } from './fetching.ts';
import type { GapFiller } from './gap-filler.ts';
import { Hearing } from './hearing.ts';
import { History } from './history.ts';
import { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import { KnownMessages } from './known-messages.ts';
import type { LookingBack } from './looking-back.ts';
import { Marks } from './marks.ts';
import { MessageRouter } from './message-router.ts';
import { Outbox } from './outbox.ts';
import { OwnMessages } from './own-messages.ts';
import { readPageWith } from './read-page.ts';
import { ReadSync } from './read-sync.ts';
import { Receipts } from './receipts.ts';
import { Reorder } from './reorder.ts';
import { KeyChanges } from './sealed/key-changes.ts';
import { Readership } from './sealed/readership.ts';
import { Seals } from './sealed/seals.ts';

export interface MessageSyncNeeds {
  company: Company;
  store: Store;
  book: ConversationBook;
  journal: Journal;
  connection: Pick<Connection, 'send' | 'ask' | 'state'>;
  clock: Clock;
  /** By the engine's clock. */
  now(): number;
  changes: Changes;
  log: Log;
  mintId(): string;
  failureOf(stanza: Element): Failure;
  busy(isBusy: boolean): void;
  /** Fetched at first need. Undefined where nothing is ever opened or sealed. */
  encryption?: () => Promise<Encryption>;
  upload?: ((record: OutboxRecord) => void) | undefined;
  /** Somebody told of their devices. */
  heardDevices?(person: Address, items: readonly Item[]): void;
}

export class MessageSync {
  readonly #needs: MessageSyncNeeds;
  readonly known: KnownMessages;
  readonly intake: Intake;
  readonly marks: Marks;
  readonly outbox: Outbox;
  readonly filler: GapFiller;
  readonly lookingBack: LookingBack;
  readonly states: ChatStates;
  readonly receipts: Receipts;
  readonly readSync: ReadSync;
  readonly position: ArchivePosition;
  readonly keyChanges: KeyChanges;
  readonly readership: Readership;
  readonly history: History;
  readonly own: OwnMessages;
  readonly #fetching: Fetching;
  readonly #router: MessageRouter;
  readonly #reorder: Reorder;
  readonly #seals: Seals;
  readonly #hearing: Hearing;
  #isArchiveKnown = false;
  #isFirstSync = true;
  #forgeries = 0;

  constructor(needs: MessageSyncNeeds) {
    this.#needs = needs;
    const { company, store, book, journal, connection, clock, log, changes, mintId, now } = needs;
    const { self } = company;
    const isOnline = (): boolean => connection.state().stage === 'online';
    this.position = new ArchivePosition((fact) => journal.setFact('archive-position', fact));
    this.known = new KnownMessages(store);
    this.intake = new Intake(this.known, log);
    const base = { book, journal, known: this.known, intake: this.intake, store, log, mintId };
    this.marks = new Marks({ ...base, self: self as string as AuthorId });
    this.readership = new Readership({ self, book, company, tell: (room, change) => this.keyChanges.write(room, change) });
    const judging = {
      mayTurnOn: (id: ConversationId): boolean => !company.isRoom(id) || company.isPrivate(id),
      recount: (id: ConversationId): void => this.marks.recount(id),
      applyMark: (message: Element): void => this.#hearing.archivedMark(message),
    };
    this.#seals = new Seals({
      ...base,
      company,
      readership: this.readership,
      ...judging,
      encryption: needs.encryption,
      send: (stanza) => connection.send(stanza),
      waiting: (id) => this.outbox.get(id as MessageId),
      rested: () => this.#hearing.rested(),
    });
    const { opener, sealer, say } = this.#seals;
    const step = (id: ConversationId, work: () => void): void => this.#needed(id, work);
    this.#hearing = new Hearing({ self, book, journal, now, step, isAtRest: () => opener.isAtRest }, this);
    this.receipts = new Receipts({ book, say, clock, mintId, isOnline });
    this.states = new ChatStates({ book, say, clock, changes, isOnline });
    this.readSync = new ReadSync({
      self,
      connection,
      book,
      clock,
      readElsewhere: (id, archiveId) => this.marks.readElsewhere(id, archiveId),
    });
    this.#reorder = new Reorder(base);
    this.history = new History({
      ...base,
      marks: this.marks.pending,
      openHole: (id) => this.#fetching.openHole(id),
      isWhole: (id) => this.isWhole(id),
      arrived: (message, sighting) => this.#hearing.arrived(message, sighting),
      placed: (message) => this.own.placed(message),
      ...judging,
      disordered: (disorder) => this.#reorder.mend(disorder),
    });
    const isStored = (id: ConversationId): boolean => (book.get(id)?.top ?? 0) !== 0;
    const readPage = readPageWith({ isStored, begin: (id) => this.known.begin(id), ...judging });
    this.own = new OwnMessages({ ...base, company, history: this.history, now, step }, () => this.outbox);
    this.#fetching = new Fetching({
      ...base,
      self,
      company,
      connection,
      clock,
      now,
      opener,
      readPage,
      history: this.history,
      position: this.position,
      read: (stanza, how, room) => this.#seals.readArchived(stanza, how, room),
      unsure: () => this.outbox.departures.unsure(),
      isWhole: (id) => this.isWhole(id),
      covered: (archive, since) => this.#covered(archive, since),
      filled: () => this.#seals.openLate(),
      busy: (isBusy) => this.#busy(isBusy),
      joinPage: (results, isLast) => this.#router.joinPage(results, isLast),
      saw: (conversation, sightings) => this.#hearing.late(conversation, sightings),
    });
    this.filler = this.#fetching.filler;
    this.lookingBack = this.#fetching.lookingBack;
    this.outbox = new Outbox({
      journal,
      connection,
      clock,
      // What nobody has fetched yet may have a history, and that decides how its first words go.
      canSend: (id) => isOnline() && (company.isRoom(id) ? company.isJoined(id) : !this.#isFirstSync || sealer.wayOf(id) !== 'undecided'),
      archiveOf: (id) => (company.isRoom(id) ? id : ''),
      reached: () => this.position.fact.reached,
      arrived: (record) => this.own.taken(record),
      missed: (room) => this.#fetching.askRoom(room),
      changed: (conversation) => this.#outboxChanged(conversation),
      upload: needs.upload,
      sealer,
    });
    this.keyChanges = new KeyChanges({
      self,
      nameOf: (person) => company.nameOf(person),
      ownName: () => company.ownName(),
      book,
      history: this.history,
      outbox: this.outbox,
      readership: this.readership,
      now,
      step,
    });
    this.#router = new MessageRouter({
      self,
      who: company,
      archive: this.#fetching.archive,
      opener,
      readSync: this.readSync,
      now,
      believedArchive: (id) => this.#believedArchive(id),
      hearing: this.#hearing,
      own: this.own,
      states: this.states,
      heardDevices: (person, items) => needs.heardDevices?.(person, items),
      failureOf: needs.failureOf,
      readArchived: (stanza, how, room) => this.#seals.readArchived(stanza, how, room),
      isCatchingUp: () => this.#fetching.isCatchingUp,
      forged: (what) => this.#forged(what),
    });
  }

  /** What the disk holds. To be awaited before anything is heard. */
  async load(): Promise<void> {
    const { store } = this.#needs;
    const [position, outbox] = await Promise.all([store.fact<PositionFact>('archive-position'), store.outbox()]);
    this.position.load(position);
    this.#isArchiveKnown = position?.reached !== undefined;
    this.#isFirstSync = !this.#isArchiveKnown;
    this.outbox.load(outbox);
  }

  /** The first list of a fresh device is still on its way. */
  get isFirstSync(): boolean {
    return this.#isFirstSync;
  }

  /** How many stanzas claimed what their sender may not say. */
  get forgeries(): number {
    return this.#forgeries;
  }

  /** A fresh stream is being bound: what is asked here travels in the same flight. */
  onOpening(): void {
    this.outbox.departures.startOver();
    this.#router.startOver();
    void this.#needs.connection.ask(writeCarbonsEnable());
    this.#fetching.onOpening();
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    this.#fetching.onOnline(how);
    void this.readSync.onOnline(how);
    this.outbox.pump();
  }

  onOffline(): void {
    this.#fetching.onOffline();
    this.readSync.onOffline();
    this.states.forgetAll();
  }

  /** We are in the room, on this stream for the first time. */
  onJoined(room: Address, hasArchive: boolean): void {
    if (hasArchive) this.#fetching.askRoom(room);
    else this.outbox.departures.covered(room, undefined);
    this.#router.entered(room);
    this.outbox.pump();
  }

  handle(stanza: Element): void {
    this.#router.handle(stanza);
  }

  /** Nothing of it can be missing, though the archive was never asked for it alone. */
  isWhole(conversation: ConversationId): boolean {
    return !this.#needs.company.isRoom(conversation) && this.position.isWhole();
  }

  stop(): void {
    this.#seals.opener.stop();
    this.#fetching.stop();
    this.#router.startOver();
    this.receipts.stop();
    this.states.forgetAll();
    this.readSync.onOffline();
  }

  #believedArchive(id: ConversationId): Address | undefined {
    const { company } = this.#needs;
    if (company.isRoom(id)) return company.hasArchive(id) ? id : undefined;
    return this.#isArchiveKnown ? company.self : undefined;
  }

  #covered(archive: ConversationId | '', since: number | undefined): void {
    if (archive === '' && since !== undefined) this.#isArchiveKnown = true;
    this.outbox.departures.covered(archive, since);
  }

  #busy(isBusy: boolean): void {
    if (!isBusy) this.#router.caughtUp();
    if (!isBusy) this.#isFirstSync = false;
    this.#needs.busy(isBusy);
    if (isBusy) return;
    this.outbox.pump();
    this.#seals.openLate();
    this.#trimSoon();
  }

  /** What is forgotten must be on disk, or it would be taken for new; and so would what waits to be opened a second time. */
  #trimSoon(): void {
    const { journal } = this.#needs;
    const isAtRest = (): boolean => journal.isClean() && this.#seals.opener.isAtRest;
    void journal.flush().then(() => this.intake.push([], () => (isAtRest() ? this.known.trim() : undefined)));
  }

  #needed(conversation: ConversationId, work: () => void): void {
    if ((this.#needs.book.get(conversation)?.top ?? 0) === 0) this.known.begin(conversation);
    this.intake.push([[conversation, Infinity]], work);
  }

  #outboxChanged(conversation: ConversationId): void {
    this.#needs.changes.tell({ about: 'thread', conversation });
    this.#needs.changes.tell({ about: 'conversations' });
    this.#needs.changes.tell({ about: 'situation' });
  }

  #forged(what: string): void {
    this.#forgeries += 1;
    this.#needs.log.info('a forged stanza was dropped', { what, count: this.#forgeries });
  }
}
