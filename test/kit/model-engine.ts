// An engine reduced to what messages see of it: archives, delivery, copies, acknowledgement, streams that break. It moves one step at a time,
// so that a test decides what happens in which order. Rooms are put in where a test has some.
import type { Address } from '../../src/model/account.ts';
import { failed, succeeded, type Answer } from '../../src/model/failure.ts';
import type { ConnectionState } from '../../src/model/situation.ts';
import type { Connection } from '../../src/core/ports.ts';
import { writeDelay } from '../../src/xmpp/codecs/delay.ts';
import { NS_CARBONS, NS_CLIENT, NS_DELAY, NS_FORWARD, NS_IDS, NS_MAM, NS_PAGING } from '../../src/xmpp/namespaces.ts';
import { child, childElements, element, textOfChild, type Element } from '../../src/xmpp/xml.ts';
import { bareOf } from '../../src/xmpp/jid.ts';
import { KeyServer } from './encryption/key-server.ts';
import type { ModelRoom } from './rooms/model-room.ts';

interface Archived {
  id: string;
  at: number;
  other: Address;
  message: Element;
}

/** A page on its way: its results, and what the archive says of it. */
export interface ModelPage {
  results: readonly Element[];
  first?: string | undefined;
  last?: string | undefined;
  complete: boolean;
  /** Of the query that asked for it. */
  queryId: string;
}

/** What a dishonest or broken archive does to a page; `undefined` where it answers with an error. */
export type Distort = (page: ModelPage) => ModelPage | undefined;

export class ModelEngine {
  readonly #archives = new Map<Address, Archived[]>();
  readonly #lines: ModelLine[] = [];
  readonly rooms: Map<Address, ModelRoom> = new Map();
  /** Where people keep which rooms they are in. */
  readonly #nodes = new KeyServer();
  readonly #now: () => number;
  #ids = 0;
  distort: Distort = (page) => page;
  /** However many are asked for: engines have a limit of their own. */
  largestPage = Infinity;
  /** What is said to a stream that broke is kept for the one that takes over. */
  handsOn = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  connect(full: string): ModelLine {
    const line = new ModelLine(this, full);
    this.#lines.push(line);
    return line;
  }

  /** A stream of this name is bound: those before it are no more. What they never heard. */
  takeOver(full: string): Element[] {
    for (const room of this.rooms.values()) room.leave(full);
    return this.#lines.flatMap((line) => (line.full === full ? line.giveUp() : []));
  }

  now(): number {
    return this.#now();
  }

  archiveOf(address: Address): readonly Archived[] {
    return this.#archives.get(address) ?? [];
  }

  /** Somebody without a core writes: straight into both archives, and to whoever listens. */
  write(from: string, to: Address, message: Element): void {
    const stamped = { ...message, attributes: { ...message.attributes, from, to } };
    const sender = bareOf(from);
    const ownId = this.#keep(sender, to, stamped);
    const otherId = sender === to ? ownId : this.#keep(to, sender, stamped);
    for (const line of this.#lines) if (line.bare === to && line.isPresent) line.deliver(withArchiveId(stamped, to, otherId));
    for (const line of this.#lines)
      if (line.bare === sender && line.full !== from) line.deliver(sentCopy(sender, withArchiveId(stamped, sender, ownId)));
  }

  answer(line: ModelLine, iq: Element): void {
    const room = this.rooms.get(bareOf(iq.attributes['to'] ?? ''));
    if (room) return line.deliver(room.answer(line.full, iq, (stanza) => line.deliver(stanza)));
    const query = child(iq, 'query', NS_MAM);
    const reply = element('iq', NS_CLIENT, { type: 'result', id: iq.attributes['id'] });
    if (!query && this.rooms.size > 0) return line.deliver({ ...this.#nodes.answer(line.bare, iq), attributes: reply.attributes });
    if (!query) return line.deliver(reply);
    const page = this.distort(this.#page(line.bare, query));
    if (!page) return line.deliver({ ...reply, attributes: { ...reply.attributes, type: 'error' }, children: [BROKEN] });
    for (const result of page.results) line.deliver(element('message', NS_CLIENT, { to: line.full }, [result]));
    line.deliver({ ...reply, children: [endOf(page)] });
  }

  #keep(owner: Address, other: Address, message: Element): string {
    const archive = this.#archives.get(owner) ?? [];
    this.#archives.set(owner, archive);
    const id = `${owner}-${++this.#ids}`;
    if (child(message, 'body', NS_CLIENT) || child(message, 'store', 'urn:xmpp:hints'))
      archive.push({ id, at: this.#now(), other, message });
    return id;
  }

  #page(owner: Address, query: Element): ModelPage {
    const set = child(query, 'set', NS_PAGING);
    const fields = childElements(child(query, 'x', 'jabber:x:data'));
    const filter = fields.find((one) => one.attributes['var'] === 'with');
    const wanted = filter && textOfChild(filter, 'value', 'jabber:x:data');
    const all = this.archiveOf(owner).filter((one) => !wanted || one.other === wanted);
    const { start, end, complete } = stretch(all, set, this.largestPage);
    const page = all.slice(start, end);
    const queryId = query.attributes['queryid'] ?? '';
    const results = page.map((one) => archiveResult(queryId, one));
    return { results, first: page[0]?.id, last: page.at(-1)?.id, complete, queryId };
  }
}

const BROKEN: Element = element('error', NS_CLIENT, { type: 'wait' }, [
  element('internal-server-error', 'urn:ietf:params:xml:ns:xmpp-stanzas'),
]);

function endOf({ first, last, complete }: ModelPage): Element {
  const ends = Object.entries({ first, last }).flatMap(([name, id]) => (id === undefined ? [] : [element(name, NS_PAGING, {}, [id])]));
  return element('fin', NS_MAM, { complete: complete ? 'true' : undefined }, [element('set', NS_PAGING, {}, ends)]);
}

/** Which of them a page holds: those before one, or after one. */
function stretch(all: readonly Archived[], set: Element | undefined, largest: number): { start: number; end: number; complete: boolean } {
  const [before, after] = [textOfChild(set, 'before', NS_PAGING), textOfChild(set, 'after', NS_PAGING)];
  const max = Math.min(Number(textOfChild(set, 'max', NS_PAGING) ?? 100), largest);
  if (after) {
    const start = all.findIndex((one) => one.id === after) + 1;
    return { start, end: start + max, complete: start + max >= all.length };
  }
  const end = before
    ? Math.max(
        0,
        all.findIndex((one) => one.id === before),
      )
    : all.length;
  const start = Math.max(0, end - max);
  return { start, end, complete: start === 0 };
}

type Fate = (fate: 'taken' | 'lost') => void;

/** One device's stream. What is said waits in both directions until somebody lets it pass. */
export class ModelLine implements Pick<Connection, 'send' | 'ask' | 'state'> {
  readonly full: string;
  readonly bare: Address;
  readonly #engine: ModelEngine;
  /** Said, not yet taken by the engine; and taken, not yet acknowledged. */
  #outgoing: { stanza: Element; fate: Fate | undefined }[] = [];
  #taken: (Fate | undefined)[] = [];
  #incoming: Element[] = [];
  readonly #questions = new Map<string, (answer: Answer<Element>) => void>();
  #ids = 0;
  #isHeld: (stanza: Element) => boolean = () => false;
  isUp = false;
  /** It is being bound: what is said travels, and nobody calls it online yet. */
  isOpening = false;
  /** Of a stream that broke. Until the next one nobody knows that no answer will come. */
  #unanswered: ((answer: Answer<Element>) => void)[] = [];
  /** Its presence has been told: until then nothing that is written to the account is delivered here. */
  isPresent = true;
  hear: (stanza: Element) => void = () => undefined;
  #unheard: Element[] = [];

  constructor(engine: ModelEngine, full: string) {
    this.#engine = engine;
    this.full = full;
    this.bare = bareOf(full);
  }

  state(): ConnectionState {
    return this.isUp && !this.isOpening ? { stage: 'online', slow: false } : { stage: 'connecting', attempt: 1 };
  }

  send(stanza: Element, fate?: Fate): void {
    if (!this.isUp) return fate?.('lost');
    this.#outgoing.push({ stanza, fate });
  }

  ask(iq: Element): Promise<Answer<Element>> {
    if (!this.isUp) return Promise.resolve(failed({ kind: 'offline' }));
    const id = `q${++this.#ids}`;
    this.#outgoing.push({ stanza: { ...iq, attributes: { ...iq.attributes, id } }, fate: undefined });
    return new Promise((resolve) => this.#questions.set(id, resolve));
  }

  deliver(stanza: Element): void {
    if (this.isUp) this.#incoming.push(stanza);
    else this.#miss([stanza]);
  }

  /** The next stream is being bound: first it is handed what the one before never heard. */
  takeOver(): void {
    this.#incoming.push(...this.#engine.takeOver(this.full));
  }

  giveUp(): Element[] {
    return this.#unheard.splice(0);
  }

  #miss(stanzas: readonly Element[]): void {
    if (!this.#engine.handsOn) return;
    const at = this.#engine.now();
    for (const stanza of stanzas) if (stanza.name === 'message') this.#unheard.push(delayed(stanza, this.bare, at));
  }

  /** What answers this is a while in coming: until the answer of this is called. */
  holdBack(isHeld: (stanza: Element) => boolean): () => void {
    this.#isHeld = isHeld;
    return () => (this.#isHeld = () => false);
  }

  /** The engine takes one stanza. */
  take(): void {
    const at = this.#outgoing.findIndex(({ stanza }) => !this.#isHeld(stanza));
    const [next] = at < 0 ? [] : this.#outgoing.splice(at, 1);
    if (!next) return;
    this.#taken.push(next.fate);
    const room = this.#engine.rooms.get(bareOf(next.stanza.attributes['to'] ?? ''));
    if (next.stanza.name === 'iq') this.#engine.answer(this, next.stanza);
    else if (room) room.hear(this.full, next.stanza, (stanza) => this.deliver(stanza));
    else if (next.stanza.name === 'message') this.#engine.write(this.full, bareOf(next.stanza.attributes['to'] ?? ''), next.stanza);
  }

  /** The engine's word for what it has taken arrives. */
  acknowledge(): void {
    for (const fate of this.#taken.splice(0)) fate?.('taken');
  }

  /** The device hears one stanza. */
  pass(): void {
    const next = this.#incoming.shift();
    if (!next) return;
    const answer = next.name === 'iq' ? this.#questions.get(next.attributes['id'] ?? '') : undefined;
    this.#questions.delete(next.attributes['id'] ?? '');
    if (answer) answer(succeeded(next));
    else this.hear(next);
  }

  isQuiet(): boolean {
    return this.#outgoing.length === 0 && this.#incoming.length === 0 && this.#taken.length === 0;
  }

  /** The stream breaks and nothing carries it over: what was on the way is gone in both directions. */
  lose(): void {
    this.isUp = false;
    const fates = [...this.#taken.splice(0), ...this.#outgoing.splice(0).map(({ fate }) => fate)];
    this.#miss(this.#incoming.splice(0));
    if (!this.#engine.handsOn) this.#engine.takeOver(this.full);
    this.#unanswered.push(...this.#questions.values());
    this.#questions.clear();
    for (const fate of fates) fate?.('lost');
  }

  /** The next stream is there, and none that carries this one on. */
  giveUpLost(): void {
    for (const answer of this.#unanswered.splice(0)) answer(failed({ kind: 'no-answer' }));
  }
}

export const delayed = (stanza: Element, from: string, at: number): Element => ({
  ...stanza,
  children: [...stanza.children, writeDelay({ at, from })],
});

export const withArchiveId = (message: Element, by: string, id: string): Element => ({
  ...message,
  children: [...message.children, element('stanza-id', NS_IDS, { by, id })],
});

export const sentCopy = (owner: string, message: Element): Element =>
  element('message', NS_CLIENT, { from: owner, type: 'chat' }, [
    element('sent', NS_CARBONS, {}, [element('forwarded', NS_FORWARD, {}, [message])]),
  ]);

const archiveResult = (queryId: string, { id, at, message }: Archived): Element =>
  element('result', NS_MAM, { queryid: queryId, id }, [
    element('forwarded', NS_FORWARD, {}, [element('delay', NS_DELAY, { stamp: new Date(at).toISOString() }), message]),
  ]);
