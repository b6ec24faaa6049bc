// The people of the account: the roster and its changes, who asks for contact, who is there.
import { remembered } from '../../../base/remembered.ts';
import type { Address } from '../../../model/account.ts';
import type { ConversationId, Presence } from '../../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import { writeCaps } from '../../../xmpp/codecs/caps.ts';
import { readPresence, writePresence, writeSubscription, type PresenceTold } from '../../../xmpp/codecs/presence.ts';
import { readRoster, writeRosterGet, writeRosterItem } from '../../../xmpp/codecs/roster.ts';
import { bareOf, parseAddress, resourceOf } from '../../../xmpp/jid.ts';
import { NS_MUC, NS_MUC_USER } from '../../../xmpp/namespaces.ts';
import { child, type Element } from '../../../xmpp/xml.ts';
import { acceptRosterPush } from '../authority/roster.ts';
import { readName } from '../authority/names.ts';
import { titleOf } from '../book.ts';
import { say, type LiveNeeds } from '../live-needs.ts';
import { answerInfoRequest } from './own-info.ts';
import { Presences } from './presences.ts';
import { Roster, type KeptRoster } from './roster.ts';
import { isSeen, isWelcome, standingOf } from './standing.ts';

/** Open requests beyond this are not shown: whoever floods has to wait until some are answered, and engines ask again at each sign-in. */
const MOST_ASKING = 100;
/** Names that are kept in the form in which they are shown. */
const MOST_NAMES = 256;

export class PeopleSync {
  readonly #needs: LiveNeeds;
  readonly #roster = new Roster();
  readonly #presences = new Presences();
  /** Looking through a name costs more than reading a message, and the same people write again and again. */
  readonly #nameAsShown = remembered(MOST_NAMES, (given) => readName(given).name);
  /** Counts openings: the answer to a question of an older session comes too late to matter. */
  #opening = 0;
  #isOnline = false;

  constructor(needs: LiveNeeds) {
    this.#needs = needs;
  }

  /** What the disk holds. To be awaited before the connection starts. */
  async load(): Promise<void> {
    this.#roster.load(await this.#needs.facts.fact<KeptRoster>('roster'));
    // The roster and the records are written together, but a lost record must not lose a person.
    for (const { address } of this.#roster.all()) this.#record(address);
  }

  /** Travels in the same flight as the bind: an unchanged roster is an empty answer. */
  onOpening(): void {
    void this.#fetch(++this.#opening);
    if (this.#presences.clear()) this.#needs.changes.tell({ about: 'conversations' });
  }

  /**
   * Presence comes after the bind: an engine looks up every contact for it, and Prosody sends nothing of a flight before it has gone through
   * all of it. A thousand contacts kept the newest page waiting for more than a second.
   */
  onOnline(how: 'fresh' | 'resumed'): void {
    this.#isOnline = true;
    if (how === 'fresh') this.#needs.connection.send(writePresence('available', [writeCaps()]));
  }

  /** What was known of others is no longer known. */
  onOffline(): void {
    if (!this.#isOnline) return;
    this.#isOnline = false;
    this.#needs.changes.tell({ about: 'conversations' });
  }

  /** Whether the stanza was about people. Rooms are asked first: occupants are no contacts. */
  handle(stanza: Element): boolean {
    const push = acceptRosterPush(stanza, this.#needs.self);
    if (push === 'forged') this.#needs.log.info('a forged roster push was dropped');
    else if (push) this.#adopt([this.#roster.apply(push)]);
    if (push) return true;
    const presence = child(stanza, 'x', NS_MUC_USER) || child(stanza, 'x', NS_MUC) ? undefined : readPresence(stanza);
    if (presence) this.#hear(presence);
    return presence !== undefined;
  }

  /** Undefined where the connection's own answer will do. */
  answerIq(iq: Element): Element | undefined {
    return answerInfoRequest(iq, this.#needs.self, (person) => ['from', 'both'].includes(this.#roster.get(person)?.subscription ?? 'none'));
  }

  presenceOf(person: ConversationId): Presence {
    if (!this.#isOnline || !isSeen(this.#roster.get(person))) return 'unknown';
    return this.#presences.of(person);
  }

  nameOf(person: Address): string {
    const given = this.#roster.get(person)?.name;
    return given ? this.#nameAsShown(given) : titleOf(person);
  }

  isContact(person: Address): boolean {
    return (this.#roster.get(person)?.subscription ?? 'none') !== 'none';
  }

  /** Asks for contact, and lets them in already: they need not be asked whether they may see us. */
  async addContact(text: string): Promise<Answer<ConversationId>> {
    const person = parseAddress(text);
    if (!person || person === this.#needs.self) return failed({ kind: 'address-invalid', address: text });
    const known = this.#roster.get(person);
    if (isSeen(known)) return succeeded(person);
    const isAsking = this.#needs.book.get(person)?.standing === 'asks-for-contact';
    const told = await this.#befriend(person);
    if (told.ok && !isAsking && standingOf(known, false) !== 'contact') this.#needs.book.change(person, { standing: 'asked-by-us' });
    return told.ok ? succeeded(person) : told;
  }

  /** A decline lets them ask again; it blocks nobody. */
  async answerContact(person: ConversationId, answer: 'accept' | 'decline'): Promise<Answer<void>> {
    const { book, connection } = this.#needs;
    if (book.get(person)?.standing !== 'asks-for-contact') return failed({ kind: 'not-found' });
    const told = answer === 'accept' ? await this.#befriend(person) : say(connection, writeSubscription('unsubscribed', person));
    if (!told.ok) return told;
    const standing = answer === 'accept' ? 'contact' : standingOf(this.#roster.get(person), false);
    book.change(person, { standing });
    return succeeded(undefined);
  }

  async #befriend(person: Address): Promise<Answer<void>> {
    const { connection } = this.#needs;
    if (!this.#roster.get(person)) {
      const kept = await connection.ask(writeRosterItem(person, undefined));
      if (!kept.ok) return kept;
    }
    const allowed = say(connection, writeSubscription('subscribed', person));
    return allowed.ok ? say(connection, writeSubscription('subscribe', person)) : allowed;
  }

  async #fetch(opening: number): Promise<void> {
    const answer = await this.#needs.connection.ask(writeRosterGet(this.#roster.version));
    if (opening !== this.#opening) return;
    if (!answer.ok) return this.#needs.log.info('the roster did not come', { failure: answer.failure.kind });
    const roster = readRoster(answer.value);
    if (roster !== 'unchanged') this.#adopt(this.#roster.replace(roster));
  }

  #adopt(concerned: Iterable<Address>): void {
    const { facts, changes } = this.#needs;
    facts.setFact('roster', this.#roster.kept());
    for (const person of concerned) {
      if (!isSeen(this.#roster.get(person))) this.#presences.forget(person);
      this.#record(person);
    }
    changes.tell({ about: 'conversations' });
  }

  /** A contact is a conversation, even before the first word. Somebody who left the roster stays one only if there is something to keep. */
  #record(person: Address): void {
    const { book, self } = this.#needs;
    const item = this.#roster.get(person);
    const known = book.get(person);
    const standing = standingOf(item, known?.standing === 'asks-for-contact');
    if (person === self || known?.kind === 'room' || (!known && standing === 'stranger')) return;
    book.change(person, { kind: 'direct', title: this.nameOf(person), standing });
  }

  #hear({ from, kind, show }: PresenceTold): void {
    const person = bareOf(from ?? '');
    if (person === '' || person === this.#needs.self) return;
    if (kind === 'subscribe') return this.#asked(person);
    if (kind === 'unsubscribe') return this.#withdrawn(person);
    if ((kind !== 'available' && kind !== 'unavailable') || !isSeen(this.#roster.get(person))) return;
    const device = resourceOf(from ?? '');
    const isOtherwise =
      device === undefined
        ? kind === 'unavailable' && this.#presences.forget(person)
        : this.#presences.tell(person, device, kind === 'available' ? show : undefined);
    if (isOtherwise) this.#needs.changes.tell({ about: 'conversations' });
  }

  #asked(person: Address): void {
    const { connection, book, changes, clock } = this.#needs;
    if (isWelcome(this.#roster.get(person))) return connection.send(writeSubscription('subscribed', person));
    const known = book.get(person);
    if (known?.kind === 'room' || known?.standing === 'asks-for-contact' || this.#countAsking() >= MOST_ASKING) return;
    book.change(person, { kind: 'direct', standing: 'asks-for-contact', lastActivityAt: clock.now() });
    changes.tell({ about: 'conversations' });
  }

  #countAsking(): number {
    let count = 0;
    for (const { standing } of this.#needs.book.all()) if (standing === 'asks-for-contact') count++;
    return count;
  }

  #withdrawn(person: Address): void {
    if (this.#needs.book.get(person)?.standing !== 'asks-for-contact') return;
    this.#needs.book.change(person, { standing: standingOf(this.#roster.get(person), false) });
    this.#needs.changes.tell({ about: 'conversations' });
  }
}
