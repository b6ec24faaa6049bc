// Why an engine ends a stream, RFC 6120 section 4.9.
import { NS_STREAM, NS_STREAM_ERRORS } from '../namespaces.ts';
import { childElements, type Element } from '../xml.ts';

export interface StreamError {
  /** `undefined-condition` where the engine names none. */
  condition: string;
  text?: string;
}

export function readStreamError(frame: Element): StreamError | undefined {
  if (frame.name !== 'error' || frame.namespace !== NS_STREAM) return undefined;
  let condition = 'undefined-condition';
  let text: string | undefined;
  for (const part of childElements(frame)) {
    if (part.namespace !== NS_STREAM_ERRORS) continue;
    if (part.name === 'text') text = part.children.filter((one) => typeof one === 'string').join('');
    else condition = part.name;
  }
  return { condition, ...(text !== undefined && { text }) };
}
