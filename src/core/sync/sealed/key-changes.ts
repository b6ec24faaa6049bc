// What changes in keys, as everybody in the conversation should see it: a line at its place in the thread, and a badge that claims no more
// than is true now.
import type { Address } from '../../../model/account.ts';
import type { ConversationId } from '../../../model/conversation.ts';
import type { EncryptionWish } from '../../../model/protection.ts';
import type { AuthorId, KeyChange } from '../../../model/message.ts';
import type { KeysNews, Trusting } from '../../key-ports.ts';
import type { ConversationRecord, Encryption } from '../../ports.ts';
import type { ConversationBook, ConversationPatch } from '../book.ts';
import type { History } from '../history.ts';
import type { Outbox } from '../outbox.ts';
import type { Readership } from './readership.ts';
import { switchedOn } from './sealer.ts';

export interface KeyChangesNeeds {
  self: Address;
  nameOf(person: Address): string;
  ownName(): string;
  book: ConversationBook;
  history: History;
  outbox: Outbox;
  readership: Readership;
  now(): number;
  /** Runs once the newest messages of the conversation are known. */
  step(conversation: ConversationId, work: () => void): void;
}

const SWITCHED_OFF: ConversationPatch = {
  encryption: 'off',
  encryptedFrom: undefined,
  badge: undefined,
  readers: undefined,
  legacy: undefined,
};

/** An own device that is new can read every conversation; where nobody wrote for long the line waits for nobody. */
const MOST_TOLD = 20;

export class KeyChanges {
  readonly #needs: KeyChangesNeeds;

  constructor(needs: KeyChangesNeeds) {
    this.#needs = needs;
  }

  async heard({ person, device, what, method }: KeysNews, { trust }: Encryption): Promise<void> {
    if (what === 'told') return;
    if (what === 'decided') return this.#decided(person, trust);
    const change = { what, person, ...(device !== undefined && { device }) };
    const concerned = this.#concerned(person).filter(({ legacy }) => method !== 'legacy' || legacy);
    for (const { id, top } of concerned.slice(0, MOST_TOLD)) if (top > 0) this.write(id, change);
  }

  /** A person turns it on or off: from here on, and for good. */
  switch(conversation: ConversationId, to: EncryptionWish): void {
    const { book, outbox } = this.#needs;
    const record = book.get(conversation);
    if (!record) return;
    if (wishOf(record) !== to) this.#change(record, to);
    if (to !== 'off') void outbox.decided(conversation);
    outbox.pump();
  }

  #change(record: ConversationRecord, to: EncryptionWish): void {
    const { book, readership } = this.#needs;
    book.change(record.id, switched(record, to));
    if (to !== 'off' && record.kind === 'room' && record.encryption !== 'on') readership.begin(record.id);
    if (record.top > 0 && (wishOf(record) ?? 'off') !== to) this.write(record.id, { what: `encryption-${to}` });
  }

  /** Encrypted conversations in which this person's devices read along, the newest first. */
  #concerned(person: Address): ConversationRecord[] {
    const { self, book } = this.#needs;
    const isReader = ({ id, readers }: ConversationRecord): boolean =>
      person === self || id === person || readers?.listed.includes(person) === true;
    const all = [...book.all()].filter((record) => record.encryption === 'on' && isReader(record));
    return all.toSorted((a, b) => b.lastActivityAt - a.lastActivityAt);
  }

  async #decided(person: Address, trust: Trusting): Promise<void> {
    const { self, outbox, book } = this.#needs;
    const conversations = this.#concerned(person);
    const isOwnVerified = await isVerified(trust, self);
    for (const { id, readers } of conversations) {
      await outbox.decided(id);
      const isWhole = isOwnVerified && (await (readers ? areVerified(trust, readers.listed) : isVerified(trust, id)));
      book.change(id, badgeAfter(book.get(id), isWhole));
    }
  }

  /** A line at the newest end of the thread. */
  write(conversation: ConversationId, keyChange: KeyChange): void {
    const { self, nameOf, ownName, history, step, now, book } = this.#needs;
    const { person = self } = keyChange;
    const own = person === self;
    step(conversation, () => {
      history.append({
        conversation,
        kind: book.get(conversation)?.kind ?? 'direct',
        author: person as string as AuthorId,
        authorName: own ? ownName() : nameOf(person),
        own,
        text: '',
        content: 'keys-changed',
        sentAt: now(),
        timeCertain: true,
        mentionsMe: false,
        keyChange,
      });
    });
  }
}

const wishOf = (record: ConversationRecord | undefined): EncryptionWish | undefined =>
  record?.encryption === 'on' && record.legacy ? 'legacy' : record?.encryption;

/** The older method never claims more than the mark of its messages does. */
function switched(record: ConversationRecord, to: EncryptionWish): ConversationPatch {
  if (to === 'off') return SWITCHED_OFF;
  if (to === 'on') return { ...switchedOn(record), legacy: undefined };
  return {
    ...switchedOn(record),
    ...(record.encryption === 'on' && { encryptedFrom: record.encryptedFrom }),
    badge: 'mixed',
    legacy: true,
  };
}

/** Also those that are no longer listed: what was said may have gone to them. */
async function isVerified(trust: Trusting, person: Address): Promise<boolean> {
  const keys = await trust.read(person);
  return (
    keys.ok && keys.value.devices.every(({ isThisDevice, trust: thought, method }) => isThisDevice || method || thought === 'verified')
  );
}

const areVerified = async (trust: Trusting, people: readonly Address[]): Promise<boolean> =>
  (await trust.glance(people)).every((one) => one.isVerified);

/** The same keys that what was said went to have been compared since, or are doubted again. */
function badgeAfter(record: ConversationRecord | undefined, isVerifiedNow: boolean): ConversationPatch {
  if (record?.badge === 'encrypted' && isVerifiedNow) return { badge: 'verified' };
  return record?.badge === 'verified' && !isVerifiedNow ? { badge: 'encrypted' } : {};
}
