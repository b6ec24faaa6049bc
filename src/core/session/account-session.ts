// One signed-in account, put together: its store, its connection, and everything in sync between the two.
import type { Clock } from '../../base/clock.ts';
import type { Account, Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { AuthorId } from '../../model/message.ts';
import type { ConnectionState } from '../../model/situation.ts';
import type { Element } from '../../xmpp/xml.ts';
import { complain } from '../complain.ts';
import { createConnection } from '../connection/connection.ts';
import { failureOfStanza } from '../connection/stanza-failure.ts';
import type { Changes, Connection, ConnectionListener, ConversationRecord, Encryption, KeptLogin, OpenedStore, World } from '../ports.ts';
import { ConversationBook } from '../sync/book.ts';
import { Journal } from '../sync/journal.ts';
import type { LiveNeeds } from '../sync/live-needs.ts';
import { Losses } from '../sync/losses.ts';
import type { Company } from '../sync/company.ts';
import { MessageSync } from '../sync/message-sync.ts';
import { PeopleSync } from '../sync/people/people-sync.ts';
import { companyOfRooms } from '../sync/rooms/room-company.ts';
import { RoomSync } from '../sync/rooms/room-sync.ts';
import { AccountBackups } from './account-backups.ts';
import { AccountEncryption } from './account-encryption.ts';
import { AccountFiles } from './account-files.ts';
import { CatchingUp } from './catching-up.ts';
import { deviceLabel } from './device-label.ts';
import { EngineClock } from './engine-clock.ts';
import { IdleCompaction } from './idle-compaction.ts';
import type { DiskWait } from './disk-wait.ts';
import { looksOtherwise } from './looks-otherwise.ts';
import { mintId } from './mint-id.ts';
import { SessionCheck } from './session-check.ts';
import type { Noted } from './noted.ts';

export interface AccountNeeds {
  world: World;
  account: Account;
  store: OpenedStore;
  diskWait: DiskWait;
  changes: Changes;
  notices: Noted;
  stateChanged(state: ConnectionState): void;
}

export class AccountSession {
  readonly #needs: AccountNeeds;
  readonly store: OpenedStore;
  readonly account: Account;
  readonly book: ConversationBook;
  readonly journal: Journal;
  readonly connection: Connection;
  readonly people: PeopleSync;
  readonly rooms: RoomSync;
  readonly clock: EngineClock;
  /** Loaded a moment after the first screen. */
  readonly #encryption: AccountEncryption;
  readonly #check: SessionCheck;
  readonly #compaction: IdleCompaction;
  readonly messages: MessageSync;
  readonly files: AccountFiles;
  readonly backups: AccountBackups;
  readonly catchingUp: CatchingUp;
  #losses: Losses | undefined;
  /** Whose keys were asked for without a line. */
  readonly keysToLearn: Set<Address> = new Set();
  #kept: KeptLogin | undefined;
  #isLoaded = false;
  #wasOnline = false;
  #isStopped = false;

  constructor(needs: AccountNeeds) {
    this.#needs = needs;
    const { world, account, store, changes } = needs;
    this.store = store;
    this.account = account;
    this.book = new ConversationBook((changed, before) => this.#recordChanged(changed, before));
    this.journal = new Journal({
      store: { commit: (batch, durability) => needs.diskWait.during(store.commit(batch, durability)) },
      book: this.book,
      clock: world.clock,
      changes,
      log: world.log,
      outcome: ({ ok }) => this.#storeJudged(ok),
    });
    this.#compaction = new IdleCompaction({ store, clock: world.clock, log: world.log, isBusy: () => this.catchingUp.isUnderWay });
    this.connection = createConnection(world, this.#listener());
    this.clock = new EngineClock({ clock: world.clock, connection: this.connection, self: account.address, notices: needs.notices });
    this.#check = new SessionCheck({ connection: this.connection, clock: world.clock, log: world.log });
    this.#encryption = new AccountEncryption({
      clock: world.clock,
      log: world.log,
      isOnline: () => this.connection.state().stage === 'online',
      create: () => this.#createEncryption(),
      arrived: (encryption) => this.#heedKeys(encryption),
    });
    this.files = new AccountFiles(this, world, changes);
    this.backups = new AccountBackups(this, world);
    this.catchingUp = new CatchingUp(world.clock, changes);
    const live: LiveNeeds = {
      self: account.address,
      connection: this.connection,
      book: this.book,
      facts: { fact: (name) => store.fact(name), setFact: (name, value) => this.journal.setFact(name, value) },
      changes,
      clock: world.clock,
      log: world.log,
    };
    this.people = new PeopleSync(live);
    this.rooms = new RoomSync({
      ...live,
      ownName: () => account.name,
      joined: (room, { archive }) => this.messages.onJoined(room, archive),
      membersChanged: (room, before) => this.#readersChanged(room, before),
    });
    this.messages = new MessageSync({
      company: this.#company(),
      store,
      book: this.book,
      journal: this.journal,
      connection: this.connection,
      clock: world.clock,
      now: () => this.clock.now(),
      changes,
      log: world.log,
      mintId: () => mintId(world),
      failureOf: failureOfStanza,
      busy: (isBusy) => this.#busy(isBusy),
      encryption: this.askEncryption,
      upload: (record) => this.files.upload(record),
      heardDevices: (person, items) => this.#encryption.hearDevices(person, items),
    });
  }

  get pace(): Clock {
    return this.#needs.world.clock;
  }

  /** Absent until it is loaded. */
  get encryption(): Encryption | undefined {
    return this.#encryption.there;
  }

  readonly askEncryption = (): Promise<Encryption> => this.#encryption.ask();

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** What the disk holds. To be awaited before anything else, but the connection may be signing in meanwhile. */
  async load(): Promise<void> {
    const { world, store, notices } = this.#needs;
    this.book.load(await store.conversations());
    await this.messages.load();
    this.#losses = this.#watchLosses(this.messages);
    await Promise.all([this.people.load(), this.rooms.load()]);
    if (store.rolledBack) {
      this.messages.position.forget();
      notices.add({ kind: 'history-refetched', since: world.clock.now() });
    }
    this.#isLoaded = true;
    this.#storeJudged(false);
  }

  /** Signing out while there is a line: others need not write to this device any more. */
  leave(): Promise<void> {
    return this.#encryption.leave();
  }

  /** The store was used: what it had to give up is taken over. */
  lookForLosses(): void {
    this.#losses?.look();
  }

  /** Ends what runs. What waits to be written is written first, unless it is to be destroyed anyway. */
  async stop(keeps: boolean): Promise<void> {
    if (this.#isStopped) return;
    if (keeps) await this.messages.outbox.handedIn.settled(this.#needs.world.clock).then(() => this.journal.flush());
    this.#isStopped = true;
    this.messages.stop();
    this.#encryption.stop();
    this.files.stop();
    this.catchingUp.stop();
    this.#compaction.stop();
    await this.connection.stop();
    if (keeps) await this.journal.flush();
    this.journal.close();
    await this.store.close();
  }

  async #createEncryption(): Promise<Encryption> {
    const { world, account, store } = this.#needs;
    const { connection, journal, people } = this;
    const { createEncryption } = await import('../encryption/create-encryption.ts');
    return createEncryption({
      self: account.address,
      world,
      connection,
      store,
      now: () => this.clock.now(),
      keep: (changed) => journal.keep(changed),
      commit: () => journal.commitStrict([]),
      mintId: () => mintId(world),
      mayAnswer: (person) => people.isContact(person),
      label: deviceLabel(world.userAgent),
      tookOver: (told) => this.#keysTold(told),
    });
  }

  /** Said each time: it changes whom one writes to. */
  #keysTold(told: { people: number; from?: string }): void {
    this.#needs.notices.withdraw('keys-told');
    this.#needs.notices.add({ kind: 'keys-told', ...told });
  }

  #heedKeys(encryption: Encryption): void {
    encryption.trust.onChange((news) => {
      this.#needs.changes.tell({ about: 'keys', person: news.person });
      this.messages.keyChanges.heard(news, encryption).catch((defect: unknown) => {
        complain(this.#needs.world.log, 'a change of keys was not shown', defect);
      });
    });
  }

  #readersChanged(room: Address, before: readonly Address[] | undefined): void {
    this.messages.readership.heard(room, before);
    this.tellKeys(room);
  }

  /** Keys of a person, or who reads in a room, are otherwise. */
  tellKeys(whose: Address): void {
    this.#needs.changes.tell({ about: 'keys', person: whose });
  }

  #watchLosses(parts: MessageSync): Losses {
    const { world, store, notices } = this.#needs;
    const { book, journal, connection } = this;
    return new Losses(
      {
        store,
        book,
        journal,
        log: world.log,
        now: () => world.clock.now(),
        isOnline: () => connection.state().stage === 'online',
        notice: (notice) => notices.add(notice),
        everythingLost: () => this.#kept && this.#keep(this.#kept),
      },
      parts,
    );
  }

  #listener(): ConnectionListener {
    return {
      opening: () => this.#opening(),
      online: (how) => this.#online(how),
      stanza: (stanza) => this.#stanza(stanza),
      answerIq: (iq) => this.people.answerIq(iq),
      stateChanged: (state) => this.#stateChanged(state),
      loginKept: (kept) => this.#keep(kept),
    };
  }

  /** The newest page first: it is what somebody waits for. */
  #opening(): void {
    this.messages.onOpening();
    this.people.onOpening();
    this.rooms.onOpening();
  }

  #online(how: 'fresh' | 'resumed'): void {
    this.#wasOnline = true;
    this.people.onOnline(how);
    this.rooms.onOnline(how);
    this.messages.onOnline(how);
    this.#encryption.onOnline(how);
    for (const person of this.keysToLearn) this.tellKeys(person);
    this.keysToLearn.clear();
    this.files.onOnline(how);
    this.#losses?.onOnline();
    if (how === 'fresh') void this.clock.ask();
    else this.#check.resumed();
  }

  /** Whatever one stanza does, the next is heard. */
  #stanza(stanza: Element): void {
    if (this.#isStopped) return;
    try {
      if (this.rooms.handle(stanza) || this.people.handle(stanza)) return;
      if (stanza.name === 'message') this.messages.handle(stanza);
    } catch (defect) {
      const { log } = this.#needs.world;
      complain(log, 'a stanza could not be dealt with', defect, { stanza: stanza.name });
    }
  }

  #stateChanged(state: ConnectionState): void {
    if (state.stage !== 'online' && this.#wasOnline) {
      this.#wasOnline = false;
      this.#check.stop();
      this.people.onOffline();
      this.rooms.onOffline();
      this.messages.onOffline();
      this.#encryption.onOffline();
    }
    this.#needs.stateChanged(state);
  }

  #keep(kept: KeptLogin): void {
    this.#kept = kept;
    this.journal.setFact('kept-login', kept);
    this.journal.setFact('account', this.account);
  }

  #company(): Company {
    const { account } = this.#needs;
    const { people, rooms } = this;
    return {
      self: account.address,
      ownName: () => account.name,
      nameOf: (person) => people.nameOf(person),
      ...companyOfRooms(rooms),
      ownAuthor: (conversation) => this.ownAuthor(conversation),
    };
  }

  ownAuthor(conversation: ConversationId): { id: AuthorId; name: string } {
    const nick = this.rooms.isRoom(conversation) ? this.rooms.nickOf(conversation) : undefined;
    const id: Address | string = nick === undefined ? this.account.address : `${conversation}/${nick}`;
    return { id: id as AuthorId, name: nick ?? this.account.name };
  }

  #recordChanged(changed: ConversationRecord, before: ConversationRecord | undefined): void {
    if (looksOtherwise(changed, before)) this.journal.tell({ about: 'conversations' });
    else this.journal.touch();
    if (changed.unread !== before?.unread) this.journal.tell({ about: 'situation' });
  }

  #storeJudged(hasWritten: boolean): void {
    this.lookForLosses();
    if (hasWritten) this.#compaction.written();
    const { store, notices } = this.#needs;
    const state = store.state();
    if (state === 'full') notices.add({ kind: 'storage-full' });
    else notices.withdraw('storage-full');
    if (state === 'memory') notices.add({ kind: 'storage-memory-only' });
  }

  #busy(isBusy: boolean): void {
    this.catchingUp.set(isBusy);
    this.#encryption.setCatchingUp(isBusy);
    if (isBusy) return;
    this.#compaction.written();
    // The list is whole now, even where nothing of it is otherwise.
    this.#needs.changes.tell({ about: 'conversations' });
  }
}
