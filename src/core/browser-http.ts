// HTTP as workers and pages have it. No cookies, no word of where one comes from, and no going on to another address than was asked for.
import type { Http, HttpAnswer, HttpPut } from './file-ports.ts';

const MANNERS = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error', cache: 'no-store' } as const;

export const browserHttp: Http = { put, get };

/** Only the older way tells how far a body has gone. */
function put(request: HttpPut): Promise<number | undefined> {
  return typeof XMLHttpRequest === 'undefined' ? putQuietly(request) : putWatched(request);
}

async function putQuietly({ url, headers, body, signal, sent }: HttpPut): Promise<number | undefined> {
  const answer = await fetch(url, { ...MANNERS, method: 'PUT', headers, body, signal }).catch(() => undefined);
  if (answer) sent(body.size);
  return answer?.status;
}

function putWatched({ url, headers, body, signal, sent }: HttpPut): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    signal.addEventListener('abort', stop);
    request.upload.addEventListener('progress', ({ loaded }) => sent(loaded));
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', stop);
      resolve(request.status === 0 ? undefined : request.status);
    });
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
    if (signal.aborted) stop();
  });
}

async function get(url: string, from: number, signal: AbortSignal): Promise<HttpAnswer | undefined> {
  const ranged = from > 0 ? await ask(url, { range: `bytes=${from}-` }, signal) : undefined;
  // A service may know no parts, or may not let a page ask for them.
  const isPart = ranged?.status === 206 || ranged?.status === 200;
  const answer = isPart ? ranged : await ask(url, {}, signal);
  if (!answer) return undefined;
  return { status: answer.status, from: answer.status === 206 ? beginningOf(answer, from) : 0, body: bytesOf(answer, signal) };
}

const ask = (url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response | undefined> =>
  fetch(url, { ...MANNERS, headers, signal }).catch(() => undefined);

/** A page may not be let to see where the part begins; then it is where it was asked for. */
function beginningOf({ headers }: Response, asked: number): number {
  const said = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1];
  return said === undefined ? asked : Number(said);
}

/** In WebKit's workers (2.50) a body comes on after its request was aborted, and is waited for; a reader lets go of it. */
async function* bytesOf({ body }: Response, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  const letGo = (): void => void reader?.cancel().catch(() => undefined);
  signal.addEventListener('abort', letGo);
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value;
  } finally {
    signal.removeEventListener('abort', letGo);
    await reader?.cancel().catch(() => undefined);
  }
}
