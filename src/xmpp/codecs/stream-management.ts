// Counting what has arrived, and carrying a session over to a new stream, XEP-0198.
import { NS_SM, NS_STANZAS } from '../namespaces.ts';
import { childElements, element, type Element } from '../xml.ts';

export type StreamManagement =
  | { kind: 'request' }
  | { kind: 'acknowledged'; handled: number }
  /** `id` only where the stream may be resumed, within `withinMs`. */
  | { kind: 'enabled'; id?: string; withinMs?: number }
  | { kind: 'resumed'; id: string; handled: number }
  | { kind: 'failed'; condition: string; handled?: number };

export const writeEnable = (): Element => element('enable', NS_SM, { resume: 'true' });
export const writeAcknowledge = (handled: number): Element => element('a', NS_SM, { h: String(handled) });
export const writeAcknowledgeRequest = (): Element => element('r', NS_SM);
export const writeResume = (id: string, handled: number): Element => element('resume', NS_SM, { previd: id, h: String(handled) });

export function readStreamManagement(frame: Element): StreamManagement | undefined {
  if (frame.namespace !== NS_SM) return undefined;
  const { h, id, previd, resume, max } = frame.attributes;
  const handled = readCount(h);
  switch (frame.name) {
    case 'r':
      return { kind: 'request' };
    case 'a':
      return handled === undefined ? undefined : { kind: 'acknowledged', handled };
    case 'enabled':
      return readEnabled(id, resume, readCount(max));
    case 'resumed':
      return handled === undefined || !previd ? undefined : { kind: 'resumed', id: previd, handled };
    case 'failed':
      return { kind: 'failed', condition: readCondition(frame), ...(handled !== undefined && { handled }) };
    default:
      return undefined;
  }
}

function readEnabled(id: string | undefined, resume: string | undefined, seconds: number | undefined): StreamManagement {
  if (!id || (resume !== 'true' && resume !== '1')) return { kind: 'enabled' };
  return { kind: 'enabled', id, ...(seconds !== undefined && { withinMs: seconds * 1000 }) };
}

const readCondition = (failed: Element): string =>
  childElements(failed).find((one) => one.namespace === NS_STANZAS && one.name !== 'text')?.name ?? 'undefined-condition';

/** A counter of 32 bits, which wraps. */
const readCount = (text: string | undefined): number | undefined => {
  const count = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return count <= 0xffffffff ? count : undefined;
};
