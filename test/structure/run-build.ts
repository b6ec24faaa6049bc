// `npm run build`: modules, loader, and the declarations of the public surface, in dist/.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import type { FirstFiles } from '../../src/entries/first-files.ts';
import { ROOT } from './source-files.ts';

export async function runBuild(logLevel: 'warn' | 'info' = 'warn'): Promise<void> {
  const modules = await build({ root: ROOT, mode: 'production', logLevel });
  const built = builtChunks(modules as Rolldown.RolldownOutput);
  await build({ root: ROOT, mode: 'first', logLevel, define: { __WARBLER_FIRST_FILES__: JSON.stringify(built.firstFiles()) } });
  await build({ root: ROOT, mode: 'worker', logLevel, define: { __WARBLER_SECOND_FILES__: JSON.stringify(built.secondFiles()) } });
  await build({ root: ROOT, mode: 'loader', logLevel });
}

interface BuiltChunks {
  /** A page fetches these side by side: each with all that it imports. Languages import nothing. */
  firstFiles(): FirstFiles;
  /** The worker these: what its second stage imports, and the store. */
  secondFiles(): string[];
}

function builtChunks({ output }: Rolldown.RolldownOutput): BuiltChunks {
  const chunks = output.filter((made) => made.type === 'chunk');
  const named = (name: string): Rolldown.OutputChunk => {
    const chunk = chunks.find((made) => made.name === name);
    if (!chunk) throw new Error(`the build has no file for ${name}`);
    return chunk;
  };
  const withImports = ({ fileName, imports }: Rolldown.OutputChunk): string[] => [
    fileName,
    ...chunks.filter((made) => imports.includes(made.fileName)).flatMap(withImports),
  ];
  return {
    firstFiles: () => ({
      always: [...new Set(withImports(named('register')))],
      language: { en: named('en').fileName, 'zh-CN': named('zh-cn').fileName },
    }),
    secondFiles: () => [...new Set([named('second-stage'), named('store')].flatMap(withImports))].slice(1),
  };
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
