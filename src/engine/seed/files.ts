// The files of the demo's history: pictures and papers that colleagues have sent each other, drawn and written here.
import type { PastFile } from '../population.ts';
import { pdfOf } from './pdf.ts';
import { Picture, type Box, type Colour } from './png.ts';

const PAPER: Colour = [246, 243, 236];
const INK: Colour = [52, 58, 54];
const GREEN: Colour = [47, 125, 87];
const GREY: Colour = [206, 206, 202];
const SHEET: Colour = [255, 255, 255];

export type FileName = '补发说明.pdf' | 'Contract oak 2026 (revised).pdf' | '首页改版对比.png' | 'oak samples – four finishes.png';

const MAKERS: Readonly<Record<FileName, (name: string) => PastFile>> = {
  '补发说明.pdf': (name) => paper(name, REPLACEMENT),
  'Contract oak 2026 (revised).pdf': (name) => paper(name, CONTRACT),
  '首页改版对比.png': (name) => picture(name, drawHomePages(), 8),
  'oak samples – four finishes.png': (name) => picture(name, drawSamples(), 10),
};

const made = new Map<FileName, PastFile>();

/** Each is made once, and only when it is first wanted. */
export function fileCalled(name: FileName): PastFile {
  const file = made.get(name) ?? MAKERS[name](name);
  made.set(name, file);
  return file;
}

const paper = (name: string, lines: readonly string[]): PastFile => ({ name, type: 'application/pdf', bytes: pdfOf(lines) });

function picture(name: string, drawn: Picture, times: number): PastFile {
  const { width, height } = drawn;
  return { name, type: 'image/png', bytes: drawn.png(), width, height, thumbnail: drawn.smaller(times).png() };
}

const REPLACEMENT: readonly string[] = [
  '补发说明 · Replacement note',
  '订单 Order #20861',
  '补发：橡木餐桌 1.6 m 桌腿一副 · one set of legs for the oak table 1.6 m',
  '明天上午 10 点前发出，运费由青柳家居承担 · sent before 10:00 tomorrow, at our cost',
  '签收后请核对序列号 WH-1600-4417 · please check the serial number on arrival',
  '青柳家居 售后 Willow Home, after-sales',
];

const CONTRACT: readonly string[] = [
  'Supply of oak, 2026 (revised)',
  '1. Grade A white oak, 40 cubic metres, air-dried to 10 percent.',
  '2. Delivery in two lots, the first within six weeks.',
  '3. 延迟交付每日 0.5‰，累计不超过 5% · late delivery: 0.05 percent a day, at most 5 percent.',
  '4. Payment 30 days after each lot.',
  'Willow Home 青柳家居 · Sourcing',
];

const box = (x: number, y: number, width: number, height: number, radius = 0): Box => ({ x, y, width, height, radius });

/** The old page on the left, the new one on the right. */
function drawHomePages(): Picture {
  const drawn = new Picture(960, 600, PAPER);
  for (const x of [40, 500]) drawn.paint(box(x, 40, 420, 520, 18), SHEET);
  drawn.paint(box(40, 40, 420, 44, 18), GREY).paint(box(40, 64, 420, 20), GREY);
  for (let row = 0; row < 6; row++)
    for (let column = 0; column < 4; column++) {
      const [x, y] = [58 + column * 98, 102 + row * 74];
      drawn.paint(box(x, y, 86, 44, 4), [226, 224, 218]).paint(box(x, y + 50, 70, 6, 3), GREY);
    }
  drawn.paint(box(524, 62, 90, 14, 7), INK).paint(box(816, 58, 80, 24, 12), GREEN);
  drawn.paint(box(524, 104, 372, 220, 16), hills);
  drawn
    .paint(box(524, 346, 240, 18, 9), INK)
    .paint(box(524, 376, 310, 9, 4), GREY)
    .paint(box(524, 394, 270, 9, 4), GREY);
  for (let column = 0; column < 3; column++) drawn.paint(box(524 + column * 128, 424, 116, 112, 14), [231, 240, 233]);
  return drawn;
}

function hills(x: number, y: number): Colour {
  if (Math.hypot(x - 812, y - 162) < 26) return [247, 201, 106];
  const near = 268 + 24 * Math.sin((x - 524) / 58);
  const far = 226 + 30 * Math.sin((x - 380) / 96);
  if (y > near) return [38, 104, 72];
  return y > far ? [104, 168, 126] : [208, 230, 226];
}

/** Boards of one tree: oiled, soaped, smoked, raw. */
function drawSamples(): Picture {
  const tones: readonly Colour[] = [
    [196, 148, 92],
    [222, 196, 152],
    [112, 78, 52],
    [206, 172, 122],
  ];
  const drawn = new Picture(960, 720, PAPER);
  for (const [at, tone] of tones.entries()) drawn.paint(box(40 + at * 224, 40, 208, 640, 14), grainOf(tone, at));
  return drawn;
}

/** Rings as a saw cuts them, in five shades of one tone. */
function grainOf(tone: Colour, seed: number): (x: number, y: number) => Colour {
  const shades = [0.86, 0.92, 0.96, 1, 1.04].map((light): Colour => [tone[0] * light, tone[1] * light, tone[2] * light]);
  return (x, y) => {
    const bent = x + 26 * Math.sin(y / (170 + seed * 40) + seed * 2) + 7 * Math.sin(y / 47 + x / 60);
    const ring = (Math.sin(bent / (7 + seed)) + Math.sin(bent / 17 + seed)) / 2;
    return shades[Math.min(4, Math.floor((ring + 1) * 2.5))] ?? tone;
  };
}
