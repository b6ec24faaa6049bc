// Somebody else's OMEMO on a real line: an account whose keys, envelopes and files are all made and read by the Python oracle. What is ours here
// only carries its bytes.
import type { Address } from '../../../src/model/account.ts';
import { uploadDomainOf } from '../../../src/engine/plan.ts';
import { writeHint } from '../../../src/xmpp/codecs/hints.ts';
import { writeGet } from '../../../src/xmpp/codecs/iq.ts';
import { writeMessage } from '../../../src/xmpp/codecs/message.ts';
import { writePresence } from '../../../src/xmpp/codecs/presence.ts';
import { readOccupant, writeJoin } from '../../../src/xmpp/codecs/room-presence.ts';
import { NS_OMEMO, NS_UPLOAD } from '../../../src/xmpp/namespaces.ts';
import { bareOf, domainOf } from '../../../src/xmpp/jid.ts';
import { child, parseFrame, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { liveGuest, type LiveGuest } from '../engines/live-guest.ts';
import { OracleDevice } from './oracle-device.ts';
import { fetchWithOracle, putWithOracle, readWithOracle, writeWords, type EnvelopeRead, type GivenFile } from './oracle-files.ts';
import type { Oracle } from './oracle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const PATIENCE_MS = 40_000;

export interface Told extends EnvelopeRead {
  envelope: Bytes;
}

export class OracleContact {
  /** What it has read, and what it was refused. */
  readonly told: (Told | 'refused' | 'repeat')[] = [];
  readonly guest: LiveGuest;
  readonly #self: Address;
  readonly #oracle: Oracle;
  readonly #device: Promise<OracleDevice>;
  /** Who else reads in a room. */
  readonly #members = new Map<Address, readonly Address[]>();
  /** True addresses, by those in a room. */
  readonly #occupants = new Map<string, Address>();
  #hearing: Promise<void> = Promise.resolve();
  readonly #looks = new Set<() => void>();

  private constructor(self: Address, oracle: Oracle) {
    this.#self = self;
    this.#oracle = oracle;
    this.guest = liveGuest(self, { stanza: (stanza) => void (this.#hearing = this.#hearing.then(() => this.#hear(stanza))) });
    this.#device = OracleDevice.make(oracle, this.guest.connection, self);
  }

  static async signIn(oracle: Oracle, ws: string, self: Address, password: string): Promise<OracleContact> {
    const contact = new OracleContact(self, oracle);
    const { guest } = contact;
    guest.start([ws], { password });
    await guest.until(() => guest.online.length === 1, 'signed in');
    guest.connection.send(writePresence('available'));
    await (await contact.#device).publish();
    return contact;
  }

  async join(room: Address, nick: string, others: readonly Address[]): Promise<void> {
    this.#members.set(room, others);
    this.guest.connection.send(writeJoin(room, nick));
    await this.#until(`to be in ${room}`, () => this.#occupants.get(`${room}/${nick}`));
  }

  /** It has read these words. */
  until(text: string): Promise<Told> {
    return this.#until(text, () => this.told.find((one): one is Told => typeof one === 'object' && one.text === text));
  }

  async say(text: string, to: Address): Promise<void> {
    await this.#send(to, await writeWords(this.#oracle, text, { from: this.#self, to }));
  }

  async sendFile(file: GivenFile, to: Address): Promise<void> {
    const askSlot = (request: string): Promise<string> => this.#askSlot(request);
    await this.#send(to, await putWithOracle(this.#oracle, file, { from: this.#self, to }, askSlot));
  }

  /** The file that came with these words. */
  async fetch(text: string): Promise<{ bytes: Bytes; name: string | undefined }> {
    const { envelope, file } = await this.until(text);
    return { bytes: await fetchWithOracle(this.#oracle, envelope), name: file?.name };
  }

  async #send(to: Address, envelope: Bytes): Promise<void> {
    const others = this.#members.get(to);
    const encrypted = await (await this.#device).seal(envelope, others ?? [to]);
    const head = { type: others ? 'groupchat' : 'chat', id: crypto.randomUUID(), to } as const;
    this.guest.connection.send(writeMessage(head, undefined, [encrypted, writeHint('store')]));
  }

  async #askSlot(request: string): Promise<string> {
    const frame = parseFrame(request);
    if (!frame.ok) throw new Error(`no request: ${request}`);
    const answer = await this.guest.connection.ask(writeGet(frame.element, uploadDomainOf(domainOf(this.#self) ?? '')));
    const slot = answer.ok ? child(answer.value, 'slot', NS_UPLOAD) : undefined;
    if (!slot) throw new Error(`no slot: ${JSON.stringify(answer)}`);
    return writeElement(slot);
  }

  async #hear(stanza: Element): Promise<void> {
    if (stanza.name === 'presence') this.#meet(stanza);
    else if (stanza.name === 'message' && child(stanza, 'encrypted', NS_OMEMO)) await this.#open(stanza);
    for (const look of this.#looks) look();
  }

  #meet(presence: Element): void {
    const { room, nick, present, realAddress } = readOccupant(presence) ?? {};
    if (present && realAddress) this.#occupants.set(`${room}/${nick}`, realAddress);
  }

  async #open(message: Element): Promise<void> {
    const { from = '' } = message.attributes;
    const account = this.#occupants.get(from) ?? bareOf(from) ?? '';
    const envelope = account === this.#self ? undefined : await (await this.#device).open(message, account);
    if (typeof envelope === 'string') this.told.push(envelope);
    else if (envelope) this.told.push({ ...(await readWithOracle(this.#oracle, envelope)), envelope });
  }

  #until<T>(what: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what}; told ${JSON.stringify(this.told.map(wordsOf))}`)), PATIENCE_MS);
      const again = (): void => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#looks.delete(again);
        resolve(found);
      };
      this.#looks.add(again);
      again();
    });
  }
}

const wordsOf = (one: OracleContact['told'][number]): string | null => (typeof one === 'string' ? one : one.text);
