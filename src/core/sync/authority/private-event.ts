// News of the account's own nodes: bookmarks, read marks, streams. Anybody may publish a node of that name, and engines deliver it.
import type { Address } from '../../../model/account.ts';
import { isArchiveResult } from '../../../xmpp/codecs/archive.ts';
import { isCarbon } from '../../../xmpp/codecs/carbons.ts';
import { eventClaim, readEvent, type NodeEvent } from '../../../xmpp/codecs/pubsub.ts';
import { NS_BOOKMARKS, NS_DEVICE_STREAMS, NS_MDS } from '../../../xmpp/namespaces.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Judged } from './judged.ts';
import { isClaimed } from './shape.ts';

const PRIVATE_NODES: ReadonlySet<string> = new Set([NS_BOOKMARKS, NS_MDS, NS_DEVICE_STREAMS]);

/** Undefined for events of nodes that are not private. */
export function acceptPrivateEvent(message: Element, ownBare: Address): Judged<NodeEvent> {
  if (!isClaimed(message, eventClaim)) return undefined;
  const event = readEvent(message);
  if (event && !PRIVATE_NODES.has(event.node)) return undefined;
  const { from, type } = message.attributes;
  if (!event || from !== ownBare || type === 'error') return 'forged';
  return isCarbon(message) || isArchiveResult(message) ? 'forged' : event;
}
