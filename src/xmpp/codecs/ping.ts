// Ping, XEP-0199. Sent to oneself in a room it tells whether one is still there (XEP-0410).
import { NS_PING } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';
import { writeGet } from './iq.ts';

export const writePing = (to?: string): Element => writeGet(element('ping', NS_PING), to);
