// Without network or engine: history from disk, words that wait, and each of them delivered once when the engine is back.
import { expect, test, type Page } from '@playwright/test';
import { zhCN } from '../../src/texts/zh-cn.ts';
import { chatOn, composerOf, handsOf, messageOf, openThread, send, signIn, signInOf, stateOf, type ChatPage } from '../kit/chat-hands.ts';
import { startCuttingProxy, type CuttingProxy } from '../kit/engines/cutting-proxy.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { openPeer } from '../kit/peer.ts';

let demo: DemoSite;
let on: ChatPage;
let proxy: CuttingProxy;

test.beforeEach(async ({ page }) => {
  demo = await openDemo();
  proxy = await startCuttingProxy(Number(new URL(demo.service).port));
  // The pages reach the engine through a network that can go away.
  const services = [demo.service.replace(/:\d+/, `:${proxy.port}`)];
  await page.route('**/demo.json', (route) => route.fulfill({ json: { ...demo.facts, services } }));
  await page.goto(`${demo.facts.home}page.html`);
  on = chatOn(page);
  await signIn(on, handsOf(page, 'mouse'), personOf(demo, 'xiaochen'));
  await openThread(on, handsOf(page, 'mouse'), personOf(demo, 'liwen').address);
  await send(on, handsOf(page, 'mouse'), '断线之前说的');
});
test.afterEach(async ({ page }) => {
  await page.close();
  await proxy.stop();
  await demo.stop();
});

/** Queued, and waiting for the network. */
async function writeInVain(texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await composerOf(on).fill(text);
    await on.page.keyboard.press('Enter');
    await expect(stateOf(on, text)).toHaveAttribute('data-state', 'queued');
  }
}

const showsLast = async (page: Page): Promise<void> => {
  await expect(messageOf(on, '断线之前说的')).toBeVisible();
  expect(await page.locator('warbler-thread [role="article"]').count()).toBeGreaterThan(5);
};

/** In the thread here, and in what somebody else gets from the engine. */
async function expectOnce(texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(stateOf(on, text)).toHaveAttribute('data-state', /sent|delivered|read/, { timeout: 30_000 });
  const liwen = await openPeer(demo, 'liwen');
  const received = (await liwen.readAll(personOf(demo, 'xiaochen').address, '断线之前说的')).map(({ text }) => text);
  expect(received).toEqual(texts);
  expect(liwen.errors).toEqual([]);
  await liwen.close();
  for (const text of texts) await expect(messageOf(on, text)).toHaveCount(1);
}

test('the engine dies: a reload shows the last conversation, and what is written goes out once when it is back', async ({ page }) => {
  await demo.killEngine();
  await page.reload();
  await showsLast(page);
  await expect(composerOf(on)).toHaveAttribute('placeholder', zhCN.writeWhenOnline);
  await writeInVain(['第一句等着', 'second in the queue']);

  await page.reload();
  await showsLast(page);
  for (const text of ['第一句等着', 'second in the queue']) await expect(stateOf(on, text)).toHaveAttribute('data-state', 'queued');
  await expect(on.chat.locator('warbler-connection-bar').getByText(zhCN.unreachableBar)).toBeVisible();

  await demo.restartEngine();
  await on.chat.getByRole('button', { name: zhCN.tryNow }).click();
  await expectOnce(['第一句等着', 'second in the queue']);
});

test('the network goes and comes: words wait, the bar says so once and goes', async ({ page }) => {
  proxy.setOpen(false);
  proxy.cut();
  await writeInVain(['从隧道里写的']);
  const bar = on.chat.locator('warbler-connection-bar');
  await expect(bar.getByText(zhCN.unreachableBar)).toBeVisible();
  await showsLast(page);
  proxy.setOpen(true);
  await expect(bar.getByText(zhCN.backOnline)).toBeVisible({ timeout: 20_000 });
  await expectOnce(['从隧道里写的']);
  await expect(bar.locator('.bar')).toHaveCount(0);
});

test('a browser without network says so before anybody types a password', async ({ page, context }) => {
  await page.goto(`${demo.facts.home}page.html?profile=somebody`);
  await expect(signInOf(on)).toBeVisible();
  await context.setOffline(true);
  await expect(signInOf(on).getByText(zhCN.offlineNow)).toBeVisible();
  await context.setOffline(false);
  await expect(signInOf(on).getByText(zhCN.offlineNow)).toBeHidden();
});
