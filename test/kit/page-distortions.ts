// What broken and dishonest archives do to a page: each of these is seen in the page itself, or does no harm. An archive that leaves out
// what stands between two results cannot be found out by anybody.
import { NS_CLIENT, NS_DELAY, NS_FORWARD, NS_MAM } from '../../src/xmpp/namespaces.ts';
import { element, type Element } from '../../src/xmpp/xml.ts';
import type { ModelPage } from './model-engine.ts';
import type { Chance } from './random.ts';

type Change = (page: ModelPage, luck: Chance) => ModelPage | undefined;

const results =
  (change: (results: readonly Element[], luck: Chance) => readonly Element[]): Change =>
  (page, luck) => ({ ...page, results: change(page.results, luck) });

function shuffled(given: readonly Element[], luck: Chance): readonly Element[] {
  const rest = [...given];
  return given.map(() => rest.splice(luck.below(rest.length), 1)[0]!);
}

const withAttributes = (one: Element, attributes: Readonly<Record<string, string | undefined>>): Element => ({
  ...one,
  attributes: Object.fromEntries(
    Object.entries({ ...one.attributes, ...attributes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
});

/** Messages that were never in this archive, or not asked for by this query. */
function foreign(luck: Chance, queryId: string): Element {
  const message = element('message', NS_CLIENT, { type: 'chat', from: 'eve@elsewhere.test/x', to: 'ben@app1.test' }, [
    element('body', NS_CLIENT, {}, ['foreign']),
  ]);
  const forwarded = element('forwarded', NS_FORWARD, {}, [element('delay', NS_DELAY, { stamp: '2026-01-01T00:00:00Z' }), message]);
  const id = `foreign-${luck.below(1e6)}`;
  return element('result', NS_MAM, luck.below(2) === 0 ? { queryid: queryId, id } : { queryid: 'of nobody', id }, [forwarded]);
}

const among = (given: readonly Element[], at: number, ...more: readonly Element[]): readonly Element[] => [
  ...given.slice(0, at),
  ...more,
  ...given.slice(at),
];

export class PageDistortions {
  /** The page before: an archive that runs in circles gives it again. */
  #before: ModelPage | undefined;

  readonly #changes: Readonly<Record<string, Change>> = {
    'each result twice': results((given) => given.flatMap((one) => [one, one])),
    'all results twice': results((given) => [...given, ...given]),
    'results in any order': results(shuffled),
    'results turned round': results((given) => given.toReversed()),
    'ends in the place of each other': (page) => ({ ...page, first: page.last, last: page.first }),
    'no ends': (page) => ({ ...page, first: undefined, last: undefined }),
    'no first end': (page) => ({ ...page, first: undefined }),
    'ends nobody sent': (page) => ({ ...page, first: 'nobody', last: 'nothing' }),
    'its oldest results missing': results((given, luck) => given.slice(1 + luck.below(3))),
    'its newest results missing': results((given, luck) => given.slice(0, -1 - luck.below(3))),
    'no results at all': results(() => []),
    'no results, no ends, and not complete': (page) => ({ ...page, results: [], first: undefined, last: undefined, complete: false }),
    'results without an id': results((given, luck) => {
      const at = luck.below(given.length);
      return given.map((one, index) => (index === at ? withAttributes(one, { id: undefined }) : one));
    }),
    'results without a message': results((given, luck) => {
      const at = luck.below(given.length);
      return given.map((one, index) => (index === at ? { ...one, children: [] } : one));
    }),
    'foreign results among them': (page, luck) => ({
      ...page,
      results: among(page.results, luck.below(page.results.length + 1), foreign(luck, page.queryId)),
    }),
    'never an end': (page) => ({ ...page, complete: false }),
    'the page before once more': (page) => this.#before && { ...this.#before, results: this.#again(page.queryId), complete: false },
    'an error': () => undefined,
  };
  readonly kinds: readonly string[] = Object.keys(this.#changes);

  apply(kind: string, page: ModelPage, luck: Chance): ModelPage | undefined {
    const changed = page.results.length === 0 ? page : this.#changes[kind]?.(page, luck);
    this.#before = page;
    return changed;
  }

  /** Under the name of the new question, or nobody would listen. */
  #again(queryId: string): readonly Element[] {
    return this.#before?.results.map((one) => withAttributes(one, { queryid: queryId })) ?? [];
  }
}
