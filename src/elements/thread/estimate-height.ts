// How tall a row will be, before it is drawn: near enough that what is measured later hardly moves anything.
import { slotSize } from '../message/slot-size.ts';
import type { Row } from './rows.ts';

const LINE = 21.75;
const BUBBLE_PADDING = 16;
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;

export function estimateHeight(row: Row, width: number): number {
  const room = Math.max(12, Math.floor((Math.min(width * 0.86, 720) - 90) / 7.6));
  let lines = 0;
  for (const line of row.message.text.split('\n', 400)) lines += Math.max(1, Math.ceil(unitsOf(line) / room));
  const { file } = row.message;
  if (file) lines += slotSize(file)[1] / LINE;
  return lines * LINE + BUBBLE_PADDING + headHeight(row);
}

/** A wide character takes the room of two narrow ones. */
function unitsOf(line: string): number {
  return line.length + (line.match(WIDE)?.length ?? 0) * 0.97;
}

function headHeight(row: Row): number {
  let height = row.first ? 8 : 2;
  if (row.day !== undefined) height += 35;
  if (row.startsNew) height += 32;
  if (row.gap) height += 44;
  if (row.showsName) height += 19;
  if (row.state === 'failed') height += 27;
  return height;
}
