// `--dev`: the demo's pages and the sources through Vite, reloading as they change.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathOf, sendText } from './demo-server.ts';

export interface SourceServer {
  first(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

const PRODUCT_FILE = /^\/warbler\/([\w-]+)\.js$/;

/** Pages are served as they are: Vite's own rewriting would look for their scripts at the root of the repository. */
const withReloading = (page: string): string => page.replace('<head>', '<head><script type="module" src="/@vite/client"></script>');

/** Vite is a tool of this repository; whoever only runs the product never loads it. */
export async function serveSources(root: string, pages: string, reloadPort: number): Promise<SourceServer> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    root,
    base: '/',
    appType: 'custom',
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: { port: reloadPort, host: '127.0.0.1' }, watch: { ignored: ['**/.run/**'] } },
  });
  const passOn = (request: IncomingMessage, response: ServerResponse): Promise<boolean> =>
    new Promise((resolve) => {
      response.once('finish', () => resolve(true));
      vite.middlewares(request, response, () => resolve(false));
    });
  return {
    close: () => vite.close(),
    first: async (request, response) => {
      const path = pathOf(request.url ?? '/') ?? '/';
      const page = path.endsWith('/') ? join(pages, path, 'index.html') : join(pages, path);
      if (page.endsWith('.html') && existsSync(page)) {
        sendText(response, '.html', withReloading(await readFile(page, 'utf8')));
        return true;
      }
      const entry = PRODUCT_FILE.exec(path)?.[1];
      if (entry && existsSync(join(root, 'src', 'entries', `${entry}.ts`))) request.url = `/src/entries/${entry}.ts`;
      else if (existsSync(page)) return false;
      return passOn(request, response);
    },
  };
}
