// Marks in the messages that are drawn: the words wherever they stand, and for a moment the message that was leapt to.
// The words are marked by the browser's own highlights, so that no bubble is built otherwise; where there are none, the message alone is.
import { foldText } from '../../base/fold-text.ts';
import type { Clock } from '../../base/clock.ts';
import type { MessageId } from '../../model/message.ts';
import { foundStyles } from './found.styles.ts';

const SHOWN_MS = 2_000;
/** As `found.styles.ts` has them. */
const EVERYWHERE = 'warbler-found';
const HERE = 'warbler-found-here';

export interface MarksView {
  clock(): Clock;
  /** The message that was leapt to is on the screen. */
  landed(bubble: HTMLElement): void;
}

export class FoundMarks {
  readonly #view: MarksView;
  readonly #watch = new MutationObserver(() => this.#draw());
  #root: ShadowRoot | undefined;
  #words = '';
  #here: MessageId | undefined;
  #awaited: MessageId | undefined;
  #ranges: Range[] = [];
  #unmark: (() => void) | undefined;

  constructor(view: MarksView) {
    this.#view = view;
  }

  /** `root`: of the thread. */
  begin(root: ShadowRoot): void {
    const { styleSheet } = foundStyles;
    if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
    this.#root = root;
    this.#watch.observe(root, { childList: true, characterData: true, subtree: true });
  }

  /** The message that was leapt to stays marked for its moment. */
  end(): void {
    this.#watch.disconnect();
    this.#awaited = this.#here = undefined;
    this.#words = '';
    this.#clear();
  }

  /** Another conversation, or none. */
  forget(): void {
    this.#unmark?.();
    this.end();
  }

  /** Folded; empty for none. */
  seek(words: string): void {
    this.#words = words;
    this.#here = undefined;
    this.#draw();
  }

  pointTo(id: MessageId): void {
    this.#unmark?.();
    this.#here = this.#awaited = id;
    this.#draw();
  }

  #draw(): void {
    this.#clear();
    const bubble = this.#awaited && this.#root?.querySelector<HTMLElement>(`[data-id="${CSS.escape(this.#awaited)}"]`);
    if (bubble) this.#land(bubble);
    if (this.#words !== '' && this.#root && 'highlights' in CSS) this.#highlight(this.#root);
  }

  #land(bubble: HTMLElement): void {
    this.#awaited = undefined;
    bubble.toggleAttribute('data-found', true);
    const cancel = this.#view.clock().after(SHOWN_MS, () => this.#unmark?.());
    this.#unmark = () => {
      cancel();
      bubble.removeAttribute('data-found');
      this.#unmark = undefined;
    };
    this.#view.landed(bubble);
  }

  #highlight(root: ShadowRoot): void {
    for (const text of root.querySelectorAll<HTMLElement>('.message .text')) {
      const isHere = text.closest<HTMLElement>('[data-id]')?.dataset['id'] === this.#here;
      const ranges = rangesOf(text, this.#words);
      for (const range of ranges) highlightNamed(isHere ? HERE : EVERYWHERE).add(range);
      this.#ranges.push(...ranges);
    }
  }

  #clear(): void {
    for (const range of this.#ranges) for (const name of [EVERYWHERE, HERE]) CSS.highlights.get(name)?.delete(range);
    this.#ranges = [];
  }
}

/** Several threads on a page share the names. */
function highlightNamed(name: string): Highlight {
  const highlight = CSS.highlights.get(name) ?? new Highlight();
  CSS.highlights.set(name, highlight);
  return highlight;
}

interface Spot {
  node: Text;
  from: number;
  to: number;
}

/** Where folded words stand in what is drawn, across links and bold words. */
function rangesOf(box: Element, words: string): Range[] {
  if (!foldText(box.textContent ?? '').includes(words)) return [];
  const { folded, spots } = spotsIn(box);
  const ranges: Range[] = [];
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
    const [first, last] = [spots[at], spots[at + words.length - 1]];
    if (first && last) ranges.push(rangeBetween(first, last));
  }
  return ranges;
}

/** For each letter of the folded text, where it comes from. */
function spotsIn(box: Element): { folded: string; spots: readonly Spot[] } {
  const spots: Spot[] = [];
  let folded = '';
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    let from = 0;
    for (const character of node.data) {
      const letters = foldText(character);
      const spot = { node, from, to: from + character.length };
      for (let letter = 0; letter < letters.length; letter++) spots.push(spot);
      folded += letters;
      from = spot.to;
    }
  }
  return { folded, spots };
}

function rangeBetween(first: Spot, last: Spot): Range {
  const range = new Range();
  range.setStart(first.node, first.from);
  range.setEnd(last.node, last.to);
  return range;
}
