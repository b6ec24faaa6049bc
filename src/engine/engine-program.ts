// What each engine knows how to do; `engine.ts` does it in the right order.
import type { Command } from './child.ts';
import type { EnginePlan } from './plan.ts';
import type { Population } from './population.ts';

export interface EngineProgram {
  /** Writes the configuration and tells how to start. */
  prepare(plan: EnginePlan): Promise<Command>;
  /** Fills what can be filled while the engine does not run. */
  fillBefore(plan: EnginePlan, population: Population): Promise<void>;
  /** Fills what only the running engine can take. */
  fillAfter(plan: EnginePlan, population: Population): Promise<void>;
  answers(plan: EnginePlan): Promise<boolean>;
  countSessions(plan: EnginePlan): Promise<number>;
  logFile(plan: EnginePlan): string;
}
