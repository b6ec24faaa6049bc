// Paging through long lists, XEP-0059.
import { NS_PAGING } from '../namespaces.ts';
import { child, element, textOfChild, type Element } from '../xml.ts';

export interface PageWish {
  /** The items just before this one; `newest` for the end of the list. */
  before?: string | 'newest';
  after?: string;
  max: number;
}

export interface PageFound {
  first?: string;
  last?: string;
  total?: number;
}

export function writePageWish({ before, after, max }: PageWish): Element {
  return element('set', NS_PAGING, {}, [
    element('max', NS_PAGING, {}, [String(max)]),
    after === undefined ? undefined : element('after', NS_PAGING, {}, [after]),
    before === undefined ? undefined : element('before', NS_PAGING, {}, [before === 'newest' ? '' : before]),
  ]);
}

export function readPageFound(parent: Element): PageFound {
  const set = child(parent, 'set', NS_PAGING);
  const first = textOfChild(set, 'first', NS_PAGING);
  const last = textOfChild(set, 'last', NS_PAGING);
  // Prosody never counts.
  const total = textOfChild(set, 'count', NS_PAGING);
  return { ...(first && { first }), ...(last && { last }), ...(total && /^\d{1,15}$/.test(total) && { total: Number(total) }) };
}
