// Goal 19: from writing until it is painted at the other side, over a bare client on the same engine; and the own bubble.
import { startEngine } from '../kit/engines/start-engine.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { bareReader, bareWriter, ourReader, ourWriter, type Written } from './kit/latency-pages.ts';
import { openBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { interleave, quantile, ratios, spread } from './kit/stats.ts';

const OVER_MEDIAN_MS = 10;
const OVER_P99_MS = 30;
const BETWEEN_MS = 60;
/** `mia` writes to `omar` by chat, `lea` to `noa` by bare client. */
const PAIRS = [
  ['mia', 'omar'],
  ['lea', 'noa'],
] as const;

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const contactOf = (name: string): object => ({ contacts: [{ name, displayName: name, groups: [] }] });
  const users = PAIRS.flatMap(([a, b]) => [
    { name: a, password: a, ...contactOf(b) },
    { name: b, password: b, ...contactOf(a) },
  ]);
  const engine = await startEngine({ engine: 'prosody', users });
  const server = await startControlServer();
  const place = { service: engine.ws, domain: engine.domain };
  server.page('/mia', ourWriter(place, 'mia', 'omar'));
  server.page('/omar', ourReader(place, 'omar', 'mia'));
  server.page('/lea', bareWriter(place, 'lea', 'noa'));
  server.page('/noa', bareReader(place, 'noa'));
  const names = PAIRS.flat();
  const browsers = names.map((name) => openBrowser(`${server.url}/${name}`));
  try {
    await Promise.all(names.map((name) => server.told(`${name}:ready`)));
    return await writeInTurns(server, quick ? 40 : 200);
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.close();
    await engine.stop();
  }
}

async function writeInTurns(server: ControlServer, rounds: number): Promise<Measured> {
  let number = 0;
  const frames: number[] = [];
  const write = (writer: string, reader: string) => async (): Promise<number> => {
    const mine = ++number;
    server.answer(writer, mine);
    const written = await server.told<Written>(`${writer}:written`);
    const seen = await server.told<{ number: number; at: number }>(`${reader}:seen`);
    if (seen.number !== mine) throw new Error(`${reader} saw ${seen.number} instead of ${mine}`);
    if (written.frames !== undefined) frames.push(written.frames);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    return seen.at - written.at;
  };
  await write('mia', 'omar')();
  await write('lea', 'noa')();
  frames.length = 0;
  const floor = write('lea', 'noa');
  const values = await interleave({ floor, control: floor, ours: write('mia', 'omar') }, rounds);
  return { rows: rowsOf(values, frames), control: ratios(values.control, values.floor) };
}

function rowsOf({ floor, control, ours }: { floor: number[]; control: number[]; ours: number[] }, frames: number[]): Row[] {
  const bare = [...floor, ...control];
  const row = (name: string, share: number, most: number): Row => {
    const [least, our] = [quantile(bare, share), quantile(ours, share)];
    return {
      id: `19 written until painted at the peer, ${name}`,
      unit: 'ms',
      floor: least,
      ours: our,
      goal: `<= floor + ${most}`,
      pass: our <= least + most,
    };
  };
  const bubble = spread(frames).median;
  return [
    row('median', 0.5, OVER_MEDIAN_MS),
    row('p99', 0.99, OVER_P99_MS),
    { id: '19 own bubble drawn after', unit: 'frames', ours: bubble, goal: '<= 1', pass: bubble <= 1 },
  ];
}
