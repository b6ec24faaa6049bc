// What messages bear of protection, and what that makes of their conversation: encrypted for good, and the badge that its header may show.
import { badgeWith, type Protection } from '../../../model/protection.ts';
import type { ConversationPatch } from '../book.ts';
import type { ConversationRecord, StoredMessage } from '../../ports.ts';

const PLAIN: Protection = { how: 'plain' };

export class ProtectionTally {
  readonly #mayTurnOn: boolean;
  readonly #isDirect: boolean;
  #encryption: ConversationRecord['encryption'];
  #from: number | undefined;
  #badge: ConversationRecord['badge'];
  /** They wrote in the newer method: the older one is not gone back to without a word. In a room one member says nothing of the others. */
  #isNewer = false;

  /** `mayTurnOn`: a room that cannot be encrypted is not to be silenced by whoever writes so there. */
  constructor({ kind, encryption, encryptedFrom, badge }: ConversationRecord, mayTurnOn: boolean) {
    this.#mayTurnOn = mayTurnOn;
    this.#isDirect = kind === 'direct';
    this.#encryption = encryption;
    this.#from = encryptedFrom;
    this.#badge = badge;
  }

  /** In ascending order of places. What comes in clear into an encrypted conversation is marked, and counts. */
  count(message: StoredMessage): void {
    if (message.content === 'keys-changed') return;
    if (this.#encryption === undefined && this.#mayTurnOn && isSealed(message)) this.#turnOn(message.order);
    if (this.#encryption !== 'on') return;
    if (message.content === 'text' && !message.protection && message.order >= (this.#from ?? Infinity)) message.protection = PLAIN;
    if (this.#isDirect && message.protection?.how === 'omemo-2') this.#isNewer = true;
    if (message.protection) this.#badge = badgeWith(this.#badge, message.protection);
  }

  patch(): ConversationPatch {
    if (this.#encryption !== 'on') return {};
    return { encryption: 'on', encryptedFrom: this.#from, badge: this.#badge, ...(this.#isNewer && { legacy: undefined }) };
  }

  #turnOn(place: number): void {
    this.#encryption = 'on';
    this.#from = place;
  }
}

/** Also what was written for other devices of ours: they would not have been written to otherwise. */
const isSealed = ({ protection, unreadable }: StoredMessage): boolean =>
  (protection && protection.how !== 'plain') || unreadable === 'not-for-this-device';
