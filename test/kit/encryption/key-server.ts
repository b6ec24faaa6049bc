// What engines keep for accounts that others may read: nodes and their items (XEP-0163), as far as publishing keys needs it. It may lie.
import type { Address } from '../../../src/model/account.ts';
import { failureOfStanza } from '../../../src/core/connection/stanza-failure.ts';
import { failed, succeeded, type Answer } from '../../../src/model/failure.ts';
import type { Item } from '../../../src/xmpp/codecs/pubsub.ts';
import { NS_CLIENT, NS_PUBSUB, NS_PUBSUB_OWNER, NS_STANZAS } from '../../../src/xmpp/namespaces.ts';
import { child, childElements, childrenNamed, element, textOfChild, writeElement, type Element } from '../../../src/xmpp/xml.ts';

/** What a dishonest engine answers when somebody asks for items. */
export type Lie = (question: { asker: Address; owner: Address; node: string; items: readonly Item[] }) => readonly Item[];

export class KeyServer {
  readonly #nodes: Map<string, Map<string, Element>>;
  readonly #listeners: ((owner: Address, node: string, items: readonly Item[]) => void)[] = [];
  /** Everything asked, as `who verb node`. */
  readonly asked: string[] = [];
  /** The same, as it came. */
  readonly said: Element[] = [];
  /** As ejabberd 23.01: how many items a node keeps cannot be said when publishing. */
  isOld = false;
  /** A node that it takes nothing for. */
  refuses?: string;
  /** It answers nothing any more. */
  isSilent = false;
  /** Questions about this node go unanswered until whoever asked gives up. */
  holdsBack?: string;
  /** It says that it has taken what is published, and keeps nothing of it. */
  keepsNothing = false;
  lie: Lie = ({ items }) => items;

  constructor(nodes: ReadonlyMap<string, ReadonlyMap<string, Element>> = new Map()) {
    this.#nodes = new Map([...nodes].map(([name, items]) => [name, new Map(items)]));
  }

  /** The same accounts on an engine of their own. */
  copy(): KeyServer {
    return new KeyServer(this.#nodes);
  }

  onPublished(heard: (owner: Address, node: string, items: readonly Item[]) => void): void {
    this.#listeners.push(heard);
  }

  items(owner: Address, node: string): readonly Item[] {
    return [...(this.#nodes.get(`${owner} ${node}`) ?? [])].map(([id, payload]) => ({ id, payload }));
  }

  /** Somebody else of the account publishes. */
  put(owner: Address, node: string, { id, payload }: Item): void {
    const kept = this.#nodes.get(`${owner} ${node}`) ?? new Map<string, Element>();
    this.#nodes.set(`${owner} ${node}`, kept);
    if (payload) kept.set(id, payload);
    for (const heard of this.#listeners) heard(owner, node, [{ id, ...(payload && { payload }) }]);
  }

  /** An answer as the connection gives it. */
  async ask(asker: Address, iq: Element): Promise<Answer<Element>> {
    if (this.isSilent) return new Promise(() => undefined);
    if (this.holdsBack !== undefined && writeElement(iq).includes(`"${this.holdsBack}"`)) return failed({ kind: 'no-answer' });
    const answer = this.answer(asker, iq);
    return answer.attributes['type'] === 'error' ? failed(failureOfStanza(answer)) : succeeded(answer);
  }

  /** The stanza that goes back. */
  answer(asker: Address, iq: Element): Element {
    const owner = (iq.attributes['to'] ?? asker) as Address;
    const pubsub = child(iq, 'pubsub', NS_PUBSUB) ?? child(iq, 'pubsub', NS_PUBSUB_OWNER);
    const verb = childElements(pubsub)[0];
    const node = verb?.attributes['node'] ?? '';
    this.said.push(iq);
    this.asked.push(`${asker} ${verb?.name ?? iq.name} ${owner === asker ? '' : `${owner} `}${node}`);
    const said = verb && pubsub ? this.#do(asker, owner, verb, node, pubsub) : [];
    const type =
      said === 'item-not-found' || said === 'conflict' || said === 'resource-constraint' || said === 'forbidden' ? 'error' : 'result';
    const children = typeof said === 'string' ? [errorOf(said)] : said;
    return element('iq', NS_CLIENT, { type, id: iq.attributes['id'], from: owner, to: asker }, children);
  }

  #do(asker: Address, owner: Address, verb: Element, node: string, pubsub: Element): Element[] | string {
    if (verb.name === 'items') return this.#read(asker, owner, verb, node);
    if (owner !== asker || this.refuses === node) return 'forbidden';
    if (verb.name === 'publish') return this.#publish(owner, verb, node, pubsub);
    if (verb.name === 'create') return this.#create(`${owner} ${node}`);
    if (verb.name === 'retract') return this.#retract(`${owner} ${node}`, childElements(verb)[0]?.attributes['id'] ?? '');
    return [];
  }

  #read(asker: Address, owner: Address, verb: Element, node: string): Element[] | string {
    const kept = this.#nodes.get(`${owner} ${node}`);
    const wanted = childrenNamed(verb, 'item', NS_PUBSUB).map(({ attributes }) => attributes['id']);
    const all = this.items(owner, node).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    const items = this.lie({ asker, owner, node, items: all });
    if (!kept && items.length === 0) return 'item-not-found';
    const written = items.map(({ id, payload }) => element('item', NS_PUBSUB, { id }, [payload]));
    return [element('pubsub', NS_PUBSUB, {}, [element('items', NS_PUBSUB, { node }, written)])];
  }

  #publish(owner: Address, verb: Element, node: string, pubsub: Element): Element[] | string {
    if (this.isOld && hasOption(pubsub, 'pubsub#max_items')) return 'resource-constraint';
    const item = childElements(verb)[0];
    const payload = childElements(item)[0];
    if (!item || !payload) return 'forbidden';
    if (!this.keepsNothing) this.put(owner, node, { id: item.attributes['id'] ?? '', payload });
    return [];
  }

  #create(name: string): Element[] | string {
    if (this.#nodes.has(name)) return 'conflict';
    this.#nodes.set(name, new Map());
    return [];
  }

  #retract(name: string, id: string): Element[] | string {
    return this.#nodes.get(name)?.delete(id) ? [] : 'item-not-found';
  }
}

const hasOption = (pubsub: Element, name: string): boolean =>
  childElements(child(child(pubsub, 'publish-options', NS_PUBSUB), 'x', 'jabber:x:data')).some(
    (field) => field.attributes['var'] === name && textOfChild(field, 'value', 'jabber:x:data') !== undefined,
  );

const errorOf = (condition: string): Element =>
  element('error', NS_CLIENT, { type: condition === 'resource-constraint' ? 'wait' : 'cancel' }, [element(condition, NS_STANZAS)]);
