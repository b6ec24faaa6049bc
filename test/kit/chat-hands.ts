// A chat as a person uses it: by the mouse, or by the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';
import { zhCN } from '../../src/texts/zh-cn.ts';
import type { Texts } from '../../src/texts/texts.ts';

export type HandsKind = 'mouse' | 'keyboard';

/** Enough for every stop of the longest page. */
const MOST_TABS = 80;
const MOST_STEPS = 40;

export interface Hands {
  press(target: Locator): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
}

export const handsOf = (page: Page, kind: HandsKind): Hands => (kind === 'mouse' ? mouse(page) : keyboard(page));

function mouse(page: Page): Hands {
  return {
    press: (target) => target.click(),
    write: async (target, text) => {
      await target.click();
      await page.keyboard.type(text);
    },
  };
}

/** Tab goes from stop to stop; inside a list or a menu the arrows do. */
function keyboard(page: Page): Hands {
  const hasFocus = (target: Locator): Promise<boolean> =>
    target.evaluate((node) => (node.getRootNode() as Document | ShadowRoot).activeElement === node);
  const reach = async (target: Locator): Promise<void> => {
    await expect(target).toBeVisible();
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      if (await hasFocus(target)) return;
      if ((await isRoving(target)) && (await goTo(target))) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${String(target)}`);
  };
  const goTo = async (target: Locator): Promise<boolean> => {
    for (const key of ['ArrowDown', 'ArrowUp'])
      for (let steps = 0; steps < MOST_STEPS; steps++) {
        if (await hasFocus(target)) return true;
        await page.keyboard.press(key);
      }
    return hasFocus(target);
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    write: async (target, text) => {
      await reach(target);
      await page.keyboard.type(text);
    },
  };
}

/** The focus is on another item of the same list or menu. */
const isRoving = (target: Locator): Promise<boolean> =>
  target.evaluate((node) => {
    const active = (node.getRootNode() as Document | ShadowRoot).activeElement;
    const group = node.closest('ul, [role="menu"]');
    return node.getAttribute('tabindex') === '-1' && active !== null && group !== null && group.contains(active);
  });

// ---- one chat on a page ----

export interface ChatPage {
  readonly page: Page;
  readonly chat: Locator;
  readonly texts: Texts;
}

/** The chat on this page, or the one that `selector` means. */
export const chatOn = (page: Page, selector = 'warbler-chat', texts: Texts = zhCN): ChatPage => ({
  page,
  chat: page.locator(selector),
  texts,
});

export const composerOf = ({ chat }: ChatPage): Locator => chat.locator('warbler-composer textarea');
export const rowOf = ({ chat }: ChatPage, address: string): Locator => chat.locator(`.row[data-id="${address}"]`);
export const messageOf = ({ chat }: ChatPage, text: string): Locator => chat.locator('warbler-thread [role="article"]', { hasText: text });
export const stateOf = (on: ChatPage, text: string): Locator => messageOf(on, text).locator('[data-state]');
export const signInOf = ({ chat }: ChatPage): Locator => chat.locator('warbler-sign-in form');

export async function signIn(on: ChatPage, hands: Hands, { address, password }: { address: string; password: string }): Promise<void> {
  const { chat, texts } = on;
  await hands.write(chat.locator('input[name="username"]'), address);
  await hands.write(chat.locator('input[name="password"]'), password);
  await hands.press(chat.getByRole('button', { name: texts.signIn, exact: true }));
  await expect(chat.locator('warbler-conversation-list .row').first()).toBeVisible({ timeout: 20_000 });
}

export async function openThread(on: ChatPage, hands: Hands, address: string): Promise<void> {
  await hands.press(rowOf(on, address));
  await expect(composerOf(on)).toBeVisible();
}

/** Until the engine has it. */
export async function send(on: ChatPage, hands: Hands, text: string, by: 'button' | 'enter' = 'button'): Promise<void> {
  await hands.write(composerOf(on), text);
  if (by === 'enter') await on.page.keyboard.press('Enter');
  else await hands.press(on.chat.getByRole('button', { name: on.texts.send, exact: true }));
  await expect(stateOf(on, text)).toHaveAttribute('data-state', /sent|delivered|read/, { timeout: 15_000 });
  await expect(composerOf(on)).toHaveValue('');
}

export async function goBack({ chat, texts }: ChatPage, hands: Hands): Promise<void> {
  await hands.press(chat.getByRole('button', { name: texts.back }));
  await expect(chat.locator('warbler-conversation-list .row').first()).toBeVisible();
}

export async function signOut(on: ChatPage, hands: Hands): Promise<void> {
  const { chat, texts } = on;
  await hands.press(chat.getByRole('button', { name: texts.accountMenu }));
  await hands.press(chat.getByRole('menuitem', { name: texts.signOut }));
  await expect(signInOf(on)).toBeVisible();
}

/** What the console complains of and what is thrown, from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  return complaints;
}
