// The socket of the platform: a WebSocket with the sub-protocol of XMPP, in workers, pages and Node.
import type { OpenSocket, Socket } from '../line-ports.ts';

export const openBrowserSocket: OpenSocket = (url, events): Socket => {
  const socket = new WebSocket(url, 'xmpp');
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    socket.close();
    events.closed();
  };
  socket.onopen = (): void => {
    if (isOver) return;
    // A server that ignores the sub-protocol speaks something else.
    if (socket.protocol === 'xmpp') events.opened();
    else end();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>): void => {
    if (isOver) return;
    if (typeof data === 'string') events.frame(data);
    else end();
  };
  socket.onerror = end;
  socket.onclose = end;
  return {
    send: (text) => {
      if (!isOver && socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      isOver = true;
      socket.close();
    },
  };
};
