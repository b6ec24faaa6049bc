// Puts files of past messages where mod_http_upload keeps those that were uploaded.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptName, slotOf, type KeepFile } from '../past-file.ts';
import { uploadsAddressOf, type EnginePlan } from '../plan.ts';

const OWNER = 'seed';

export const fileKeeper =
  (plan: EnginePlan): KeepFile =>
  (message, file) => {
    const path = [OWNER, slotOf(message), keptName(file)];
    const folder = join(plan.directory, 'files', ...path.slice(0, -1));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, keptName(file)), file.bytes);
    return `${uploadsAddressOf(plan)}/files/${path.join('/')}`;
  };
