// What Chromium alone can tell: its processes, the workers that run in them, and what a page has stored.
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { treeOf } from './process-tree.ts';

export interface WorkerCount {
  worker: number;
  shared_worker: number;
}

/** Of the page's whole browser. */
export async function countWorkers(page: Page): Promise<WorkerCount> {
  const session = await page.context().newCDPSession(page);
  const count: WorkerCount = { worker: 0, shared_worker: 0 };
  count.worker = page.workers().length;
  const browser = page.context().browser();
  if (browser) count.shared_worker = await countSharedWorkers(browser);
  await session.detach();
  return count;
}

async function countSharedWorkers(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  await session.detach();
  return targetInfos.filter(({ type }) => type === 'shared_worker').length;
}

/** Where the page's origin has left something: empty after nothing was stored. */
export function storedBy(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    if (localStorage.length > 0) found.push('localStorage');
    if (sessionStorage.length > 0) found.push('sessionStorage');
    if (document.cookie !== '') found.push('cookies');
    const databases = await indexedDB.databases();
    const buckets = await (navigator as unknown as { storageBuckets?: { keys(): Promise<string[]> } }).storageBuckets?.keys();
    const files = await navigator.storage.getDirectory();
    for await (const name of (files as unknown as { keys(): AsyncIterable<string> }).keys()) found.push(`file ${name}`);
    const caches = await globalThis.caches.keys();
    return [...found, ...databases.map(({ name }) => `database ${name}`), ...(buckets ?? []).map((name) => `bucket ${name}`), ...caches];
  });
}

// ---- processes ----

/** The browser's own process. */
export async function pidOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const found = processInfo.find(({ type }) => type === 'browser');
  if (!found) throw new Error('Chromium does not tell its own process');
  return found.id;
}

/** The renderers below it in which a shared or a dedicated worker runs: Chromium names their threads. */
export function renderersWithWorker(browserPid: number, kind: 'SharedWorker' | 'DedicatedWorker'): number[] {
  return treeOf(browserPid)
    .filter(({ command }) => command.includes('--type=renderer'))
    .filter(({ pid }) => threadNames(pid).some((name) => name.startsWith(kind)))
    .map(({ pid }) => pid);
}

function threadNames(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((task) => readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8'));
  } catch {
    return [];
  }
}
