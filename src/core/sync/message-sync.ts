// Messages of one account, put together: what comes is placed, what goes waits in the outbox, what is missing is fetched.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Failure } from '../../model/failure.ts';
import type { AuthorId, MessageId } from '../../model/message.ts';
import { writeCarbonsEnable } from '../../xmpp/codecs/carbons.ts';
import type { Item } from '../../xmpp/codecs/pubsub.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Changes, Connection, Encryption, Log, OutboxRecord, Store, StoredMessage } from '../ports.ts';
import { AccountCatchUp } from './account-catch-up.ts';
import { ArchiveClient } from './archive-client.ts';
import { ArchivePosition, type PositionFact } from './archive-position.ts';
import { acceptMark, type MarkNeeds } from './authority/marks.ts';
import type { ConversationBook } from './book.ts';
import { ChatStates } from './chat-states.ts';
import type { Company } from './company.ts';
import { BEGINNING, GapFiller } from './gap-filler.ts';
import { History } from './history.ts';
import { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import { KnownMessages } from './known-messages.ts';
import { Marks } from './marks.ts';
import { MessageRouter } from './message-router.ts';
import { Outbox } from './outbox.ts';
import { OwnMessages } from './own-messages.ts';
import { ROOM } from './places.ts';
import { readPageWith } from './read-page.ts';
import { ReadSync } from './read-sync.ts';
import { Receipts } from './receipts.ts';
import { Reorder } from './reorder.ts';
import { RoomCatchUp } from './room-catch-up.ts';
import { KeyChanges } from './sealed/key-changes.ts';
import { Readership } from './sealed/readership.ts';
import { Seals } from './sealed/seals.ts';
import type { Sighting } from './sighting.ts';

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
  readonly states: ChatStates;
  readonly receipts: Receipts;
  readonly readSync: ReadSync;
  readonly position: ArchivePosition;
  readonly keyChanges: KeyChanges;
  readonly readership: Readership;
  readonly #history: History;
  readonly #archive: ArchiveClient;
  readonly #account: AccountCatchUp;
  readonly #rooms: RoomCatchUp;
  readonly #router: MessageRouter;
  readonly #reorder: Reorder;
  readonly #seals: Seals;
  readonly #own: OwnMessages;
  readonly #markNeeds: MarkNeeds;
  #newestHeard: string | undefined;
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
      applyMark: (message: Element): void => this.#hearArchivedMark(message),
    };
    this.#seals = new Seals({
      ...base,
      company,
      readership: this.readership,
      ...judging,
      encryption: needs.encryption,
      send: (stanza) => connection.send(stanza),
      waiting: (id) => this.outbox.get(id as MessageId),
      rested: () => this.#opened(),
    });
    const { opener, sealer, say } = this.#seals;
    this.receipts = new Receipts({ book, say, clock, mintId, isOnline });
    this.states = new ChatStates({ book, say, clock, changes, isOnline });
    this.readSync = new ReadSync({
      self,
      connection,
      book,
      clock,
      readElsewhere: (id, archiveId) => this.marks.readElsewhere(id, archiveId),
    });
    this.#markNeeds = {
      ownBare: self,
      isDirect: (address) => book.get(address)?.kind === 'direct',
    };
    this.#archive = new ArchiveClient({
      connection,
      self,
      mintId,
      now,
      read: (stanza, how, room) => this.#seals.readArchived(stanza, how, room),
    });
    this.#reorder = new Reorder(base);
    this.#history = new History({
      ...base,
      marks: this.marks.pending,
      openHole: (id) => (company.isRoom(id) ? this.#rooms.openHole(id) : this.#account.openHole(id)),
      isWhole: (id) => this.isWhole(id),
      arrived: (message, sighting) => this.#arrived(message, sighting),
      placed: (message) => this.#own.placed(message),
      ...judging,
      disordered: (disorder) => this.#reorder.mend(disorder),
    });
    const isStored = (id: ConversationId): boolean => (book.get(id)?.top ?? 0) !== 0;
    const readPage = readPageWith({ isStored, begin: (id) => this.known.begin(id), ...judging });
    this.#own = new OwnMessages(
      { ...base, company, history: this.#history, now, step: (id, work) => this.#needed(id, work) },
      () => this.outbox,
    );
    const fetching = { ...base, archive: this.#archive, history: this.#history, opener, readPage };
    this.filler = new GapFiller({ ...fetching, filled: (id) => (this.#account.filled(id), this.#seals.openLate()) });
    this.#account = new AccountCatchUp({
      ...fetching,
      position: this.position,
      clock,
      unsure: () => this.outbox.unsure(),
      covered: (since) => this.#covered('', since),
      busy: (isBusy) => this.#busy(isBusy),
      saw: (sighting) => this.#sawUnlessOurs(sighting),
    });
    this.#rooms = new RoomCatchUp({ ...fetching, clock, filler: this.filler, covered: (room, since) => this.#covered(room, since) });
    this.outbox = new Outbox({
      journal,
      connection,
      clock,
      // What nobody has fetched yet may have a history, and that decides how its first words go.
      canSend: (id) => isOnline() && (company.isRoom(id) ? company.isJoined(id) : !this.#isFirstSync || sealer.wayOf(id) !== 'undecided'),
      archiveOf: (id) => (company.isRoom(id) ? id : ''),
      reached: () => this.position.fact.reached,
      arrived: (record) => this.#own.taken(record),
      missed: (room) => this.#rooms.start(room),
      changed: (conversation) => this.#outboxChanged(conversation),
      upload: needs.upload,
      sealer,
    });
    this.keyChanges = new KeyChanges({
      self,
      nameOf: (person) => company.nameOf(person),
      ownName: () => company.ownName(),
      book,
      history: this.#history,
      outbox: this.outbox,
      readership: this.readership,
      now,
      step: (id, work) => this.#needed(id, work),
    });
    this.#router = new MessageRouter({
      self,
      who: company,
      archive: this.#archive,
      opener,
      readSync: this.readSync,
      now,
      believedArchive: (id) => this.#believedArchive(id),
      mayBelieveMark: (message) => acceptMark(message, this.#markNeeds),
      saw: (sighting) => this.#saw(sighting),
      marked: (mark) => this.#heardMark(mark),
      refused: (id, from, failure, isElsewhere) => this.#own.refused(id, from, failure, isElsewhere),
      wroteState: (id, author, name, isWriting) => this.states.heard(id, author, name, isWriting),
      heardDevices: (person, items) => needs.heardDevices?.(person, items),
      failureOf: needs.failureOf,
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
    this.outbox.startOver();
    this.#rooms.forget();
    this.#router.startOver();
    this.filler.forgetFailures();
    void this.#needs.connection.ask(writeCarbonsEnable());
    this.#account.ask();
  }

  onOnline(how: 'fresh' | 'resumed'): void {
    if (how === 'resumed') this.#account.check();
    else this.#account.start();
    void this.readSync.onOnline(how);
    this.outbox.pump();
  }

  onOffline(): void {
    this.#account.pause();
    this.readSync.onOffline();
    this.states.forgetAll();
  }

  /** We are in the room, on this stream for the first time. */
  onJoined(room: Address, hasArchive: boolean): void {
    if (hasArchive) this.#rooms.start(room);
    else this.outbox.covered(room, undefined);
    this.#router.entered(room);
    this.outbox.pump();
  }

  handle(stanza: Element): void {
    this.#router.handle(stanza);
  }

  /** An own message by its id, as it is stored. */
  async find(conversation: ConversationId, author: AuthorId, id: string): Promise<StoredMessage | undefined> {
    const { store, journal } = this.#needs;
    await this.known.load(conversation, Infinity);
    const place = this.known.placeOfOrigin(conversation, author, id);
    if (place === undefined) return undefined;
    await journal.flush();
    const [message] = await store.readAbove(conversation, place - 1, 1);
    return message?.own && message.originId === id ? message : undefined;
  }

  /** Somebody looks at the oldest that is known, or at nothing: what lies beyond is fetched. */
  reachBack(conversation: ConversationId, lowest: StoredMessage | undefined): void {
    const record = this.#needs.book.get(conversation);
    if (!record || !this.mayReachBack(conversation, lowest)) return;
    const below = lowest?.order ?? record.top + ROOM;
    const before = lowest?.archiveId;
    const gap = { id: BEGINNING, below, ...(before !== undefined && { beforeArchiveId: before }) };
    this.#needs.book.change(conversation, { gaps: [...record.gaps, gap], top: Math.max(record.top, below) });
  }

  /** The archive may hold something older than this, and no gap stands for it yet. */
  mayReachBack(conversation: ConversationId, lowest: StoredMessage | undefined): boolean {
    const { book, company } = this.#needs;
    const { complete, gaps } = book.get(conversation) ?? { complete: true, gaps: [] };
    if (complete || this.isWhole(conversation) || (company.isRoom(conversation) && !company.hasArchive(conversation))) return false;
    return !gaps.some((gap) => gap.below <= (lowest?.order ?? Infinity));
  }

  /** Nothing of it can be missing, though the archive was never asked for it alone. */
  isWhole(conversation: ConversationId): boolean {
    return !this.#needs.company.isRoom(conversation) && this.position.isWhole();
  }

  /** Whether a gap is one that a person should see. */
  isGapShown(gap: string): boolean {
    return !this.#account.isChecking(gap);
  }

  /** Fetches what lies in the gaps that somebody looks at, unless that was tried in vain. */
  fillSeen(conversation: ConversationId, gaps: readonly string[]): void {
    for (const gap of gaps.slice(0, 1)) if (this.filler.stateOf(conversation, gap) === 'open') void this.filler.fill(conversation, gap);
  }

  stop(): void {
    this.#seals.opener.stop();
    this.#account.stop();
    this.#rooms.forget();
    this.receipts.stop();
    this.states.forgetAll();
    this.readSync.onOffline();
  }

  #saw(sighting: Sighting): void {
    if (!sighting.own) this.states.heard(sighting.conversation, sighting.author, sighting.authorName, false);
    this.#needed(sighting.conversation, () => {
      const message = this.#history.append(sighting);
      if (sighting.kind === 'direct' && sighting.archiveId !== undefined) this.#advance(sighting.archiveId);
      if (!message && sighting.own && sighting.originId !== undefined) this.#own.settleKnown(sighting.originId as MessageId);
    });
  }

  /** As long as something waits to be opened, the archive is not known any further: it would not be asked for that again. */
  #advance(archiveId: string): void {
    this.#newestHeard = archiveId;
    if (this.#seals.opener.isAtRest) this.#opened();
  }

  #opened(): void {
    const id = this.#newestHeard;
    this.#newestHeard = undefined;
    if (id !== undefined) this.position.advance(id, this.#needs.now());
  }

  /** What still waits in the outbox keeps its turn there: what was written before it may be on the way yet. */
  #sawUnlessOurs(sighting: Sighting): void {
    if (!this.outbox.get(sighting.originId as MessageId)) this.#saw(sighting);
  }

  #arrived(message: StoredMessage, { receiptFor }: Sighting): void {
    if (receiptFor === undefined || this.#isFirstSync) return;
    this.#needs.journal.afterwards(() => this.receipts.arrived(message.conversation, receiptFor));
  }

  #heardMark(mark: Parameters<Marks['hear']>[0]): void {
    const record = mark.by === 'other' ? this.outbox.get(mark.id as MessageId) : undefined;
    if (record?.conversation === mark.conversation) this.outbox.confirm(record.id);
    this.marks.hear(mark);
  }

  #hearArchivedMark(message: Element): void {
    const mark = acceptMark(message, this.#markNeeds);
    if (mark) this.marks.apply(mark);
  }

  #believedArchive(id: ConversationId): Address | undefined {
    const { company } = this.#needs;
    if (company.isRoom(id)) return company.hasArchive(id) ? id : undefined;
    return this.#isArchiveKnown ? company.self : undefined;
  }

  #covered(archive: ConversationId | '', since: number | undefined): void {
    if (archive === '' && since !== undefined) this.#isArchiveKnown = true;
    this.outbox.covered(archive, since);
  }

  #busy(isBusy: boolean): void {
    if (!isBusy) this.#isFirstSync = false;
    this.#needs.busy(isBusy);
    if (isBusy) return;
    this.outbox.pump();
    this.#seals.openLate();
    this.#trimSoon();
  }

  /** What is forgotten must be on disk, or it would be taken for new. */
  #trimSoon(): void {
    const { journal } = this.#needs;
    void journal.flush().then(() => this.intake.push([], () => (journal.isClean() ? this.known.trim() : undefined)));
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
