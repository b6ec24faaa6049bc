// Elements, contract and storage suites in the three browsers. BROWSERS=chromium,firefox chooses; FILES narrows.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { CHROMIUM_FLAGS, CHROMIUM, FIREFOX, MINI_BROWSER } from './test/kit/browsers.ts';

const launchers = {
  chromium: () => playwrightLauncher({ product: 'chromium', launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_FLAGS } }),
  firefox: () => puppeteerLauncher({ launchOptions: { browser: 'firefox', executablePath: FIREFOX, headless: true } }),
  // The driver is started by `test/run.ts`, which hands its port over.
  webkit: () =>
    webdriverLauncher({
      automationProtocol: 'webdriver',
      hostname: '127.0.0.1',
      port: Number(process.env.WEBKIT_DRIVER_PORT),
      path: '/',
      logLevel: 'error',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
      },
    }),
};

const chosen = (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');
const FOLDERS = ['elements', 'contract', 'storage', 'encryption'];
const files = process.env.FILES?.split(',') ?? FOLDERS.map((folder) => `test/${folder}/**/*.test.ts`);

const sizes = Object.entries(process.env).filter(([name]) => name.startsWith('WARBLER_'));
const pageEnvironment = { NODE_ENV: 'production', ...Object.fromEntries(sizes) };

/** `localhost` plays the other origin that serves a worker file, as a content network would. */
const allowOtherOrigins = (context, next) => {
  context.set('access-control-allow-origin', '*');
  return next();
};

export default {
  files,
  middleware: [allowOtherOrigins],
  nodeResolve: { exportConditions: ['browser', 'production'], dedupe: ['lit', '@lit/context', 'lit-html', '@lit/reactive-element'] },
  hostname: '127.0.0.1',
  browsers: chosen.map((name) => launchers[name]()),
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.base.json', import.meta.url)) })],
  // Builds replace `process.env.NODE_ENV`; what is served as it is asks the page for it. Sizes come the same way.
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en"><head><title>Tests</title><meta name="viewport" content="width=device-width"></head><body>
<script>window.process = { env: ${JSON.stringify(pageEnvironment)} };</script><script type="module" src="${framework}"></script></body></html>`,
  concurrentBrowsers: 1,
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: process.env.WARBLER_NIGHTLY ? 1_200_000 : 180_000,
  testFramework: { config: { ui: 'bdd', timeout: '20000' } },
};
