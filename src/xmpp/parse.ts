// Strict reader of one frame: one element, fully closed, bound prefixes, no DTD, comment or processing instruction. Linear in its length.
import { AttributeBag, NO_ATTRIBUTES, NO_CHILDREN, type Element } from './element.ts';
import { isName, NAME_CHARS } from './names.ts';
import { readReferences } from './references.ts';
import { ROOT_SCOPE, type Scope } from './scope.ts';

export type Frame = { ok: true; element: Element } | { ok: false; error: string };

export const MOST_BYTES: number = 256 * 1024;
export const MOST_DEPTH = 64;
/** On one element, declarations of namespaces included. */
const MOST_ATTRIBUTES = 256;
export const LONGEST_NAME = 256;

/** What no frame may hold: control characters, the two non-characters of the base plane, halves of a pair. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
/** What asks for a second look: that by code unit, so emoji too, the carriage return, and what may end a section. */
const UNUSUAL = /[^\t\n\u0020-\\^-\ud7ff\ue000-\ufffd]/;
const SECTION = '<![CDATA[';
const LANGUAGE = 'xml:lang';

const [SPACE, QUOTE, AMPERSAND, APOSTROPHE, SLASH, COLON, LESS, EQUALS, GREATER] = [32, 34, 38, 39, 47, 58, 60, 61, 62] as const;

/** A frame that does not hold is told by value; why, in a few words for the log, never with a part of its text. */
export function parseFrame(text: string): Frame {
  try {
    return { ok: true, element: new Reader(text).read() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, error: error.message };
    throw error;
  }
}

class Malformed extends Error {}

function refuse(why: string): never {
  throw new Malformed(why);
}

class Reader {
  readonly #text: string;
  #at = 1;
  #depth = 0;
  /** Place of the colon in the name read last, -1 without a prefix. */
  #colon = -1;
  /** Rare things are looked for once in the whole frame, so that common text is taken without a second look. */
  #hasReturn = false;
  #hasSectionEnd = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Element {
    const text = this.#text;
    if (isTooLong(text)) refuse('longer than a frame may be');
    if (text.charCodeAt(0) !== LESS) refuse('does not begin with an element');
    if (UNUSUAL.test(text)) this.#lookAgain();
    const root = this.#element(ROOT_SCOPE);
    this.#skipSpace();
    if (this.#at !== text.length) refuse('more than one element');
    return root;
  }

  #lookAgain(): void {
    const text = this.#text;
    if (FORBIDDEN.test(text)) refuse('forbidden character');
    this.#hasReturn = text.includes('\r');
    this.#hasSectionEnd = text.includes(']]>');
  }

  /** From behind its `<`. */
  #element(outer: Scope): Element {
    if (++this.#depth > MOST_DEPTH) refuse('nested too deeply');
    const raw = this.#name();
    const colon = this.#colon;
    const tag = this.#attributes(outer);
    const namespace = colon < 0 ? tag.scope.standard : (tag.scope.find(raw.slice(0, colon)) ?? refuse('unbound prefix'));
    const children = this.#closesItself() ? NO_CHILDREN : this.#children(tag.scope, raw);
    this.#depth--;
    return { name: colon < 0 ? raw : raw.slice(colon + 1), namespace, attributes: tag.attributes, children };
  }

  #closesItself(): boolean {
    const slash = this.#text.charCodeAt(this.#at) === SLASH;
    if (slash) this.#at++;
    if (this.#text.charCodeAt(this.#at++) !== GREATER) refuse('tag is not closed');
    return slash;
  }

  #name(): string {
    const text = this.#text;
    const start = this.#at;
    let colon = -1;
    let beyondAscii = false;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) beyondAscii = true;
      else if (NAME_CHARS[code] === 0) break;
      else if (code === COLON) colon = colon < 0 ? at - start : refuse('two colons in a name');
    }
    if (at - start > LONGEST_NAME) refuse('name too long');
    const name = text.slice(start, at);
    if (!isName(name, colon, beyondAscii)) refuse('not a name');
    this.#at = at;
    this.#colon = colon;
    return name;
  }

  #attributes(outer: Scope): { scope: Scope; attributes: Readonly<Record<string, string>> } {
    let bag: Record<string, string> | undefined;
    let prefixed: Map<string, string> | undefined;
    let standard: string | undefined;
    let language: string | undefined;
    for (let count = 1; this.#hasAttribute(); count++) {
      if (count > MOST_ATTRIBUTES) refuse('too many attributes');
      const name = this.#name();
      const isPrefixed = this.#colon >= 0;
      const value = this.#value();
      if (name === 'xmlns') {
        if (standard !== undefined) refuse('attribute twice');
        standard = value;
      } else if (name === LANGUAGE) {
        if (language !== undefined) refuse('attribute twice');
        language = value;
      } else if (isPrefixed) {
        if ((prefixed ??= new Map()).has(name)) refuse('attribute twice');
        prefixed.set(name, value);
      } else {
        if (name in (bag ??= new AttributeBag())) refuse('attribute twice');
        bag[name] = value;
      }
    }
    let scope = standard === undefined ? outer : (outer.withStandard(standard) ?? refuse('namespace bound wrongly'));
    if (prefixed) {
      scope = declare(scope, prefixed);
      checkPrefixed(scope, prefixed);
    }
    if (language !== undefined) (bag ??= new AttributeBag())[LANGUAGE] = language;
    return { scope, attributes: bag ?? NO_ATTRIBUTES };
  }

  /** Between two attributes there must be space. */
  #hasAttribute(): boolean {
    const before = this.#at;
    this.#skipSpace();
    const code = this.#text.charCodeAt(this.#at);
    if (code === GREATER || code === SLASH) return false;
    return before !== this.#at || refuse('tag is not closed');
  }

  #value(): string {
    const text = this.#text;
    this.#skipSpace();
    if (text.charCodeAt(this.#at++) !== EQUALS) refuse('attribute without value');
    this.#skipSpace();
    const quote = text.charCodeAt(this.#at);
    if (quote !== QUOTE && quote !== APOSTROPHE) refuse('attribute without quotes');
    const start = ++this.#at;
    let isPlain = true;
    for (; ; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === quote) break;
      if (code === LESS || code !== code) refuse('attribute is not closed');
      if (code === AMPERSAND || code < SPACE) isPlain = false;
    }
    const value = text.slice(start, this.#at++);
    return isPlain ? value : resolve(value.replace(/\r\n|[\t\n\r]/g, ' '));
  }

  #children(scope: Scope, raw: string): readonly (Element | string)[] {
    const text = this.#text;
    const children: (Element | string)[] = [];
    let words = '';
    for (;;) {
      const tag = text.indexOf('<', this.#at);
      if (tag < 0) refuse('element is not closed');
      if (tag > this.#at) words += this.#words(tag);
      if (text.charCodeAt(tag + 1) === SLASH) break;
      if (text.startsWith(SECTION, tag)) {
        words += this.#section(tag + SECTION.length);
        continue;
      }
      if (words) children.push(words);
      words = '';
      this.#at = tag + 1;
      children.push(this.#element(scope));
    }
    if (words) children.push(words);
    this.#close(raw);
    return children.length ? children : NO_CHILDREN;
  }

  /** Text up to the next tag. */
  #words(end: number): string {
    const words = this.#text.slice(this.#at, end);
    this.#at = end;
    if (this.#hasSectionEnd && words.includes(']]>')) refuse('end of a section without one');
    const lined = this.#hasReturn ? joinLines(words) : words;
    return lined.includes('&') ? resolve(lined) : lined;
  }

  #section(start: number): string {
    const end = this.#text.indexOf(']]>', start);
    if (end < 0) refuse('section is not closed');
    this.#at = end + 3;
    return joinLines(this.#text.slice(start, end));
  }

  /** From before its `</`. */
  #close(raw: string): void {
    if (!this.#text.startsWith(raw, this.#at + 2)) refuse('closed by another name');
    this.#at += 2 + raw.length;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at++) !== GREATER) refuse('closed by another name');
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== SPACE && code !== 10 && code !== 9 && code !== 13) return;
      this.#at++;
    }
  }
}

function declare(outer: Scope, prefixed: ReadonlyMap<string, string>): Scope {
  let scope = outer;
  for (const [name, value] of prefixed) {
    if (name.startsWith('xmlns:')) scope = scope.with(name.slice(6), value) ?? refuse('namespace bound wrongly');
  }
  return scope;
}

/**
 * Attributes of other namespaces must be bound and single. None is kept but `xml:lang`, which was taken by its name: its prefix is bound
 * already, and no other can be bound to the same.
 */
function checkPrefixed(scope: Scope, prefixed: ReadonlyMap<string, string>): void {
  const seen = new Set<string>();
  for (const name of prefixed.keys()) {
    if (name.startsWith('xmlns:')) continue;
    const [prefix, local] = name.split(':') as [string, string];
    const expanded = `${local} ${scope.find(prefix) ?? refuse('unbound prefix')}`;
    if (seen.has(expanded)) refuse('attribute twice');
    seen.add(expanded);
  }
}

const joinLines = (text: string): string => text.replace(/\r\n?/g, '\n');

const resolve = (text: string): string => (text.includes('&') ? (readReferences(text) ?? refuse('unknown reference')) : text);

/** In bytes of UTF-8. Counted only where the length alone does not tell. */
function isTooLong(text: string): boolean {
  if (text.length > MOST_BYTES) return true;
  if (text.length * 3 <= MOST_BYTES) return false;
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Half a pair counts two, so that a pair counts four.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes > MOST_BYTES;
}
