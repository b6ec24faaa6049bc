// Where no shared worker can run: a tab leads and runs a dedicated one; the others find its core over BroadcastChannels.
// No port travels there, so each attempt to attach has a channel of its own that serves as one.
import type { Hello } from './port.ts';

/** Posted on the common channel. It carries the greeting that would have come over a port. */
export interface Knock {
  warbler: 'knock';
  /** The channel of this attempt, where the tab listens already. */
  channel: string;
  hello: Hello;
}

/** Posted on the common channel by a core that has just come up: knock again. */
export interface Up {
  warbler: 'up';
}

/** The leader's first word to its worker. */
export interface Lead {
  warbler: 'lead';
  /** The common channel. */
  channel: string;
  /** The lead was taken from a tab that did not answer; its core may still hold the seat. */
  seize: boolean;
}

export const commonChannelName = (digest: string): string => `warbler:elected:${digest}`;
