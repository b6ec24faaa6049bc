// The lock of a chat as a person uses it.
import { expect, type Locator } from '@playwright/test';
import { lock as lockWords } from '../../src/texts/zh-cn/lock-words.ts';
import type { ChatPage } from './chat-hands.ts';

export const lockFaceOf = ({ chat }: ChatPage): Locator => chat.locator('warbler-lock-face');

export async function openLockSheet({ chat, texts }: ChatPage): Promise<void> {
  await chat.getByRole('button', { name: texts.accountMenu }).click();
  await chat.getByRole('menuitem', { name: texts.lock, exact: true }).click();
}

export async function setPassphrase(on: ChatPage, passphrase: string): Promise<void> {
  await openLockSheet(on);
  const sheet = on.chat.locator('warbler-lock-sheet');
  await sheet.getByRole('button', { name: lockWords.setPassphrase }).click();
  await sheet.locator('#field-fresh').fill(passphrase);
  await sheet.locator('#field-again').fill(passphrase);
  await sheet.getByRole('button', { name: lockWords.set }).click();
  await expect(sheet.getByRole('button', { name: lockWords.turnOff })).toBeVisible({ timeout: 15_000 });
  await sheet.getByRole('button', { name: on.texts.close }).click();
}

export async function lockNow(on: ChatPage): Promise<void> {
  await on.chat.getByRole('button', { name: on.texts.accountMenu }).click();
  await on.chat.getByRole('menuitem', { name: on.texts.lockNow }).click();
  await expect(lockFaceOf(on)).toBeVisible();
}

export async function unlock(on: ChatPage, secret: string): Promise<void> {
  await lockFaceOf(on).locator('input').fill(secret);
  await lockFaceOf(on).getByRole('button', { name: lockWords.unlock, exact: true }).click();
}
