// A QR code (ISO/IEC 18004): patterns that are always there, the bytes in a zigzag between them, and the mask that looks least like a pattern.
import { alignmentPlaces, codewordsOf, sizeOf, type Codewords } from './codewords.ts';

/** Rows of modules; true is dark. Without the quiet zone around it. */
export type Code = readonly (readonly boolean[])[];

type Cell = boolean | undefined;
type Grid = Cell[][];

/** Undefined for text that no code takes. */
export function makeCode(text: string): Code | undefined {
  const words = codewordsOf(text);
  if (!words) return undefined;
  const fixed = drawPatterns(words.version);
  const way = zigzag(fixed);
  const codes = MASKS.map((_, mask) => drawBytes(fixed, way, words, mask));
  const penalties = codes.map(penaltyOf);
  return codes[penalties.indexOf(Math.min(...penalties))];
}

function drawPatterns(version: number): Grid {
  const size = sizeOf(version);
  const grid: Grid = Array.from({ length: size }, () => Array.from({ length: size }, () => undefined));
  for (let at = 8; at < size - 8; at++) grid[6]![at] = grid[at]![6] = at % 2 === 0;
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawRings(grid, row, column, 4, [2, 4]);
  const places = alignmentPlaces(version);
  const last = places.length - 1;
  places.forEach((row, i) =>
    places.forEach((column, j) => {
      const isCorner = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
      if (!isCorner) drawRings(grid, row, column, 2, [1]);
    }),
  );
  drawFormat(grid, 0);
  if (version >= 7) drawVersion(grid, version);
  return grid;
}

/** Squares around a place, dark but for the rings named. */
function drawRings(grid: Grid, row: number, column: number, reach: number, light: readonly number[]): void {
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      const line = grid[row + y];
      if (line && column + x in line) line[column + x] = !light.includes(Math.max(Math.abs(x), Math.abs(y)));
    }
}

/** Level L and the mask, with ten bits of correction, twice. */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  const data = (1 << 3) | mask;
  const bits = ((data << 10) | remainder(data, 10, 0x537)) ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const isDark = ((bits >> at) & 1) === 1;
    grid[at < 6 ? at : at < 8 ? at + 1 : size - 15 + at]![8] = isDark;
    grid[8]![at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at] = isDark;
  }
  grid[size - 8]![8] = true;
}

function drawVersion(grid: Grid, version: number): void {
  const bits = (version << 12) | remainder(version, 12, 0x1f25);
  for (let at = 0; at < 18; at++) {
    const [near, far] = [Math.floor(at / 3), grid.length - 11 + (at % 3)];
    grid[near]![far] = grid[far]![near] = ((bits >> at) & 1) === 1;
  }
}

function remainder(data: number, bits: number, generator: number): number {
  let rest = data;
  for (let at = 0; at < bits; at++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
  return rest;
}

/** Free places in pairs of columns from the right, up and down in turn; the column of the clock is passed over. */
function zigzag(fixed: Grid): (readonly [row: number, column: number])[] {
  const size = fixed.length;
  const pairs = Array.from({ length: (size - 1) / 2 }, (_, at) => size - 1 - at * 2).map((right) => (right > 6 ? right : right - 1));
  return pairs.flatMap((right, pair) =>
    Array.from({ length: size }, (_, step) => (pair % 2 === 0 ? size - 1 - step : step)).flatMap((row) =>
      [right, right - 1].filter((column) => fixed[row]![column] === undefined).map((column) => [row, column] as const),
    ),
  );
}

type Mask = (row: number, column: number) => boolean;

const MASKS: readonly Mask[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

function drawBytes(fixed: Grid, way: readonly (readonly [number, number])[], { bytes }: Codewords, mask: number): boolean[][] {
  const grid = fixed.map((row) => [...row]);
  drawFormat(grid, mask);
  way.forEach(([row, column], at) => {
    const isSet = (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1;
    grid[row]![column] = isSet !== MASKS[mask]!(row, column);
  });
  return grid.map((row) => row.map(Boolean));
}

/** What might confuse a reader: long runs, squares, what looks like a corner, too much of one shade. */
function penaltyOf(code: Code): number {
  const columns = code.map((_, at) => code.map((row) => row[at]!));
  const lines = [...code, ...columns];
  const dark = code.flat().filter(Boolean).length / code.length ** 2;
  return lines.reduce((sum, line) => sum + penaltyOfLine(line), 0) + squares(code) * 3 + Math.floor(Math.abs(dark - 0.5) * 20) * 10;
}

function penaltyOfLine(line: readonly boolean[]): number {
  const text = line.map(Number).join('');
  const runs = (text.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
  const corners = text.match(/(?=00001011101|10111010000)/g)?.length ?? 0;
  return runs + corners * 40;
}

function squares(code: Code): number {
  let count = 0;
  for (let row = 1; row < code.length; row++)
    for (let at = 1; at < code.length; at++) {
      const shade = code[row]![at];
      if (shade === code[row]![at - 1] && shade === code[row - 1]![at] && shade === code[row - 1]![at - 1]) count++;
    }
  return count;
}
