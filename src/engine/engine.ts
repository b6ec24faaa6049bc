// A running engine, whichever it is: filled once, started on a leash, waited for until it answers.
import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild } from './child.ts';
import type { EngineChild } from './child.ts';
import type { EngineProgram } from './engine-program.ts';
import { EJABBERD } from './ejabberd/ejabberd.ts';
import { done, trouble } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { EngineKind, EnginePlan } from './plan.ts';
import type { Population } from './population.ts';
import { PROSODY } from './prosody/prosody.ts';

const PROGRAMS: Readonly<Record<EngineKind, EngineProgram>> = { prosody: PROSODY, ejabberd: EJABBERD };

const START_DEADLINE_MS = 30_000;
const ASK_AGAIN_MS = 15;

export interface RunningEngine {
  readonly plan: EnginePlan;
  readonly child: EngineChild;
  /** Streams the engine holds, those that wait to be resumed included. */
  countSessions(): Promise<number>;
  stop(): Promise<void>;
}

/** With a population the engine's directory must be new: it is filled, then left alone for good. */
export async function launchEngine(plan: EnginePlan, population?: Population): Promise<Outcome<RunningEngine>> {
  const program = PROGRAMS[plan.kind];
  await mkdir(plan.directory, { recursive: true });
  const command = await program.prepare(plan);
  if (population) await program.fillBefore(plan, population);
  const child = startChild(command);
  const failure = await untilItAnswers(plan, program, child);
  if (failure) return failure;
  if (population) await fillOrKill(program, plan, population, child);
  return done({ plan, child, countSessions: () => program.countSessions(plan), stop: () => child.stop() });
}

async function fillOrKill(program: EngineProgram, plan: EnginePlan, population: Population, child: EngineChild): Promise<void> {
  try {
    await program.fillAfter(plan, population);
  } catch (defect) {
    await child.kill();
    throw defect;
  }
}

async function untilItAnswers(
  plan: EnginePlan,
  program: EngineProgram,
  child: EngineChild,
): Promise<{ ok: false; said: string } | undefined> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (child.isAlive() && Date.now() < deadline) {
    if (await program.answers(plan)) return undefined;
    await wait(ASK_AGAIN_MS);
  }
  if (child.isAlive()) {
    await child.kill();
    return trouble(`${plan.kind} did not answer within ${START_DEADLINE_MS / 1000} s; its last words are in ${program.logFile(plan)}.`);
  }
  return trouble(await lastWords(plan, program, child));
}

/** One sentence about an engine that ended although nobody asked it to. */
export async function lastWords(plan: EnginePlan, program: EngineProgram, child: EngineChild): Promise<string> {
  const end = await child.ended;
  if (end.error) return `${plan.kind} could not be started: ${end.error}.`;
  const how = end.signal ? `signal ${end.signal}` : `code ${end.code}`;
  return `${plan.kind} ended by itself (${how}); its last words are in ${program.logFile(plan)}.`;
}

export const describeEnd = (engine: RunningEngine): Promise<string> => lastWords(engine.plan, PROGRAMS[engine.plan.kind], engine.child);
