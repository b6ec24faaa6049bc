// A place for a file at a real engine, asked for without any of the product.
import { uploadDomainOf } from '../../../src/engine/plan.ts';
import { openBound } from '../../kit/engines/raw-stream.ts';
import type { TestEngine } from '../../kit/engines/start-engine.ts';

export interface Slot {
  put: string;
  get: string;
  headers: Record<string, string>;
}

export async function askSlot(engine: TestEngine, name: string, size: number): Promise<Slot> {
  const stream = await openBound({ ws: engine.ws, domain: engine.domain, name, password: name }, `slots-${crypto.randomUUID()}`);
  const request = `<request xmlns='urn:xmpp:http:upload:0' filename='file' size='${size}' content-type='application/octet-stream'/>`;
  const answer = await stream.ask('get', request, uploadDomainOf(engine.domain));
  stream.close();
  const urlOf = (part: string): string => new RegExp(`<${part}[^>]* url=['"]([^'"]+)`).exec(answer)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const headers = [...answer.matchAll(/<header[^>]* name=['"]([^'"]+)['"][^>]*>([^<]*)/g)];
  return { put: urlOf('put'), get: urlOf('get'), headers: Object.fromEntries(headers.map(([, key, value]) => [key, value])) };
}
