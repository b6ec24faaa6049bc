// Two people who write numbered messages to each other without a pause, one of them from a browser that keeps dying, in several tabs at once.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { DemoSite } from './demo-site.ts';
import type { Place } from './engines/talk-places.ts';
import { HistoryChecker, numbered, type Finding, type Screen } from './history-checker.ts';
import { HERE, Meeting, THERE } from './meeting.ts';
import { openPeer, screenOf, type Peer } from './peer.ts';
import { readAllOn, sendFrom } from './tab-page.ts';

const PACE_MS = 60;
const SETTLE_MS = 60_000;
/** Whoever has tabs writes in several at the same time. */
const PENS = [HERE, `${HERE}-too`, `${HERE}-three`];

export class SteadyTalk {
  readonly #meeting: Meeting;
  readonly #peer: Peer;
  readonly #begin = `begin ${crypto.randomUUID()}`;
  readonly #checker = new HistoryChecker();
  #tab: () => Promise<Page> = () => Promise.reject(new Error('nobody writes here yet'));
  #isOver = false;
  /** What nobody takes is not handed in again. */
  #isGivenUp = false;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(meeting: Meeting) {
    this.#meeting = meeting;
    this.#peer = meeting.peer;
  }

  static async open(site: DemoSite, place: Place): Promise<SteadyTalk> {
    return new SteadyTalk(await Meeting.open(site, place));
  }

  /** To be used in its place: what goes over its line is looked at. */
  get demo(): DemoSite {
    return this.#meeting.demo;
  }

  /** Keys of ratchets that sealed something so far. */
  get keys(): number {
    return this.#meeting.keys;
  }

  get count(): number {
    return this.#checker.acceptedCount();
  }

  /** `tab` answers with a tab that lives; one that dies while it writes is asked again for another. */
  async start(tab: () => Promise<Page>): Promise<void> {
    this.#tab = tab;
    await this.#meeting.settleOn(await tab());
    if (!(await sendFrom(await tab(), this.#meeting.toThere, crypto.randomUUID(), this.#begin)))
      throw new Error('the first message was refused');
    await this.#untilBegun();
    this.#writing = Promise.all([
      ...PENS.map((pen) => this.#write(pen, PACE_MS * PENS.length, (id, text) => this.#writeHere(id, text))),
      this.#write(THERE, PACE_MS, (id, text) => this.#peer.send(this.#meeting.toHere, text, id)),
    ]);
  }

  /** What is written before the first message has arrived would stand above it. */
  async #untilBegun(): Promise<void> {
    for (const until = Date.now() + SETTLE_MS; Date.now() < until; await wait(PACE_MS)) {
      const known = await this.#peer.readAll(this.#meeting.toHere);
      if (known.some(({ text }) => text === this.#begin)) return;
    }
    throw new Error('the first message did not arrive');
  }

  async #write(sender: string, paceMs: number, send: (id: string, text: string) => Promise<boolean>): Promise<void> {
    for (let number = 1; !this.#isOver; number++) {
      const id = crypto.randomUUID();
      let isTaken = await send(id, numbered(sender, number));
      for (; !isTaken && !this.#isGivenUp; isTaken = await send(id, numbered(sender, number))) await wait(PACE_MS);
      if (isTaken) this.#checker.accepted(sender, number);
      await wait(paceMs * (0.5 + Math.random()));
    }
  }

  /** No answer may mean either: the same message is handed in again, by whichever tab lives. */
  async #writeHere(id: string, text: string): Promise<boolean> {
    try {
      return await sendFrom(await this.#tab(), this.#meeting.toThere, id, text);
    } catch {
      return false;
    }
  }

  /** Ends the writing, waits until everything has arrived, and judges every screen: the tabs', the peer's, and what the archive gives both. */
  async judge(tabs: readonly Page[]): Promise<readonly (Finding | string)[]> {
    this.#isOver = true;
    await this.#writing;
    // A device that is new can read nothing of what was encrypted before.
    const readers = this.#meeting.isEncrypted ? [] : [await openPeer(this.demo, THERE), await openPeer(this.demo, HERE)];
    let screens = await this.#screensOf(tabs, readers);
    for (const until = Date.now() + SETTLE_MS; Date.now() < until && !this.#isComplete(screens); await wait(300))
      screens = await this.#screensOf(tabs, readers);
    for (const reader of readers) await reader.close();
    return [...this.#checker.judge(screens), ...this.#meeting.faults];
  }

  #isComplete(screens: readonly Screen[]): boolean {
    return screens.every(({ rows }) => rows.length >= this.count);
  }

  /** What crossed on the way stands in another order here and there; in the archive everybody reads the same. */
  #screensOf(tabs: readonly Page[], readers: readonly Peer[]): Promise<Screen[]> {
    const otherOf = ({ name }: Peer): string => (name === HERE ? this.#meeting.toThere : this.#meeting.toHere);
    return Promise.all([
      ...tabs.map(async (tab) => screenOf(HERE, this.#meeting.wordsAmong(await readAllOn(tab, this.#meeting.toThere, this.#begin)))),
      ...readers.map(async (reader) => screenOf('archive', await reader.readAll(otherOf(reader), this.#begin))),
      this.#peer.readAll(this.#meeting.toHere, this.#begin).then((rows) => screenOf(THERE, this.#meeting.wordsAmong(rows))),
    ]);
  }

  get complaints(): readonly string[] {
    return this.#peer.errors;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    this.#isGivenUp = true;
    await this.#writing.catch(() => undefined);
    await this.#meeting.close();
  }
}
