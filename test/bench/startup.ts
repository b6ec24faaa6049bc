// From nothing to something on the screen: the host page, the launcher, the thread from disk, signing in, the newest page.
// Every floor is a page too, opened in turns with ours: what the least code for the same sight takes.
import { rmSync } from 'node:fs';
import { startControlServer } from './kit/control-server.ts';
import type { Measured } from './kit/report.ts';
import { makeWarmProfile, startArchive } from './kit/warm-profile.ts';
import type { MeasureOptions } from './measure.ts';
import { measureCold } from './startup/cold.ts';
import { measureHostPage } from './startup/host-page.ts';
import { measureThrottled } from './startup/throttled.ts';
import { measureOffline, measureWarm } from './startup/warm.ts';

const ARCHIVE = 10_000;

/** In this order: the last one ends the engine. */
const PARTS = ['host', 'throttled', 'cold', 'warm', 'offline'] as const;
type Part = (typeof PARTS)[number];

/** `--only=warm,offline` takes half a minute. */
export async function measure({ quick, only = PARTS }: MeasureOptions): Promise<Measured> {
  const server = await startControlServer();
  const engine = await startArchive(quick ? ARCHIVE / 10 : ARCHIVE);
  const rounds = quick ? 3 : 9;
  const profile = await makeWarmProfile(server, engine);
  const parts: Record<Part, () => Promise<Measured>> = {
    host: () => measureHostPage(server, quick ? 5 : 15),
    throttled: () => measureThrottled(server, quick ? 3 : 9),
    cold: () => measureCold(server, engine, rounds),
    warm: () => measureWarm(server, engine.ws, profile, rounds),
    offline: () => engine.kill().then(() => measureOffline(server, engine.ws, profile, rounds)),
  };
  try {
    const measured: Measured[] = [];
    for (const part of PARTS) if (only.includes(part)) measured.push(await parts[part]());
    const control = measured.find((part) => part.control)?.control;
    return {
      rows: measured.flatMap(({ rows }) => rows),
      ...(control ? { control } : {}),
      notes: [...measured.flatMap(({ notes }) => notes ?? []), `archive of ${quick ? ARCHIVE / 10 : ARCHIVE} messages`],
    };
  } finally {
    await engine.stop();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
