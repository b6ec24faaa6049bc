// Everything sealed that engines were handed, held against itself: no key of a ratchet may seal two messages. The same bytes may go twice.
import { NS_OMEMO } from '../../../src/xmpp/namespaces.ts';
import { readAccounts, readKeysFor } from '../../../src/xmpp/codecs/omemo-message.ts';
import { child, parseFrame, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { stepOf } from './step-of.ts';

export class KeyLedger {
  /** Keys that sealed two messages. */
  readonly faults: string[] = [];
  readonly #used = new Map<string, string>();
  #messages = 0;

  /** How many keys were used, in how many messages. */
  get counts(): { keys: number; messages: number } {
    return { keys: this.#used.size, messages: this.#messages };
  }

  /** A frame as it went to the engine. */
  readonly note = (frame: string): void => {
    if (!frame.startsWith('<message')) return;
    const parsed = parseFrame(frame);
    if (!parsed.ok) throw new Error(`what was said is not XML: ${frame.slice(0, 80)}`);
    const encrypted = child(parsed.element, 'encrypted', NS_OMEMO);
    if (encrypted) this.#noteSealed(parsed.element, encrypted);
  };

  #noteSealed(message: Element, encrypted: Element): void {
    const sender = child(encrypted, 'header', NS_OMEMO)?.attributes['sid'];
    const bytes = writeElement(encrypted);
    let isNew = false;
    for (const account of readAccounts(message)) {
      for (const { device } of readKeysFor(message, account)) {
        const name = `${sender} to ${account} ${device}: ${stepOf(message, account, device)}`;
        const before = this.#used.get(name);
        isNew ||= before === undefined;
        if (before !== undefined && before !== bytes) this.faults.push(name);
        this.#used.set(name, bytes);
      }
    }
    if (isNew) this.#messages += 1;
  }
}
