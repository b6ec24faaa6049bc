// Which kind of stanza this is, told by its declared shape alone. Who may send it is asked in core.
import type { Claim } from './claim.ts';
import { CLAIMS, type ClaimName } from './claims-table.ts';
import type { Element } from './element.ts';

const ANY_TYPE = '*';
const byShape: ReadonlyMap<string, ClaimName> = new Map(
  Object.entries(CLAIMS).flatMap(([name, claim]) => shapesOf(claim).map((shape) => [shape, name as ClaimName] as const)),
);
const namespaces: ReadonlySet<string> = new Set(Object.values(CLAIMS).map(({ child: [, namespace] }) => namespace));

/**
 * None for a plain message, presence or iq. More than one means that somebody packed two wrappers into one stanza: no engine does that,
 * and it has to be dropped as a whole.
 */
export function claimsOf(stanza: Element): ClaimName[] {
  const found: ClaimName[] = [];
  for (const one of stanza.children) {
    // What most children are is told by the namespace alone.
    if (typeof one === 'string' || !namespaces.has(one.namespace)) continue;
    const shape = `${stanza.name} ${one.name} ${one.namespace}`;
    const name = byShape.get(`${shape} ${typeOf(stanza)}`) ?? byShape.get(`${shape} ${ANY_TYPE}`);
    if (name && !found.includes(name)) found.push(name);
  }
  return found;
}

/** What a table over claims is keyed by; two claims that share one of these would fight for the same stanza. */
export function shapesOf({ stanza, child, types }: Claim): string[] {
  return (types ?? [ANY_TYPE]).map((type) => `${stanza} ${child[0]} ${child[1]} ${type}`);
}

function typeOf(stanza: Element): string {
  return stanza.attributes['type'] ?? (stanza.name === 'message' ? 'normal' : stanza.name === 'presence' ? 'available' : '');
}
