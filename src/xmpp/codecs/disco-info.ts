// What an entity is and can do, XEP-0030.
import type { Claim } from '../claim.ts';
import { NS_DISCO_INFO } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import { readForm } from './data-form.ts';
import { writeGet } from './iq.ts';

export const infoRequestClaim: Claim = { stanza: 'iq', child: ['query', NS_DISCO_INFO], types: ['get'] };

export interface Identity {
  category: string;
  type: string;
  name?: string;
}

export interface Info {
  identities: readonly Identity[];
  features: readonly string[];
}

export const writeInfoGet = (to?: string, node?: string): Element => writeGet(element('query', NS_DISCO_INFO, { node }), to);

export function writeInfo({ identities, features }: Info, node?: string): Element {
  return element('query', NS_DISCO_INFO, { node }, [
    ...identities.map(({ category, type, name }) => element('identity', NS_DISCO_INFO, { category, type, name })),
    ...features.map((feature) => element('feature', NS_DISCO_INFO, { var: feature })),
  ]);
}

/** The node asked about; undefined for what is no such question. */
export function readInfoRequest(iq: Element): { node?: string } | undefined {
  const query = iq.attributes['type'] === 'get' ? child(iq, 'query', NS_DISCO_INFO) : undefined;
  const node = query?.attributes['node'];
  return query && { ...(node && { node }) };
}

export function readInfo(iq: Element): Info | undefined {
  const query = child(iq, 'query', NS_DISCO_INFO);
  if (!query) return undefined;
  return {
    identities: childrenNamed(query, 'identity', NS_DISCO_INFO).flatMap(({ attributes: { category, type, name } }) =>
      category && type ? [{ category, type, ...(name && { name }) }] : [],
    ),
    features: childrenNamed(query, 'feature', NS_DISCO_INFO).flatMap(({ attributes }) => attributes['var'] || []),
  };
}

/** A form that extends the answer (XEP-0128): the first value of each field. */
export function readInfoForm(iq: Element, formType: string): ReadonlyMap<string, string> | undefined {
  const fields = readForm(child(iq, 'query', NS_DISCO_INFO), formType);
  return fields && new Map([...fields].map(([name, values]) => [name, values[0] ?? '']));
}
