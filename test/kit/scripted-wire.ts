// A socket to a scripted server: frames are under way until they are delivered, and get lost when the wire is cut.
import type { Socket, SocketEvents } from '../../src/core/line-ports.ts';

export interface WireEnd {
  hear(text: string): void;
  gone(): void;
}

export class Wire {
  readonly url: string;
  readonly up: string[] = [];
  readonly down: string[] = [];
  readonly #events: SocketEvents;
  #end: WireEnd | undefined;
  #state: 'dialling' | 'open' | 'closed' = 'dialling';
  /** How often the client spoke after having heard something: with the upgrade, its round trips. */
  flights = 0;
  #hasHeard = true;
  /** Called when there is something to deliver. */
  onBusy: () => void = () => {};

  constructor(url: string, events: SocketEvents) {
    this.url = url;
    this.#events = events;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  get isBusy(): boolean {
    return !this.isClosed && this.up.length + this.down.length > 0;
  }

  socket(): Socket {
    return {
      send: (text) => {
        if (this.#state !== 'open') return;
        if (this.#hasHeard) this.flights++;
        this.#hasHeard = false;
        this.up.push(text);
        this.onBusy();
      },
      close: () => this.#close(),
    };
  }

  open(end: WireEnd): void {
    if (this.#state !== 'dialling') return;
    this.#end = end;
    this.#state = 'open';
    this.#events.opened();
  }

  say(text: string): void {
    if (this.#state !== 'open') return;
    this.down.push(text);
    this.onBusy();
  }

  /** Delivers up to so many frames to the server. */
  deliverUp(count: number = Infinity): void {
    for (; count > 0 && this.up.length > 0 && !this.isClosed; count--) this.#end?.hear(this.up.shift() as string);
  }

  deliverDown(count: number = Infinity): void {
    for (; count > 0 && this.down.length > 0 && !this.isClosed; count--) {
      this.#hasHeard = true;
      this.#events.frame(this.down.shift() as string);
    }
  }

  /** As a network ends: what was under way is lost. */
  cut(): void {
    if (this.isClosed) return;
    this.#close();
    this.#events.closed();
  }

  /** As a server ends: what it said still arrives. */
  finish(): void {
    this.deliverDown();
    this.cut();
  }

  #close(): void {
    if (this.isClosed) return;
    this.#state = 'closed';
    this.up.length = this.down.length = 0;
    this.#end?.gone();
  }
}
