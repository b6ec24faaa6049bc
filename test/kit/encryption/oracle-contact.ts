// Somebody else's OMEMO on a real line: an account whose keys and messages are all made and read by the Python oracle. What is ours here only
// carries its bytes.
import type { Address } from '../../../src/model/account.ts';
import { OwnNode } from '../../../src/core/own-node.ts';
import { toBytes, toText } from '../../../src/core/utf8.ts';
import { readEnvelope, writeEnvelope } from '../../../src/xmpp/codecs/envelope.ts';
import { writeHint } from '../../../src/xmpp/codecs/hints.ts';
import { writeMessage } from '../../../src/xmpp/codecs/message.ts';
import { readBundle, writeBundle } from '../../../src/xmpp/codecs/omemo-bundle.ts';
import { writeDevices } from '../../../src/xmpp/codecs/omemo-devices.ts';
import { readEncrypted, writeEncrypted } from '../../../src/xmpp/codecs/omemo-message.ts';
import { writePresence } from '../../../src/xmpp/codecs/presence.ts';
import { OPEN_NODE, readItemsOf, writeItemGet } from '../../../src/xmpp/codecs/pubsub.ts';
import { readPublished } from '../../../src/core/encryption/exchange/bundle.ts';
import { NS_CLIENT, NS_OMEMO, NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import { bareOf } from '../../../src/xmpp/jid.ts';
import { child, element, parseFrame, textOf, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { liveGuest, type LiveGuest } from '../engines/live-guest.ts';
import { OracleParty, type Oracle } from './oracle.ts';

const DEVICE = 4711;
/** What goes through the ratchet beside a payload: its key and its tag. */
const KEY_AND_TAG = 48;
const PATIENCE_MS = 40_000;

export class OracleContact {
  /** The words it has read. */
  readonly heard: string[] = [];
  readonly guest: LiveGuest;
  readonly #self: Address;
  readonly #party: OracleParty;
  #opening: Promise<void> = Promise.resolve();
  readonly #looks = new Set<() => void>();

  private constructor(self: Address, party: OracleParty) {
    this.#self = self;
    this.#party = party;
    this.guest = liveGuest(self, { stanza: (stanza) => void (this.#opening = this.#opening.then(() => this.#hear(stanza))) });
  }

  static async signIn(oracle: Oracle, ws: string, self: Address, password: string): Promise<OracleContact> {
    const contact = new OracleContact(self, await OracleParty.make(oracle, 'omemo-2'));
    const { guest } = contact;
    guest.start([ws], { password });
    await guest.until(() => guest.online.length === 1, 'signed in');
    guest.connection.send(writePresence('available'));
    await contact.#publish();
    return contact;
  }

  /** It has read these words. */
  until(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${text}; heard ${JSON.stringify(this.heard)}`)), PATIENCE_MS);
      const look = (): void => {
        if (!this.heard.includes(text)) return;
        clearTimeout(timer);
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }

  /** As the one who begins, with that device. */
  async begin(person: Address, device: number): Promise<void> {
    const answer = await this.guest.connection.ask(writeItemGet(NS_OMEMO_BUNDLES, String(device), person));
    const items = answer.ok ? (readItemsOf(answer.value, NS_OMEMO_BUNDLES) ?? []) : [];
    const bundle = items.map(readBundle).flatMap((one) => (one && readPublished(one)) ?? [])[0];
    if (!bundle) throw new Error('there is no bundle');
    await this.#party.begin(bundle);
  }

  async say(text: string, to: Address, device: number): Promise<void> {
    const content = [element('body', NS_CLIENT, {}, [text])];
    const envelope = writeElement(writeEnvelope({ content, from: this.#self, to, sealedAt: Date.now() }, 'padding'));
    const { payload, keyAndTag } = await this.#party.sealPayload(toBytes(envelope));
    const sealed = await this.#party.seal(keyAndTag);
    const encrypted = writeEncrypted({ sender: DEVICE, recipients: [{ account: to, keys: [{ device, ...sealed }] }], payload });
    this.guest.connection.send(writeMessage({ type: 'chat', id: crypto.randomUUID(), to }, undefined, [encrypted, writeHint('store')]));
  }

  async #publish(): Promise<void> {
    const { connection } = this.guest;
    const bundle = writeBundle({ device: DEVICE, ...(await this.#party.bundle()) });
    for (const [node, item] of [
      [NS_OMEMO_BUNDLES, bundle],
      [NS_OMEMO_DEVICES, writeDevices([{ id: DEVICE }])],
    ] as const) {
      const told = await new OwnNode(connection, node, OPEN_NODE).publish(item);
      if (!told.ok) throw new Error(JSON.stringify(told.failure));
    }
  }

  async #hear(stanza: Element): Promise<void> {
    const isSealed =
      stanza.name === 'message' && child(stanza, 'encrypted', NS_OMEMO) && bareOf(stanza.attributes['from'] ?? '') !== this.#self;
    const message = isSealed ? readEncrypted(stanza, this.#self, DEVICE) : undefined;
    if (!message?.key) return;
    const opened = await this.#party.open(message.key);
    if (typeof opened === 'string') this.heard.push(opened);
    else if (message.payload && opened.plaintext.length === KEY_AND_TAG) {
      const keyAndTag = Uint8Array.from(opened.plaintext);
      this.heard.push(wordsIn(await this.#party.openPayload({ payload: message.payload, keyAndTag })));
    }
    for (const look of this.#looks) look();
  }
}

function wordsIn(bytes: Uint8Array): string {
  const frame = parseFrame(toText(bytes) ?? '');
  const envelope = frame.ok ? readEnvelope(frame.element) : undefined;
  return envelope ? envelope.content.filter(({ name }) => name === 'body').map(textOf).join('') : 'no envelope'; // oxfmt-ignore
}
