// The line to the network as the world hands it in.

/** A WebSocket with sub-protocol `xmpp`, one frame a call. */
export type OpenSocket = (url: string, events: SocketEvents) => Socket;
export interface SocketEvents {
  opened(): void;
  frame(text: string): void;
  closed(): void;
}
export interface Socket {
  send(text: string): void;
  /** After `close` no event comes any more. */
  close(): void;
}

export interface Online {
  isOnline(): boolean;
  onOnline(work: () => void): () => void;
}
