// What time it is at an entity, XEP-0202.
import { child, element, textOfChild, type Element } from '../xml.ts';
import { readStamp } from '../stamp.ts';
import { writeGet } from './iq.ts';

const NS_TIME = 'urn:xmpp:time';

export const writeTimeGet = (to: string): Element => writeGet(element('time', NS_TIME), to);

/** Milliseconds since the epoch. */
export const readTime = (iq: Element): number | undefined => readStamp(textOfChild(child(iq, 'time', NS_TIME), 'utc', NS_TIME));
