// Reads a QR code as a reader does, from what the standard says and without a line of what makes one: level L, bytes only.
// It finds the mask in the format, walks the free places, takes the blocks apart, and checks each by its syndromes.

export type Matrix = readonly (readonly boolean[])[];

/** Blocks of level L by version: [how many, bytes of data in each] once or twice, and bytes of correction (ISO/IEC 18004, table 9). */
const BLOCKS: Readonly<Record<number, readonly [correction: number, ...groups: (readonly [count: number, data: number])[]]>> = {
  1: [7, [1, 19]],
  2: [10, [1, 34]],
  5: [26, [1, 108]],
  6: [18, [2, 68]],
  7: [20, [2, 78]],
  10: [18, [2, 68], [2, 69]],
  14: [30, [3, 115], [1, 116]],
  21: [28, [4, 116], [4, 117]],
  27: [30, [8, 122], [4, 123]],
  33: [30, [17, 115], [1, 116]],
  40: [30, [19, 118], [6, 119]],
};

export const READABLE_VERSIONS: readonly number[] = Object.keys(BLOCKS).map(Number);

export function readCode(code: Matrix): string {
  const version = (code.length - 17) / 4;
  const [correction, ...groups] = BLOCKS[version] ?? [];
  if (correction === undefined) throw new Error(`version ${version} is not in the table`);
  const sizes = (groups as [number, number][]).flatMap(([count, data]) => Array.from({ length: count }, () => data));
  const bytes = bytesIn(code, version, maskOf(code));
  const blocks = sizes.map((): number[] => []);
  let at = 0;
  for (let place = 0; place < Math.max(...sizes); place++)
    sizes.forEach((size, block) => place < size && blocks[block]?.push(bytes[at++] ?? 0));
  const data = blocks.flatMap((block) => [...block]);
  for (let place = 0; place < correction; place++) for (const block of blocks) block.push(bytes[at++] ?? 0);
  for (const block of blocks) if (!isWhole(block, correction)) throw new Error('a block does not divide by its generator');
  return textOf(data, version);
}

/** The mask of the code, from a format that must be whole in both its places and say level L. */
function maskOf(code: Matrix): number {
  const size = code.length;
  const bit = (row: number, column: number): number => Number(code[row]?.[column]);
  const first = [0, 1, 2, 3, 4, 5, 7, 8].map((row) => bit(row, 8)).concat([7, 5, 4, 3, 2, 1, 0].map((column) => bit(8, column)));
  const second = Array.from({ length: 15 }, (_, at) => (at < 8 ? bit(8, size - 1 - at) : bit(size - 15 + at, 8)));
  if (first.join() !== second.join()) throw new Error('the two formats differ');
  const word = first.reduce((sum, one, at) => sum | (one << at), 0) ^ 0b101010000010010;
  if (divide(word, 0b10100110111, 15) !== 0) throw new Error('the format is broken');
  if (word >> 13 !== 0b01) throw new Error('not level L');
  return (word >> 10) & 7;
}

function divide(word: number, by: number, bits: number): number {
  const degree = 31 - Math.clz32(by);
  let rest = word;
  for (let at = bits - 1; at >= degree; at--) if ((rest >> at) & 1) rest ^= by << (at - degree);
  return rest;
}

function bytesIn(code: Matrix, version: number, mask: number): number[] {
  const size = code.length;
  const bits: number[] = [];
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1])
        if (!isTaken(row, column, version)) bits.push(Number(code[row]?.[column] !== isMasked(mask, row, column)));
    }
    up = !up;
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2));
}

/** Corners with their formats, both clocks, the small squares, and from version 7 on the version. */
function isTaken(row: number, column: number, version: number): boolean {
  const size = version * 4 + 17;
  if (row === 6 || column === 6) return true;
  if (row < 9 && (column < 9 || column >= size - 8)) return true;
  if (row >= size - 8 && column < 9) return true;
  if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true;
  const near = (place: number): number | undefined => SQUARES[version]?.find((middle) => Math.abs(middle - place) <= 2);
  const [above, beside] = [near(row), near(column)];
  if (above === undefined || beside === undefined) return false;
  const [first, last] = [6, size - 7];
  return !((above === first && beside === first) || (above === first && beside === last) || (above === last && beside === first));
}

/** Table E.1. */
const SQUARES: Readonly<Record<number, readonly number[]>> = {
  1: [],
  2: [6, 18],
  5: [6, 30],
  6: [6, 34],
  7: [6, 22, 38],
  10: [6, 28, 50],
  14: [6, 26, 46, 66],
  21: [6, 28, 50, 72, 94],
  27: [6, 34, 62, 90, 118],
  33: [6, 30, 58, 86, 114, 142],
  40: [6, 30, 58, 86, 114, 142, 170],
};

function isMasked(mask: number, i: number, j: number): boolean {
  const rules = [i + j, i, j, i + j, Math.trunc(i / 2) + Math.trunc(j / 3), 0, 0, 0];
  if (mask < 5) return (rules[mask] ?? 0) % (mask === 2 || mask === 3 ? 3 : 2) === 0;
  const product = (i * j) % 3;
  return mask === 5 ? (i * j) % 2 === 0 && product === 0 : ((mask === 6 ? (i * j) % 2 : (i + j) % 2) + product) % 2 === 0;
}

/** Every root of the generator is a root of the whole block. Multiplying the long way: no table could be wrong twice. */
function isWhole(block: readonly number[], correction: number): boolean {
  let root = 1;
  for (let at = 0; at < correction; at++) {
    if (block.reduce((value, byte) => multiply(value, root) ^ byte, 0) !== 0) return false;
    root = multiply(root, 2);
  }
  return true;
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0);
    if ((b >> bit) & 1) product ^= a;
  }
  return product & 0xff;
}

function textOf(data: readonly number[], version: number): string {
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  if (!bits.startsWith('0100')) throw new Error('not bytes');
  const wide = version < 10 ? 8 : 16;
  const length = Number.parseInt(bits.slice(4, 4 + wide), 2);
  const bytes = Array.from({ length }, (_, at) => Number.parseInt(bits.slice(4 + wide + at * 8, 12 + wide + at * 8), 2));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
}
