// Frames over one socket: first waited for one by one while signing in, then handed on as they come.
import type { Failure } from '../../model/failure.ts';
import { isClose, writeClose } from '../../xmpp/codecs/framing.ts';
import { readStreamError, type StreamError } from '../../xmpp/codecs/stream-error.ts';
import { NS_CLIENT } from '../../xmpp/namespaces.ts';
import { parseFrame, writeElement, type Element } from '../../xmpp/xml.ts';
import type { Log, World } from '../ports.ts';
import type { Socket } from '../line-ports.ts';
import { failureOfStreamError, Trouble } from './trouble.ts';

/** Each step of a sign-in has this long. */
export const STEP_DEADLINE_MS = 15_000;
/** For an answer that may never come: so many of the longest round trips so far, within bounds. */
const PATIENT_TRIPS = 4;
const LEAST_PATIENCE_MS = 1_000;
const MOST_PATIENCE_MS = 5_000;

export type StreamEnd = { why: 'closed' | 'malformed' | 'silent' } | { why: 'error'; error: StreamError };

export interface StreamUser {
  frame(frame: Element): void;
  ended(end: StreamEnd): void;
}

export class Stream {
  readonly service: string;
  readonly #address: string;
  readonly #clock: World['clock'];
  readonly #log: Log;
  #socket: Socket | undefined;
  #arrived: Element[] = [];
  /** Stanzas that came between the steps of the sign-in. */
  #early: Element[] = [];
  #end: StreamEnd | undefined;
  #wake: (() => void) | undefined;
  #user: StreamUser | undefined;
  #isClosing = false;
  #longestTripMs = 0;

  constructor(service: string, address: string, world: Pick<World, 'clock' | 'log'>) {
    this.service = service;
    this.#address = address;
    this.#clock = world.clock;
    this.#log = world.log;
  }

  /** Resolves once the socket is open. */
  async dial(openSocket: World['openSocket']): Promise<void> {
    let isOpen = false;
    this.#socket = openSocket(this.service, {
      opened: () => ((isOpen = true), this.#wake?.()),
      frame: (text) => this.#receive(text),
      closed: () => this.#finish({ why: 'closed' }),
    });
    await this.#waitFor(() => (isOpen ? true : undefined));
  }

  write(...frames: readonly Element[]): void {
    for (const frame of frames) this.#socket?.send(writeElement(frame));
  }

  /** The first frame that the reader knows. Stanzas that come before it are kept for later, anything else is nothing to us. */
  until<T>(read: (frame: Element) => T | undefined, deadlineMs?: number): Promise<T> {
    return this.#waitFor(() => this.#take(read), deadlineMs);
  }

  /** How long to wait for what the engine could have said at once. */
  get patienceMs(): number {
    return Math.min(MOST_PATIENCE_MS, Math.max(LEAST_PATIENCE_MS, this.#longestTripMs * PATIENT_TRIPS));
  }

  get end(): StreamEnd | undefined {
    return this.#end;
  }

  /** From here on frames go straight to their user. What came early is told first and was never counted. */
  attend(user: StreamUser): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#user = user;
    for (const frame of arrived) this.#user?.frame(frame);
    if (this.#end) this.#user?.ended(this.#end);
  }

  takeEarly(): readonly Element[] {
    return this.#early.splice(0);
  }

  /** Ends without a farewell: what is gone cannot hear it, and what is to be resumed must not. */
  cut(end: StreamEnd = { why: 'closed' }): void {
    this.#socket?.close();
    this.#socket = undefined;
    this.#finish(end);
  }

  /** The engine forgets the session; waits a moment for its farewell. */
  async close(patienceMs: number): Promise<void> {
    if (this.#end) return;
    this.#user = undefined;
    this.#isClosing = true;
    this.write(writeClose());
    await new Promise<void>((done) => {
      const cancel = this.#clock.after(patienceMs, done);
      this.#wake = () => {
        if (!this.#end) return;
        cancel();
        done();
      };
    });
    this.cut();
  }

  #receive(text: string): void {
    if (this.#end) return;
    const frame = parseFrame(text);
    if (!frame.ok) {
      this.#log.error('malformed frame', { error: frame.error, length: text.length });
      return this.cut({ why: 'malformed' });
    }
    const error = readStreamError(frame.element);
    if (error) return this.cut({ why: 'error', error });
    if (isClose(frame.element)) return this.#answerClose();
    if (this.#user) return this.#user.frame(frame.element);
    this.#arrived.push(frame.element);
    this.#wake?.();
  }

  #answerClose(): void {
    if (!this.#isClosing) this.write(writeClose());
    this.cut();
  }

  #finish(end: StreamEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#wake?.();
    this.#user?.ended(end);
  }

  #take<T>(read: (frame: Element) => T | undefined): T | undefined {
    while (this.#arrived.length > 0) {
      const frame = this.#arrived.shift() as Element;
      const value = read(frame);
      if (value !== undefined) return value;
      if (frame.namespace === NS_CLIENT) this.#early.push(frame);
    }
    return undefined;
  }

  #waitFor<T>(look: () => T | undefined, deadlineMs: number = STEP_DEADLINE_MS): Promise<T> {
    const since = this.#clock.now();
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const value = look();
        if (value === undefined && !this.#end) return false;
        this.#wake = undefined;
        cancel();
        this.#longestTripMs = Math.max(this.#longestTripMs, this.#clock.now() - since);
        if (value === undefined) reject(new StreamEnded(this.#end ?? { why: 'closed' }, this.service, this.#address));
        else resolve(value);
        return true;
      };
      const cancel = this.#clock.after(deadlineMs, () => this.cut({ why: 'silent' }));
      this.#wake = settle;
      settle();
    });
  }
}

/** The stream ended while a step was being waited for. */
export class StreamEnded extends Trouble {
  readonly end: StreamEnd;

  constructor(end: StreamEnd, service: string, address: string) {
    super(failureOfEnd(end, service, address));
    this.end = end;
  }
}

export function failureOfEnd(end: StreamEnd, service: string, address: string): Failure {
  if (end.why === 'error') return failureOfStreamError(end.error, service, address);
  return end.why === 'malformed' ? { kind: 'service-unsuitable', service, why: 'not-xmpp' } : { kind: 'service-unreachable', service };
}
