// Errors of stanzas, RFC 6120 section 8.3: what was wrong, in one word, and what the other side says about it.
import { NS_BLOCKING_ERRORS, NS_CLIENT, NS_STANZAS } from '../namespaces.ts';
import { child, childElements, textOfChild, type Element } from '../xml.ts';

export interface StanzaError {
  /** `undefined-condition` where the other side names none that is known. */
  condition: string;
  type: 'auth' | 'cancel' | 'continue' | 'modify' | 'wait';
  text?: string;
  /** Who says so: the server, the room or the person. */
  by?: string;
  /** Of `gone` and `redirect`. */
  newAddress?: string;
  /** The condition of an extension, by its local name: `precondition-not-met`, `blocked`. */
  detail?: string;
  blocked: boolean;
}

const TYPES: ReadonlySet<string> = new Set(['auth', 'cancel', 'continue', 'modify', 'wait']);

export function readStanzaError(stanza: Element): StanzaError | undefined {
  const error = stanza.attributes['type'] === 'error' ? child(stanza, 'error', NS_CLIENT) : undefined;
  if (!error) return undefined;
  const { type = '', by } = error.attributes;
  const condition = childElements(error).find((one) => one.namespace === NS_STANZAS && one.name !== 'text');
  const detail = childElements(error).find((one) => one.namespace !== NS_STANZAS && one.namespace !== NS_CLIENT);
  const text = textOfChild(error, 'text', NS_STANZAS);
  const newAddress = condition?.children.find((one) => typeof one === 'string');
  return {
    condition: condition?.name ?? 'undefined-condition',
    type: TYPES.has(type) ? (type as StanzaError['type']) : 'cancel',
    ...(text && { text }),
    ...(by && { by }),
    ...(newAddress && { newAddress }),
    ...(detail && { detail: detail.name }),
    blocked: child(error, 'blocked', NS_BLOCKING_ERRORS) !== undefined,
  };
}
