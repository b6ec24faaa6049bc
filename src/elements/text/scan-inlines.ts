// Marks inside one line, XEP-0393 §6: *strong*, _emphasis_, ~strike~, `code`, and addresses. Linear: a table tells where each mark may close.
import { findLinks, type Link } from './find-links.ts';
import type { Inline } from './syntax.ts';

const MARKS = { '*': 'strong', _: 'emphasis', '~': 'strike', '`': 'code' } as const;
type Mark = keyof typeof MARKS;

const isMark = (character: string | undefined): character is Mark => character !== undefined && character in MARKS;
const isBlank = (character: string | undefined): boolean => character === undefined || /\s/u.test(character);

export function scanInlines(line: string): readonly Inline[] {
  const links = findLinks(line);
  if (links.length === 0 && !/[*_~`]/.test(line)) return line === '' ? [] : [{ kind: 'text', text: line }];
  return new LineScanner(line, links).scan(0, line.length);
}

class LineScanner {
  readonly #line: string;
  readonly #links: ReadonlyMap<number, Link>;
  readonly #closings: Record<Mark, Int32Array | undefined>;

  constructor(line: string, links: readonly Link[]) {
    this.#line = line;
    this.#links = new Map(links.map((link) => [link.start, link]));
    this.#closings = tableClosings(line, links);
  }

  /** A span holds no closing mark of its own kind, so spans nest three deep at most and every character is read at most four times. */
  scan(start: number, end: number): readonly Inline[] {
    const found: Inline[] = [];
    let plain = start;
    for (let at = start; at < end;) {
      const next = this.#readAt(at, start, end);
      if (!next) {
        at++;
        continue;
      }
      if (at > plain) found.push({ kind: 'text', text: this.#line.slice(plain, at) });
      found.push(next.inline);
      plain = at = next.end;
    }
    if (end > plain) found.push({ kind: 'text', text: this.#line.slice(plain, end) });
    return found;
  }

  #readAt(at: number, start: number, end: number): { inline: Inline; end: number } | undefined {
    const link = this.#links.get(at);
    if (link && link.end <= end) return { inline: { kind: 'link', text: link.text, href: link.href }, end: link.end };
    const mark = this.#line[at];
    if (!isMark(mark) || !this.#opens(at, start, end)) return undefined;
    const closing = this.#closings[mark]?.[at + 2] ?? -1;
    if (closing < 0 || closing >= end) return undefined;
    return { inline: this.#span(mark, at + 1, closing), end: closing + 1 };
  }

  #opens(at: number, start: number, end: number): boolean {
    return (
      (at === start || isBlank(this.#line[at - 1])) && at + 2 < end && !isBlank(this.#line[at + 1]) && this.#line[at + 1] !== this.#line[at]
    );
  }

  #span(mark: Mark, start: number, end: number): Inline {
    const kind = MARKS[mark];
    return kind === 'code' ? { kind, text: this.#line.slice(start, end) } : { kind, children: this.scan(start, end) };
  }
}

/** For each mark that occurs: at every place, where the next one stands that may close. Marks inside an address are part of it. */
function tableClosings(line: string, links: readonly Link[]): Record<Mark, Int32Array | undefined> {
  const tables: Record<Mark, Int32Array | undefined> = { '*': undefined, _: undefined, '~': undefined, '`': undefined };
  for (const mark of Object.keys(MARKS) as Mark[]) if (line.includes(mark)) tables[mark] = tableClosing(line, mark, links);
  return tables;
}

function tableClosing(line: string, mark: Mark, links: readonly Link[]): Int32Array {
  const table = new Int32Array(line.length + 3).fill(-1);
  let link = links.length - 1;
  for (let at = line.length - 1; at >= 0; at--) {
    while (link >= 0 && (links[link]?.start ?? 0) > at) link--;
    const insideLink = link >= 0 && at < (links[link]?.end ?? 0) && at > (links[link]?.start ?? 0);
    const closes = line[at] === mark && !insideLink && !isBlank(line[at - 1]);
    table[at] = closes ? at : (table[at + 1] ?? -1);
  }
  return table;
}
