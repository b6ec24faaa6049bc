// Serves the demo over HTTP on loopback: pages at `/`, the product at `/warbler/`, and what the pages must know at `/demo.json`.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

export interface DemoSite {
  /** Absolute: the folder of pages and the folder of the built product. */
  pages: string;
  product: string;
  port: number;
  /** Answered at `/demo.json`. */
  facts: unknown;
  /** Takes a request before files are looked for; false leaves it to them. For the development server. */
  first?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const HEADERS = {
  // Asked again each time, and kept for going back: `no-store` would shut pages out of the back-forward cache.
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  // Another site loads the product from here.
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

const PRODUCT = '/warbler/';

/** Answers with undefined when the port is taken. */
export function serveDemo(site: DemoSite): Promise<Server | undefined> {
  const server = createServer((request, response) => {
    void answer(site, request, response).catch(() => refuse(response, 500));
  });
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(site.port, '127.0.0.1', () => resolve(server));
  });
}

async function answer(site: DemoSite, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const path = pathOf(request.url ?? '/');
  if (path === undefined) return refuse(response, 400);
  if (path === '/demo.json') return sendText(response, '.json', JSON.stringify(site.facts));
  if (await site.first?.(request, response)) return;
  const file = path.startsWith(PRODUCT) ? below(site.product, path.slice(PRODUCT.length)) : below(site.pages, path);
  if (file === undefined) return refuse(response, 404);
  return sendFile(request, response, file);
}

export function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://demo').pathname);
  } catch {
    return undefined;
  }
}

/** A file inside the folder, or nothing: no path leads out of it. */
function below(folder: string, path: string): string | undefined {
  const file = normalize(join(folder, path.endsWith('/') || path === '' ? `${path}index.html` : path));
  return file.startsWith(folder + sep) && !file.includes('\0') ? file : undefined;
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: string): Promise<void> {
  const facts = await stat(file).catch(() => undefined);
  if (!facts?.isFile()) return refuse(response, 404);
  const tag = `"${facts.size.toString(36)}-${Math.floor(facts.mtimeMs).toString(36)}"`;
  response.setHeader('etag', tag);
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-length': facts.size });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

export function sendText(response: ServerResponse, kind: string, text: string): void {
  response.writeHead(200, { 'content-type': TYPES[kind] }).end(text);
}

const WORDS: Readonly<Record<number, string>> = { 400: 'Not a path', 404: 'Nothing here', 405: 'Only GET', 500: 'That failed' };

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': TYPES['.txt'] }).end(`${WORDS[status]}\n`);
}
