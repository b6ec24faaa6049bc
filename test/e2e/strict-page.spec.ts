// S5: a page that forbids all it can. The widget works in it and the browser reports no violation.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { expect, test, type Page } from '@playwright/test';
import { sendText, serveDemo } from '../../src/engine/demo-server.ts';
import { findFreePorts } from '../../src/engine/network.ts';
import { chatOn, complaintsOf, composerOf, goBack, handsOf, openThread, send, signIn, signOut, stateOf } from '../kit/chat-hands.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self' ws://127.0.0.1:*",
  "img-src 'self' data:",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html warbler-worker',
].join('; ');

interface ReportingWindow {
  violations: string[];
}

let demo: DemoSite;
let server: Server;
let strict: string;

test.beforeAll(async () => {
  demo = await openDemo();
  const [port = 0] = await findFreePorts(1);
  strict = `http://127.0.0.1:${port}/`;
  server = (await serveDemo({ pages: demo.pages, product: demo.product, facts: demo.facts, port, first: underPolicy })) as Server;
});
test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await demo.stop();
});

/** The demo's site with every answer, the worker's too, under the policy; and a page whose script lies in a file. */
async function underPolicy(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  response.setHeader('content-security-policy', POLICY);
  const mode = /^\/(page|launcher)-strict$/.exec(request.url ?? '')?.[1];
  if (!mode) return false;
  sendText(
    response,
    '.html',
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>strict</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="demo.css"><main class="whole"><warbler-chat mode="${mode}" service="${demo.service}"></warbler-chat></main>
<script type="module" src="warbler/define.js"></script></html>`,
  );
  return true;
}

async function openStrictly(page: Page, mode: 'page' | 'launcher'): Promise<void> {
  await page.addInitScript(() => {
    const violations = ((window as unknown as ReportingWindow).violations = [] as string[]);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      violations.push(`${violatedDirective}: ${blockedURI} at ${sourceFile}:${lineNumber}`),
    );
  });
  await page.goto(`${strict}${mode}-strict`);
}

for (const mode of ['page', 'launcher'] as const) {
  test(`the strictest page: ${mode}`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await openStrictly(page, mode);
    const on = chatOn(page);
    const hands = handsOf(page, 'mouse');
    if (mode === 'launcher') await hands.press(on.chat.locator('.launcher'));
    await signIn(on, hands, personOf(demo, 'xiaochen'));
    await openThread(on, hands, personOf(demo, 'liwen').address);
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, -3_000);
    await send(on, hands, `在严格的页面里 https://willow.test/${mode}`);
    await hands.write(composerOf(on), `*bold* and \`code\` in ${mode}`);
    await page.keyboard.press('Enter');
    await expect(stateOf(on, `bold and code in ${mode}`)).toHaveAttribute('data-state', /sent|delivered|read/);
    if (mode === 'launcher') await goBack(on, hands);
    await signOut(on, hands);
    expect(await page.evaluate(() => (window as unknown as ReportingWindow).violations)).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

test('the policy bites: what it forbids is reported', async ({ page }) => {
  await openStrictly(page, 'page');
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('style'), { textContent: 'b{color:red}' })));
  await expect.poll(() => page.evaluate(() => (window as unknown as ReportingWindow).violations.length)).toBe(1);
});
