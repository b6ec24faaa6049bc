// Goals 23 and 24: sealing for a room of 150 devices, and opening in a catch-up, as ratios to the bare primitives. Then typing while words go to a
// hundred devices. In Chromium.
import { join } from 'node:path';
import type { EncryptionFacts, EncryptionWish } from './in-browser/encryption.ts';
import { bundlePage } from './kit/bundle-page.ts';
import { startControlServer } from './kit/control-server.ts';
import { openBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { ratios, spread } from './kit/stats.ts';
import type { MeasureOptions } from './measure.ts';
import { measureTyping } from './typing.ts';

const DEVICES = 150;
/** A room of twenty people with two devices each. */
const FEW = 40;

export async function measure({ quick, only }: MeasureOptions): Promise<Measured> {
  const isWanted = (part: string): boolean => only?.includes(part) ?? true;
  const sealing = isWanted('sealing') ? await measureSealing(quick) : { rows: [], notes: [] };
  const typing = isWanted('typing') ? await measureTyping({ quick }) : { rows: [], notes: [] };
  return { ...sealing, rows: [...sealing.rows, ...typing.rows], notes: [...(sealing.notes ?? []), ...typing.notes] };
}

async function measureSealing(quick: boolean): Promise<Measured> {
  const wish = { devices: DEVICES, few: FEW, messages: quick ? 300 : 1000, rounds: quick ? 7 : 25 };
  const { times, ownKeysMs } = await run(wish);
  return {
    rows: [
      row(`23 seal for ${DEVICES} devices`, times.room, times.roomFloor, 2),
      row(`23 the first message to ${DEVICES} new devices`, times.firsts, times.firstsFloor, 2),
      row(`23 the first message to a room of ${FEW} new devices`, times.few, times.fewFloor, 2),
      row(`24 open ${wish.messages} in a catch-up`, times.catchUp, times.catchUpFloor, 2),
    ],
    control: ratios(times.control, times.catchUpFloor),
    notes: [
      `a message opened: ${Math.round((spread(times.catchUp).median / wish.messages) * 1000)} µs`,
      `the keys of a new device: ${Math.round(ownKeysMs)} ms`,
    ],
  };
}

async function run(wish: EncryptionWish): Promise<EncryptionFacts> {
  const server = await startControlServer();
  server.page('/encryption', await bundlePage(join(import.meta.dirname, 'in-browser/encryption.ts')));
  server.answer('wish', wish);
  const browser = openBrowser(`${server.url}/encryption`);
  try {
    const facts = await server.told<EncryptionFacts & { defect?: string }>('facts', 300_000);
    if (facts.defect) throw new Error(facts.defect);
    return facts;
  } finally {
    await browser.close();
    await server.close();
  }
}

function row(id: string, ours: readonly number[], floor: readonly number[], most: number): Row {
  const ratio = ratios(ours, floor);
  const goal = `<= ${most} F`;
  return { id, unit: 'ms', floor: spread(floor).median, ours: spread(ours).median, ratio, goal, pass: ratio.median <= most };
}
