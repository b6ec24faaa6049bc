// Publishing and being told, XEP-0060, as far as an account's own nodes need it (XEP-0163).
import type { Claim } from '../claim.ts';
import { NS_NODE_CONFIG, NS_PUBLISH_OPTIONS, NS_PUBSUB, NS_PUBSUB_EVENT, NS_PUBSUB_OWNER } from '../namespaces.ts';
import { child, childElements, childrenNamed, element, type Element } from '../xml.ts';
import { writeForm } from './data-form.ts';
import { writeGet, writeSet } from './iq.ts';

export const eventClaim: Claim = { stanza: 'message', child: ['event', NS_PUBSUB_EVENT] };

export interface Item {
  id: string;
  payload?: Element;
}

export interface NodeEvent {
  node: string;
  items: readonly Item[];
  retracted: readonly string[];
  /** Everything in it is gone. */
  emptied: boolean;
}

/** How a node has to be kept. The names are those of XEP-0060 without `pubsub#`. */
export interface NodeConfig {
  persist_items?: 'true';
  /** ejabberd 23.01 knows this field when a node is configured, but not among the options of a publication. */
  max_items?: string;
  send_last_published_item?: 'never' | 'on_sub_and_presence';
  access_model?: 'whitelist' | 'presence' | 'open';
  notify_retract?: 'true';
}

/** For what only the account's own devices may see and what must all be kept. */
export const PRIVATE_NODE: NodeConfig = {
  persist_items: 'true',
  max_items: 'max',
  send_last_published_item: 'never',
  access_model: 'whitelist',
};

/** For what everybody has to be able to read, friend or not: keys to write to a device with. */
export const OPEN_NODE: NodeConfig = { persist_items: 'true', max_items: 'max', access_model: 'open' };

export const writeItemsGet = (node: string, to?: string): Element => writeGet(pubsub(element('items', NS_PUBSUB, { node })), to);

export const writeItemGet = (node: string, id: string, to: string): Element =>
  writeGet(pubsub(element('items', NS_PUBSUB, { node }, [element('item', NS_PUBSUB, { id })])), to);

export function writePublish(node: string, { id, payload }: Item, config?: NodeConfig): Element {
  const publish = element('publish', NS_PUBSUB, { node }, [element('item', NS_PUBSUB, { id }, [payload])]);
  const options = config && element('publish-options', NS_PUBSUB, {}, [writeConfig(NS_PUBLISH_OPTIONS, config)]);
  return writeSet(pubsub(publish, options));
}

export function writeRetract(node: string, id: string): Element {
  return writeSet(pubsub(element('retract', NS_PUBSUB, { node, notify: 'true' }, [element('item', NS_PUBSUB, { id })])));
}

export function writeCreate(node: string, config: NodeConfig): Element {
  return writeSet(
    pubsub(element('create', NS_PUBSUB, { node }), element('configure', NS_PUBSUB, {}, [writeConfig(NS_NODE_CONFIG, config)])),
  );
}

export function writeConfigure(node: string, config: NodeConfig): Element {
  const configure = element('configure', NS_PUBSUB_OWNER, { node }, [writeConfig(NS_NODE_CONFIG, config)]);
  return writeSet(element('pubsub', NS_PUBSUB_OWNER, {}, [configure]));
}

/** The answer to a request for items of this node; undefined for another's. */
export function readItemsOf(iq: Element, node: string): Item[] | undefined {
  const items = child(child(iq, 'pubsub', NS_PUBSUB), 'items', NS_PUBSUB);
  return items?.attributes['node'] === node ? childrenNamed(items, 'item', NS_PUBSUB).flatMap((one) => readItem(one) ?? []) : undefined;
}

export function readEvent(message: Element): NodeEvent | undefined {
  const event = child(message, 'event', NS_PUBSUB_EVENT);
  const told = childElements(event).find((one) => ['items', 'purge', 'delete'].includes(one.name) && one.namespace === NS_PUBSUB_EVENT);
  const node = told?.attributes['node'];
  if (!told || !node) return undefined;
  return {
    node,
    items: childrenNamed(told, 'item', NS_PUBSUB_EVENT).flatMap((one) => readItem(one) ?? []),
    retracted: childrenNamed(told, 'retract', NS_PUBSUB_EVENT).flatMap(({ attributes: { id } }) => id || []),
    emptied: told.name !== 'items',
  };
}

function readItem(item: Element): Item | undefined {
  const { id } = item.attributes;
  const [payload] = childElements(item);
  return id ? { id, ...(payload && { payload }) } : undefined;
}

const pubsub = (...children: (Element | undefined)[]): Element => element('pubsub', NS_PUBSUB, {}, children);

const writeConfig = (formType: string, config: NodeConfig): Element =>
  writeForm(formType, Object.fromEntries(Object.entries(config).map(([name, value]) => [`pubsub#${name}`, value as string | undefined])));
