// Opening and sealing of one account, put together: what comes, what goes, and what has to be tried again.
import { complain } from '../../complain.ts';
import type { OutboxRecord, Store } from '../../ports.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { ArchivedStanza } from '../archive-client.ts';
import { idOf, partiesOf, readArchivedWith, readWords, type Acquaintance, type Circumstance } from '../read-message.ts';
import { LateMessages } from './late-messages.ts';
import { Opener, type Arrival, type OpenerNeeds } from './opener.ts';
import type { Reading } from './reading.ts';
import type { Readership } from './readership.ts';
import { Sealer } from './sealer.ts';

export interface SealsNeeds extends Omit<OpenerNeeds, 'self' | 'archivedOccupant' | 'wordsOf' | 'readArchived' | 'late' | 'waiting'> {
  readership: Readership;
  company: Acquaintance;
  store: Store;
  mayTurnOn(conversation: Arrival['conversation']): boolean;
  recount(conversation: Arrival['conversation']): void;
  applyMark(message: Element): void;
  mintId(): string;
  send(stanza: Element): void;
  waiting(id: string): OutboxRecord | undefined;
}

export class Seals {
  readonly sealer: Sealer;
  readonly opener: Opener;
  readonly say: Sealer['say'] = (to, stanza) => this.sealer.say(to, stanza);
  readonly #needs: SealsNeeds;
  readonly #late: LateMessages | undefined;
  readonly #readArchived: ReturnType<typeof readArchivedWith>;

  constructor(needs: SealsNeeds) {
    const { company, encryption } = needs;
    const wordsOf: OpenerNeeds['wordsOf'] = ({ message, ...travelled }, arrival) =>
      readWords(message, { ...arrival.how, ...travelled }, company, arrival);
    this.#needs = needs;
    this.#readArchived = readArchivedWith(company);
    this.sealer = new Sealer(needs);
    this.opener = new Opener({
      ...needs,
      self: company.self,
      archivedOccupant: (room, message) => company.occupantOf(room, message, true),
      wordsOf,
      readArchived: (reading, how, room) => this.#read(reading, how, room),
      late: (arrival) => this.#late?.add(arrival),
    });
    this.#late =
      encryption &&
      new LateMessages({
        ...needs,
        encryption,
        open: (arrival, ratchets) => this.opener.openUnknown(arrival, ratchets),
        wordsOf,
        passed: (arrival) => this.opener.notePassed(arrival),
      });
  }

  /** What a stanza of an archive says, unless it has to be opened first. */
  readArchived(stanza: Element, how: Circumstance, room: Arrival['conversation'] | undefined): ArchivedStanza['said'] {
    const parties = room === undefined ? partiesOf(stanza, this.#needs.company.self) : undefined;
    if (!this.opener.mustOpen(stanza)) {
      const { message } = parties ? this.opener.readPlain({ message: stanza, conversation: parties.other }) : { message: stanza };
      return this.#readArchived(message, how, room);
    }
    const ownId = parties?.own ? idOf(stanza) : undefined;
    return { sealed: stanza, ...(ownId !== undefined && { ownId }) };
  }

  /** The pages below were read: what was too far ahead may open now. */
  openLate(): void {
    this.#late?.tryAgain().catch((defect: unknown) => {
      complain(this.#needs.log, 'what was late could not be opened', defect);
    });
  }

  #read({ message, ...travelled }: Reading, how: Circumstance, room: Arrival['conversation'] | undefined): ArchivedStanza['said'] {
    return this.#readArchived(message, { ...how, ...travelled }, room);
  }
}
