// The host page on a machine four times slower, through DevTools: there is no socket here that it could slow down.
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_FLAGS } from '../../kit/browsers.ts';
import type { ControlServer } from '../kit/control-server.ts';
import { ratioRow } from '../kit/ratio-row.ts';
import type { Measured } from '../kit/report.ts';
import { interleave, spread } from '../kit/stats.ts';
import { articlePage, embedTag, plainTag } from './pages.ts';

const SLOWER = 4;
const SCRIPT_MS = 10;

interface Seen {
  firstPaint: number;
  launcher: number;
  scriptMs: number;
}

export async function measureThrottled(server: ControlServer, rounds: number): Promise<Measured> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  try {
    return await compare(server, browser, rounds);
  } finally {
    await browser.close();
  }
}

async function compare(server: ControlServer, browser: Browser, rounds: number): Promise<Measured> {
  const seen: Record<'none' | 'ours' | 'plain', Seen[]> = { none: [], ours: [], plain: [] };
  const trial = (name: keyof typeof seen, script: string) => async (): Promise<number> => {
    const one = await visit(server, browser, script);
    seen[name].push(one);
    return one.firstPaint;
  };
  const paints = await interleave({ floor: trial('none', ''), ours: trial('ours', embedTag), plain: trial('plain', plainTag) }, rounds);
  const of = (name: keyof typeof seen, what: keyof Seen): number[] => seen[name].map((one) => one[what]);
  const script = spread(of('ours', 'scriptMs').map((ms, round) => ms - (seen.plain[round]?.scriptMs ?? NaN)));
  return {
    rows: [
      ratioRow('2 host page’s first paint with us, 4x CPU', paints.ours, paints.floor, { most: 1.1 }),
      {
        id: '2 script until the launcher over a plain one, 4x CPU',
        unit: 'ms',
        ours: script.median,
        goal: `≤ ${SCRIPT_MS}`,
        pass: script.median <= SCRIPT_MS,
      },
      ratioRow('3 launcher painted, 4x CPU', of('ours', 'launcher'), of('plain', 'launcher'), { most: 1.1 }),
    ],
  };
}

let visits = 0;

async function visit(server: ControlServer, browser: Browser, script: string): Promise<Seen> {
  const key = `slow-${++visits}`;
  server.page(`/${key}`, articlePage(key, script));
  const page = await browser.newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await devtools.send('Performance.enable');
  const told = server.told<Omit<Seen, 'scriptMs'>>(key);
  await page.goto(`${server.url}/${key}`);
  const seen = { ...(await told), scriptMs: await readScriptMs(devtools) };
  await close(page);
  return seen;
}

async function readScriptMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN) * 1000;
}

const close = (page: Page): Promise<void> => page.close();
