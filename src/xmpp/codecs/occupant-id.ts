// Occupant ids, XEP-0421: who somebody in a room is, whatever name they go by. Engines strip forged ones only where they know the extension.
import { NS_OCCUPANT_ID } from '../namespaces.ts';
import { childrenNamed, type Element } from '../xml.ts';

/** All of them; `authority/occupant.ts` believes only a single one. */
export const readOccupantIds = (stanza: Element): string[] =>
  childrenNamed(stanza, 'occupant-id', NS_OCCUPANT_ID).flatMap(({ attributes: { id } }) => (id ? [id] : []));
