// Serves the built product and bench pages on loopback, and talks with pages that no DevTools client watches.
//   page → POST /control/tell?key=K  with JSON        the waiting `told(K)` gets it
//   page → GET  /control/ask?key=K                    held until `answer(K, value)` is called
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { ROOT } from '../../structure/source-files.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
};

export interface ControlServer {
  url: string;
  port: number;
  told<T>(key: string, deadlineMs?: number): Promise<T>;
  answer(key: string, value: unknown): void;
  /** A page made on the spot. */
  page(path: string, html: string): void;
  requests: string[];
  /** Paths that get no answer until the server closes: what a page does without. */
  held: Set<string>;
  close(): Promise<void>;
}

/** `cache: false` makes a browser ask for every file each time. */
export async function startControlServer({ cache = true } = {}): Promise<ControlServer> {
  const mail = new Mailbox();
  const pages = new Map<string, string>();
  const requests: string[] = [];
  const held = new Set<string>();
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://control');
    const key = url.searchParams.get('key') ?? '';
    if (url.pathname === '/control/tell') return (mail.put(key, await readJson(request)), void response.end());
    if (url.pathname === '/control/ask') {
      const value = await mail.take(`to:${key}`);
      return void response.writeHead(200, { 'cache-control': 'no-store' }).end(JSON.stringify(value));
    }
    requests.push(url.pathname);
    if (held.has(url.pathname)) return;
    const made = pages.get(url.pathname);
    const body = made ?? (await readFile(toFile(url.pathname)).catch(() => undefined));
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': TYPES[made === undefined ? extname(url.pathname) : '.html'] ?? 'application/octet-stream',
      'cache-control': cache ? 'public, max-age=3600' : 'no-store',
      'access-control-allow-origin': '*',
    });
    response.end(body);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    held,
    told: (key, deadlineMs = 60_000) => mail.takeWithin(key, deadlineMs),
    answer: (key, value) => mail.put(`to:${key}`, value),
    page: (path, html) => void pages.set(path, html),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function toFile(path: string): string {
  const clean = normalize(path).replace(/^(\.\.[/\\])+/, '');
  return clean.startsWith('/warbler/') ? join(ROOT, 'dist', clean.slice('/warbler/'.length)) : join(ROOT, 'test/bench/pages', clean);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null');
}

/** One value a key, first come first served, whoever is earlier. */
class Mailbox {
  #values = new Map<string, unknown[]>();
  #waiting = new Map<string, ((value: unknown) => void)[]>();

  put(key: string, value: unknown): void {
    const taker = this.#waiting.get(key)?.shift();
    if (taker) taker(value);
    else this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
  }

  async take(key: string): Promise<unknown> {
    const kept = this.#values.get(key);
    if (kept && kept.length > 0) return kept.shift();
    return new Promise((resolve) => this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]));
  }

  async takeWithin<T>(key: string, deadlineMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no page told ${key} within ${deadlineMs} ms`)), deadlineMs);
    });
    return (await Promise.race([this.take(key), late]).finally(() => clearTimeout(timer))) as T;
  }
}
