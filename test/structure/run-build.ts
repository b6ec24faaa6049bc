// `npm run build`: modules, loader, and the declarations of the public surface, in dist/.
import { execFileSync } from 'node:child_process';
import { build } from 'vite';

export async function runBuild(logLevel: 'warn' | 'info' = 'warn'): Promise<void> {
  await build({ mode: 'production', logLevel });
  await build({ mode: 'loader', logLevel });
}

if (process.argv[1] === import.meta.filename) {
  await runBuild('info');
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'src/entries'], { stdio: 'inherit' });
}
