// A session at the scripted server: what it holds for one resource, across streams.
import { element, type Element } from '../../src/xmpp/xml.ts';
import { NS_CLIENT, NS_SM } from '../../src/xmpp/namespaces.ts';

export interface SessionStream {
  say(frame: Element): void;
}

export class ScriptedSession {
  readonly address: string;
  readonly id: string;
  /** Stanzas of the client, each once, in the order they were taken. */
  readonly received: Element[] = [];
  isCounting = false;
  handled = 0;
  #acknowledged = 0;
  #waiting: Element[] = [];
  #stream: SessionStream | undefined;

  constructor(address: string, id: string) {
    this.address = address;
    this.id = id;
  }

  attach(stream: SessionStream): void {
    this.#stream = stream;
  }

  detach(stream: SessionStream): void {
    if (this.#stream === stream) this.#stream = undefined;
  }

  /** To the client, now or when it comes back. */
  send(stanza: Element): void {
    if (this.isCounting) this.#waiting.push(stanza);
    this.#stream?.say(stanza);
  }

  take(stanza: Element): void {
    if (this.isCounting) this.handled = (this.handled + 1) >>> 0;
    this.received.push(stanza);
    this.#answer(stanza);
  }

  /** Numbers near the end of what 32 bits hold, so that they wrap. */
  startCountingAt(count: number): void {
    this.isCounting = true;
    this.handled = count;
  }

  /** False where the client claims more than was sent. */
  acknowledged(count: number): boolean {
    const fresh = (count - this.#acknowledged) >>> 0;
    if (fresh > this.#waiting.length) return false;
    this.#waiting.splice(0, fresh);
    this.#acknowledged = count >>> 0;
    return true;
  }

  repeat(): void {
    for (const stanza of this.#waiting) this.#stream?.say(stanza);
  }

  requestAcknowledgement(): void {
    this.#stream?.say(element('r', NS_SM));
  }

  #answer(stanza: Element): void {
    const { type, id, to } = stanza.attributes;
    if (stanza.name !== 'iq' || (type !== 'get' && type !== 'set')) return;
    this.send(element('iq', NS_CLIENT, { type: 'result', id, to: this.address, from: to }, stanza.children));
  }
}
