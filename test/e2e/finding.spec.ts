// Finding in a conversation of the demo: further back than is stored, by the archive behind it, and a day that nobody has looked at yet.
import { expect, test, type Locator } from '@playwright/test';
import { zhCN as late } from '../../src/texts/late/zh-cn.ts';
import { chatOn, complaintsOf, handsOf, openThread, signIn, type ChatPage } from '../kit/chat-hands.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';

let demo: DemoSite;
let complaints: string[] = [];

test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(() => demo.stop());
test.afterEach(() => expect(complaints).toEqual([]));

const fieldOf = ({ chat }: ChatPage): Locator => chat.locator('warbler-thread-finder input');
const totalOf = async (count: Locator): Promise<number> => Number(/\/(\d+)$/.exec((await count.textContent()) ?? '')?.[1] ?? 0);

test.beforeEach(async ({ page }) => {
  complaints = complaintsOf(page);
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.goto(`${demo.facts.home}page.html?lang=zh-CN&theme=light`);
  const on = chatOn(page);
  const hands = handsOf(page, 'keyboard');
  await signIn(on, hands, personOf(demo, 'xiaochen'));
  await openThread(on, handsOf(page, 'mouse'), personOf(demo, 'liwen').address);
});

test('words are found in what is stored, then in the archive, and the way back leads to where one was', async ({ page }) => {
  const on = chatOn(page);
  const newest = on.chat.locator('warbler-thread [role="article"]').last();
  const before = await newest.getAttribute('data-id');
  await page.keyboard.press('Control+f');
  await expect(fieldOf(on)).toBeFocused();
  await page.keyboard.type('的');
  const count = on.chat.locator('warbler-thread-finder .count');
  await expect(count).toHaveText(/^1\/\d+$/);
  await expect(on.chat.locator('warbler-thread [data-found]')).toHaveCount(1);
  const fetchOn = on.chat.getByRole('button', { name: late.fetchOn });
  if (await fetchOn.isVisible()) {
    const stored = await totalOf(count);
    await fetchOn.click();
    await expect.poll(() => totalOf(count)).toBeGreaterThan(stored);
    // The keys belong to the field again, and nothing is fetched any more.
    await expect(on.chat.locator('warbler-thread-finder').getByRole('button', { name: late.stop })).toHaveCount(0, { timeout: 30_000 });
    await fieldOf(on).focus();
  }
  for (let times = 0; times < 5; times++) await page.keyboard.press('Enter');
  // What was fetched may have led further already: it is no longer the newest, that is all.
  await expect(count).toHaveText(/^(?!1\/)\d+\/\d+$/);
  await page.keyboard.press('Escape');
  await on.chat.getByRole('button', { name: late.backToPlace }).click();
  await expect(on.chat.locator(`warbler-thread [data-id="${before}"]`)).toBeInViewport();
});

test('a day that is not stored is fetched; what it leads to is in sight', async ({ page }) => {
  const on = chatOn(page);
  await on.chat.locator('warbler-thread [part="day-divider"] button').last().click();
  const day = new Date(Date.now() - 60 * 86_400_000);
  const written = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((figure) => String(figure).padStart(2, '0')).join('-');
  await fieldOf(on).fill(written);
  await page.keyboard.press('Enter');
  // The mark is there for a moment, and goes sooner where its row is drawn anew.
  const id = await on.chat.locator('warbler-thread').evaluate(
    (thread) =>
      new Promise<string>((resolve) => {
        const look = (): void => {
          const marked = thread.shadowRoot?.querySelector<HTMLElement>('[data-found]')?.dataset['id'];
          if (marked === undefined) requestAnimationFrame(look);
          else resolve(marked);
        };
        look();
      }),
  );
  const found = on.chat.locator(`warbler-thread [data-id="${id}"]`);
  await expect(found).toBeInViewport();
  const now = new Date();
  await expect(found.locator('.meta [title]').first()).not.toHaveAttribute(
    'title',
    new RegExp(`${now.getMonth() + 1}月${now.getDate()}日`),
  );
});
