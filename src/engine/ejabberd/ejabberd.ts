// ejabberd: writes its configuration, starts it as one node without epmd, fills it through its administration.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../child.ts';
import type { EngineProgram } from '../engine-program.ts';
import type { EnginePlan } from '../plan.ts';
import { openDatabase } from '../sqlite.ts';
import { answersCommands, command } from './administration.ts';
import { ejabberdConfiguration } from './configuration.ts';
import { librariesFor } from './installed.ts';
import type { EjabberdLibraries } from './installed.ts';
import { MEND_WEBSOCKET } from './mended-websocket.ts';
import { populateEjabberd } from './populate.ts';

/** The leash: when standard input ends, the process that started this node is gone. */
const LEASH = 'spawn(fun() -> P = open_port({fd,0,0},[in,eof]), receive {P,eof} -> init:stop() end end).';

/** Names resolve without asking the network, and without the file of the packaged service, which only its own user may read. */
const NAME_RESOLUTION = '{lookup,["file","native"]}.\n{host,{127,0,0,1},["localhost"]}.\n';

/** Told relative to the node's working folder: Erlang and its drivers disagree about letters beyond ASCII in paths. */
const DATABASE = 'ejabberd.sqlite';

const databaseOf = (plan: EnginePlan): string => join(plan.directory, DATABASE);
const logFile = (plan: EnginePlan): string => join(plan.directory, 'log', 'ejabberd.log');

async function prepare(plan: EnginePlan): Promise<Command> {
  const libraries = librariesFor(plan);
  const inside = (name: string): string => join(plan.directory, name);
  for (const folder of ['mnesia', 'log']) await mkdir(inside(folder), { recursive: true });
  await writeFile(inside('ejabberd.yml'), ejabberdConfiguration(plan, { database: DATABASE }, libraries));
  await writeFile(inside('inetrc'), NAME_RESOLUTION);
  return {
    program: 'erl',
    // No -sname: without distribution there is neither epmd nor a port for it.
    arguments: [
      '-noinput',
      '+K',
      'true',
      '+P',
      '250000',
      ...libraries.beams.flatMap((beam) => ['-pa', beam]),
      '-mnesia',
      'dir',
      '"mnesia"',
      '-eval',
      MEND_WEBSOCKET,
      '-s',
      'ejabberd',
      '-eval',
      LEASH,
    ],
    environment: environmentFor(plan, libraries),
    directory: plan.directory,
    outputFile: inside('log/output.log'),
  };
}

function environmentFor(plan: EnginePlan, libraries: EjabberdLibraries): Record<string, string> {
  return {
    // The working folder, by a name that every part of Erlang can read.
    HOME: '.',
    EJABBERD_CONFIG_PATH: join(plan.directory, 'ejabberd.yml'),
    EJABBERD_LOG_PATH: logFile(plan),
    ERL_INETRC: join(plan.directory, 'inetrc'),
    ERL_LIBS: libraries.folder,
    ERL_CRASH_DUMP_BYTES: '0',
  };
}

/** 23.01 wraps the number in an object, 24.12 answers with the number alone. */
function numberIn(answer: unknown): number {
  if (typeof answer === 'number') return answer;
  return Number(Object.values(answer as Record<string, unknown>)[0]);
}

export const EJABBERD: EngineProgram = {
  prepare,
  // The write-ahead log is a property of the file, so it is switched on before the engine opens it.
  fillBefore: async (plan) => (await openDatabase(databaseOf(plan))).close(),
  fillAfter: (plan, population) => populateEjabberd(plan, databaseOf(plan), population),
  answers: answersCommands,
  countSessions: async (plan) => numberIn(await command(plan, 'connected_users_number')),
  logFile,
};
