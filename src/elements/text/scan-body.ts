// A message's text to its tree, XEP-0393: preformatted blocks, quotes, lines. Quotes nest a few levels, then stay text.
import { cleanText } from './clean-text.ts';
import { isJumboEmoji } from './jumbo-emoji.ts';
import { scanInlines } from './scan-inlines.ts';
import type { Block, Body, Inline } from './syntax.ts';

const DEEPEST_QUOTE = 6;
/** Longer than any message a service takes; what is beyond is shown without marks. */
const LONGEST_SCANNED = 20_000;
const FENCE = '```';

export function scanBody(text: string): Body {
  const clean = cleanText(text).trimEnd();
  if (isJumboEmoji(clean)) return { blocks: [], plain: clean.trim(), jumbo: true };
  if (clean.length > LONGEST_SCANNED) return { blocks: [], plain: clean, jumbo: false };
  const blocks = scanBlocks(clean.split('\n'), 0);
  const plain = blocks.every(isPlainLine) ? clean : undefined;
  return plain === undefined ? { blocks, jumbo: false } : { blocks: [], plain, jumbo: false };
}

const isPlainLine = (block: Block): boolean => block.kind === 'line' && block.children.every((inline: Inline) => inline.kind === 'text');

function scanBlocks(lines: readonly string[], depth: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const { block, next } = readBlock(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines: readonly string[], at: number, depth: number): { block: Block; next: number } {
  const line = lines[at] ?? '';
  if (line.startsWith(FENCE)) return readPreformatted(lines, at);
  if (line.startsWith('>') && depth < DEEPEST_QUOTE) return readQuote(lines, at, depth);
  return { block: { kind: 'line', children: scanInlines(line) }, next: at + 1 };
}

/** Ends with a line that is the fence alone, or with what holds it. */
function readPreformatted(lines: readonly string[], at: number): { block: Block; next: number } {
  let end = at + 1;
  while (end < lines.length && lines[end]?.trimEnd() !== FENCE) end++;
  return { block: { kind: 'pre', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
}

function readQuote(lines: readonly string[], at: number, depth: number): { block: Block; next: number } {
  const inside: string[] = [];
  let next = at;
  for (; lines[next]?.startsWith('>'); next++) inside.push((lines[next] ?? '').replace(/^> ?/, ''));
  return { block: { kind: 'quote', children: scanBlocks(inside, depth + 1) }, next };
}
