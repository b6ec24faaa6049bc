// `npm run build`: modules, loader, and the declarations of the public surface, in dist/.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './source-files.ts';

export async function runBuild(logLevel: 'warn' | 'info' = 'warn'): Promise<void> {
  await build({ root: ROOT, mode: 'production', logLevel });
  await build({ root: ROOT, mode: 'loader', logLevel });
}

/** The compiler keeps its own folder, so that emptying dist/ does not make it believe that nothing has changed. */
function addDeclarations(): void {
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', 'src/entries'], { cwd: ROOT, stdio: 'inherit' });
  cpSync(join(ROOT, 'build/types'), join(ROOT, 'dist/types'), { recursive: true });
}

if (process.argv[1] === import.meta.filename) {
  await runBuild('info');
  addDeclarations();
}
