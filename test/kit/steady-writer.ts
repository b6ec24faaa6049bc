// Two people who write numbered messages to each other without a pause, one of them from a browser that keeps dying.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Message } from '../../src/model/message.ts';
import { personOf, type DemoSite } from './demo-site.ts';
import { KeyLedger } from './encryption/key-ledger.ts';
import type { Place } from './engines/talk-places.ts';
import { HistoryChecker, numbered, type Finding, type Screen } from './history-checker.ts';
import { openPeer, screenOf, type Peer } from './peer.ts';
import { changeEncryptionOn, encryptRoom, encryptRoomOn, readAllOn, sendFrom } from './tab-page.ts';
import { nextCall } from './node-world.ts';
import { overhear } from './overheard-demo.ts';

const PACE_MS = 60;
const SETTLE_MS = 60_000;

/** Whose browser it is, and who writes from elsewhere. */
export const HERE = 'mia';
export const THERE = 'jana';

export class SteadyTalk {
  readonly #demo: DemoSite;
  readonly #peer: Peer;
  readonly #begin = `begin ${crypto.randomUUID()}`;
  readonly #checker = new HistoryChecker();
  readonly #numbers = { [HERE]: 0, [THERE]: 0 };
  #tab: () => Promise<Page> = () => Promise.reject(new Error('nobody writes here yet'));
  #isOver = false;
  #writing: Promise<unknown> = Promise.resolve();

  readonly #place: Place;
  readonly #ledger: KeyLedger;

  private constructor(demo: DemoSite, peer: Peer, place: Place, ledger: KeyLedger) {
    this.#demo = demo;
    this.#peer = peer;
    this.#place = place;
    this.#ledger = ledger;
  }

  static async open(site: DemoSite, place: Place = 'in clear'): Promise<SteadyTalk> {
    const ledger = new KeyLedger();
    const demo = await overhear(site, ledger.note);
    return new SteadyTalk(demo, await openPeer(demo, THERE), place, ledger);
  }

  /** To be used in its place: what goes over its line is looked at. */
  get demo(): DemoSite {
    return this.#demo;
  }

  /** Keys of ratchets that sealed something so far. */
  get keys(): number {
    return this.#ledger.counts.keys;
  }

  get #here(): string {
    return personOf(this.#demo, HERE).address;
  }

  /** Where each writes. */
  get #toHere(): string {
    return this.#room ?? this.#here;
  }

  get #toThere(): string {
    return this.#room ?? this.#peer.address;
  }

  get #room(): string | undefined {
    return this.#place === 'encrypted room'
      ? this.#demo.facts.rooms.find(({ address }) => address.startsWith('design@'))?.address
      : undefined;
  }

  get count(): number {
    return this.#checker.acceptedCount();
  }

  /** `tab` answers with a tab that lives; one that dies while it writes is asked again for another. */
  async start(tab: () => Promise<Page>): Promise<void> {
    this.#tab = tab;
    await this.#settleHow(await tab());
    if (!(await sendFrom(await tab(), this.#toThere, crypto.randomUUID(), this.#begin))) throw new Error('the first message was refused');
    await this.#untilBegun();
    this.#writing = Promise.all([
      this.#write(HERE, (id, text) => this.#writeHere(id, text)),
      this.#write(THERE, (id, text) => this.#peer.send(this.#toHere, text, id)),
    ]);
  }

  async #settleHow(tab: Page): Promise<void> {
    const room = this.#room;
    if (room === undefined) return changeEncryptionOn(tab, this.#peer.address, this.#place === 'encrypted' ? 'on' : 'off');
    await encryptRoomOn(tab, room, this.#peer.address);
    const { session } = this.#peer;
    const client: Parameters<typeof encryptRoom>[0] = {
      readReaders: (id) => session.readReaders(nextCall(), id),
      changeEncryption: (id, to) => session.changeEncryption(nextCall(), id, to),
      confirmReaders: (id, decision) => session.confirmReaders(nextCall(), id, decision),
    };
    await encryptRoom(client, room as ConversationId, this.#here as Address);
  }

  /** What is written before the first message has arrived would stand above it. */
  async #untilBegun(): Promise<void> {
    for (const until = Date.now() + SETTLE_MS; Date.now() < until; await wait(PACE_MS)) {
      const known = await this.#peer.readAll(this.#toHere);
      if (known.some(({ text }) => text === this.#begin)) return;
    }
    throw new Error('the first message did not arrive');
  }

  async #write(sender: typeof HERE | typeof THERE, send: (id: string, text: string) => Promise<boolean>): Promise<void> {
    while (!this.#isOver) {
      const number = ++this.#numbers[sender];
      const id = crypto.randomUUID();
      while (!(await send(id, numbered(sender, number)))) await wait(PACE_MS);
      this.#checker.accepted(sender, number);
      await wait(PACE_MS * (0.5 + Math.random()));
    }
  }

  /** No answer may mean either: the same message is handed in again, by whichever tab lives. */
  async #writeHere(id: string, text: string): Promise<boolean> {
    try {
      return await sendFrom(await this.#tab(), this.#toThere, id, text);
    } catch {
      return false;
    }
  }

  /** Ends the writing, waits until everything has arrived, and judges every screen: the tabs', the peer's, and what the archive gives both. */
  async judge(tabs: readonly Page[]): Promise<readonly (Finding | string)[]> {
    this.#isOver = true;
    await this.#writing;
    // A device that is new can read nothing of what was encrypted before.
    const readers = this.#isEncrypted ? [] : [await openPeer(this.#demo, THERE), await openPeer(this.#demo, HERE)];
    let screens = await this.#screensOf(tabs, readers);
    for (const until = Date.now() + SETTLE_MS; Date.now() < until && !this.#isComplete(screens); await wait(300))
      screens = await this.#screensOf(tabs, readers);
    for (const reader of readers) await reader.close();
    return [...this.#checker.judge(screens), ...this.#ledger.faults];
  }

  get #isEncrypted(): boolean {
    return this.#place !== 'in clear';
  }

  #isComplete(screens: readonly Screen[]): boolean {
    return screens.every(({ rows }) => rows.length >= this.count);
  }

  /** What crossed on the way stands in another order here and there; in the archive everybody reads the same. */
  #screensOf(tabs: readonly Page[], readers: readonly Peer[]): Promise<Screen[]> {
    const otherOf = ({ name }: Peer): string => (name === HERE ? this.#toThere : this.#toHere);
    return Promise.all([
      ...tabs.map(async (tab) => screenOf(HERE, this.#checked(await readAllOn(tab, this.#toThere, this.#begin)))),
      ...readers.map(async (reader) => screenOf('archive', await reader.readAll(otherOf(reader), this.#begin))),
      this.#peer.readAll(this.#toHere, this.#begin).then((rows) => screenOf(THERE, this.#checked(rows))),
    ]);
  }

  #checked(rows: readonly Message[]): readonly Message[] {
    const words = rows.filter(({ content }) => content !== 'keys-changed');
    const others = words.filter(({ protection }) => protection?.how !== 'omemo-2');
    const told = others.map(({ id, own, text, unreadable, protection }) => `${id} ${own} ${text} ${unreadable} ${protection?.how}`);
    if (this.#isEncrypted && told.length > 0) throw new Error(`in clear, or unreadable: ${told.join('; ')}`);
    return words;
  }

  get complaints(): readonly string[] {
    return this.#peer.errors;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#writing.catch(() => undefined);
    await this.#peer.close();
  }
}
