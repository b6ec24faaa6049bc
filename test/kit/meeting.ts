// A person in a browser and another one elsewhere, met where they are to talk: in clear, encrypted, or encrypted in a room. Whatever they hand
// to the engine is held against itself.
import type { Page } from '@playwright/test';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Message } from '../../src/model/message.ts';
import { personOf, type DemoSite } from './demo-site.ts';
import { KeyLedger } from './encryption/key-ledger.ts';
import type { Place } from './engines/talk-places.ts';
import { nextCall } from './node-world.ts';
import { overhear } from './overheard-demo.ts';
import { openPeer, valueOf, type Peer } from './peer.ts';
import { changeEncryptionOn, encryptRoom, encryptRoomOn } from './tab-page.ts';

/** Whose browser it is, and who writes from elsewhere. */
export const HERE = 'mia';
export const THERE = 'jana';

/** Which a title names. */
export const placeIn = (title: string): Place => (/encrypted room|encrypted/.exec(title)?.[0] as Place | undefined) ?? 'in clear';

export class Meeting {
  /** To be used in place of the site it was opened on: what goes over its line is looked at. */
  readonly demo: DemoSite;
  readonly peer: Peer;
  readonly #place: Place;
  readonly #ledger: KeyLedger;

  private constructor(demo: DemoSite, peer: Peer, place: Place, ledger: KeyLedger) {
    this.demo = demo;
    this.peer = peer;
    this.#place = place;
    this.#ledger = ledger;
  }

  static async open(site: DemoSite, place: Place): Promise<Meeting> {
    const ledger = new KeyLedger();
    const demo = await overhear(site, ledger.note);
    return new Meeting(demo, await openPeer(demo, THERE), place, ledger);
  }

  get isEncrypted(): boolean {
    return this.#place !== 'in clear';
  }

  /** Keys of ratchets that sealed something so far. */
  get keys(): number {
    return this.#ledger.counts.keys;
  }

  /** Keys that sealed two messages. */
  get faults(): readonly string[] {
    return this.#ledger.faults;
  }

  /** Where each writes. */
  get toHere(): string {
    return this.#room ?? this.#here;
  }

  get toThere(): string {
    return this.#room ?? this.peer.address;
  }

  get #here(): string {
    return personOf(this.demo, HERE).address;
  }

  get #room(): string | undefined {
    return this.#place === 'encrypted room'
      ? this.demo.facts.rooms.find(({ address }) => address.startsWith('design@'))?.address
      : undefined;
  }

  /** Through a tab where somebody is signed in; from here on words go as they are meant to. */
  async settleOn(tab: Page): Promise<void> {
    if (this.#room === undefined) await changeEncryptionOn(tab, this.peer.address, this.isEncrypted ? 'on' : 'off');
    else await encryptRoomOn(tab, this.#room, this.peer.address);
    await this.settleThere();
  }

  /** The other side's half, once it is settled here. */
  async settleThere(): Promise<void> {
    if (this.#room === undefined) return;
    const { session } = this.peer;
    const client: Parameters<typeof encryptRoom>[0] = {
      readReaders: (id) => session.readReaders(nextCall(), id),
      changeEncryption: (id, to) => session.changeEncryption(nextCall(), id, to),
      confirmReaders: (id, decision) => session.confirmReaders(nextCall(), id, decision),
    };
    await encryptRoom(client, this.#room as ConversationId, this.#here as Address);
  }

  /** Of the account here, as the other side knows them. */
  async devicesHere(): Promise<number> {
    return valueOf(await this.peer.session.readKeys(nextCall(), this.#here as Address)).devices.length;
  }

  /** The words among these rows: where it is encrypted, each of them was, and could be read. */
  wordsAmong(rows: readonly Message[]): readonly Message[] {
    const words = rows.filter(({ content }) => content !== 'keys-changed');
    const others = words.filter(({ protection }) => protection?.how !== 'omemo-2');
    const told = others.map(({ id, own, text, unreadable, protection }) => `${id} ${own} ${text} ${unreadable} ${protection?.how}`);
    if (this.isEncrypted && told.length > 0) throw new Error(`in clear, or unreadable: ${told.join('; ')}`);
    return words;
  }

  close(): Promise<void> {
    return this.peer.close();
  }
}
