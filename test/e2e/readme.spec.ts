// Every example of the documents is taken from its file and run: what a reader copies works.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { LOADER_TEXTS } from '../../src/texts/loader.ts';
import { zhCN } from '../../src/texts/zh-cn.ts';
import { chatOn, complaintsOf, composerOf, handsOf, messageOf, openThread, send, signInOf } from '../kit/chat-hands.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { snippetsOf, type Snippet } from '../kit/snippets.ts';

const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'docs/theming.md'];
const SNIPPETS = DOCUMENTS.flatMap(snippetsOf);
const inLanguage = (language: string): Snippet[] => SNIPPETS.filter((one) => one.language === language);
const nameOf = ({ file, line }: Snippet): string => `${file}, line ${line}`;

let demo: DemoSite;

test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(() => demo.stop());

/** A reader puts in their own addresses; these are the demo's. */
const withOurAddresses = (text: string): string =>
  text
    .replaceAll('https://chat.example/warbler/', `${demo.facts.home}warbler/`)
    .replaceAll('wss://chat.example/ws', demo.service)
    .replaceAll('mia@chat.example', personOf(demo, 'mia').address)
    .replaceAll('correct horse', personOf(demo, 'mia').password);

async function openWith(page: Page, head: string, body: string): Promise<void> {
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>reader</title><link rel="icon" href="data:,">
<style>html, body { margin: 0; block-size: 100%; } warbler-chat { block-size: 100vh; }</style>${head}</head><body>${body}</body></html>`;
  await page.route(`${demo.facts.home}reader.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${demo.facts.home}reader.html`);
}

test('there are examples of every kind, and none of a kind that is not run', () => {
  const kinds = new Set(SNIPPETS.map(({ language }) => language));
  expect([...kinds].toSorted()).toEqual(['css', 'html', 'js', 'sh']);
  for (const file of DOCUMENTS) expect(snippetsOf(file).length).toBeGreaterThan(1);
  expect(SNIPPETS.filter(({ text }) => text.includes('chat.example') && withOurAddresses(text).includes('chat.example'))).toEqual([]);
});

for (const snippet of inLanguage('html')) {
  test(`a page as in ${nameOf(snippet)}`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await openWith(page, '', withOurAddresses(snippet.text));
    if (snippet.text.includes('embed.js')) await page.getByRole('button', { name: LOADER_TEXTS.zh.open }).click();
    const on = chatOn(page);
    await expect(signInOf(on)).toBeVisible();
    await expect(on.chat.locator('warbler-sign-in')).toContainText(new URL(demo.service).host);
    expect(complaints).toEqual([]);
  });
}

for (const snippet of inLanguage('js')) {
  test(`a program as in ${nameOf(snippet)}`, async ({ page }) => {
    const complaints = complaintsOf(page);
    const { exports } = JSON.parse(readRoot('package.json')) as { exports: Record<string, { default: string }> };
    const imports = { 'warbler-chat/define': exports['./define']?.default.replace('./dist/', './warbler/') };
    await openWith(
      page,
      `<script type="importmap">${JSON.stringify({ imports })}</script>`,
      `<script type="module">${withOurAddresses(snippet.text)}</script>`,
    );
    const on = chatOn(page);
    await openThread(on, handsOf(page, 'mouse'), personOf(demo, 'omar').address);
    await send(on, handsOf(page, 'mouse'), `as in ${nameOf(snippet)}`);
    expect(complaints).toEqual([]);
  });
}

for (const snippet of inLanguage('css')) {
  test(`a style as in ${nameOf(snippet)}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const chat = `<warbler-chat mode="launcher" open profile="${snippet.line}" service="${demo.service}"></warbler-chat>`;
    const script = '<script type="module" src="warbler/define.js"></script>';
    await openWith(page, `<style>${snippet.text}</style>`, chat + script);
    const on = chatOn(page);
    await expect(signInOf(on)).toBeVisible();
    const seen = await on.chat.evaluate(lookAt);
    for (const { what, wished } of wishesOf(snippet.text)) expect.soft(seen[what], what).toBe(wished);
  });
}

interface Wish {
  what: keyof ReturnType<typeof lookAt>;
  wished: string;
}

/** What a person would see of each declaration that this sign-in face can show. */
function wishesOf(css: string): Wish[] {
  const [light = ''] = css.split('@media');
  const value = (name: string): string | undefined => new RegExp(`${name}:\\s*([^;]+);`).exec(light)?.[1];
  const wishes: [Wish['what'], string | undefined][] = [
    ['accent', asRgb(value('--warbler-accent'))],
    ['onAccent', asRgb(value('--warbler-on-accent'))],
    ['panelRadius', light.includes('::part(panel)') ? value('border-radius') : undefined],
    ['bubbleRadius', value('--warbler-bubble-radius')],
    ['own', value('--warbler-own')],
  ];
  const found = wishes.flatMap(([what, wished]) => (wished === undefined ? [] : [{ what, wished }]));
  expect(found.length).toBeGreaterThan(0);
  return found;
}

function asRgb(colour: string | undefined): string | undefined {
  const parts = /^#(..)(..)(..)$/.exec(colour ?? '')?.slice(1);
  return parts && `rgb(${parts.map((part) => Number.parseInt(part, 16)).join(', ')})`;
}

/** Runs in the page. */
function lookAt(chat: Element) {
  const root = chat.shadowRoot as ShadowRoot;
  const form = root.querySelector('warbler-sign-in') as Element;
  const button = getComputedStyle(form.shadowRoot?.querySelector('.primary-button') as Element);
  return {
    accent: button.backgroundColor,
    onAccent: button.color,
    panelRadius: getComputedStyle(root.querySelector('.panel') as Element).borderTopLeftRadius,
    bubbleRadius: getComputedStyle(form).getPropertyValue('--warbler-bubble-radius'),
    own: getComputedStyle(form).getPropertyValue('--warbler-own'),
  };
}

test('a theme reaches the bubbles', async ({ page }) => {
  const [css] = inLanguage('css').filter(({ text }) => text.includes('--warbler-bubble-radius'));
  await openWith(page, `<style>${css?.text}</style>`, `<warbler-chat mode="page" service="${demo.service}"></warbler-chat>`);
  await page.addScriptTag({ type: 'module', url: `${demo.facts.home}warbler/define.js` });
  const on = chatOn(page);
  await on.chat.evaluate(
    (chat, account) => (chat as unknown as { signIn(account: object): Promise<unknown> }).signIn(account),
    personOf(demo, 'xiaochen'),
  );
  await openThread(on, handsOf(page, 'mouse'), personOf(demo, 'liwen').address);
  await send(on, handsOf(page, 'mouse'), zhCN.send);
  const radius = await messageOf(on, zhCN.send)
    .last()
    .locator('.bubble')
    .evaluate((bubble) => getComputedStyle(bubble).borderTopLeftRadius);
  expect(radius).toBe(/--warbler-bubble-radius:\s*([^;]+);/.exec(css?.text ?? '')?.[1]);
  await expect(composerOf(on)).toHaveValue('');
});

for (const snippet of inLanguage('sh')) {
  test(`commands as in ${nameOf(snippet)}`, () => {
    const { scripts } = JSON.parse(readRoot('package.json')) as { scripts: Record<string, string> };
    for (const command of snippet.text.trim().split('\n')) {
      const [program, word = ''] = command.split(/\s+/);
      expect(program).toBe('npm');
      if (word !== 'install') expect(scripts[word], command).toBeDefined();
    }
  });
}

function readRoot(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
}
