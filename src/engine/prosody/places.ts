// Where Prosody's files lie below an engine's directory.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProsodyPlaces } from './configuration.ts';

export function prosodyPlaces(directory: string): ProsodyPlaces {
  return {
    ownModules: fileURLToPath(new URL('./modules', import.meta.url)),
    data: join(directory, 'data'),
    database: join(directory, 'data', 'prosody.sqlite'),
    log: join(directory, 'log', 'prosody.log'),
    pidFile: join(directory, 'prosody.pid'),
  };
}
