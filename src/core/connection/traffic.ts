// What goes out and comes in on the stream of the moment, and what outlives it.
//
//   down      no stream; sends are lost at once. A session may still be held by the engine, with what it has not taken
//   opening   a fresh session is being bound; what is sent travels behind the bind
//   live      frames come and go
import { failed, type Answer } from '../../model/failure.ts';
import { readStreamManagement, writeAcknowledge, writeAcknowledgeRequest } from '../../xmpp/codecs/stream-management.ts';
import { readStreamFeatures } from '../../xmpp/codecs/stream-features.ts';
import { NS_CLIENT, NS_PING } from '../../xmpp/namespaces.ts';
import { element, type Element } from '../../xmpp/xml.ts';
import { complain } from '../complain.ts';
import type { ConnectionListener, World } from '../ports.ts';
import { Acknowledge, type Fate } from './acknowledge.ts';
import { answerRequest, isRequest } from './answers.ts';
import type { Management } from './attempt.ts';
import { ClientState } from './client-state.ts';
import { Liveness } from './liveness.ts';
import { ASK_DEADLINE_MS, Requests } from './requests.ts';
import type { Stream, StreamEnd } from './stream.ts';

export interface TrafficUser {
  slowChanged(isSlow: boolean): void;
  ended(end: StreamEnd): void;
}

/** How long a session is believed to be held where the engine does not say. */
const HELD_MS = 600_000;
/** ejabberd 23.01 may not answer for a session that was cut in the middle of a write: after so many tries a fresh one is begun. */
const MOST_RESUMPTIONS = 3;

export class Traffic {
  readonly #world: Pick<World, 'clock' | 'log'>;
  readonly #listener: ConnectionListener;
  readonly #user: TrafficUser;
  readonly #requests: Requests;
  readonly #clientState = new ClientState();
  #phase: 'down' | 'opening' | 'live' = 'down';
  #stream: Stream | undefined;
  #liveness: Liveness | undefined;
  #book = new Acknowledge();
  /** Absent where the engine does not count: then pings do. */
  #management: Management | undefined;
  #own = '';
  #downSince = 0;
  #resumptions = 0;
  #nextId = 0;
  #nextPing = 0;
  #isAskingSoon = false;

  constructor(world: Pick<World, 'clock' | 'log'>, listener: ConnectionListener, user: TrafficUser) {
    this.#world = world;
    this.#listener = listener;
    this.#user = user;
    this.#requests = new Requests(world.clock);
  }

  get own(): string | undefined {
    return this.#own || undefined;
  }

  /** Somebody looks. */
  get isActive(): boolean {
    return this.#clientState.isActive;
  }

  send(stanza: Element, fate?: Fate): void {
    if (this.#phase === 'down' || !this.#stream) return fate?.('lost');
    this.#book.sent(stanza, fate);
    this.#stream.write(stanza);
    this.#askSoon();
  }

  ask(iq: Element, deadlineMs: number = ASK_DEADLINE_MS): Promise<Answer<Element>> {
    if (this.#phase === 'down') return Promise.resolve(failed({ kind: 'offline' }));
    const id = iq.attributes['id'] ?? `q${++this.#nextId}`;
    const answer = this.#requests.expect(id, iq.attributes['to'], deadlineMs);
    this.send(iq.attributes['id'] === undefined ? { ...iq, attributes: { ...iq.attributes, id } } : iq);
    return answer;
  }

  setActive(isActive: boolean): void {
    this.#clientState.set(isActive);
    this.#liveness?.setActive(isActive);
    if (this.#phase === 'live') this.#tellState();
    if (isActive) this.#liveness?.doubt();
  }

  doubt(): void {
    this.#liveness?.doubt();
  }

  /** The session that another stream may take up, while the engine holds it. */
  resumable(): { id: string; handled: number } | undefined {
    const { id, withinMs = HELD_MS } = this.#management ?? {};
    if (id === undefined || this.#world.clock.now() - this.#downSince > withinMs) return undefined;
    if (++this.#resumptions > MOST_RESUMPTIONS) return undefined;
    return { id, handled: this.#book.handled };
  }

  /** What the engine took of the old session is taken; the rest is not. */
  resumeRefused(handled: number | undefined): void {
    if (handled !== undefined) this.#book.acknowledged(handled);
    this.forget();
  }

  forget(): void {
    this.#management = undefined;
    this.#book.lose();
    this.#requests.giveUp();
  }

  beginFresh(stream: Stream): void {
    this.forget();
    this.#book = new Acknowledge();
    this.#stream = stream;
    this.#phase = 'opening';
    this.#clientState.freshStream();
    this.#listener.opening();
  }

  goLive(stream: Stream, address: string, management: Management | undefined, offersClientState: boolean | undefined): void {
    this.#own = address;
    this.#management = management;
    this.#attend(stream, offersClientState);
  }

  /** False where the engine claims more than it was ever sent. */
  resume(stream: Stream, handled: number, offersClientState: boolean | undefined): boolean {
    if (!this.#book.acknowledged(handled)) return false;
    this.#clientState.freshStream();
    stream.write(...this.#book.unacknowledged());
    this.#attend(stream, offersClientState);
    return true;
  }

  /** Starts to listen; separate from going live so that the listener hears of the stream before its first stanza. */
  listen(): void {
    const stream = this.#stream;
    for (const stanza of stream?.takeEarly() ?? []) this.#hear(stanza);
    stream?.attend({
      frame: (frame) => this.#frame(frame),
      ended: (end) => stream === this.#stream && this.#ended(end),
    });
  }

  /** Nothing of this session is carried over. */
  abandon(): void {
    this.forget();
    this.#stream?.cut({ why: 'silent' });
  }

  /** The stream did not come to life. */
  drop(): void {
    if (this.#phase === 'opening') this.forget();
    this.#phase = 'down';
    this.#stream = undefined;
  }

  async close(patienceMs: number): Promise<void> {
    const stream = this.#stream;
    this.#liveness?.stop();
    this.#phase = 'down';
    this.#stream = undefined;
    this.forget();
    await stream?.close(patienceMs);
  }

  #attend(stream: Stream, offersClientState: boolean | undefined): void {
    this.#stream = stream;
    this.#resumptions = 0;
    this.#phase = 'live';
    this.#liveness = new Liveness(this.#world.clock, {
      probe: () => this.#request(),
      slowChanged: (isSlow) => this.#user.slowChanged(isSlow),
      died: () => stream.cut({ why: 'silent' }),
    });
    this.#liveness.setActive(this.#clientState.isActive);
    if (offersClientState !== undefined) this.#clientState.offered(offersClientState);
    this.#tellState();
    this.#askSoon();
  }

  #frame(frame: Element): void {
    this.#liveness?.heard();
    if (frame.namespace === NS_CLIENT) {
      this.#book.received();
      return this.#hear(frame);
    }
    const offers = readStreamFeatures(frame);
    if (offers) {
      this.#clientState.offered(offers.clientState);
      return this.#tellState();
    }
    const sm = readStreamManagement(frame);
    if (sm?.kind === 'request') this.#stream?.write(writeAcknowledge(this.#book.handled));
    else if (sm?.kind === 'acknowledged') this.#acknowledged(sm.handled);
  }

  #acknowledged(count: number): void {
    if (!this.#book.acknowledged(count)) {
      this.#world.log.error('the engine counts more than was sent', { count });
      this.forget();
      this.#stream?.cut({ why: 'malformed' });
      return;
    }
    this.#liveness?.answered();
    if (this.#book.waitingCount > 0) this.#askSoon();
  }

  #hear(stanza: Element): void {
    const { type, id } = stanza.attributes;
    if (stanza.name === 'iq' && (type === 'result' || type === 'error')) {
      if (!this.#requests.answer(stanza, this.#own)) this.#world.log.debug('answer to nothing that was asked', { id });
      return;
    }
    this.#tell(stanza);
  }

  /** A defect in what listens must not cost the stream, or the same stanza would come again and again. */
  #tell(stanza: Element): void {
    try {
      const answer = isRequest(stanza) ? (this.#listener.answerIq?.(stanza) ?? answerRequest(stanza, this.#own)) : 'later';
      if (answer !== 'later') this.send(answer);
      this.#listener.stanza(stanza);
    } catch (error) {
      complain(this.#world.log, 'listener threw', error, { stanza: stanza.name, id: stanza.attributes['id'] });
    }
  }

  /** After all that is being sent just now, and only one question at a time. */
  #askSoon(): void {
    if (this.#isAskingSoon) return;
    this.#isAskingSoon = true;
    queueMicrotask(() => {
      this.#isAskingSoon = false;
      if (this.#phase === 'live' && this.#book.waitingCount > 0 && !this.#liveness?.isAsked) this.#request();
    });
  }

  #request(): void {
    this.#liveness?.asked();
    if (this.#management) this.#stream?.write(writeAcknowledgeRequest());
    else void this.#ping();
  }

  /** Engines answer one stream in order: with the answer to a ping, all that was said before it has been taken. */
  async #ping(): Promise<void> {
    const count = (this.#book.taken + this.#book.waitingCount) >>> 0;
    const book = this.#book;
    const id = `p${++this.#nextPing}`;
    const answer = this.#requests.expect(id, undefined, HELD_MS);
    this.#stream?.write(element('iq', NS_CLIENT, { type: 'get', id }, [element('ping', NS_PING)]));
    const answered = await answer;
    // An error is an answer too; a question that was given up is none.
    if (this.#phase !== 'live' || book !== this.#book || (!answered.ok && answered.failure.kind === 'no-answer')) return;
    if (book.isBehind(count)) this.#liveness?.answered();
    else this.#acknowledged(count);
  }

  #tellState(): void {
    const nonza = this.#clientState.toTell();
    if (nonza) this.#stream?.write(nonza);
  }

  #ended(end: StreamEnd): void {
    this.#liveness?.stop();
    this.#liveness = undefined;
    this.#phase = 'down';
    this.#stream = undefined;
    this.#downSince = this.#world.clock.now();
    const isLost = this.#management?.id === undefined || end.why === 'malformed';
    if (isLost) this.forget();
    this.#user.ended(end);
  }
}
