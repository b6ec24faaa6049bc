// Signing in, RFC 6120 section 6. What travels is base64 text, coded by whoever knows the mechanism.
import { NS_SASL } from '../namespaces.ts';
import { childElements, element, textOf, textOfChild, type Element } from '../xml.ts';

/** An initial response of no bytes is written `=`: nothing at all would mean that there is none. */
export const writeAuth = (mechanism: string, initial: string): Element => element('auth', NS_SASL, { mechanism }, [initial || '=']);

export const writeSaslResponse = (data: string): Element => element('response', NS_SASL, {}, [data]);

export const writeSaslAbort = (): Element => element('abort', NS_SASL);

export type SaslAnswer =
  | { kind: 'challenge'; data: string }
  | { kind: 'success'; data: string }
  | { kind: 'failure'; condition: string; text?: string };

export function readSaslAnswer(frame: Element): SaslAnswer | undefined {
  if (frame.namespace !== NS_SASL) return undefined;
  if (frame.name === 'challenge' || frame.name === 'success') return { kind: frame.name, data: readData(frame) };
  return frame.name === 'failure' ? readSaslFailure(frame, NS_SASL) : undefined;
}

/** Also of SASL2, which keeps the conditions in the namespace of the first. */
export function readSaslFailure(failure: Element, textNamespace: string): SaslAnswer {
  const condition = childElements(failure).find((one) => one.namespace === NS_SASL && one.name !== 'text')?.name ?? 'not-authorized';
  const text = textOfChild(failure, 'text', textNamespace);
  return { kind: 'failure', condition, ...(text !== undefined && { text }) };
}

const readData = (frame: Element): string => {
  const data = (textOf(frame) ?? '').trim();
  return data === '=' ? '' : data;
};
