// A room reduced to what its members see of it: joining, its lists, its settings, words to all inside, an archive. It may lie.
import type { Address } from '../../../src/model/account.ts';
import type { Affiliation } from '../../../src/xmpp/codecs/room-presence.ts';
import { bareOf, resourceOf } from '../../../src/xmpp/jid.ts';
import {
  NS_CLIENT,
  NS_DELAY,
  NS_FORWARD,
  NS_IDS,
  NS_MAM,
  NS_MUC,
  NS_MUC_ADMIN,
  NS_MUC_USER,
  NS_PAGING,
} from '../../../src/xmpp/namespaces.ts';
import { child, element, textOfChild, type Element } from '../../../src/xmpp/xml.ts';

const NS_INFO = 'http://jabber.org/protocol/disco#info';

interface Occupant {
  nick: string;
  full: string;
  hear(stanza: Element): void;
}

interface Archived {
  id: string;
  at: number;
  by: Address;
  message: Element;
}

/** What a dishonest engine says instead of what is so. */
export interface RoomLies {
  /** On the list of this affiliation. */
  list(affiliation: Affiliation, people: readonly Address[]): readonly Address[];
  /** Whose words these are, in the archive; undefined: it does not say. */
  author(by: Address): Address | undefined;
  /** Whose name this is. */
  occupant(by: Address): Address;
}

export class ModelRoom {
  readonly address: Address;
  readonly #now: () => number;
  readonly #lists = new Map<Address, Affiliation>();
  #inside: Occupant[] = [];
  readonly archive: Archived[] = [];
  #ids = 0;
  membersOnly = true;
  nonAnonymous = true;
  withholdsLists = false;
  /** So many questions its archive still answers. */
  pagesLeft = Infinity;
  /** Said to whoever asks to be let in before they are told who is there: what the engine kept of the stream before. */
  kept: readonly Element[] = [];
  /** Whoever is not inside comes and goes without a word. */
  isSecretive = false;
  lies: RoomLies = { list: (_, people) => people, author: (by) => by, occupant: (by) => by };

  constructor(address: Address, now: () => number, members: Readonly<Record<string, Affiliation>>) {
    this.address = address;
    this.#now = now;
    for (const [person, affiliation] of Object.entries(members)) this.#lists.set(person as Address, affiliation);
  }

  affiliationOf(person: Address): Affiliation {
    return this.#lists.get(person) ?? 'none';
  }

  members(): Address[] {
    return [...this.#lists].flatMap(([person, affiliation]) => (affiliation === 'outcast' ? [] : [person]));
  }

  /** Who runs it changes its lists: all inside are told, and whoever is no member any more is shown out. */
  setAffiliation(person: Address, affiliation: Affiliation): void {
    if (affiliation === 'none') this.#lists.delete(person);
    else this.#lists.set(person, affiliation);
    const inside = this.#inside.filter(({ full }) => bareOf(full) === person);
    const isOut = affiliation === 'none' || affiliation === 'outcast';
    for (const one of inside) this.#tellOf(one, isOut ? { type: 'unavailable', code: '321' } : {});
    if (isOut) this.#inside = this.#inside.filter((one) => !inside.includes(one));
    if (inside.length > 0 || this.isSecretive) return;
    const item = element('item', NS_MUC_USER, { affiliation, jid: person });
    this.#tellAll(element('message', NS_CLIENT, { from: this.address }, [element('x', NS_MUC_USER, {}, [item])]));
  }

  /** Other settings. Everybody inside hears that they are other ones, unless the engine keeps it to itself. */
  configure(settings: Partial<Pick<ModelRoom, 'membersOnly' | 'nonAnonymous'>>, isTold: boolean = true): void {
    Object.assign(this, settings);
    if (isTold) this.#tellAll(element('message', NS_CLIENT, { from: this.address, type: 'groupchat' }, [userWith([], '104')]));
  }

  leave(full: string): void {
    this.#inside = this.#inside.filter((one) => one.full !== full);
  }

  hear(from: string, stanza: Element, answer: (stanza: Element) => void): void {
    const nick = resourceOf(stanza.attributes['to'] ?? '');
    if (stanza.name === 'presence' && nick) this.#hearPresence({ nick, full: from, hear: answer }, stanza);
    else if (stanza.name === 'message') this.#say(from, stanza);
  }

  answer(from: string, iq: Element, tell: (stanza: Element) => void): Element {
    const reply = (children: (Element | undefined)[], type = 'result'): Element =>
      element('iq', NS_CLIENT, { type, id: iq.attributes['id'], from: this.address }, children);
    const admin = child(child(iq, 'query', NS_MUC_ADMIN), 'item', NS_MUC_ADMIN);
    if (admin && this.withholdsLists) return reply([], 'error');
    if (admin) return reply([this.#list(admin.attributes['affiliation'] as Affiliation)]);
    if (child(iq, 'query', NS_INFO)) return reply([this.#info()]);
    const query = child(iq, 'query', NS_MAM);
    if (query && this.pagesLeft-- <= 0) return reply([], 'error');
    return query
      ? reply([this.#page(query, (result) => tell(element('message', NS_CLIENT, { from: this.address, to: from }, [result])))])
      : reply([]);
  }

  #hearPresence(who: Occupant, stanza: Element): void {
    if (stanza.attributes['type'] === 'unavailable') return this.leave(who.full);
    const isWelcome = !this.membersOnly || this.members().includes(bareOf(who.full));
    if (!isWelcome) return;
    const others = this.#inside.filter(({ full }) => full !== who.full);
    for (const one of this.kept) who.hear(one);
    for (const one of others) who.hear(this.#presenceOf(one, who));
    this.#inside = [...others, who];
    this.#tellOf(who, {});
  }

  #tellOf(who: Occupant, how: { type?: string; code?: string }): void {
    for (const one of this.#inside) one.hear(this.#presenceOf(who, one, how));
  }

  #presenceOf(who: Occupant, to: Occupant, { type, code }: { type?: string; code?: string } = {}): Element {
    const person = bareOf(who.full);
    const jid = this.nonAnonymous ? `${this.lies.occupant(person)}/x` : undefined;
    const item = element('item', NS_MUC_USER, { affiliation: this.affiliationOf(person), role: 'participant', jid });
    const user = userWith([item], ...(bareOf(to.full) === person && to.nick === who.nick ? ['110'] : []), ...(code ? [code] : []));
    return element('presence', NS_CLIENT, { from: `${this.address}/${who.nick}`, to: to.full, type }, [user]);
  }

  #say(from: string, message: Element): void {
    const who = this.#inside.find(({ full }) => full === from);
    if (!who) return;
    const children = message.children.filter((one) => typeof one === 'string' || one.namespace !== NS_MUC_USER);
    const said: Element = { ...message, attributes: { ...message.attributes, from: `${this.address}/${who.nick}` }, children };
    const id = `${this.address}-${++this.#ids}`;
    if (child(said, 'body', NS_CLIENT) || child(said, 'store', 'urn:xmpp:hints'))
      this.archive.push({ id, at: this.#now(), by: bareOf(from), message: said });
    const stamp = element('stanza-id', NS_IDS, { by: this.address, id });
    this.#tellAll({ ...said, children: [...said.children, stamp] });
  }

  #tellAll(stanza: Element): void {
    for (const one of this.#inside) one.hear({ ...stanza, attributes: { ...stanza.attributes, to: one.full } });
  }

  #list(affiliation: Affiliation): Element {
    const all = [...this.#lists].flatMap(([person, what]) => (what === affiliation ? [person] : []));
    const items = this.lies.list(affiliation, all).map((jid) => element('item', NS_MUC_ADMIN, { affiliation, jid }));
    return element('query', NS_MUC_ADMIN, {}, items);
  }

  #info(): Element {
    const features = [
      NS_MUC,
      NS_MAM,
      this.membersOnly ? 'muc_membersonly' : 'muc_open',
      this.nonAnonymous ? 'muc_nonanonymous' : 'muc_semianonymous',
    ];
    return element('query', NS_INFO, {}, [
      element('identity', NS_INFO, { category: 'conference', type: 'text', name: 'Room' }),
      ...features.map((name) => element('feature', NS_INFO, { var: name })),
    ]);
  }

  #page(query: Element, tell: (result: Element) => void): Element {
    const set = child(query, 'set', NS_PAGING);
    const before = textOfChild(set, 'before', NS_PAGING);
    const end = before ? this.archive.findIndex(({ id }) => id === before) : this.archive.length;
    const page = this.archive.slice(Math.max(0, end - Number(textOfChild(set, 'max', NS_PAGING) ?? 100)), end);
    for (const one of page) tell(this.#resultOf(query.attributes['queryid'] ?? '', one));
    const ends =
      page.length === 0 ? [] : [element('first', NS_PAGING, {}, [page[0]!.id]), element('last', NS_PAGING, {}, [page.at(-1)!.id])];
    const complete = page[0] === this.archive[0] ? 'true' : undefined;
    return element('fin', NS_MAM, { complete }, [element('set', NS_PAGING, {}, ends)]);
  }

  #resultOf(queryid: string, { id, at, by, message }: Archived): Element {
    const jid = this.nonAnonymous ? this.lies.author(by) : undefined;
    const vouched = jid === undefined ? [] : [element('x', NS_MUC_USER, {}, [element('item', NS_MUC_USER, { jid })])];
    return element('result', NS_MAM, { queryid, id }, [
      element('forwarded', NS_FORWARD, {}, [
        element('delay', NS_DELAY, { stamp: new Date(at).toISOString() }),
        { ...message, children: [...message.children, ...vouched] },
      ]),
    ]);
  }
}

const userWith = (items: readonly Element[], ...codes: string[]): Element =>
  element('x', NS_MUC_USER, {}, [...items, ...codes.map((code) => element('status', NS_MUC_USER, { code }))]);
