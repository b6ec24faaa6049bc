// An engine that only replays: people sign in as at a real one, and on command each hears thousands of messages as fast as the wire takes them.
// A real engine that archives holds a live sender to some hundred messages a second.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PastMessage } from '../../../src/engine/population.ts';
import { longHistory } from '../../../src/engine/seed/population.ts';
import { NS_CLIENT, NS_IDS, NS_MAM, NS_PAGING, NS_PING, NS_ROSTER } from '../../../src/xmpp/namespaces.ts';
import { child, element, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { ScriptedServer, type ScriptedStream } from '../../kit/scripted-server.ts';
import { SpokenFrames } from '../../kit/spoken-frames.ts';

export interface ReplayServer {
  service: string;
  domain: string;
  user: string;
  password: string;
  /** Who writes. */
  sender: string;
  /** To everybody who is signed in. Resolves when each has answered the ping that comes right behind the last message. */
  burst(count: number): Promise<Burst>;
  /** Open now. */
  sockets(): number;
  /** The last words of the burst that comes next. */
  lastWords: string;
  close(): Promise<void>;
}

export interface Burst {
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** The first time somebody had heard everything. */
  heardAt: number;
}

const DOMAIN = 'willow.test';
const USER = 'mia';
const SENDER = `omar@${DOMAIN}`;
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const PING_ID = 'after-the-burst';
const LAST_WORDS = 'And these are the last words of the burst.';
/** Written at once: the socket's own buffer decides how fast the rest follows. */
const PART_BYTES = 64 * 1024;
const PATIENCE_MS = 120_000;

export async function startReplayServer(): Promise<ReplayServer> {
  let heard = (): void => undefined;
  const server = new ScriptedServer({
    user: USER,
    domain: DOMAIN,
    management: 'none',
    before: (frame, stream) => isPong(frame, () => heard()) || answerArchive(frame, stream) || answerRoster(frame, stream),
  });
  const sockets = new Set<Duplex>();
  const http = createServer();
  http.on('upgrade', (request, socket: Duplex) => {
    acceptUpgrade(socket, request.headers['sec-websocket-key'] ?? '');
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    join(server, socket);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as { port: number };
  let bursts = 0;
  return {
    service: `ws://127.0.0.1:${port}/`,
    domain: DOMAIN,
    user: USER,
    password: server.script.password,
    sender: SENDER,
    lastWords: LAST_WORDS,
    sockets: () => sockets.size,
    async burst(count) {
      const bytes = burstBytes(count, ++bursts);
      const isHeard = new Promise<number>((resolve) => (heard = () => resolve(now())));
      const startedAt = now();
      for (const socket of sockets) for (let at = 0; at < bytes.length; at += PART_BYTES) socket.write(bytes.subarray(at, at + PART_BYTES));
      return { startedAt, heardAt: await within(isHeard) };
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      http.close();
      await once(http, 'close');
    },
  };
}

/** As pages see it, too. */
const now = (): number => performance.timeOrigin + performance.now();

function acceptUpgrade(socket: Duplex, key: string): void {
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
  socket.write([...lines, 'Sec-WebSocket-Protocol: xmpp', '', ''].join('\r\n'));
}

/** The scripted server's wire goes over a real socket from here on. */
function join(server: ScriptedServer, socket: Duplex): void {
  const wire = server.openSocket('', {
    opened: () => undefined,
    frame: (text) => void socket.write(textFrame(text)),
    closed: () => socket.end(),
  });
  const spoken = new SpokenFrames(
    (text) => wire.send(text),
    () => socket.end(Buffer.from([0x88, 0])),
  );
  spoken.read(Buffer.from('\r\n\r\n'));
  socket.on('data', (bytes: Buffer) => spoken.read(bytes));
  socket.on('error', () => socket.destroy());
  socket.once('close', () => wire.close());
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = length < 126 ? Buffer.from([0x81, length]) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  if (head.length > 2) head.set([0x81, head.length === 4 ? 126 : 127]);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

function burstBytes(count: number, turn: number): Buffer {
  const frames: Buffer[] = [];
  for (const message of longHistory(['omar', 'nobody'], count - 1, Date.UTC(2026, 5, 1), turn)) frames.push(textFrame(live(message, turn)));
  frames.push(textFrame(live({ id: 'last', from: '', to: '', text: LAST_WORDS, sentAt: 0 }, turn)));
  const ping = element('iq', NS_CLIENT, { type: 'get', id: `${PING_ID}-${turn}`, from: DOMAIN }, [element('ping', NS_PING)]);
  frames.push(textFrame(writeElement(ping)));
  return Buffer.concat(frames);
}

function live(message: PastMessage, turn: number): string {
  const id = `${turn}-${message.id}`;
  const from = `${SENDER}/replay`;
  return writeElement(
    element('message', NS_CLIENT, { from, to: `${USER}@${DOMAIN}`, type: 'chat', id }, [
      element('body', NS_CLIENT, {}, ['text' in message ? message.text : '']),
      element('origin-id', NS_IDS, { id }),
      element('stanza-id', NS_IDS, { by: `${USER}@${DOMAIN}`, id: `archive-${id}` }),
    ]),
  );
}

function isPong({ name, attributes }: Element, heard: () => void): boolean {
  if (name !== 'iq' || !attributes['id']?.startsWith(PING_ID)) return false;
  heard();
  return true;
}

/** Nothing was ever said here before. */
function answerArchive(frame: Element, stream: ScriptedStream): boolean {
  if (!child(frame, 'query', NS_MAM)) return false;
  const fin = element('fin', NS_MAM, { complete: 'true' }, [element('set', NS_PAGING)]);
  stream.say(element('iq', NS_CLIENT, { type: 'result', id: frame.attributes['id'] }, [fin]));
  return true;
}

/** Who writes is a contact, so that the conversation is there before the first message. */
function answerRoster(frame: Element, stream: ScriptedStream): boolean {
  if (!child(frame, 'query', NS_ROSTER)) return false;
  const item = element('item', NS_ROSTER, { jid: SENDER, name: 'Omar', subscription: 'both' });
  stream.say(element('iq', NS_CLIENT, { type: 'result', id: frame.attributes['id'] }, [element('query', NS_ROSTER, {}, [item])]));
  return true;
}

async function within(promise: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nobody heard the whole burst within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
