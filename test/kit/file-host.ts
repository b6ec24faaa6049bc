// An upload service reduced to what a core sees of it: what belongs to the server, room for a file, and the host that keeps it. It can be slow,
// deaf or dishonest.
import type { Http, HttpAnswer, HttpPut } from '../../src/core/file-ports.ts';
import { failed, succeeded, type Answer, type Failure } from '../../src/model/failure.ts';
import { child, type Element } from '../../src/xmpp/xml.ts';
import { NS_DISCO_INFO, NS_DISCO_ITEMS, NS_UPLOAD } from '../../src/xmpp/namespaces.ts';
import { stanza } from './scripted-connection.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const SERVICE = 'upload.app1.test';
const CHUNK = 64 * 1024;

export class FileHost implements Http {
  readonly kept = new Map<string, Bytes>();
  /** Slots that were asked for: name, size and type. */
  readonly slots: { name: string; size: number; type: string }[] = [];
  readonly asked: { url: string; from: number }[] = [];
  readonly puts: { url: string; headers: Readonly<Record<string, string>>; body: Bytes }[] = [];
  largest: number | undefined = 10_000_000;
  hasService = true;
  isDown = false;
  slotFailure: Failure | undefined;
  /** What the next uploads are answered with; afterwards they are taken. */
  readonly statuses: (number | undefined)[] = [];
  /** Bytes after which the next answers break off. */
  readonly cuts: number[] = [];
  knowsParts = true;
  /** What is said instead of what was asked for. */
  answer: ((url: string, from: number) => HttpAnswer | undefined) | undefined;
  /** An upload waits here. */
  hold: Promise<void> = Promise.resolve();

  ask(iq: Element): Promise<Answer<Element>> {
    return Promise.resolve(this.isDown ? failed({ kind: 'offline' }) : this.#answerTo(iq));
  }

  async put({ url, headers, body, signal, sent }: HttpPut): Promise<number | undefined> {
    await this.hold;
    if (signal.aborted || this.isDown) return undefined;
    const bytes = new Uint8Array(await body.arrayBuffer());
    sent(Math.floor(bytes.length / 2));
    this.puts.push({ url, headers, body: bytes });
    const status = this.statuses.length > 0 ? this.statuses.shift() : 201;
    if (status === 201) this.kept.set(url, bytes);
    if (status === 201) sent(bytes.length);
    return status;
  }

  async get(url: string, from: number, signal: AbortSignal): Promise<HttpAnswer | undefined> {
    this.asked.push({ url, from });
    await Promise.resolve();
    if (this.isDown || signal.aborted) return undefined;
    if (this.answer) return this.answer(url, from);
    const bytes = this.kept.get(url);
    if (!bytes) return { status: 404, from: 0, body: bodyOf(new Uint8Array()) };
    const begin = this.knowsParts ? from : 0;
    return { status: begin > 0 ? 206 : 200, from: begin, body: bodyOf(bytes.slice(begin), this.cuts.shift()) };
  }

  #answerTo(iq: Element): Answer<Element> {
    const to = iq.attributes['to'] ?? '';
    if (child(iq, 'query', NS_DISCO_ITEMS)) return succeeded(stanza(itemsText(this.hasService ? ['rooms.app1.test', SERVICE] : [])));
    if (child(iq, 'query', NS_DISCO_INFO)) return succeeded(stanza(to === SERVICE ? infoText(this.largest) : infoText(undefined, '')));
    const request = child(iq, 'request', NS_UPLOAD);
    if (!request || to !== SERVICE) return failed({ kind: 'refused', reason: 'other' });
    if (this.slotFailure) return failed(this.slotFailure);
    const { filename = '', size = '', 'content-type': type = '' } = request.attributes;
    this.slots.push({ name: filename, size: Number(size), type });
    const url = `https://files.app1.test/${this.slots.length}`;
    return succeeded(stanza(slotText(url)));
  }
}

export async function* bodyOf(bytes: Bytes, breaksAt = Infinity): AsyncGenerator<Bytes> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (at >= breaksAt) throw new TypeError('the line broke');
    yield bytes.slice(at, Math.min(at + CHUNK, breaksAt));
  }
  if (breaksAt < bytes.length) throw new TypeError('the line broke');
}

const itemsText = (addresses: readonly string[]): string =>
  `<iq type="result"><query xmlns="${NS_DISCO_ITEMS}">${addresses.map((one) => `<item jid="${one}"/>`).join('')}</query></iq>`;

const slotText = (url: string): string =>
  `<iq type="result"><slot xmlns="${NS_UPLOAD}"><put url="${url}"><header name="Authorization">Basic x</header></put><get url="${url}"/></slot></iq>`;

function infoText(largest: number | undefined, feature: string = NS_UPLOAD): string {
  const field = (name: string, value: string | number): string => `<field var="${name}"><value>${value}</value></field>`;
  const form = `<x xmlns="jabber:x:data" type="result">${field('FORM_TYPE', NS_UPLOAD)}${field('max-file-size', largest ?? '')}</x>`;
  return `<iq type="result"><query xmlns="${NS_DISCO_INFO}"><feature var="${feature}"/>${largest === undefined ? '' : form}</query></iq>`;
}
