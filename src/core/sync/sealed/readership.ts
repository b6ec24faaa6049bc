// Who reads in an encrypted room: what its lists say, what a person has said of that, and what changed between the two.
//   lists known ──▶ the first time: these are known to the person · later: who came waits for a word, who left is written to no more
//   somebody waits for a word ──▶ nothing is sealed ──a person decides──▶ what waited goes
import type { ReadersDecision } from '../../../contracts/readers.ts';
import type { Address } from '../../../model/account.ts';
import type { ConversationId } from '../../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import type { KeyChange } from '../../../model/message.ts';
import type { StoredReaders } from '../../../model/readers.ts';
import type { ConversationBook } from '../book.ts';

export interface ReadershipNeeds {
  self: Address;
  book: Pick<ConversationBook, 'get' | 'change'>;
  company: {
    /** Whatever is not known of the room is asked. */
    learnMembers(room: ConversationId): Promise<void>;
    /** Everybody on its lists, or why it cannot be encrypted; as known in this moment. */
    membersOf(room: ConversationId): Answer<readonly { address: Address }[]>;
  };
  /** A line in the thread. */
  tell(room: ConversationId, change: KeyChange): void;
}

/** To whom something is sealed: all of them, but nobody has to have a device who is written past. */
export interface Allowed {
  members: readonly Address[];
  without: readonly Address[];
}

export class Readership {
  readonly #needs: ReadershipNeeds;
  /** Who a person was shown last: what they turn on is meant for these. */
  readonly #shown = new Map<ConversationId, readonly Address[]>();

  constructor(needs: ReadershipNeeds) {
    this.#needs = needs;
  }

  learn(room: ConversationId): Promise<void> {
    return this.#needs.company.learnMembers(room);
  }

  /** This account left out. */
  listed(room: ConversationId): Answer<readonly Address[]> {
    const members = this.#needs.company.membersOf(room);
    const people = members.ok ? members.value.map(({ address }) => address) : [];
    return members.ok ? succeeded(people.filter((person) => person !== this.#needs.self)) : members;
  }

  /** Nobody whom no person knows of. */
  allowed(room: ConversationId): Answer<Allowed> {
    this.heard(room, undefined);
    const listed = this.listed(room);
    if (!listed.ok) return listed;
    const { approved, without } = this.#needs.book.get(room)?.readers ?? beginWith(listed.value);
    const came = listed.value.filter((person) => !approved.includes(person));
    return came.length > 0 ? failed({ kind: 'members-changed', came }) : succeeded({ members: listed.value, without });
  }

  /** `before`: who was listed until now, where that was known: nothing that comes after encryption was turned on goes by untold. */
  heard(room: ConversationId, before: readonly Address[] | undefined): void {
    const record = this.#needs.book.get(room);
    if (record?.encryption !== 'on') return;
    const listed = this.listed(room);
    if (!listed.ok) return listed.failure.kind === 'room-unfit' ? this.#becameUnfit(room, listed.failure.why) : undefined;
    const known = record.readers ?? beginWith(before?.filter((person) => person !== this.#needs.self) ?? listed.value);
    if (record.readers && known.unfit === undefined && isSame(known.listed, listed.value)) return;
    const { unfit: _, ...fit } = followed(known, listed.value);
    this.#needs.book.change(room, { readers: fit });
    for (const person of without(listed.value, known.listed)) this.#needs.tell(room, { what: 'member-came', person });
    for (const person of without(known.listed, listed.value)) this.#needs.tell(room, { what: 'member-left', person });
  }

  show(room: ConversationId, people: readonly Address[]): void {
    this.#shown.set(room, people);
  }

  /** A person turns encryption on: for those whom they were shown. */
  begin(room: ConversationId): void {
    const listed = this.listed(room);
    if (!listed.ok) return;
    const shown = this.#shown.get(room) ?? listed.value;
    const readers = { ...beginWith(listed.value), approved: listed.value.filter((person) => shown.includes(person)) };
    this.#needs.book.change(room, { readers });
  }

  /** Those who were shown, as far as they are still there; whoever came since waits. */
  confirm(room: ConversationId, { people, without: passed }: ReadersDecision): void {
    const readers = this.#needs.book.get(room)?.readers;
    if (!readers) return;
    const { listed } = readers;
    const approved = listed.filter((person) => people.includes(person) || readers.approved.includes(person));
    this.#needs.book.change(room, { readers: { ...readers, approved, without: listed.filter((person) => passed.includes(person)) } });
  }

  #becameUnfit(room: ConversationId, unfit: NonNullable<StoredReaders['unfit']>): void {
    const readers = this.#needs.book.get(room)?.readers ?? beginWith([]);
    if (readers.unfit === unfit) return;
    this.#needs.book.change(room, { readers: { ...readers, unfit } });
    this.#needs.tell(room, { what: 'room-unfit' });
  }
}

const beginWith = (listed: readonly Address[]): StoredReaders => ({ listed, approved: listed, without: [] });

/** Who left and comes again comes anew. */
const followed = (known: StoredReaders, listed: readonly Address[]): StoredReaders => ({
  ...known,
  listed,
  approved: known.approved.filter((person) => listed.includes(person)),
  without: known.without.filter((person) => listed.includes(person)),
});

const without = (people: readonly Address[], others: readonly Address[]): readonly Address[] =>
  people.filter((person) => !others.includes(person));

const isSame = (one: readonly Address[], other: readonly Address[]): boolean =>
  one.length === other.length && without(one, other).length === 0;
