// A bare stream to a real engine for tests of the engine itself: frames as text, SCRAM-SHA-256, nothing remembered.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const BIND = 'urn:ietf:params:xml:ns:xmpp-bind';
const PATIENCE_MS = 10_000;

export interface RawStream {
  send(xml: string): void;
  /** The first frame, from now or earlier, that is wanted and that nobody took before. */
  take(wanted: (frame: string) => boolean): Promise<string>;
  /** Every wanted frame that is there by now. */
  takeAll(wanted: (frame: string) => boolean): string[];
  /** An iq of the given type to the given address and its answer. */
  ask(type: 'get' | 'set', payload: string, to?: string): Promise<string>;
  close(): void;
}

export interface RawLogin {
  ws: string;
  domain: string;
  name: string;
  password: string;
}

/** A stream that is signed in and not bound: for resuming. */
export async function openSignedIn(login: RawLogin): Promise<RawStream> {
  const stream = await openRaw(login.ws);
  await openStream(stream, login.domain);
  await authenticate(stream, login);
  await openStream(stream, login.domain);
  return stream;
}

export async function openBound(login: RawLogin, resource = 'test'): Promise<RawStream> {
  const stream = await openSignedIn(login);
  await stream.ask('set', `<bind xmlns='${BIND}'><resource>${resource}</resource></bind>`);
  return stream;
}

export async function readFeatures(login: Pick<RawLogin, 'ws' | 'domain'>): Promise<string> {
  const stream = await openRaw(login.ws);
  const features = await openStream(stream, login.domain);
  stream.close();
  return features;
}

function openStream(stream: RawStream, domain: string): Promise<string> {
  stream.send(`<open xmlns='${FRAMING}' to='${domain}' version='1.0'/>`);
  return stream.take((frame) => frame.includes('features'));
}

function openRaw(address: string): Promise<RawStream> {
  const socket = new WebSocket(address, 'xmpp');
  const waiting = new Set<() => void>();
  const frames: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    frames.push(String(data));
    for (const look of waiting) look();
  });
  const take = (wanted: (frame: string) => boolean): Promise<string> => takeFrame(frames, waiting, wanted);
  const takeAll = (wanted: (frame: string) => boolean): string[] => {
    const taken = frames.filter(wanted);
    frames.splice(0, frames.length, ...frames.filter((frame) => !taken.includes(frame)));
    return taken;
  };
  const send = (xml: string): void => socket.send(xml);
  let asked = 0;
  const ask = (type: string, payload: string, to?: string): Promise<string> => {
    const id = `raw-${(asked += 1)}`;
    send(`<iq xmlns='jabber:client' type='${type}' id='${id}'${to ? ` to='${to}'` : ''}>${payload}</iq>`);
    return take((frame) => frame.startsWith('<iq') && new RegExp(` id=['"]${id}['"]`).test(frame.slice(0, frame.indexOf('>'))));
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve({ send, take, takeAll, ask, close: () => socket.close() }));
    socket.addEventListener('error', () => reject(new Error(`no WebSocket at ${address}`)));
  });
}

function takeFrame(frames: string[], waiting: Set<() => void>, wanted: (frame: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const at = frames.findIndex(wanted);
      if (at === -1) return;
      clearTimeout(patience);
      waiting.delete(look);
      resolve(frames.splice(at, 1)[0] ?? '');
    };
    const patience = setTimeout(() => {
      waiting.delete(look);
      reject(new Error(`the engine did not say what was awaited; it said:\n${frames.slice(-5).join('\n')}`));
    }, PATIENCE_MS);
    waiting.add(look);
    look();
  });
}

// ---- SCRAM-SHA-256, RFC 7677 ----

async function authenticate(stream: RawStream, { name, password }: RawLogin): Promise<void> {
  const first = `n=${name},r=${randomBytes(18).toString('base64')}`;
  stream.send(`<auth xmlns='${SASL}' mechanism='SCRAM-SHA-256'>${base64(`n,,${first}`)}</auth>`);
  const challenge = await stream.take((frame) => /^<(challenge|failure)/.test(frame));
  const asked = Buffer.from(textIn(challenge), 'base64').toString();
  const final = `c=biws,r=${fieldIn(asked, 'r')}`;
  const salted = pbkdf2Sync(password, Buffer.from(fieldIn(asked, 's'), 'base64'), Number(fieldIn(asked, 'i')), 32, 'sha256');
  const key = hmac(salted, 'Client Key');
  const signature = hmac(createHash('sha256').update(key).digest(), `${first},${asked},${final}`);
  const proof = key.map((byte, at) => byte ^ (signature[at] ?? 0));
  stream.send(`<response xmlns='${SASL}'>${base64(`${final},p=${Buffer.from(proof).toString('base64')}`)}</response>`);
  const verdict = await stream.take((frame) => /^<(success|failure)/.test(frame));
  if (!verdict.startsWith('<success')) throw new Error(`${name} was not let in: ${verdict}`);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const textIn = (frame: string): string => /^<[^>]*>([^<]*)</.exec(frame)?.[1] ?? '';
const fieldIn = (message: string, name: string): string => new RegExp(`(?:^|,)${name}=([^,]*)`).exec(message)?.[1] ?? '';
