// Everything that is said where it goes encrypted is sealed here: the ratchets' steps are on the disk before the bytes leave, never in clear instead.
import type { ConversationId } from '../../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import type { MessageId } from '../../../model/message.ts';
import { mayStandInside } from '../../../xmpp/codecs/envelope.ts';
import { isReceipt } from '../../../xmpp/codecs/receipts.ts';
import { readHints } from '../../../xmpp/codecs/hints.ts';
import { childElements, writeElement, type Element } from '../../../xmpp/xml.ts';
import { complain } from '../../complain.ts';
import type { ConversationBook, ConversationPatch } from '../book.ts';
import type { Journal } from '../journal.ts';
import { composeMessage, composeSealed, composeSealedAside, contentOfMessage } from '../outgoing-message.ts';
import type { ConversationRecord, Encryption, Log, OutboxRecord, Ratchets, SealedWords, SealWish } from '../../ports.ts';
import type { Readership } from './readership.ts';

export interface SealerNeeds {
  book: ConversationBook;
  journal: Journal;
  /** Fetched at first need. Undefined where nothing is ever sealed. */
  encryption: (() => Promise<Encryption>) | undefined;
  send(stanza: Element): void;
  mintId(): string;
  log: Log;
  readership: Pick<Readership, 'learn' | 'allowed'>;
}

/** A room that changes all the time is not followed at every step. */
const MOST_TRIES = 3;

export class Sealer {
  readonly #needs: SealerNeeds;
  #there: Encryption | undefined;
  /** Sealed, but the disk refused them: what used up a step is stored as it is, not sealed again. */
  readonly #unstored = new Map<MessageId, OutboxRecord>();
  /** Passing words that wait until the archive was looked into. */
  #waiting: (() => void)[] | undefined = [];

  constructor(needs: SealerNeeds) {
    this.#needs = needs;
  }

  /** `undecided`: the first words of a conversation decide, once it is known whether the other side can read them encrypted. */
  wayOf(conversation: ConversationId): 'plain' | 'sealed' | 'undecided' {
    const record = this.#needs.book.get(conversation);
    if (!this.#needs.encryption) return 'plain';
    if (record?.encryption !== undefined) return record.encryption === 'on' ? 'sealed' : 'plain';
    if (record?.kind === 'room') return 'plain';
    return !record || (record.top === 0 && record.gaps.length === 0) ? 'undecided' : 'plain';
  }

  /** A fresh stream. Whoever is a copy of another finds in the archive what that one said meanwhile, and must not use its keys a second time. */
  hold(): void {
    this.#waiting = [];
  }

  /** The archive was looked into, or cannot be. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const say of waiting ?? []) say();
  }

  get isHeld(): boolean {
    return this.#waiting !== undefined;
  }

  /** Everything that writing there needs is at hand, and it goes sealed. In rooms it has to be looked at who reads. */
  sealsAtOnce(conversation: ConversationId): boolean {
    const { kind, legacy } = this.#needs.book.get(conversation) ?? {};
    const isPlain = this.wayOf(conversation) !== 'sealed' || kind !== 'direct' || legacy === true;
    return !isPlain && !this.isHeld && this.#there?.isAtHand(conversation) === true;
  }

  /** The record with the bytes that go out, stored. Once it has been written sealed it never goes out otherwise. */
  async prepare(record: OutboxRecord): Promise<Answer<OutboxRecord>> {
    const isSealed = await this.decide(record);
    if (!isSealed.ok) return isSealed;
    return isSealed.value ? this.#seal(record) : this.#writePlain(record);
  }

  /** Whether it goes sealed, once that is known. */
  async decide({ conversation, mustSeal }: OutboxRecord): Promise<Answer<boolean>> {
    const decided = this.wayOf(conversation) === 'undecided' ? await this.#decide(conversation) : succeeded<boolean>(true);
    return decided.ok ? succeeded(mustSeal === true || this.wayOf(conversation) === 'sealed') : decided;
  }

  /**
   * A passing word: in clear, or sealed where everything goes sealed. What cannot be sealed now is not said. The older method seals only
   * words: there that something arrived is said in clear, because the engine knows it, and who reads or writes just now is not said.
   */
  say(to: ConversationId, stanza: Element): void {
    if (this.#needs.book.get(to)?.legacy) return isReceipt(stanza) ? this.#needs.send(stanza) : undefined;
    if (this.wayOf(to) !== 'sealed') return this.#needs.send(stanza);
    if (this.#waiting) {
      // That somebody is writing is old by then.
      if (!readHints(stanza).includes('no-store')) this.#waiting.push(() => this.say(to, stanza));
      return;
    }
    void this.#saySealed(to, stanza).catch((defect: unknown) => {
      complain(this.#needs.log, 'a passing word could not be sealed', defect);
    });
  }

  async #saySealed(to: ConversationId, stanza: Element): Promise<void> {
    const content = childElements(stanza).filter(mayStandInside);
    const words = await this.#sealPassing(to, content);
    if (!words.ok) return;
    const hint = readHints(stanza).includes('no-store') ? 'no-store' : 'store';
    const id = stanza.attributes['id'] ?? this.#needs.mintId();
    this.#needs.send(composeSealedAside(id, to, this.#kindOf(to), words.value.elements, hint));
  }

  /** Sealed and on the disk, or why not. */
  async #sealPassing(to: ConversationId, content: readonly Element[]): Promise<Answer<SealedWords>> {
    const { encryption, journal } = this.#needs;
    if (!encryption) return failed({ kind: 'keys-missing', person: to });
    const there = await encryption();
    const could = await this.#learnReaders(there, to);
    if (!could.ok) return could;
    return there.turn(async (ratchets) => {
      const sealed = await this.#sealFor(ratchets, () => this.#wishFor(to, content));
      const stored = await journal.commitSealed([], ratchets.takeChanged());
      return sealed.ok && !stored.ok ? stored : sealed;
    });
  }

  /** Where they cannot read it the first words go in clear, and with them the conversation is as it always was. */
  async #decide(conversation: ConversationId): Promise<Answer<boolean>> {
    const { encryption, book } = this.#needs;
    const can = (await (await encryption?.())?.canEncryptFor(conversation)) ?? succeeded(false);
    if (can.ok && can.value && this.wayOf(conversation) === 'undecided') book.change(conversation, switchedOn(book.get(conversation)));
    return can;
  }

  async #writePlain(record: OutboxRecord): Promise<Answer<OutboxRecord>> {
    const kind = this.#kindOf(record.conversation);
    const written = { ...record, stanza: writeElement(composeMessage(record.id, record.conversation, kind, record)) };
    const stored = await this.#needs.journal.commitStrict([written]);
    return stored.ok ? succeeded(written) : stored;
  }

  async #seal(record: OutboxRecord): Promise<Answer<OutboxRecord>> {
    const { encryption, journal } = this.#needs;
    const unstored = this.#unstored.get(record.id);
    if (unstored) return this.#store(unstored, await journal.commitStrict([unstored]));
    if (!encryption) return failed({ kind: 'keys-missing', person: record.conversation });
    const there = (this.#there = await encryption());
    const could = await this.#learnReaders(there, record.conversation);
    return could.ok ? there.turn((ratchets) => this.#sealInTurn(record, ratchets)) : could;
  }

  async #sealInTurn(record: OutboxRecord, ratchets: Ratchets): Promise<Answer<OutboxRecord>> {
    const { journal } = this.#needs;
    const kind = this.#kindOf(record.conversation);
    const content = contentOfMessage(record, kind);
    const wished = (): Answer<SealWish> => this.#wishFor(record.conversation, content);
    const words = await this.#sealFor(ratchets, record.file ? () => withoutLegacy(wished()) : wished);
    const keys = ratchets.takeChanged();
    if (!words.ok) {
      journal.keep(keys);
      const wish = wished();
      const isLegacyFile = record.file && wish.ok && wish.value.mayBeLegacy === true && words.failure.kind === 'keys-missing';
      return isLegacyFile ? failed({ kind: 'legacy-no-files' }) : words;
    }
    const stanza = writeElement(composeSealed(record.id, record.conversation, kind, words.value));
    this.#noteMethod(record.conversation, words.value);
    const sealed: OutboxRecord = { ...record, stanza, protection: words.value.protection };
    return this.#store(sealed, await journal.commitSealed([sealed], keys));
  }

  /** It may have to wait for somebody's service: who left meanwhile is not written to, and who came waits for a word. */
  async #sealFor(ratchets: Ratchets, wished: () => Answer<SealWish>): Promise<Answer<SealedWords>> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const wish = wished();
      if (!wish.ok) return wish;
      const words = await ratchets.seal(wish.value);
      if (!words.ok || isStillFor(wish.value, wished())) return words;
    }
    return failed({ kind: 'no-answer' });
  }

  /** Everything at hand before a turn, so that none waits for the network. */
  async #learnReaders(there: Encryption, to: ConversationId): Promise<Answer<void>> {
    const isRoom = this.#kindOf(to) === 'room';
    if (isRoom) await this.#needs.readership.learn(to);
    const wish = this.#wishFor(to, []);
    if (!wish.ok) return wish;
    await there.prepare(isRoom ? wish.value.members : [to], wish.value.mayBeLegacy);
    return succeeded(undefined);
  }

  /** As it stands in this moment: whoever left meanwhile is not written to. */
  #wishFor(to: ConversationId, content: readonly Element[]): Answer<SealWish> {
    const record = this.#needs.book.get(to);
    const mayBeLegacy = record?.legacy === true;
    if (record?.kind !== 'room') return succeeded({ to, isRoom: false, members: [], content, mayBeLegacy });
    const allowed = this.#needs.readership.allowed(to);
    return allowed.ok ? succeeded({ to, isRoom: true, content, mayBeLegacy, ...allowed.value }) : allowed;
  }

  #kindOf(conversation: ConversationId): ConversationRecord['kind'] {
    return this.#needs.book.get(conversation)?.kind ?? 'direct';
  }

  /** They have something newer: the older method is not gone back to without a word. */
  #noteMethod(conversation: ConversationId, { protection }: SealedWords): void {
    const { book } = this.#needs;
    if (protection.how === 'omemo-2' && book.get(conversation)?.legacy) book.change(conversation, { legacy: undefined });
  }

  #store(sealed: OutboxRecord, answer: Answer<void>): Answer<OutboxRecord> {
    if (answer.ok) this.#unstored.delete(sealed.id);
    else this.#unstored.set(sealed.id, sealed);
    return answer.ok ? succeeded(sealed) : answer;
  }
}

const isStillFor = ({ members }: SealWish, now: Answer<SealWish>): boolean =>
  now.ok && members.every((member) => now.value.members.includes(member));

/** The older method carries words alone. */
const withoutLegacy = (wish: Answer<SealWish>): Answer<SealWish> => (wish.ok ? succeeded({ ...wish.value, mayBeLegacy: false }) : wish);

/** From here on, until a person says otherwise. */
export const switchedOn = (record: ConversationRecord | undefined): ConversationPatch => ({
  encryption: 'on',
  encryptedFrom: (record?.top ?? 0) + 1,
  badge: undefined,
});
