// Two people who write numbered messages to each other without a pause, one of them from a browser that keeps dying.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Message } from '../../src/model/message.ts';
import { personOf, type DemoSite } from './demo-site.ts';
import { HistoryChecker, numbered, type Finding, type Screen } from './history-checker.ts';
import { openPeer, screenOf, type Peer } from './peer.ts';
import { changeEncryptionOn, readAllOn, sendFrom } from './tab-page.ts';

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

  readonly #isEncrypted: boolean;

  private constructor(demo: DemoSite, peer: Peer, isEncrypted: boolean) {
    this.#demo = demo;
    this.#peer = peer;
    this.#isEncrypted = isEncrypted;
  }

  static async open(demo: DemoSite, how: 'plain' | 'encrypted' = 'plain'): Promise<SteadyTalk> {
    return new SteadyTalk(demo, await openPeer(demo, THERE), how === 'encrypted');
  }

  get here(): string {
    return personOf(this.#demo, HERE).address;
  }

  get count(): number {
    return this.#checker.acceptedCount();
  }

  /** `tab` answers with a tab that lives; one that dies while it writes is asked again for another. */
  async start(tab: () => Promise<Page>): Promise<void> {
    this.#tab = tab;
    await changeEncryptionOn(await tab(), this.#peer.address, this.#isEncrypted ? 'on' : 'off');
    if (!(await sendFrom(await tab(), this.#peer.address, crypto.randomUUID(), this.#begin)))
      throw new Error('the first message was refused');
    await this.#untilBegun();
    this.#writing = Promise.all([
      this.#write(HERE, (id, text) => this.#writeHere(id, text)),
      this.#write(THERE, (id, text) => this.#peer.send(this.here, text, id)),
    ]);
  }

  /** What is written before the first message has arrived would stand above it. */
  async #untilBegun(): Promise<void> {
    for (const until = Date.now() + SETTLE_MS; Date.now() < until; await wait(PACE_MS)) {
      const known = await this.#peer.readAll(this.here);
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
      return await sendFrom(await this.#tab(), this.#peer.address, id, text);
    } catch {
      return false;
    }
  }

  /** Ends the writing, waits until everything has arrived, and judges every screen: the tabs', the peer's, and what the archive gives both. */
  async judge(tabs: readonly Page[]): Promise<readonly Finding[]> {
    this.#isOver = true;
    await this.#writing;
    // A device that is new can read nothing of what was encrypted before.
    const readers = this.#isEncrypted ? [] : [await openPeer(this.#demo, THERE), await openPeer(this.#demo, HERE)];
    let screens = await this.#screensOf(tabs, readers);
    for (const until = Date.now() + SETTLE_MS; Date.now() < until && !this.#isComplete(screens); await wait(300))
      screens = await this.#screensOf(tabs, readers);
    for (const reader of readers) await reader.close();
    return this.#checker.judge(screens);
  }

  #isComplete(screens: readonly Screen[]): boolean {
    return screens.every(({ rows }) => rows.length >= this.count);
  }

  /** What crossed on the way stands in another order here and there; in the archive everybody reads the same. */
  #screensOf(tabs: readonly Page[], readers: readonly Peer[]): Promise<Screen[]> {
    const otherOf = ({ name }: Peer): string => (name === HERE ? this.#peer.address : this.here);
    return Promise.all([
      ...tabs.map(async (tab) => screenOf(HERE, this.#checked(await readAllOn(tab, this.#peer.address, this.#begin)))),
      ...readers.map(async (reader) => screenOf('archive', await reader.readAll(otherOf(reader), this.#begin))),
      this.#peer.readAll(this.here, this.#begin).then((rows) => screenOf(THERE, this.#checked(rows))),
    ]);
  }

  #checked(rows: readonly Message[]): readonly Message[] {
    const words = rows.filter(({ content }) => content !== 'keys-changed');
    const inClear = words.find(({ protection }) => protection?.how !== 'omemo-2');
    if (this.#isEncrypted && inClear) throw new Error(`in clear, or unreadable: ${inClear.id}`);
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
