// Opening and closing a stream over WebSocket, RFC 7395.
import { NS_FRAMING } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';

export interface Opening {
  to: string;
  /** Who is about to sign in. Engines offer some ways of signing in only to those who say. Only over a channel nobody reads. */
  from?: string;
}

export function writeOpen(opening: Opening): Element {
  return element('open', NS_FRAMING, { to: opening.to, from: opening.from, version: '1.0', 'xml:lang': 'en' });
}

export function readOpen(frame: Element): { from?: string; id?: string } | undefined {
  if (frame.name !== 'open' || frame.namespace !== NS_FRAMING) return undefined;
  const { from, id } = frame.attributes;
  return { ...(from !== undefined && { from }), ...(id !== undefined && { id }) };
}

export const writeClose = (): Element => element('close', NS_FRAMING);

export const isClose = (frame: Element): boolean => frame.name === 'close' && frame.namespace === NS_FRAMING;
