// Prosody: writes its configuration, fills its database, starts it, asks it how it is.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineProgram } from '../engine-program.ts';
import type { Command } from '../child.ts';
import type { EnginePlan } from '../plan.ts';
import type { Population } from '../population.ts';
import { prosodyConfiguration } from './configuration.ts';
import { prosodyPlaces } from './places.ts';
import { populateProsody } from './populate.ts';

interface Headcount {
  sessions: number;
  connected: number;
}

async function askHeadcount(plan: EnginePlan): Promise<Headcount | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${plan.port}/${plan.adminKey}`, { headers: { connection: 'close' } });
    return answer.ok ? ((await answer.json()) as Headcount) : undefined;
  } catch {
    return undefined;
  }
}

async function prepare(plan: EnginePlan): Promise<Command> {
  const places = prosodyPlaces(plan.directory);
  const file = join(plan.directory, 'prosody.cfg.lua');
  await mkdir(places.data, { recursive: true });
  await mkdir(dirname(places.log), { recursive: true });
  await writeFile(file, prosodyConfiguration(plan, places));
  return {
    program: 'prosody',
    arguments: ['-F', '--config', file],
    environment: { HOME: plan.directory },
    directory: plan.directory,
    outputFile: join(plan.directory, 'log', 'output.log'),
    // It stops within 50 ms, or it hangs because a session died in the same tick; what it acknowledged is on disk either way.
    patienceMs: 1_000,
  };
}

export const PROSODY: EngineProgram = {
  prepare,
  fillBefore: (plan: EnginePlan, population: Population) => populateProsody(prosodyPlaces(plan.directory), plan, population),
  fillAfter: async () => {},
  answers: async (plan: EnginePlan) => (await askHeadcount(plan)) !== undefined,
  countSessions: async (plan: EnginePlan) => (await askHeadcount(plan))?.sessions ?? 0,
  logFile: (plan: EnginePlan) => prosodyPlaces(plan.directory).log,
};
