// Telling the engine whether anybody looks, XEP-0352: it may hold back what can wait.
import { NS_CSI } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';

export const writeClientState = (active: boolean): Element => element(active ? 'active' : 'inactive', NS_CSI);
