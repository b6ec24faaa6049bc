// Text to the bytes of a QR code (ISO/IEC 18004): as bytes, at level L, in the smallest size that takes it.
import { correctionOf, generatorOf } from './correction.ts';

/** By version, from 1: bytes of correction in a block, and how many blocks. A screen is clean: the lowest level is enough. */
const CORRECTION = [
  7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  30, 30, 30, 30, 30,
];
const BLOCKS = [
  1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
];

export interface Codewords {
  version: number;
  bytes: readonly number[];
}

export const sizeOf = (version: number): number => version * 4 + 17;

/** Places of the small squares, the same in both directions. */
export function alignmentPlaces(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const places = Array.from({ length: count - 1 }, (_, at) => sizeOf(version) - 7 - at * step);
  return [6, ...places.toReversed()];
}

/** Undefined for what no code takes: 2,953 bytes are the most. */
export function codewordsOf(text: string): Codewords | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  const version = CORRECTION.findIndex((_, at) => bytes.length + headBytes(at + 1) <= dataBytes(at + 1)) + 1;
  return version > 0 ? { version, bytes: interleave(fill(bytes, version), version) } : undefined;
}

/** Mode, length and end fill half bytes on both sides of the text. */
const headBytes = (version: number): number => (version < 10 ? 2 : 3);

/** All modules but those that are always the same. */
function wholeBytes(version: number): number {
  const count = alignmentPlaces(version).length;
  const alignment = count === 0 ? 0 : (25 * count - 10) * count - 55;
  const versions = version < 7 ? 0 : 36;
  return Math.floor(((16 * version + 128) * version + 64 - alignment - versions) / 8);
}

const dataBytes = (version: number): number => wholeBytes(version) - CORRECTION[version - 1]! * BLOCKS[version - 1]!;

/** Mode "bytes", the length, the text, the end; what is left alternates between two bytes. */
function fill(text: readonly number[], version: number): number[] {
  const length = version < 10 ? [text.length] : [text.length >> 8, text.length & 255];
  const halves = [4, ...[...length, ...text].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const bytes = Array.from({ length: halves.length / 2 }, (_, at) => (halves[at * 2]! << 4) | halves[at * 2 + 1]!);
  const room = dataBytes(version) - bytes.length;
  return [...bytes, ...Array.from({ length: room }, (_, at) => (at % 2 === 0 ? 0xec : 0x11))];
}

/** The first blocks are one byte shorter where the sizes do not come out even. */
function interleave(data: readonly number[], version: number): number[] {
  const count = BLOCKS[version - 1]!;
  const generator = generatorOf(CORRECTION[version - 1]!);
  const short = Math.floor(data.length / count);
  const shortCount = count - (data.length % count);
  const startOf = (block: number): number => block * short + Math.max(0, block - shortCount);
  const blocks = Array.from({ length: count }, (_, block) => data.slice(startOf(block), startOf(block + 1)));
  const corrections = blocks.map((block) => correctionOf(block, generator));
  return [...column(blocks, short + 1), ...column(corrections, generator.length)];
}

const column = (blocks: readonly (readonly number[])[], height: number): number[] =>
  Array.from({ length: height }, (_, at) => blocks.flatMap((block) => block[at] ?? [])).flat();
