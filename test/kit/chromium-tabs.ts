// What Chromium alone can tell: its processes, the workers that run in them, and what a page has stored.
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { treeOf } from './process-tree.ts';

export interface WorkerCount {
  worker: number;
  shared_worker: number;
}

/**
 * A page in a window of its own and, as a rule, a process of its own. Headless Chromium draws only the front tab of a window: the others say
 * that they are visible and get one frame a second.
 */
export async function openWindow(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.evaluate(() => void window.open('about:blank', '_blank', 'popup,noopener,width=1280,height=800'));
  return opened;
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

/** Where the page's origin has left something: empty where nothing was stored. */
export async function storedBy(page: Page): Promise<string[]> {
  return [...(await keysOf(page)), ...(await databasesOf(page))];
}

function keysOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    if (localStorage.length > 0) found.push('localStorage');
    if (sessionStorage.length > 0) found.push('sessionStorage');
    if (document.cookie !== '') found.push('cookies');
    return [...found, ...(await globalThis.caches.keys())];
  });
}

/** Databases, buckets and private files of the page's origin. */
export function databasesOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const { name } of await indexedDB.databases()) found.push(`database ${name}`);
    const buckets = (navigator as unknown as { storageBuckets?: { keys(): Promise<string[]> } }).storageBuckets;
    for (const name of (await buckets?.keys()) ?? []) found.push(`bucket ${name}`);
    const files = (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> };
    for await (const name of files.keys()) found.push(`file ${name}`);
    return found;
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

/** Every process of the browser that this process started with this profile. */
export function browserWithProfile(profile: string): number[] {
  const root = treeOf(process.pid).find(({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='));
  return root ? treeOf(root.pid).map(({ pid }) => pid) : [];
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

/** A transaction over everything the page's origin has stored, for some seconds: a process that is stopped meanwhile holds it until it goes on. */
export function holdDatabases(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const until = Date.now() + 2_000;
    const buckets = (
      navigator as unknown as { storageBuckets: { keys(): Promise<string[]>; open(name: string): Promise<{ indexedDB: IDBFactory }> } }
    ).storageBuckets;
    for (const bucket of await buckets.keys()) {
      const { indexedDB: databases } = await buckets.open(bucket);
      for (const { name } of await databases.databases()) {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const opening = databases.open(name as string);
          opening.onsuccess = () => resolve(opening.result);
        });
        const tables = [...database.objectStoreNames];
        const store = database.transaction(tables).objectStore(tables[0] as string);
        // Once it has been answered it runs.
        await new Promise<void>((resolve) => {
          const goOn = (): void => {
            if (Date.now() > until) return database.close();
            const counting = store.count();
            counting.onsuccess = () => (resolve(), goOn());
          };
          goOn();
        });
      }
    }
  });
}
