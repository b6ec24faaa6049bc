// Extensible sign-in, XEP-0388: one request that also binds, resumes and asks for a token, one answer to all of it.
import { NS_BIND2, NS_FAST, NS_SASL2, NS_SM } from '../namespaces.ts';
import { child, childrenNamed, element, textOf, textOfChild, type Element } from '../xml.ts';
import { readSaslFailure, type SaslAnswer } from './sasl.ts';

export interface Sasl2Offer {
  mechanisms: readonly string[];
  /** Mechanisms for which a token may be had, empty where none. */
  fast: readonly string[];
  bind: boolean;
  /** Stream management can be enabled by the same request that binds. */
  enable: boolean;
  resume: boolean;
}

export interface Sasl2Request {
  mechanism: string;
  initial: string;
  /** Stable for this device; an engine ties tokens to it. */
  device: string;
  software: string;
  inline: readonly (Element | undefined)[];
}

export type Sasl2Answer =
  | Exclude<SaslAnswer, { kind: 'success' }>
  | { kind: 'success'; data: string; address: string; frame: Element }
  /** The engine wants a second factor, which this program does not have yet. */
  | { kind: 'continue'; tasks: readonly string[] };

export function readSasl2Offer(authentication: Element): Sasl2Offer {
  const inline = child(authentication, 'inline', NS_SASL2);
  const bind = child(inline, 'bind', NS_BIND2);
  const features = childrenNamed(child(bind, 'inline', NS_BIND2), 'feature', NS_BIND2).map((one) => one.attributes['var']);
  return {
    mechanisms: childrenNamed(authentication, 'mechanism', NS_SASL2).map((one) => textOf(one)?.trim() ?? ''),
    fast: childrenNamed(child(inline, 'fast', NS_FAST), 'mechanism', NS_FAST).map((one) => textOf(one)?.trim() ?? ''),
    bind: bind !== undefined,
    enable: features.includes(NS_SM),
    resume: child(inline, 'sm', NS_SM) !== undefined,
  };
}

export function writeAuthenticate(request: Sasl2Request): Element {
  return element('authenticate', NS_SASL2, { mechanism: request.mechanism }, [
    element('initial-response', NS_SASL2, {}, [request.initial]),
    element('user-agent', NS_SASL2, { id: request.device }, [element('software', NS_SASL2, {}, [request.software])]),
    ...request.inline,
  ]);
}

export const writeSasl2Response = (data: string): Element => element('response', NS_SASL2, {}, [data]);

export function readSasl2Answer(frame: Element): Sasl2Answer | undefined {
  if (frame.namespace !== NS_SASL2) return undefined;
  if (frame.name === 'challenge') return { kind: 'challenge', data: (textOf(frame) ?? '').trim() };
  if (frame.name === 'failure') return readSaslFailure(frame, NS_SASL2) as Exclude<SaslAnswer, { kind: 'success' }>;
  if (frame.name === 'continue') return { kind: 'continue', tasks: readTasks(frame) };
  if (frame.name !== 'success') return undefined;
  const data = (textOfChild(frame, 'additional-data', NS_SASL2) ?? '').trim();
  return { kind: 'success', data, address: textOfChild(frame, 'authorization-identifier', NS_SASL2)?.trim() ?? '', frame };
}

const readTasks = (frame: Element): string[] =>
  childrenNamed(child(frame, 'tasks', NS_SASL2), 'task', NS_SASL2).map((one) => textOf(one)?.trim() ?? '');
