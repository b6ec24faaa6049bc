// What we can do, told in our presence as a hash, XEP-0115. Engines read the features behind it and send us the events we ask for (XEP-0163).
import {
  NS_BOOKMARKS,
  NS_CAPS,
  NS_CARBONS,
  NS_CHAT_STATES,
  NS_DEVICE_STREAMS,
  NS_DISCO_INFO,
  NS_LEGACY_OMEMO_DEVICES,
  NS_MARKERS,
  NS_MDS,
  NS_MUC,
  NS_NICK,
  NS_OMEMO_DEVICES,
  NS_PING,
  NS_RECEIPTS,
} from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';
import type { Info } from './disco-info.ts';

const CAPS_NODE = 'https://warbler.chat';

export const OWN_INFO: Info = {
  identities: [{ category: 'client', type: 'web', name: 'Warbler' }],
  features: [
    NS_CAPS,
    NS_CHAT_STATES,
    NS_DISCO_INFO,
    NS_MUC,
    NS_CARBONS,
    NS_MARKERS,
    NS_NICK,
    NS_PING,
    NS_RECEIPTS,
    `${NS_BOOKMARKS}+notify`,
    `${NS_MDS}+notify`,
    `${NS_OMEMO_DEVICES}+notify`,
    `${NS_DEVICE_STREAMS}+notify`,
  ].toSorted(),
};

/** Of `OWN_INFO`, which never changes while the program runs; a test computes it anew. */
export const OWN_VERSION = '9q4FrnZtSle45yGGriDl4hlBC/8=';

/** Where the account speaks legacy OMEMO: its lists are asked for as well. */
export const OLDER_INFO: Info = { ...OWN_INFO, features: [...OWN_INFO.features, `${NS_LEGACY_OMEMO_DEVICES}+notify`].toSorted() };

/** Of `OLDER_INFO`, as above. */
export const OLDER_VERSION = 'LhM7tuwMPWh2Y58D3Vf0cqa9yVU=';

export const nodeOf = (version: string): string => `${CAPS_NODE}#${version}`;

export const writeCaps = (ver: string = OWN_VERSION): Element => element('c', NS_CAPS, { hash: 'sha-1', node: CAPS_NODE, ver });

export function readCaps(presence: Element): { node: string; version: string } | undefined {
  const { node, ver: version, hash } = child(presence, 'c', NS_CAPS)?.attributes ?? {};
  return node && version && hash ? { node, version } : undefined;
}

/** What is hashed. A `<` inside a part could make two lists look like one, so such a list has no text. */
export function verificationText({ identities, features }: Info): string | undefined {
  const parts = [
    ...identities.map(({ category, type, name = '' }) => `${category}/${type}//${name}`).toSorted(),
    ...[...features].toSorted(),
  ];
  return parts.some((part) => part.includes('<')) ? undefined : parts.map((part) => `${part}<`).join('');
}
