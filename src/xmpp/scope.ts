// Which namespace a prefix stands for at a place in a frame. Scopes are never changed: an element that declares something makes its own.

import * as NAMESPACES from './namespaces.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

export class Scope {
  /** The namespace of names without a prefix. */
  readonly standard: string;
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(standard: string, prefixes: ReadonlyMap<string, string>) {
    this.standard = standard;
    this.#prefixes = prefixes;
  }

  find(prefix: string): string | undefined {
    return this.#prefixes.get(prefix);
  }

  /** Undefined when nobody may declare it. */
  withStandard(namespace: string): Scope | undefined {
    if (namespace === this.standard) return this;
    const known = this.#prefixes === ROOT_PREFIXES ? KNOWN.get(namespace) : undefined;
    if (known) return known;
    return isRefused(namespace) ? undefined : new Scope(namespace, this.#prefixes);
  }

  with(prefix: string, namespace: string): Scope | undefined {
    if (prefix === 'xml') return namespace === XML ? this : undefined;
    if (prefix === 'xmlns' || namespace === '' || isRefused(namespace)) return undefined;
    return new Scope(this.standard, new Map(this.#prefixes).set(prefix, namespace));
  }
}

/** The two that are XML's own, and what is no name at all: readers that trim it would see another namespace than we do. */
const isRefused = (namespace: string): boolean => namespace === XML || namespace === XMLNS || /\s/.test(namespace);

const ROOT_PREFIXES: ReadonlyMap<string, string> = new Map([['xml', XML]]);
/** Made once, and with our own texts: every comparison of a namespace is then one of two pointers. */
const KNOWN: ReadonlyMap<string, Scope> = new Map(Object.values(NAMESPACES).map((one) => [one, new Scope(one, ROOT_PREFIXES)]));

export const ROOT_SCOPE: Scope = new Scope('', ROOT_PREFIXES);
