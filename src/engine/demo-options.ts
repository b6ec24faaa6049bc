// What `npm start -- …` understands.
import { parseArgs } from 'node:util';
import { done, trouble } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { ENGINE_KINDS } from './plan.ts';
import type { EngineKind } from './plan.ts';

export interface DemoOptions {
  engine: EngineKind;
  /** Begin anew: accounts, messages and all. */
  fresh: boolean;
  port?: number;
  /** Serve the sources through Vite instead of the build. */
  dev: boolean;
  help: boolean;
}

export const HELP = `npm start -- [options]

  --engine prosody|ejabberd   the chat server to run (prosody)
  --fresh                     forget what earlier starts kept, and begin anew
  --port N                    where the demo is served (a free port)
  --dev                       serve the sources, reloading as they change
  --help                      this text`;

export function parseOptions(words: readonly string[]): Outcome<DemoOptions> {
  const parsed = parseWords(words);
  if (!parsed.ok) return parsed;
  const { engine = 'prosody', fresh = false, port, dev = false, help = false } = parsed.value;
  const kind = ENGINE_KINDS.find((name) => name === engine);
  if (!kind) return trouble(`--engine is prosody or ejabberd, not "${engine}".`);
  const options = { engine: kind, fresh, dev, help };
  if (port === undefined) return done(options);
  const number = Number(port);
  if (!/^\d+$/.test(port) || number < 1 || number > 65_535) return trouble(`--port takes a number from 1 to 65535, not "${port}".`);
  return done({ ...options, port: number });
}

interface Words {
  engine?: string;
  fresh?: boolean;
  port?: string;
  dev?: boolean;
  help?: boolean;
}

function parseWords(words: readonly string[]): Outcome<Words> {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        engine: { type: 'string' },
        fresh: { type: 'boolean' },
        port: { type: 'string' },
        dev: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return done(values);
  } catch (error) {
    const [said = ''] = (error instanceof Error ? error.message : '').split('\n');
    return trouble(`${said.replace(/\.? To specify.*$/, '').replace(/\.$/, '')}; see npm start -- --help.`);
  }
}
