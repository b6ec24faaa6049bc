// What a page pays for wearing the script tag: its first paint with and without, and when the launcher is there.
import type { ControlServer } from '../kit/control-server.ts';
import { ratioRow } from '../kit/ratio-row.ts';
import type { Measured } from '../kit/report.ts';
import { interleave, ratios } from '../kit/stats.ts';
import { openWindows } from '../kit/windows.ts';
import { articlePage, embedTag, plainTag } from './pages.ts';

interface Seen {
  firstPaint: number;
  launcher: number;
}

export async function measureHostPage(server: ControlServer, rounds: number): Promise<Measured> {
  const windows = await openWindows(server);
  let visits = 0;
  const visit = async (script: string): Promise<Seen> => {
    const key = `article-${++visits}`;
    server.page(`/${key}`, closing(articlePage(key, script)));
    windows.open(`/${key}`);
    return server.told<Seen>(key);
  };
  const launchers: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  const trials = {
    floor: async () => (await visit('')).firstPaint,
    control: async () => (await visit('')).firstPaint,
    ours: async () => keep(launchers.ours, await visit(embedTag)),
    plain: async () => keep(launchers.floor, await visit(plainTag)),
  };
  const paints = await interleave(trials, rounds);
  await windows.close();
  return {
    control: ratios(paints.control, paints.floor),
    rows: [
      ratioRow('2 host page’s first paint with us', paints.ours, paints.floor, { most: 1.05 }),
      ratioRow('3 launcher painted', launchers.ours, launchers.floor, { most: 1.1 }),
    ],
  };
}

function keep(list: number[], { firstPaint, launcher }: Seen): number {
  list.push(launcher);
  return firstPaint;
}

/** A window that has told goes away, so that the hundredth visit is like the first. */
const closing = (page: string): string => page.replace('</script></html>', 'setTimeout(close, 50);\n</script></html>');
