// Bytes, exact: what a real browser fetches until the first thread is readable, the loader, and everything together.
// A file counts when the thread cannot be read without it: the server holds each back in turn.
import { rmSync } from 'node:fs';
import { staticClosure, sumGzipped } from '../structure/bundle.ts';
import { BUDGETS, KB, workerUntilThread } from '../structure/budgets.ts';
import { chatPage } from './kit/chat-page.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { openBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { makeWarmProfile, startArchive } from './kit/warm-profile.ts';

/** Without a file that it needs, a page shows no thread however long one waits. */
const PATIENCE_MS = 4000;
const FILES = '/warbler/';

export async function measure(): Promise<Measured> {
  const server = await startControlServer({ cache: false });
  const engine = await startArchive(300);
  const profile = await makeWarmProfile(server, engine);
  try {
    const visit = visitor(server, profile, engine.ws);
    const { needed, others } = await findNeeded(server, visit);
    return {
      rows: [...rowsUntilThread(needed), budgetRow('1'), budgetRow('5')],
      notes: [`needed for the first thread: ${[...needed].join(' ')}`, `asked for before it, not needed: ${others.join(' ')}`],
    };
  } finally {
    await engine.stop();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

type Visit = (patienceMs?: number) => Promise<boolean>;

/** Opens the warm profile anew and answers whether a thread came to be read. */
function visitor(server: ControlServer, profile: string, service: string): Visit {
  let visits = 0;
  return async (patienceMs) => {
    const key = `warm-${++visits}`;
    server.page(`/${key}`, chatPage(key, { service }));
    const browser = openBrowser(`${server.url}/${key}`, { profile });
    const shown = await server.told(`${key}:thread`, patienceMs).then(
      () => true,
      () => false,
    );
    await browser.close({ keepProfile: true });
    return shown;
  };
}

/** What another fetched file imports cannot be held back alone: it comes along with that one. */
async function findNeeded(server: ControlServer, visit: Visit): Promise<{ needed: Set<string>; others: string[] }> {
  server.requests.length = 0;
  if (!(await visit())) throw new Error('a warm profile shows no thread');
  const paths = server.requests.filter((path) => path.startsWith(FILES));
  const fetched = [...new Set(paths.map((path) => path.slice(FILES.length)))];
  const needed = new Set<string>();
  for (const file of fetched.filter((one) => !fetched.some((other) => other !== one && staticClosure(other).has(one)))) {
    server.held.add(FILES + file);
    if (!(await visit(PATIENCE_MS))) for (const part of staticClosure(file)) needed.add(part);
    server.held.clear();
  }
  return { needed, others: fetched.filter((file) => !needed.has(file)) };
}

/** A file that page and worker both run is fetched by each. */
function rowsUntilThread(needed: ReadonlySet<string>): Row[] {
  const inWorker = workerUntilThread();
  const pageOnly = [...needed].filter((file) => !inWorker.has(file));
  const shared = [...inWorker].filter((file) => pageOnly.some((other) => staticClosure(other).has(file)));
  const page = sumGzipped(pageOnly) + sumGzipped(shared);
  const worker = sumGzipped(inWorker);
  return [kilobytes('4 first thread', page + worker, 70), kilobytes('4 page', page, 25), kilobytes('4 worker', worker, 45)];
}

function budgetRow(id: string): Row {
  const budget = BUDGETS.find((one) => one.id === id);
  if (!budget) throw new Error(`no budget for goal ${id}`);
  return kilobytes(`${id} ${budget.says}`, budget.measure(), budget.goal / KB);
}

const kilobytes = (id: string, bytes: number, goal: number): Row => ({
  id,
  unit: 'kB gz',
  ours: bytes / KB,
  goal: `≤ ${goal}`,
  pass: bytes <= goal * KB,
});
