// Hints to those who pass a message on, XEP-0334. What must survive carries `store`: engines keep only bodies by default.
import { NS_HINTS } from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';

export type Hint = 'store' | 'no-store' | 'no-permanent-store' | 'no-copy';

const HINTS: readonly Hint[] = ['store', 'no-store', 'no-permanent-store', 'no-copy'];

export const writeHint = (hint: Hint): Element => element(hint, NS_HINTS);

export const readHints = (message: Element): Hint[] => HINTS.filter((hint) => child(message, hint, NS_HINTS));
