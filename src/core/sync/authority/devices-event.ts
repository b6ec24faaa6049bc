// News of somebody's published devices: a person's own account alone may tell it, and no device of theirs in its name.
import type { Address } from '../../../model/account.ts';
import { isArchiveResult } from '../../../xmpp/codecs/archive.ts';
import { isCarbon } from '../../../xmpp/codecs/carbons.ts';
import { eventClaim, readEvent, type Item } from '../../../xmpp/codecs/pubsub.ts';
import { isBare } from '../../../xmpp/jid.ts';
import { NS_LEGACY_OMEMO_DEVICES, NS_OMEMO_DEVICES } from '../../../xmpp/namespaces.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Judged } from './judged.ts';
import { isClaimed } from './shape.ts';

export interface DevicesTold {
  person: Address;
  items: readonly Item[];
}

/** Undefined for events of other nodes. */
export function acceptDevicesEvent(message: Element): Judged<DevicesTold> {
  const event = isClaimed(message, eventClaim) ? readEvent(message) : undefined;
  if (event?.node !== NS_OMEMO_DEVICES && event?.node !== NS_LEGACY_OMEMO_DEVICES) return undefined;
  const { from = '', type } = message.attributes;
  if (!isBare(from) || type === 'error') return 'forged';
  return isCarbon(message) || isArchiveResult(message) ? 'forged' : { person: from as Address, items: event.items };
}
