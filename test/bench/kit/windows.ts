// One plain browser in which windows are opened from a page: all visible, none watched by DevTools.
import type { ControlServer } from './control-server.ts';
import { openBrowser, type PlainBrowser } from './plain-browser.ts';

export interface Windows {
  browser: PlainBrowser;
  /** Opens the server's page in a window of its own; the page tells by itself what it sees. */
  open(path: string): void;
  /** To every window, by way of the opener: a held request each would use up the browser's connections to the server. */
  cast(message: unknown): void;
  close(): Promise<void>;
}

let opened = 0;

export async function openWindows(server: ControlServer, profile?: string): Promise<Windows> {
  const key = `opener-${++opened}`;
  server.page(`/${key}`, openerPage(key));
  const browser = openBrowser(`${server.url}/${key}`, { ...(profile ? { profile } : {}), flags: ['--disable-popup-blocking'] });
  await server.told(`${key}:ready`);
  return {
    browser,
    open: (path) => server.answer(key, { path }),
    cast: (message) => server.answer(key, { message }),
    close: () => browser.close({ keepProfile: profile !== undefined }),
  };
}

/** `noopener` gives each window a process of its own, as a person's tabs have. */
const openerPage = (key: string): string => `<!doctype html><title>opener</title><link rel="icon" href="data:,"><script type="module">
await fetch('/control/tell?key=${key}:ready', { method: 'POST', body: '{}' });
const windows = new BroadcastChannel('windows');
for (;;) {
  const { path, message } = await (await fetch('/control/ask?key=${key}')).json();
  if (message) windows.postMessage(message);
  else open(path, '_blank', 'noopener,popup,width=1280,height=800');
}
</script>`;
