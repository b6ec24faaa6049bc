// From nothing to something on the screen: the host page, the launcher, the thread from disk, signing in, the newest page.
// Every floor is a page too, opened in turns with ours: what the least code for the same sight takes.
import { rmSync } from 'node:fs';
import { startControlServer } from './kit/control-server.ts';
import type { Measured } from './kit/report.ts';
import { makeWarmProfile, startArchive } from './kit/warm-profile.ts';
import { measureCold } from './startup/cold.ts';
import { measureHostPage } from './startup/host-page.ts';
import { measureThrottled } from './startup/throttled.ts';
import { measureOffline, measureWarm } from './startup/warm.ts';

const ARCHIVE = 10_000;

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const server = await startControlServer();
  const engine = await startArchive(quick ? ARCHIVE / 10 : ARCHIVE);
  const rounds = quick ? 3 : 9;
  const profile = await makeWarmProfile(server, engine);
  try {
    const host = await measureHostPage(server, quick ? 5 : 15);
    const throttled = await measureThrottled(server, quick ? 3 : 9);
    const cold = await measureCold(server, engine, rounds);
    const warm = await measureWarm(server, engine.ws, profile, rounds);
    await engine.kill();
    const offline = await measureOffline(server, engine.ws, profile, rounds);
    const parts = [host, throttled, warm, offline, cold];
    return {
      rows: parts.flatMap(({ rows }) => rows),
      ...(warm.control ? { control: warm.control } : {}),
      notes: [...parts.flatMap(({ notes }) => notes ?? []), `archive of ${quick ? ARCHIVE / 10 : ARCHIVE} messages`],
    };
  } finally {
    await engine.stop();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
