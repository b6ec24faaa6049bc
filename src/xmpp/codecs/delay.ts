// Delayed delivery, XEP-0203. Whose word about time counts is decided in core.
import { NS_DELAY } from '../namespaces.ts';
import { childrenNamed, element, type Element } from '../xml.ts';
import { readStamp, writeStamp } from '../stamp.ts';

export interface Delay {
  /** Milliseconds since the epoch. */
  at: number;
  from?: string;
}

export const writeDelay = ({ at, from }: Delay): Element => element('delay', NS_DELAY, { stamp: writeStamp(at), from });

/** All of them: a message may pass several hands, and each may add its own. */
export function readDelays(parent: Element): Delay[] {
  const delays: Delay[] = [];
  for (const { attributes } of childrenNamed(parent, 'delay', NS_DELAY)) {
    const at = readStamp(attributes['stamp']);
    if (at !== undefined) delays.push(attributes['from'] ? { at, from: attributes['from'] } : { at });
  }
  return delays;
}
