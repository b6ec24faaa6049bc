// What lies inside an encrypted message, stanza content encryption, XEP-0420: elements, and facts that nobody on the way can change.
import {
  NS_CHAT_STATES,
  NS_CLIENT,
  NS_FILE_SHARING,
  NS_MARKERS,
  NS_OMEMO,
  NS_OUT_OF_BAND,
  NS_RECEIPTS,
  NS_SCE,
  NS_TRUST_MESSAGES,
} from '../namespaces.ts';
import { readStamp, writeStamp } from '../stamp.ts';
import { child, childElements, childrenNamed, element, type Element } from '../xml.ts';

export interface Envelope {
  content: readonly Element[];
  /** Addresses without a resource. */
  from?: string;
  to?: string;
  sealedAt?: number;
}

/**
 * What may stand inside. All else is for servers to read or is given by them, and whoever believed it from in here would let a sender
 * write its own receipts from the archive.
 */
const ADMITTED: ReadonlySet<string> = new Set([
  `body ${NS_CLIENT}`,
  `file-sharing ${NS_FILE_SHARING}`,
  `x ${NS_OUT_OF_BAND}`,
  `request ${NS_RECEIPTS}`,
  `received ${NS_RECEIPTS}`,
  ...['markable', 'received', 'displayed'].map((name) => `${name} ${NS_MARKERS}`),
  ...['active', 'composing', 'paused', 'inactive', 'gone'].map((name) => `${name} ${NS_CHAT_STATES}`),
  `opt-out ${NS_OMEMO}`,
  `trust-message ${NS_TRUST_MESSAGES}`,
]);

export const mayStandInside = (one: Element): boolean => ADMITTED.has(`${one.name} ${one.namespace}`);

/** `padding` hides how long the words are. */
export function writeEnvelope({ content, from, to, sealedAt }: Envelope, padding: string): Element {
  return element('envelope', NS_SCE, {}, [
    element('content', NS_SCE, {}, content),
    sealedAt === undefined ? undefined : element('time', NS_SCE, { stamp: writeStamp(sealedAt) }),
    to === undefined ? undefined : element('to', NS_SCE, { jid: to }),
    from === undefined ? undefined : element('from', NS_SCE, { jid: from }),
    element('rpad', NS_SCE, {}, [padding]),
  ]);
}

/** Undefined where a fact is there twice or is unreadable. Elements that have no business inside are left out. */
export function readEnvelope(envelope: Element): Envelope | undefined {
  const contents = childrenNamed(envelope, 'content', NS_SCE);
  if (envelope.name !== 'envelope' || envelope.namespace !== NS_SCE || contents.length !== 1) return undefined;
  if (['from', 'to', 'time'].some((name) => childrenNamed(envelope, name, NS_SCE).length > 1)) return undefined;
  const time = child(envelope, 'time', NS_SCE);
  const sealedAt = readStamp(time?.attributes['stamp']);
  const from = jidOf(envelope, 'from');
  const to = jidOf(envelope, 'to');
  if ((time && sealedAt === undefined) || from === '' || to === '') return undefined;
  const content = childElements(contents[0]).filter(mayStandInside);
  return { content, ...(from && { from }), ...(to && { to }), ...(sealedAt !== undefined && { sealedAt }) };
}

/** Empty where the affix is there and names nobody. */
function jidOf(envelope: Element, name: 'from' | 'to'): string | undefined {
  const affix = child(envelope, name, NS_SCE);
  return affix && (affix.attributes['jid'] ?? '');
}
