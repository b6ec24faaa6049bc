// Files that somebody asked for, on their way down. A line that breaks is taken up where the last whole piece ended.
import type { Clock } from '../../base/clock.ts';
import type { FilePlace } from '../../contracts/files.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import { hostOf, isInside, isSpeakable } from '../file-address.ts';
import type { FileHead, FileShelf, FileSource, Http, HttpAnswer } from '../file-ports.ts';
import type { Board } from './board.ts';
import type { Cabinet } from './cabinet.ts';
import { nameOf } from './file-name.ts';
import { Incoming } from './incoming.ts';
import { Lanes } from './lanes.ts';
import type { UploadService } from './upload-service.ts';

export interface DownloadsNeeds {
  cabinet: Cabinet;
  shelf: FileShelf;
  board: Board;
  service: Pick<UploadService, 'isOwn'>;
  http: Http | undefined;
  clock: Clock;
  subtle: SubtleCrypto;
}

export interface FetchWish {
  place: FilePlace;
  source: FileSource;
  /** One other person wrote it, and nobody else could read it: an address of theirs may be asked, because a person wished it. */
  isPrivate: boolean;
  /** Nobody asked for it. */
  byItself?: boolean;
}

const AGAIN_MS: readonly number[] = [500, 2_000, 5_000, 15_000];
const LOST: Failure = { kind: 'no-answer' };

/** `failed` here means: trying the same again, at once, may help. */
type Attempt = { ended: Answer<number> } | { broke: Failure };

export class Downloads {
  readonly #needs: DownloadsNeeds;
  readonly #running = new Map<string, { abort: AbortController; places: FilePlace[] }>();
  readonly #lanes = new Lanes();
  #isStopped = false;

  constructor(needs: DownloadsNeeds) {
    this.#needs = needs;
  }

  async begin(wish: FetchWish): Promise<Answer<void>> {
    const { cabinet, board } = this.#needs;
    const { place, source } = wish;
    const here = cabinet.find(source);
    if (here) {
      await cabinet.addPlace(here, place);
      board.remove(place);
      return succeeded(undefined);
    }
    if (source.url === undefined || !this.#needs.http) return failed({ kind: 'not-found' });
    // Somebody else's address would learn when it came into sight, and from where.
    if (wish.byItself && !(await this.#needs.service.isOwn(source.url))) return succeeded(undefined);
    const name = nameOf(source);
    const running = this.#running.get(name);
    if (running) running.places.push(place);
    else this.#start(name, wish);
    return succeeded(undefined);
  }

  /** What has come of it goes with it. */
  async cancel(place: FilePlace, source: FileSource): Promise<void> {
    const { board, cabinet } = this.#needs;
    const name = nameOf(source);
    const running = this.#running.get(name);
    running?.abort.abort();
    for (const one of running?.places ?? [place]) board.remove(one);
    this.#running.delete(name);
    if (!cabinet.get(name)?.isWhole) await cabinet.drop(name);
  }

  /** What has come stays: the next core goes on with it. */
  stop(): void {
    this.#isStopped = true;
    for (const { abort } of this.#running.values()) abort.abort();
    this.#running.clear();
  }

  #start(name: string, wish: FetchWish): void {
    const abort = new AbortController();
    const running = { abort, places: [wish.place] };
    this.#running.set(name, running);
    this.#show(running.places, 'waiting', 0, wish.source.size);
    const run = (): Promise<Answer<number>> => this.#run(name, wish, running.places, abort.signal);
    void this.#lanes.take(run).then((answer) => this.#end(name, running, wish.source, answer));
  }

  async #end(
    name: string,
    running: { abort: AbortController; places: FilePlace[] },
    source: FileSource,
    answer: Answer<number>,
  ): Promise<void> {
    const { cabinet, board, clock } = this.#needs;
    if (running.abort.signal.aborted) return this.#forget(name);
    const kept = answer.ok ? await cabinet.put(this.#headOf(name, source, running.places, answer.value, clock.now())) : answer;
    // In the meantime somebody may have given it up.
    if (running.abort.signal.aborted) return this.#forget(name);
    this.#running.delete(name);
    if (!kept.ok && kept.failure.kind !== 'no-answer') await cabinet.drop(name);
    for (const place of running.places) {
      if (kept.ok) board.remove(place);
      else board.set(place, { direction: 'down', stage: 'failed', done: 0, total: source.size ?? 0, failure: kept.failure });
    }
  }

  /** Given up: a piece that was just being written is no more than the others. Whoever wants it again by now goes on with it, or has it. */
  async #forget(name: string): Promise<void> {
    const { cabinet } = this.#needs;
    if (!this.#isStopped && !this.#running.has(name) && !cabinet.get(name)?.isWhole) await cabinet.drop(name);
  }

  #headOf(name: string, { sha256 }: FileSource, places: readonly FilePlace[], size: number, at: number): FileHead {
    return { name, size, isWhole: true, at, places: [...places], ...(sha256 && { sha256 }) };
  }

  async #run(name: string, wish: FetchWish, places: readonly FilePlace[], signal: AbortSignal): Promise<Answer<number>> {
    try {
      const may = await this.#mayAsk(wish);
      return may.ok ? await this.#fetch(name, wish.source, places, signal) : may;
    } catch {
      return failed(LOST);
    }
  }

  /** An address tells its owner when and from where it was asked for: strangers' are never asked. */
  async #mayAsk({ source: { url = '' }, isPrivate }: FetchWish): Promise<Answer<void>> {
    if (!isSpeakable(url)) return failed({ kind: 'refused', reason: 'forbidden' });
    const isTheirs = isPrivate && url.startsWith('https:') && !isInside(url);
    return isTheirs || (await this.#needs.service.isOwn(url)) ? succeeded(undefined) : failed({ kind: 'refused', reason: 'forbidden' });
  }

  async #fetch(name: string, source: FileSource, places: readonly FilePlace[], signal: AbortSignal): Promise<Answer<number>> {
    const { cabinet, shelf, subtle, clock } = this.#needs;
    const begun = await cabinet.put({ name, size: source.size ?? 0, isWhole: false, at: clock.now(), places: [...places] });
    if (!begun.ok) return begun;
    let failure: Failure = LOST;
    for (let tries = 0, reached = 0; tries < AGAIN_MS.length && !signal.aborted; tries++) {
      const incoming = await Incoming.begin(shelf, subtle, name, source);
      // A line that brings something each time it breaks is worth another try.
      if (incoming.reached > reached) tries = 0;
      reached = incoming.reached;
      const attempt = await this.#attempt(incoming, source.url ?? '', places, signal);
      if ('ended' in attempt) return attempt.ended;
      failure = attempt.broke;
      await new Promise<void>((resolve) => void clock.after(AGAIN_MS[tries] ?? 0, resolve));
    }
    return failed(failure);
  }

  async #attempt(incoming: Incoming, url: string, places: readonly FilePlace[], signal: AbortSignal): Promise<Attempt> {
    const answer = await this.#needs.http?.get(url, incoming.reached, signal);
    if (!answer) return { broke: { kind: 'service-unreachable', service: hostOf(url) ?? '' } };
    const { status } = answer;
    if (status === 429 || status >= 500) return { broke: LOST };
    if ((status !== 200 && status !== 206) || answer.from > incoming.reached) return { ended: failed({ kind: 'file-gone' }) };
    try {
      const stored = await this.#read(incoming, answer, places, signal);
      if (!stored.ok) return { ended: stored };
    } catch {
      return { broke: LOST };
    }
    return incoming.isTooShort && !signal.aborted ? { broke: { kind: 'file-changed' } } : { ended: await incoming.finish() };
  }

  /** Who was asked for the rest may answer with all of it: what is known is passed over. */
  async #read(incoming: Incoming, { from, body }: HttpAnswer, places: readonly FilePlace[], signal: AbortSignal): Promise<Answer<void>> {
    let known = incoming.reached - from;
    for await (const bytes of body) {
      // Some bodies go on after they were given up.
      if (signal.aborted) return failed(LOST);
      const fresh = known > 0 ? bytes.subarray(Math.min(known, bytes.length)) : bytes;
      known -= bytes.length - fresh.length;
      const taken = await incoming.take(fresh);
      if (!taken.ok) return taken;
      if (incoming.isTooLong) return failed({ kind: 'file-changed' });
      for (const place of places) this.#needs.board.move(place, incoming.length);
    }
    return succeeded(undefined);
  }

  #show(places: readonly FilePlace[], stage: 'waiting' | 'running', done: number, total = 0): void {
    for (const place of places) this.#needs.board.set(place, { direction: 'down', stage, done, total });
  }
}
