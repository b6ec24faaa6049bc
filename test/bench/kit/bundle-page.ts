// A page made of sources that the product does not export: bundled on the spot, in memory, as one script.
import { build, type Rolldown } from 'vite';
import { ROOT } from '../../structure/source-files.ts';
import { PAGE_TOOLS } from './chat-page.ts';

/** The page's script finds `tell`, `ask` and `frame` as globals. */
export async function bundlePage(entry: string): Promise<string> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { __WARBLER_BUILD__: '"measured"' },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: { input: entry, output: { format: 'es', codeSplitting: false } },
    },
  });
  const [first] = [built].flat() as Rolldown.RolldownOutput[];
  const code = first?.output.flatMap((one) => (one.type === 'chunk' ? [one.code] : [])).join('\n') ?? '';
  return `<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script>${PAGE_TOOLS}; Object.assign(globalThis, { tell, ask, frame });</script>
<script type="module">${code.replaceAll('</script', '<\\/script')}</script>`;
}
