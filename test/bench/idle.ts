// Signed in and left alone for a minute: wake-ups and CPU, beside a blank page in the same minute.
import { cpSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuMsOf, wakeUpsOf } from '../kit/process-tree.ts';
import { chatPage } from './kit/chat-page.ts';
import { startControlServer } from './kit/control-server.ts';
import { newProfile, openBrowser, type PlainBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { makeWarmProfile, startArchive } from './kit/warm-profile.ts';

const RENDERERS = /--type=renderer/;
/** Pages, workers and what brings them messages. Not the pool, which works for the browser as it likes. */
const THREADS = /^(?!ThreadPool|HangWatcher)/;
const MINUTE_MS = 60_000;
/** Until what starting set in motion has come to rest: caches written, garbage collected, the browser's own late work. */
const SETTLE_MS = 20_000;

interface Used {
  wakeUps: number;
  cpuMs: number;
}

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const server = await startControlServer();
  const engine = await startArchive(300);
  const profile = await makeWarmProfile(server, engine);
  server.page('/blank', '<!doctype html><title>blank</title><link rel="icon" href="data:,"><p>blank</p>');
  server.page('/idle', chatPage('idle', { service: engine.ws }));
  // A new profile keeps a browser busy for minutes: the blank pages get used ones.
  const profiles = [copyOf(profile), copyOf(profile)];
  const ours = openBrowser(`${server.url}/idle`, { profile });
  const blanks = profiles.map((copy) => openBrowser(`${server.url}/blank`, { profile: copy }));
  try {
    await server.told('idle:thread');
    await wait(SETTLE_MS);
    const lasted = quick ? MINUTE_MS / 4 : MINUTE_MS;
    const [used, floor, control] = await watch([ours, ...blanks], lasted);
    if (!used || !floor || !control) throw new Error('a browser ended');
    const notes = [`another blank page at the same time: ${control.wakeUps} wake-ups, ${control.cpuMs} ms`];
    return { rows: rowsOf(used, floor), notes };
  } finally {
    for (const blank of blanks) await blank.close();
    await ours.close();
    await engine.stop();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function copyOf(profile: string): string {
  const copy = newProfile();
  // The locks say whose the profile is.
  cpSync(profile, copy, { recursive: true, filter: (path) => !basename(path).startsWith('Singleton') });
  return copy;
}

/** All at once, and as if it had been a minute. */
async function watch(browsers: readonly PlainBrowser[], lasted: number): Promise<Used[]> {
  const read = (): Used[] => browsers.map(({ pid }) => ({ wakeUps: wakeUpsOf(pid, RENDERERS, THREADS), cpuMs: cpuMsOf(pid) }));
  const before = read();
  await wait(lasted);
  const perMinute = (now: number, then: number): number => Math.round(((now - then) * MINUTE_MS) / lasted);
  return read().map((now, place) => ({
    wakeUps: perMinute(now.wakeUps, before[place]?.wakeUps ?? NaN),
    cpuMs: perMinute(now.cpuMs, before[place]?.cpuMs ?? NaN),
  }));
}

function rowsOf(used: Used, floor: Used): Row[] {
  const wakeUps = used.wakeUps - floor.wakeUps;
  const cpuMs = used.cpuMs - floor.cpuMs;
  return [
    { id: '25 wake-ups in a minute over blank', unit: 'wake-ups', floor: floor.wakeUps, ours: wakeUps, goal: '≤ +2', pass: wakeUps <= 2 },
    { id: '25 CPU in a minute over blank', unit: 'ms', floor: floor.cpuMs, ours: cpuMs, goal: '≤ +15', pass: cpuMs <= 15 },
  ];
}
